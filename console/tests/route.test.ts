import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRoute, to } from "../src/route.ts";

test("an address and its parts are the same", () => {
  const query = { q: "a & b = c#?", status: "In Transit" };
  assert.deepEqual(parseRoute(to("sales-orders", query)), { segments: ["sales-orders"], query });
  assert.deepEqual(parseRoute(to("vendors/1")), { segments: ["vendors", "1"], query: {} });
  assert.deepEqual(parseRoute(""), { segments: [], query: {} });
});

test("what is not said is not in the address", () => {
  assert.equal(to("stock", { q: "", asOf: undefined, place: null }), "#/stock");
});

test("an address that somebody has broken leads to nothing, and breaks nothing", () => {
  assert.deepEqual(parseRoute("#/vendors/%E0%A4%A").segments, ["vendors", "%E0%A4%A"]);
});
