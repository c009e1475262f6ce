// A small maker buys oil, makes soap of it, sells some, and undoes all of that. Prints the figures, one a line.
//
// Arguments: the server's address, a token of an admin, and eight figures.
import { Client, Decimal, refusals } from "pharus-client";
import type { FinishedGoodsSummary, MaterialCreate, MaterialsSummary } from "pharus-client/models";

const [address = "", token = "", ...figures] = process.argv.slice(2);
const [bought, unitCost, perUnit, made, conversionCost, sold, unitPrice, ounces] = figures.map(
  (text) => new Decimal(text),
) as [Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal];
const client = new Client(address, token);

function say(name: string, value: unknown): void {
  console.log(`${name} ${value}`);
}

/** The one row of a list. */
function only<T>(rows: T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length > 1) throw new Error(`${rows.length} rows`);
  return row;
}

const location = (await client.locations.createLocation({ name: "Example workshop" })).id;
const vendor = (await client.vendors.createVendor({ name: "Sample Oils" })).id;
const materialType = (await client.materials.createMaterialType({ name: "Raw materials" })).id;
const body: MaterialCreate = { code: "OIL-1", name: "Example oil", typeId: materialType };
const oil = (await client.materials.createMaterial(body)).id;
try {
  await client.materials.createMaterial(body);
} catch (refused) {
  if (!(refused instanceof refusals.Conflict)) throw refused;
  say("refused.code", refused.code);
}
await client.materials.createMaterial({ code: "LYE-1", name: "Example lye", typeId: materialType });
const listed = new Set<string>();
for await (const each of client.materials.listMaterials({ limit: 1 })) listed.add(each.id);
say("listed.materials", listed.size);
const skuType = (await client.products.createSkuType({ name: "Soaps" })).id;
const soap = await client.products.createSku({
  code: "SOAP-1",
  name: "Example soap",
  typeId: skuType,
  ozPerItem: ounces,
});
say("sku.ozPerItem", soap.ozPerItem);
await client.bom.createBom({ outputSkuId: soap.id, items: [{ materialId: oil, quantity: perUnit }] });

const material = async (): Promise<MaterialsSummary> =>
  only((await client.materialsInventory.getMaterialsSummary({ materialId: oil, locationId: location })).data);
const finished = async (): Promise<FinishedGoodsSummary> =>
  only((await client.finishedGoodsInventory.getFinishedGoodsSummary({ skuId: soap.id, locationId: location })).data);

const purchase = await client.purchaseOrders.createPurchaseOrder({
  vendorId: vendor,
  targetType: "materials",
  status: "Placed",
  shipToLocationId: location,
  items: [{ materialId: oil, quantity: bought, unitCost }],
});
const line = only(purchase.items);
say("bought.quantity", line.quantity);
say("bought.unitCost", line.unitCost);
// Only if nobody has changed the order since: its version is that of what was read.
const seen = await client.purchaseOrders.getPurchaseOrder(purchase.purchaseOrder.id);
const arrived = await client.purchaseOrders.createPurchaseOrderReceipt(
  purchase.purchaseOrder.id,
  { items: [{ poItemId: line.id, quantity: bought }] },
  { ifMatch: seen },
);
const stock = await material();
say("bought.onHand", stock.onHand);
say("bought.averageCost", stock.averageCost);
say("bought.value", stock.value);

const work = await client.workOrders.createWorkOrder({
  status: "Placed",
  workSiteLocationId: location,
  items: [{ skuId: soap.id, quantity: made.toNumber(), conversionCost }],
});
const produced = await client.workOrders.createWorkOrderReceipt(work.workOrder.id, {
  items: [{ skuId: soap.id, quantity: made }],
});
say("made.materialOnHand", (await material()).onHand);
say("made.onHand", (await finished()).onHand);
say("made.value", (await finished()).value);

const customerType = (await client.customers.createCustomerType({ name: "Shops" })).id;
const sale = await client.salesOrders.createSalesOrder({
  customerId: (await client.customers.createCustomer({ name: "Sample Shop", typeId: customerType })).id,
  channelId: (await client.salesOrders.createOrderChannel({ name: "Wholesale" })).id,
  status: "Entered",
  fulfillmentStatus: "Pending",
  fulfillmentLocationId: location,
  mabd: "2026-12-24",
  items: [{ skuId: soap.id, quantity: sold.toNumber(), unitPrice }],
});
say("sold.quantity", only(sale.items).quantity);
say("sold.unitPrice", only(sale.items).unitPrice);
await client.salesOrders.updateSalesOrder(sale.salesOrder.id, { status: "Shipped", fulfillmentStatus: "Fulfilled" });
say("sold.onHand", (await finished()).onHand);

await client.salesOrders.deleteSalesOrder(sale.salesOrder.id);
await client.workOrders.deleteWorkOrderReceipt(produced.receipt.id);
say("undone.onHand", (await finished()).onHand);
await client.purchaseOrders.deletePurchaseOrderReceipt(arrived.receipt.id);
say("undone.materialOnHand", (await material()).onHand);
say("undone.materialValue", (await material()).value);
