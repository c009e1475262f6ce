// The published client against a server. PHARUS_ADDRESS and PHARUS_TOKEN say which; at PHARUS_LOSSY there is the same
// one, but the first two answers get lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, Decimal, refusals } from "pharus-client";

const { PHARUS_ADDRESS = "", PHARUS_LOSSY = "", PHARUS_TOKEN = "" } = process.env;
const client = new Client(PHARUS_ADDRESS, PHARUS_TOKEN);

async function makeOil(): Promise<string> {
  const typeId = (await client.materials.createMaterialType({ name: `Raw ${crypto.randomUUID()}` })).id;
  return (await client.materials.createMaterial({ code: crypto.randomUUID().slice(0, 20), name: "Oil", typeId })).id;
}

async function makeVendor(name: string) {
  return client.vendors.getVendor((await client.vendors.createVendor({ name })).id);
}

test("a lost answer is asked for again, and booked once", async () => {
  const locationId = (await client.locations.createLocation({ name: "Example workshop" })).id;
  const materialId = await makeOil();
  const quantity = new Decimal("0.3");
  const lossy = new Client(PHARUS_LOSSY, PHARUS_TOKEN);
  const entry = await lossy.materialsInventory.adjustMaterialsInventory({ materialId, locationId, quantity });
  assert.ok(entry.quantity.equals(quantity));
  const { data } = await client.materialsInventory.getMaterialsSummary({ materialId });
  assert.deepEqual(data.map((each) => String(each.onHand)), ["0.3"]);
});

test("a change of a version that has passed is refused", async () => {
  const vendor = await makeVendor("Sample Oils");
  await client.vendors.updateVendor(vendor.id, { term: "Net 30" }, { ifMatch: vendor });
  const late = client.vendors.updateVendor(vendor.id, { term: "Net 45" }, { ifMatch: vendor });
  await assert.rejects(late, refusals.PreconditionFailed);
  assert.equal((await client.vendors.getVendor(vendor.id)).term, "Net 30");
});

test("a record that has not changed is answered as it was", async () => {
  const vendor = await makeVendor("Sample Oils");
  assert.equal(await client.vendors.getVendor(vendor.id, { ifNoneMatch: vendor }), vendor);
  await client.vendors.updateVendor(vendor.id, { name: "Other Oils" });
  assert.equal((await client.vendors.getVendor(vendor.id, { ifNoneMatch: vendor })).name, "Other Oils");
});

test("what was read can be sent back", async () => {
  const vendor = await makeVendor("Sample Oils");
  const saved = await client.vendors.updateVendor(vendor.id, { ...vendor, term: "Net 30" }, { ifMatch: vendor });
  assert.equal(saved.term, "Net 30");
});

test("a refusal has the details of the document", async () => {
  await assert.rejects(client.vendors.createVendor({ name: "" }), (refused) => {
    assert.ok(refused instanceof refusals.ValidationFailed);
    assert.deepEqual((refused.details as { path: string }[]).map((each) => each.path), ["/name"]);
    assert.ok(refused.requestId);
    return true;
  });
});

test("a file is uploaded, and paper comes as bytes", async () => {
  const vendor = await makeVendor("Sample Oils");
  const { purchaseOrder } = await client.purchaseOrders.createPurchaseOrder({
    vendorId: vendor.id,
    targetType: "materials",
    status: "Planning",
    items: [{ materialId: await makeOil(), quantity: "1" }],
  });
  const file = new File(["Example"], "note.txt", { type: "text/plain" });
  const document = await client.documents.uploadDocument({
    file,
    entityType: "purchase_order",
    entityId: purchaseOrder.id,
  });
  assert.equal(document.name, "note.txt");
  const paper = await client.purchaseOrders.getPurchaseOrderPdf(purchaseOrder.id);
  assert.equal(new TextDecoder().decode(paper.slice(0, 4)), "%PDF");
});

test("pages are walked through, and types are kept", async () => {
  for (const name of ["Alder", "Birch", "Cedar"]) await client.vendors.createVendor({ name: `Timber ${name}` });
  const timber = client.vendors.listVendors({ q: "Timber", limit: 2, count: true });
  assert.deepEqual((await timber.first()).total, { count: 3, atLeast: false });
  const names: string[] = [];
  for await (const vendor of timber) {
    names.push(vendor.name);
    assert.ok(vendor.createdAt instanceof Date && vendor.createdAt.getTime() <= Date.now() + 60_000);
  }
  assert.deepEqual(names, ["Timber Alder", "Timber Birch", "Timber Cedar"]);
});

test("the log of events is followed from where one was", async () => {
  const feed = client.events.listEvents({ types: ["vendor.*"], limit: 2 });
  for await (const _ of feed);
  const before = feed.cursor;
  const made: string[] = [];
  for (const name of ["Elm", "Fir", "Gum"]) made.push((await client.vendors.createVendor({ name })).id);
  const control = new AbortController();
  const found: string[] = [];
  // It is ended in the pause behind an empty page: an answer that is under way would be lost.
  const following = new Client(PHARUS_ADDRESS, PHARUS_TOKEN, {
    fetch: async (...request) => {
      const answer = await fetch(...request);
      if (found.length === 4) setTimeout(() => control.abort(new Error("enough")), 500);
      return answer;
    },
  });
  const resumed = following.events.listEvents({ after: before, types: ["vendor.*"], limit: 2, signal: control.signal });
  await assert.rejects(async () => {
    for await (const event of resumed.follow({ wait: 0, pause: 60_000 })) {
      found.push(event.recordId);
      assert.ok(event.occurredAt instanceof Date);
      if (found.length === 3) made.push((await client.vendors.createVendor({ name: "Hornbeam" })).id);
    }
  }, /enough/);
  assert.deepEqual(found, made);
  // It goes on only after the last event of a page.
  const again = client.events.listEvents({ after: before, types: ["vendor.*"], limit: 2 });
  for await (const event of again) if (event.recordId === made[2]) break;
  const rest: string[] = [];
  for await (const event of client.events.listEvents({ after: again.cursor, types: ["vendor.*"] })) {
    rest.push(event.recordId);
  }
  assert.deepEqual(rest, made.slice(2));
});

test("what an event says of a figure has all its digits", async () => {
  const locationId = (await client.locations.createLocation({ name: "Example store" })).id;
  const materialId = await makeOil();
  const quantity = "123456789012.123456";
  const entry = await client.materialsInventory.adjustMaterialsInventory({ materialId, locationId, quantity });
  const events = [];
  for await (const event of client.events.listEvents()) if (event.recordId === entry.id) events.push(event.after);
  assert.deepEqual(events.map((after) => after?.["quantity"]), [quantity]);
});
