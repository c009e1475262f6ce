// The four kinds of orders: what is the same of them is in the pages, what differs is here.
import type { Body } from "../parts/form.tsx";
import type { Column } from "../parts/table.tsx";
import type { Filter } from "../parts/list.tsx";
import { CUSTOMER, LOCATION, VENDOR } from "../references.ts";
import { to } from "../router.ts";
import type { OperationId } from "../session.ts";
import { TEXTS } from "../texts.ts";

export type OrderPath = keyof typeof TEXTS.orders.kinds;

/** What of an order comes in or leaves at one time: receipts, outputs, shipments. */
export interface Parts {
  list: OperationId;
  get: OperationId;
  create: OperationId;
  remove: OperationId;
  /** The keys of the answer to `get`. */
  record: string;
  /** The lines of a part name a line of the order by this key: its id, or the SKU that it is for. */
  lineKey: "poItemId" | "soItemId" | "skuId";
  /** How one is shown. */
  number: (part: any) => string | null;
  date: string;
  title: string;
  /** The statuses in which one may be booked. */
  during: readonly string[];
  fields: readonly string[];
  schema: string;
  action: string;
  actionTitle: (number: string) => string;
  done: string;
}

export interface OrderKind {
  path: OrderPath;
  table: string;
  number: string;
  status: string;
  /** The key of the order in the answer to `get`. */
  record: string;
  list: OperationId;
  get: OperationId;
  create: OperationId;
  update: OperationId;
  remove: OperationId;
  reopen: OperationId;
  addItem: OperationId;
  removeItem: OperationId;
  pdf: OperationId;
  createSchema: string;
  updateSchema: string;
  itemSchema: string;
  /** Of a new order, in this order. */
  header: readonly string[];
  initial: Body;
  /** Of a change; the status has buttons of its own. */
  changes: readonly string[];
  editable: (order: any) => Body;
  price: string;
  facts: readonly Column[];
  columns: readonly Column[];
  filters: readonly Filter[];
  statuses: readonly string[];
  next: Readonly<Record<string, readonly string[]>>;
  ended: readonly string[];
  parts: Parts;
  /** What documents call it; null where it has none. */
  entityType: "purchase_order" | "work_order" | "sales_order" | null;
}

const SEARCH: Filter = { key: "q", kind: "text" };
const DATES: readonly Filter[] = [
  { key: "dateFrom", kind: "day", label: "From" },
  { key: "dateTo", kind: "day", label: "To" },
];
const dates = (...keys: string[]): Column[] => keys.map((key) => ({ key, kind: "day" }));
const money = (...keys: string[]): Column[] => keys.map((key) => ({ key, kind: "money" }));

const PURCHASE_STATUSES = ["Planning", "Placed", "In Transit", "Partial", "Received", "Paid", "Cancelled"];
const SALES_STATUSES = ["Received", "Entered", "Shipped", "Invoiced", "Paid", "Rejected", "In-Dispute", "Completed"];
const MAKING_STATUSES = [
  ...["Draft", "Entered", "Placed", "Production", "In Transit", "Partial", "Received", "Completed", "Cancelled"],
];
const MAKING_NEXT = {
  Draft: ["Placed", "Entered", "Cancelled"],
  Entered: ["Placed", "Production", "Draft", "Cancelled"],
  Placed: ["Production", "Entered", "Cancelled"],
  Production: ["In Transit", "Placed", "Cancelled"],
  "In Transit": ["Production", "Cancelled"],
  Partial: ["In Transit", "Completed", "Cancelled"],
  Received: ["Completed"],
};

const purchase: OrderKind = {
  path: "purchase-orders",
  table: "purchase_order",
  number: "poNumber",
  status: "status",
  record: "purchaseOrder",
  list: "listPurchaseOrders",
  get: "getPurchaseOrder",
  create: "createPurchaseOrder",
  update: "updatePurchaseOrder",
  remove: "deletePurchaseOrder",
  reopen: "reopenPurchaseOrder",
  addItem: "addPurchaseOrderItem",
  removeItem: "removePurchaseOrderItem",
  pdf: "getPurchaseOrderPdf",
  createSchema: "PurchaseOrderCreate",
  updateSchema: "PurchaseOrderUpdate",
  itemSchema: "PurchaseOrderItemCreate",
  header: [
    ...["vendorId", "targetType", "shipToLocationId", "status", "placedAt", "expectedDeliveryDate"],
    ...["shippingCosts", "setupCosts", "otherCosts", "terms", "notes"],
  ],
  initial: { targetType: "materials", status: "Placed" },
  changes: [
    ...["vendorId", "shipToLocationId", "placedAt", "shipDate", "expectedDeliveryDate"],
    ...["shippingCosts", "setupCosts", "otherCosts", "terms", "notes"],
  ],
  editable: (order) => order,
  price: "unitCost",
  facts: [
    { key: "vendorId", kind: "reference", href: (order) => to(`vendors/${order.vendorId}`) },
    { key: "shipToLocationId", kind: "reference" },
    ...dates("placedAt", "expectedDeliveryDate", "shipDate", "receivedAt"),
    ...money("shippingCosts", "setupCosts", "otherCosts"),
    { key: "terms" },
    { key: "notes" },
  ],
  columns: [
    { key: "poNumber", kind: "code", href: (row) => to(`purchase-orders/${row.id}`) },
    { key: "status", kind: "status" },
    { key: "vendorName", label: "Vendor", isWide: true },
    { key: "shipToLocationName", label: "Ship to" },
    { key: "placedAt", label: "Ordered", kind: "day", sort: "orderDate" },
    ...dates("expectedDeliveryDate"),
  ],
  filters: [
    SEARCH,
    { key: "status", kind: "choice", choices: PURCHASE_STATUSES },
    { key: "vendorId", kind: "reference", reference: VENDOR },
    ...DATES,
  ],
  statuses: PURCHASE_STATUSES,
  next: {
    Planning: ["Placed", "Cancelled"],
    Placed: ["In Transit", "Planning", "Cancelled"],
    "In Transit": ["Placed", "Cancelled"],
    Partial: ["In Transit", "Received", "Cancelled"],
    Received: ["Paid"],
  },
  ended: ["Received", "Paid", "Cancelled"],
  parts: {
    list: "listPurchaseOrderReceipts",
    get: "getPurchaseOrderReceipt",
    create: "createPurchaseOrderReceipt",
    remove: "deletePurchaseOrderReceipt",
    record: "receipt",
    lineKey: "poItemId",
    number: (part) => part.externalId,
    date: "receiptDate",
    title: TEXTS.orders.receipts,
    during: ["Placed", "In Transit", "Partial", "Received"],
    fields: ["receiptDate", "externalId", "notes"],
    schema: "PurchaseOrderReceiptCreate",
    action: TEXTS.orders.receive,
    actionTitle: TEXTS.orders.receiveTitle,
    done: TEXTS.orders.received,
  },
  entityType: "purchase_order",
};

const sales: OrderKind = {
  path: "sales-orders",
  table: "sales_order",
  number: "soNumber",
  status: "orderStatus",
  record: "salesOrder",
  list: "listSalesOrders",
  get: "getSalesOrder",
  create: "createSalesOrder",
  update: "updateSalesOrder",
  remove: "deleteSalesOrder",
  reopen: "reopenSalesOrder",
  addItem: "addSalesOrderItem",
  removeItem: "removeSalesOrderItem",
  pdf: "getSalesOrderConfirmationPdf",
  createSchema: "SalesOrderCreate",
  updateSchema: "SalesOrderUpdate",
  itemSchema: "SalesOrderItemCreate",
  header: [
    ...["customerId", "channelId", "fulfillmentLocationId", "mabd", "status", "customerReference"],
    ...["freightCosts", "otherCosts", "terms", "notes"],
  ],
  initial: { status: "Entered", fulfillmentStatus: "Pending" },
  changes: [
    ...["customerId", "channelId", "fulfillmentLocationId", "mabd", "placedAt", "customerReference"],
    ...["brokerId", "brokerFeePercent", "freightCosts", "fulfillmentCosts", "promoCosts", "otherCosts", "terms", "qboId"],
    "notes",
  ],
  editable: (order) => ({ ...order, channelId: order.orderChannelId }),
  price: "unitPrice",
  facts: [
    { key: "customerId", kind: "reference", href: (order) => to(`customers/${order.customerId}`) },
    { key: "orderChannelId", kind: "reference" },
    { key: "fulfillmentLocationId", kind: "reference" },
    { key: "fulfillmentStatus", kind: "status" },
    ...dates("placedAt", "mabd", "shippedAt", "invoicedAt", "paidAt"),
    { key: "customerReference" },
    { key: "brokerId", kind: "reference" },
    ...money("brokerFees", "freightCosts", "fulfillmentCosts", "promoCosts", "otherCosts"),
    { key: "terms" },
    { key: "notes" },
  ],
  columns: [
    { key: "soNumber", kind: "code", href: (row) => to(`sales-orders/${row.id}`) },
    { key: "orderStatus", label: "Status", kind: "status" },
    { key: "fulfillmentStatus", kind: "status" },
    { key: "customerName", label: "Customer", isWide: true },
    { key: "fulfillmentLocationName", label: "Ships from" },
    { key: "placedAt", label: "Ordered", kind: "day", sort: "orderDate" },
    ...dates("mabd"),
  ],
  filters: [
    SEARCH,
    { key: "status", kind: "choice", choices: SALES_STATUSES },
    { key: "customerId", kind: "reference", reference: CUSTOMER },
    ...DATES,
  ],
  statuses: SALES_STATUSES,
  next: {
    Received: ["Entered", "In-Dispute", "Rejected"],
    Entered: ["Shipped", "Received", "In-Dispute", "Rejected"],
    Shipped: ["Invoiced", "In-Dispute", "Rejected"],
    Invoiced: ["Paid", "In-Dispute", "Rejected"],
    Paid: ["Completed", "In-Dispute"],
    "In-Dispute": ["Rejected"],
  },
  ended: ["Paid", "Completed", "Rejected"],
  parts: {
    list: "listSalesOrderShipments",
    get: "getSalesOrderShipment",
    create: "createSalesOrderShipment",
    remove: "deleteSalesOrderShipment",
    record: "shipment",
    lineKey: "soItemId",
    number: (part) => part.shipmentNumber,
    date: "shippedAt",
    title: TEXTS.orders.shipments,
    during: ["Entered"],
    fields: ["shippedAt", "locationId", "carrier", "trackingNumber", "externalId", "notes"],
    schema: "SalesOrderShipmentCreate",
    action: TEXTS.orders.ship,
    actionTitle: TEXTS.orders.shipTitle,
    done: TEXTS.orders.shipped,
  },
  entityType: "sales_order",
};

interface Making {
  path: "work-orders" | "production-orders";
  name: "WorkOrder" | "ProductionOrder";
  number: string;
  /** What an order of this kind calls its place, in a body and in an answer. */
  place: { sent: string; shown: string; named: string; filter: string };
  price: string;
  entityType: "work_order" | null;
}

/** Work orders and production orders differ in names alone. */
function making({ path, name, number, place, price, entityType }: Making): OrderKind {
  const dated = ["orderDate", "expectedDeliveryDate", "notes"];
  return {
    path,
    table: path === "work-orders" ? "work_order" : "production_order",
    number,
    status: "status",
    record: name.charAt(0).toLowerCase() + name.slice(1),
    list: `list${name}s`,
    get: `get${name}`,
    create: `create${name}`,
    update: `update${name}`,
    remove: `delete${name}`,
    reopen: `reopen${name}`,
    addItem: `add${name}Item`,
    removeItem: `remove${name}Item`,
    pdf: `get${name}Pdf`,
    createSchema: `${name}Create`,
    updateSchema: `${name}Update`,
    itemSchema: `${name}ItemCreate`,
    header: [place.sent, "status", ...dated],
    initial: { status: "Placed" },
    changes: [place.sent, ...dated],
    editable: (order) => ({ ...order, [place.sent]: order[place.shown], orderDate: order.placedAt }),
    price,
    facts: [
      { key: place.shown, kind: "reference" },
      ...dates("placedAt", "expectedDeliveryDate", "productionStartedAt", "receivedAt", "completedAt"),
      { key: "notes" },
    ],
    columns: [
      { key: number, kind: "code", href: (row) => to(`${path}/${row.id}`) },
      { key: "status", kind: "status" },
      { key: place.named, label: "Place", isWide: true },
      { key: "placedAt", label: "Ordered", kind: "day", sort: "orderDate" },
      ...dates("expectedDeliveryDate", "receivedAt"),
    ],
    filters: [
      SEARCH,
      { key: "status", kind: "choice", choices: MAKING_STATUSES },
      { key: place.filter, kind: "reference", reference: LOCATION },
      ...DATES,
    ],
    statuses: MAKING_STATUSES,
    next: MAKING_NEXT,
    ended: ["Received", "Completed", "Cancelled"],
    parts: {
      list: `list${name}Receipts`,
      get: `get${name}Receipt`,
      create: `create${name}Receipt`,
      remove: `delete${name}Receipt`,
      record: "receipt",
      lineKey: "skuId",
      number: (part) => part.externalId,
      date: "receiptDate",
      title: TEXTS.orders.receipts,
      during: ["Entered", "Placed", "Production", "In Transit", "Partial", "Received"],
      fields: ["receiptDate", "externalId", "notes"],
      schema: `${name}ReceiptCreate`,
      action: TEXTS.orders.produce,
      actionTitle: TEXTS.orders.produceTitle,
      done: TEXTS.orders.made,
    },
    entityType,
  };
}

export const KINDS: Readonly<Record<OrderPath, OrderKind>> = {
  "purchase-orders": purchase,
  "sales-orders": sales,
  "work-orders": making({
    path: "work-orders",
    name: "WorkOrder",
    number: "woNumber",
    place: { sent: "workSiteLocationId", shown: "workSiteId", named: "workSiteName", filter: "workSiteLocationId" },
    price: "conversionCost",
    entityType: "work_order",
  }),
  "production-orders": making({
    path: "production-orders",
    name: "ProductionOrder",
    number: "prodNumber",
    place: { sent: "locationId", shown: "locationId", named: "locationName", filter: "locationId" },
    price: "productionCost",
    entityType: null,
  }),
};
