// The story of tests/clients/protocol.py for every TypeScript client. Each has an adapter.ts whose functions pass on to
// what was generated: the compiler holds the types of the story against the generated ones, both ways. A decimal is a
// string; the number that may be sent as well would lose digits.
import { connect } from "./adapter.js";

type Made = { id: string };
type Stock = { onHand: string; averageCost: string | null; value: string };

export interface Api {
  createLocation(body: { name: string }): Promise<Made>;
  createVendor(body: { name: string }): Promise<Made>;
  createMaterialType(body: { name: string }): Promise<Made>;
  createMaterial(body: { code: string; name: string; typeId: string }): Promise<Made>;
  /** The code of the error with which it is refused. */
  refusedMaterial(body: { code: string; name: string; typeId: string }): Promise<string>;
  listMaterials(limit: number, cursor?: string | undefined): Promise<{ data: Made[]; nextCursor: string | null }>;
  createSkuType(body: { name: string }): Promise<Made>;
  createSku(body: {
    code: string;
    name: string;
    typeId: string;
    ozPerItem: string;
  }): Promise<Made & { ozPerItem: string | null }>;
  createBom(body: { outputSkuId: string; items: { materialId: string; quantity: string }[] }): Promise<unknown>;
  createPurchaseOrder(body: {
    vendorId: string;
    targetType: "materials";
    status: "Placed";
    shipToLocationId: string;
    items: { materialId: string; quantity: string; unitCost: string }[];
  }): Promise<{ purchaseOrder: Made; items: { id: string; quantity: string; unitCost: string }[] }>;
  createPurchaseOrderReceipt(
    id: string,
    body: { items: { poItemId: string; quantity: string }[] },
  ): Promise<{ purchaseOrder: { status: string }; receipt: Made }>;
  createWorkOrder(body: {
    status: "Placed";
    workSiteLocationId: string;
    items: { skuId: string; quantity: number; conversionCost: string }[];
  }): Promise<{ workOrder: Made }>;
  createWorkOrderReceipt(
    id: string,
    body: { items: { skuId: string; quantity: string }[] },
  ): Promise<{ receipt: Made }>;
  createCustomerType(body: { name: string }): Promise<Made>;
  createCustomer(body: { name: string; typeId: string }): Promise<Made>;
  createOrderChannel(body: { name: string }): Promise<Made>;
  createSalesOrder(body: {
    customerId: string;
    channelId: string;
    status: "Entered";
    fulfillmentStatus: "Pending";
    fulfillmentLocationId: string;
    mabd: string;
    items: { skuId: string; quantity: number; unitPrice: string }[];
  }): Promise<{ salesOrder: Made; items: { quantity: number; unitPrice: string }[] }>;
  updateSalesOrder(
    id: string,
    body: { status: "Shipped"; fulfillmentStatus: "Fulfilled" },
  ): Promise<{ shippedAt: string | null }>;
  deleteSalesOrder(id: string): Promise<{ deletedId: string }>;
  deleteWorkOrderReceipt(id: string): Promise<unknown>;
  deletePurchaseOrderReceipt(id: string): Promise<unknown>;
  getMaterialsSummary(materialId: string, locationId: string): Promise<{ data: Stock[] }>;
  getFinishedGoodsSummary(skuId: string, locationId: string): Promise<{ data: Stock[] }>;
}

function say(name: string, value: string | number | null): void {
  console.log(`${name} ${value}`);
}

function only<T>(found: T[]): T {
  const [first] = found;
  if (first === undefined) throw new Error("nothing was found");
  return first;
}

const [address, token, bought, unitCost, perUnit, made, conversionCost, sold, unitPrice, ounces] =
  process.argv.slice(2) as [string, string, string, string, string, string, string, string, string, string];
const api: Api = connect(address, token);

const place = (await api.createLocation({ name: "Example workshop" })).id;
const vendorId = (await api.createVendor({ name: "Sample Oils" })).id;
const materialType = (await api.createMaterialType({ name: "Raw materials" })).id;
const oilBody = { code: "OIL-1", name: "Example oil", typeId: materialType };
const oil = (await api.createMaterial(oilBody)).id;
say("refused.code", await api.refusedMaterial(oilBody));
await api.createMaterial({ code: "LYE-1", name: "Example lye", typeId: materialType });
const listed = new Set<string>();
let cursor: string | null = null;
do {
  const page = await api.listMaterials(1, cursor ?? undefined);
  page.data.forEach((each) => listed.add(each.id));
  cursor = page.nextCursor;
} while (cursor !== null);
say("listed.materials", listed.size);
const skuType = (await api.createSkuType({ name: "Soaps" })).id;
const soap = await api.createSku({ code: "SOAP-1", name: "Example soap", typeId: skuType, ozPerItem: ounces });
say("sku.ozPerItem", soap.ozPerItem);
await api.createBom({ outputSkuId: soap.id, items: [{ materialId: oil, quantity: perUnit }] });

const material = async (): Promise<Stock> => only((await api.getMaterialsSummary(oil, place)).data);
const finished = async (): Promise<Stock> => only((await api.getFinishedGoodsSummary(soap.id, place)).data);

const purchase = await api.createPurchaseOrder({
  vendorId,
  targetType: "materials",
  status: "Placed",
  shipToLocationId: place,
  items: [{ materialId: oil, quantity: bought, unitCost }],
});
const line = only(purchase.items);
say("bought.quantity", line.quantity);
say("bought.unitCost", line.unitCost);
const arrived = await api.createPurchaseOrderReceipt(purchase.purchaseOrder.id, {
  items: [{ poItemId: line.id, quantity: bought }],
});
if (arrived.purchaseOrder.status !== "Received") throw new Error("not received");
const stock = await material();
say("bought.onHand", stock.onHand);
say("bought.averageCost", stock.averageCost);
say("bought.value", stock.value);

const work = await api.createWorkOrder({
  status: "Placed",
  workSiteLocationId: place,
  items: [{ skuId: soap.id, quantity: Number(made), conversionCost }],
});
const produced = await api.createWorkOrderReceipt(work.workOrder.id, { items: [{ skuId: soap.id, quantity: made }] });
say("made.materialOnHand", (await material()).onHand);
say("made.onHand", (await finished()).onHand);
say("made.value", (await finished()).value);

const customerType = (await api.createCustomerType({ name: "Shops" })).id;
const sale = await api.createSalesOrder({
  customerId: (await api.createCustomer({ name: "Sample Shop", typeId: customerType })).id,
  channelId: (await api.createOrderChannel({ name: "Wholesale" })).id,
  status: "Entered",
  fulfillmentStatus: "Pending",
  fulfillmentLocationId: place,
  mabd: "2026-12-24",
  items: [{ skuId: soap.id, quantity: Number(sold), unitPrice }],
});
say("sold.quantity", only(sale.items).quantity);
say("sold.unitPrice", only(sale.items).unitPrice);
const shipped = await api.updateSalesOrder(sale.salesOrder.id, { status: "Shipped", fulfillmentStatus: "Fulfilled" });
if (shipped.shippedAt === null) throw new Error("not shipped");
say("sold.onHand", (await finished()).onHand);

const deleted = await api.deleteSalesOrder(sale.salesOrder.id);
if (deleted.deletedId !== sale.salesOrder.id) throw new Error("another was deleted");
await api.deleteWorkOrderReceipt(produced.receipt.id);
say("undone.onHand", (await finished()).onHand);
await api.deletePurchaseOrderReceipt(arrived.receipt.id);
say("undone.materialOnHand", (await material()).onHand);
say("undone.materialValue", (await material()).value);
