// Vendors, customers, materials, SKUs and prices: lists and records that are descriptions, and nothing else.
import { Button, Head } from "../parts/basics.tsx";
import { List } from "../parts/list.tsx";
import type { Filter, ListDescription } from "../parts/list.tsx";
import { NewRecordPage, RecordPage } from "../parts/record.tsx";
import type { RecordDescription } from "../parts/record.tsx";
import { CUSTOMER_TYPE, CUSTOMER, MATERIAL, MATERIAL_TYPE, SEGMENT, SKU, SKU_TYPE, VENDOR } from "../references.ts";
import { go, to, useRoute } from "../router.ts";
import { may } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { LinkedContacts } from "./contacts.tsx";
import { MaterialMore, SkuMore } from "./items.tsx";

const ACTIVE: Filter = { key: "isActive", kind: "active", label: TEXTS.table.active };
const SEARCH: Filter = { key: "q", kind: "text" };
const ADDRESS = ["address", "city", "state", "country", "zipCode"].map((key) => ({ key }));
const CHANGED = [{ key: "createdAt", kind: "moment" as const }, { key: "updatedAt", kind: "moment" as const }];

interface Master {
  list: ListDescription;
  record: RecordDescription;
}

const vendors: Master = {
  list: {
    operation: "listVendors",
    title: TEXTS.partners.vendors,
    tables: ["vendor"],
    filters: [SEARCH, ACTIVE],
    sort: "name",
    columns: [
      { key: "name", href: (row) => to(`vendors/${row.id}`), isWide: true, sort: "name" },
      { key: "city" },
      { key: "country" },
      { key: "term" },
      { key: "isActive", kind: "active", label: TEXTS.table.active },
      { key: "updatedAt", kind: "moment", sort: "updatedAt" },
    ],
  },
  record: {
    path: "vendors",
    table: "vendor",
    one: TEXTS.partners.vendor,
    newTitle: TEXTS.partners.newVendor,
    create: "createVendor",
    get: "getVendor",
    update: "updateVendor",
    remove: "deleteVendor",
    createSchema: "VendorCreate",
    updateSchema: "VendorUpdate",
    title: (record) => record.name,
    facts: [...ADDRESS, { key: "term" }, { key: "qboId" }, { key: "notes" }, ...CHANGED],
    hasActive: true,
    more: (record) => (
      <>
        <Related path="purchase-orders" query={{ vendorId: record.id }} />
        <LinkedContacts entityType="vendor" entityId={record.id} />
      </>
    ),
  },
};

const customers: Master = {
  list: {
    operation: "listCustomers",
    title: TEXTS.partners.customers,
    tables: ["customer"],
    filters: [
      SEARCH,
      { key: "typeId", kind: "reference", reference: CUSTOMER_TYPE },
      { key: "segmentId", kind: "reference", reference: SEGMENT },
      ACTIVE,
    ],
    sort: "name",
    columns: [
      { key: "name", href: (row) => to(`customers/${row.id}`), isWide: true, sort: "name" },
      { key: "customerTypeName", label: "Type" },
      { key: "customerSegmentName", label: "Segment" },
      { key: "city" },
      { key: "country" },
      { key: "isActive", kind: "active", label: TEXTS.table.active },
      { key: "updatedAt", kind: "moment", sort: "updatedAt" },
    ],
  },
  record: {
    path: "customers",
    table: "customer",
    one: TEXTS.partners.customer,
    newTitle: TEXTS.partners.newCustomer,
    create: "createCustomer",
    get: "getCustomer",
    update: "updateCustomer",
    remove: "deleteCustomer",
    createSchema: "CustomerCreate",
    updateSchema: "CustomerUpdate",
    title: (record) => record.name,
    editable: (record) => ({
      ...record,
      typeId: record.customerTypeId,
      segmentId: record.customerSegmentId,
      parentId: record.parentCustomerId,
    }),
    references: { typeId: CUSTOMER_TYPE, segmentId: SEGMENT, parentId: CUSTOMER, parentCustomerId: CUSTOMER },
    facts: [
      { key: "customerTypeId", kind: "reference" },
      { key: "customerSegmentId", kind: "reference" },
      { key: "parentCustomerId", kind: "reference", href: (record) => to(`customers/${record.parentCustomerId}`) },
      { key: "brokerId", kind: "reference" },
      { key: "brokerFeePercent", kind: "percent" },
      ...ADDRESS,
      { key: "qboId" },
      { key: "notes" },
      ...CHANGED,
    ],
    hasActive: true,
    more: (record) => (
      <>
        <Related path="sales-orders" query={{ customerId: record.id }} />
        <LinkedContacts entityType="customer" entityId={record.id} />
      </>
    ),
  },
};

const materials: Master = {
  list: {
    operation: "listMaterials",
    title: TEXTS.items.materials,
    tables: ["material"],
    filters: [SEARCH, { key: "typeId", kind: "reference", reference: MATERIAL_TYPE }, ACTIVE],
    sort: "materialCode",
    columns: [
      { key: "materialCode", kind: "code", href: (row) => to(`materials/${row.id}`), sort: "materialCode" },
      { key: "name", isWide: true },
      { key: "materialTypeName", label: "Type" },
      { key: "unit" },
      { key: "isActive", kind: "active", label: TEXTS.table.active },
      { key: "updatedAt", kind: "moment", sort: "updatedAt" },
    ],
  },
  record: {
    path: "materials",
    table: "material",
    one: TEXTS.items.material,
    newTitle: TEXTS.items.newMaterial,
    create: "createMaterial",
    get: "getMaterial",
    update: "updateMaterial",
    remove: "deleteMaterial",
    createSchema: "MaterialCreate",
    updateSchema: "MaterialUpdate",
    title: (record) => `${record.materialCode} · ${record.name}`,
    editable: (record) => ({ ...record, code: record.materialCode, typeId: record.materialTypeId }),
    references: { typeId: MATERIAL_TYPE },
    facts: [
      { key: "materialTypeId", kind: "reference" },
      { key: "unit" },
      { key: "density", kind: "decimal" },
      { key: "notes" },
      ...CHANGED,
    ],
    hasActive: true,
    more: (record) => <MaterialMore material={record} />,
  },
};

const skus: Master = {
  list: {
    operation: "listSkus",
    title: TEXTS.items.skus,
    tables: ["sku"],
    filters: [SEARCH, { key: "typeId", kind: "reference", reference: SKU_TYPE }, ACTIVE],
    sort: "skuCode",
    columns: [
      { key: "skuCode", kind: "code", href: (row) => to(`skus/${row.id}`), sort: "skuCode" },
      { key: "name", isWide: true },
      { key: "skuTypeName", label: "Type" },
      { key: "unit" },
      { key: "itemsPerUnit", kind: "integer" },
      { key: "isActive", kind: "active", label: TEXTS.table.active },
      { key: "updatedAt", kind: "moment", sort: "updatedAt" },
    ],
  },
  record: {
    path: "skus",
    table: "sku",
    one: TEXTS.items.sku,
    newTitle: TEXTS.items.newSku,
    create: "createSku",
    get: "getSku",
    update: "updateSku",
    remove: "deleteSku",
    createSchema: "SkuCreate",
    updateSchema: "SkuUpdate",
    title: (record) => `${record.skuCode} · ${record.name}`,
    editable: (record) => ({ ...record, code: record.skuCode, typeId: record.skuTypeId }),
    references: { typeId: SKU_TYPE },
    facts: [
      { key: "skuTypeId", kind: "reference" },
      { key: "unit" },
      { key: "itemsPerUnit", kind: "integer" },
      { key: "ozPerItem", kind: "decimal" },
      { key: "density", kind: "decimal" },
      { key: "qboId" },
      { key: "notes" },
      ...CHANGED,
    ],
    hasActive: true,
    more: (record) => <SkuMore sku={record} />,
  },
};

const supplierPrices: Master = {
  list: {
    operation: "listSupplierPrices",
    title: TEXTS.prices.supplier,
    tables: ["supplier_price"],
    filters: [
      { key: "vendorId", kind: "reference", reference: VENDOR },
      { key: "materialId", kind: "reference", reference: MATERIAL },
      { key: "skuId", kind: "reference", reference: SKU },
      { key: "validOn", kind: "day" },
    ],
    open: (row) => to(`supplier-prices/${row.id}`),
    columns: [
      { key: "vendorName", label: "Vendor", href: (row) => to(`supplier-prices/${row.id}`) },
      { key: "code", kind: "code", value: (row) => row.materialCode ?? row.skuCode },
      { key: "name", value: (row) => row.materialName ?? row.skuName, isWide: true },
      { key: "supplierItemCode" },
      { key: "minQuantity", label: "From quantity", kind: "decimal" },
      { key: "unitCost", kind: "cost" },
      { key: "validFrom", kind: "day", sort: "validFrom" },
      { key: "validTo", kind: "day" },
    ],
  },
  record: {
    path: "supplier-prices",
    table: "supplier_price",
    one: TEXTS.prices.supplierOne,
    newTitle: TEXTS.prices.newSupplier,
    create: "createSupplierPrice",
    get: "getSupplierPrice",
    update: "updateSupplierPrice",
    remove: "deleteSupplierPrice",
    createSchema: "SupplierPriceCreate",
    updateSchema: "SupplierPriceUpdate",
    title: () => TEXTS.prices.supplierOne,
    facts: [
      { key: "vendorId", kind: "reference" },
      { key: "materialId", kind: "reference" },
      { key: "skuId", kind: "reference" },
      { key: "supplierItemCode" },
      { key: "minQuantity", kind: "decimal" },
      { key: "unitCost", kind: "cost" },
      { key: "validFrom", kind: "day" },
      { key: "validTo", kind: "day" },
      { key: "notes" },
    ],
  },
};

const customerPrices: Master = {
  list: {
    operation: "listCustomerPrices",
    title: TEXTS.prices.customer,
    tables: ["customer_price"],
    filters: [
      { key: "skuId", kind: "reference", reference: SKU },
      { key: "customerId", kind: "reference", reference: CUSTOMER },
      { key: "validOn", kind: "day" },
    ],
    open: (row) => to(`customer-prices/${row.id}`),
    columns: [
      { key: "skuCode", kind: "code", href: (row) => to(`customer-prices/${row.id}`) },
      { key: "skuName", label: "Name", isWide: true },
      {
        key: "customerName",
        label: "For",
        value: (row) => row.customerName ?? row.customerSegmentName ?? TEXTS.prices.everybody,
      },
      { key: "minQuantity", label: "From quantity", kind: "decimal" },
      { key: "unitPrice", kind: "cost" },
      { key: "validFrom", kind: "day", sort: "validFrom" },
      { key: "validTo", kind: "day" },
    ],
  },
  record: {
    path: "customer-prices",
    table: "customer_price",
    one: TEXTS.prices.customerOne,
    newTitle: TEXTS.prices.newCustomer,
    create: "createCustomerPrice",
    get: "getCustomerPrice",
    update: "updateCustomerPrice",
    remove: "deleteCustomerPrice",
    createSchema: "CustomerPriceCreate",
    updateSchema: "CustomerPriceUpdate",
    title: () => TEXTS.prices.customerOne,
    facts: [
      { key: "skuId", kind: "reference" },
      { key: "customerId", kind: "reference" },
      { key: "customerSegmentId", kind: "reference" },
      { key: "minQuantity", kind: "decimal" },
      { key: "unitPrice", kind: "cost" },
      { key: "validFrom", kind: "day" },
      { key: "validTo", kind: "day" },
      { key: "notes" },
    ],
  },
};

export const MASTERS = {
  vendors,
  customers,
  materials,
  skus,
  "supplier-prices": supplierPrices,
  "customer-prices": customerPrices,
} as const satisfies Readonly<Record<string, Master>>;

/** The list, a new record, or one of them, by what follows in the address. */
export function MasterPage({ of: { list, record }, rest }: { of: Master; rest: readonly string[] }) {
  const { query } = useRoute();
  const [id] = rest;
  if (id === "new") return <NewRecordPage of={record} initial={query} />;
  if (id !== undefined) return <RecordPage key={id} of={record} id={id} />;
  return (
    <>
      <Head title={list.title}>
        {may(record.create) && (
          <Button look="primary" onClick={() => go(to(`${record.path}/new`))}>
            {record.newTitle}
          </Button>
        )}
      </Head>
      <List list={list} path={record.path} />
    </>
  );
}

function Related({ path, query }: { path: "purchase-orders" | "sales-orders"; query: Record<string, string> }) {
  return (
    <p>
      <a href={to(path, query)}>{TEXTS.orders.kinds[path].many}</a>
    </p>
  );
}
