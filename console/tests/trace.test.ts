import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_BOXES, pictureOf, waysOf } from "../src/lots/trace.ts";

const lot = (id: string, level: number) => ({ id, code: id, itemName: `Item ${id}`, status: "released", level });
const step = (used: string[], made: string[]) => ({
  used: used.map((lotId) => ({ lotId, quantity: "1" })),
  made: made.map((lotId) => ({ lotId, quantity: "2" })),
});
const sale = (lotId: string, customerId: string) => ({ lotId, customerId, customerName: customerId, ref: "SO-1" });

// Two oils and a lye make a bar, which goes into a set of two kinds.
const WAY: any = {
  lots: [lot("oil", -1), lot("lye", -1), lot("bar", 0), lot("set", 1)],
  steps: [step(["oil", "lye"], ["bar"]), step(["bar"], ["set"])],
  origins: [{ lotId: "oil", vendorId: "v", vendorName: "Oils", ref: "PO-1", sourceType: "po_receipt" }],
  sales: [sale("bar", "grocer"), sale("set", "grocer"), sale("set", "spa")],
};

test("a lot is reached from what it was made of, and from what it became", () => {
  const ways = waysOf(WAY);
  assert.deepEqual(ways.reached("bar", "back").map(({ lot }) => lot.id), ["oil", "lye"]);
  assert.deepEqual(ways.reached("bar", "forward").map(({ lot, quantity }) => [lot.id, quantity]), [["set", "2"]]);
  assert.deepEqual(ways.reached("set", "forward"), []);
  assert.deepEqual(ways.origins("oil").map((each) => each.ref), ["PO-1"]);
  assert.equal(ways.sales("set").length, 2);
});

test("lots stand by their level, vendors before and customers after them", () => {
  const { boxes, columns, lines, leftOut } = pictureOf(WAY);
  const columnOf = Object.fromEntries(boxes.map((each) => [each.key, each.column]));
  assert.deepEqual(columnOf, {
    "oil from v": 0, oil: 1, lye: 1, bar: 2, set: 3, "1 to grocer": 3, "2 to grocer": 4, "2 to spa": 4,
  });
  assert.equal(columns, 5);
  assert.equal(leftOut, 0);
  assert.equal(lines.length, 7);
  const places = boxes.map(({ column, row }) => `${column}/${row}`);
  assert.equal(new Set(places).size, boxes.length);
});

test("of a way that nobody could look at, the nearest are in the picture", () => {
  const many = Array.from({ length: 1000 }, (_, at) => lot(`b${at}`, at));
  const steps = many.slice(1).map((each, at) => step([`b${at}`], [each.id]));
  const { boxes, lines, leftOut } = pictureOf({ ...WAY, lots: many, steps, origins: [], sales: [] });
  assert.equal(boxes.length, MOST_BOXES);
  assert.equal(leftOut, 1000 - MOST_BOXES);
  assert.equal(lines.length, MOST_BOXES - 1);
});

test("a lot alone is a picture of one box", () => {
  const picture = pictureOf({ ...WAY, lots: [lot("bar", 0)], steps: [], origins: [], sales: [] });
  assert.deepEqual([picture.columns, picture.rows, picture.lines.length], [1, 1, 0]);
});
