// Lists and reports as files, without a server: which request is sent, and what becomes of the answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, refusals } from "pharus-client";

function clientOf(...answers: Response[]): { client: Client; urls: string[] } {
  const urls: string[] = [];
  const client = new Client("http://server.example", "token", {
    retries: { firstWait: 0 },
    fetch: async (input) => {
      urls.push(String(input).replace("http://server.example", ""));
      return answers.shift() ?? assert.fail(`not expected: ${String(input)}`);
    },
  });
  return { client, urls };
}

function file(body: BodyInit, name = "vendors.csv"): Response {
  const headers = { "Content-Type": "text/csv", "Content-Disposition": `attachment; filename="${name}"` };
  return new Response(body, { headers });
}

function refusal(status: number, code: string): Response {
  return Response.json({ error: { code, message: "No." } }, { status });
}

test("the request is that of the list, and is sent again while the server cannot", async () => {
  const { client, urls } = clientOf(refusal(503, "service_unavailable"), file("id,name\r\n"), file(""));
  const found = await client.download("csv", () => client.vendors.listVendors({ q: "oil", isActive: true }));
  assert.deepEqual([found.name, found.mediaType], ["vendors.csv", "text/csv"]);
  assert.equal(new TextDecoder().decode(await found.bytes()), "id,name\r\n");
  await client.download("xlsx", () => client.purchaseOrders.listPurchaseOrderItems("po-1"));
  const first = "/api/vendors?isActive=true&q=oil&format=csv";
  assert.deepEqual(urls, [first, first, "/api/purchase-orders/po-1/items?format=xlsx"]);
});

test("a body is read as it comes, and one that is cut off rejects", async () => {
  const parts = ["id\r\n", "1\r\n"];
  const cut = new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part === undefined) controller.error(new TypeError("cut"));
      else controller.enqueue(new TextEncoder().encode(part));
    },
  });
  const { client } = clientOf(file(cut));
  const reader = (await client.download("csv", () => client.vendors.listVendors())).body.getReader();
  assert.equal(new TextDecoder().decode((await reader.read()).value), "id\r\n");
  await reader.read();
  await assert.rejects(reader.read(), /cut/);
});

test("the name of a file is no path", async () => {
  for (const [sent, name] of [["../../etc/passwd", "passwd"], ["a\\b.csv", "b.csv"], ["..", "download"], ["", "download"]]) {
    const { client } = clientOf(file("", sent));
    assert.equal((await client.download("csv", () => client.vendors.listVendors())).name, name);
  }
});

test("what is no list is no file, and a refusal is thrown as its class", async () => {
  const { client, urls } = clientOf(refusal(422, "validation_failed"));
  const wrong = [() => null, () => client.vendors.createVendor({ name: "Alder" }), async () => Promise.resolve()];
  for (const ask of wrong) await assert.rejects(client.download("csv", ask), TypeError);
  assert.deepEqual(urls, []);
  // What is asked for otherwise is sent all the same.
  await assert.rejects(client.download("csv", () => client.vendors.getVendor("1")), refusals.ValidationFailed);
  assert.deepEqual(urls, ["/api/vendors/1?format=csv"]);
});
