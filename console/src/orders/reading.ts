// All that the page of an order shows, read together.
import { Decimal } from "pharus-client";
import { digits } from "../parts/values.tsx";
import { MATERIAL, resolve, SKU } from "../references.ts";
import type { Choice } from "../references.ts";
import { call } from "../session.ts";
import type { OrderKind } from "./kinds.ts";

export interface Part {
  /** As it was read by its id: it has a version. */
  detail: any;
  record: any;
  items: readonly any[];
}

export interface OrderLine {
  item: any;
  choice: Choice | undefined;
  quantity: string;
  /** What came or left of it. */
  done: string;
  open: string;
  /** The same in the unit in which the line was said; null where that cannot be said exactly. */
  openInUnit: string | null;
}

export interface ReadOrder {
  /** As it was read by its id: it has a version. */
  detail: any;
  order: any;
  lines: readonly OrderLine[];
  inputs: readonly any[];
  parts: readonly Part[];
  names: ReadonlyMap<string, Choice>;
}

export async function readOrder(kind: OrderKind, id: string, signal: AbortSignal): Promise<ReadOrder> {
  const [detail, { data: listed }] = await Promise.all([
    call(kind.get, id, { signal }),
    call(kind.parts.list, id, { signal }) as Promise<{ data: any[] }>,
  ]);
  const items: any[] = detail.items;
  const inputs: any[] = detail.inputs ?? [];
  const materials = [...items, ...inputs].map((each) => each.materialId).filter(Boolean);
  const skus = [...items, ...inputs].flatMap((each) => [each.skuId, each.inputSkuId]).filter(Boolean);
  const [parts, names] = await Promise.all([
    Promise.all(listed.map((each) => readPart(kind, each.id, signal))),
    resolve(MATERIAL, materials).then(() => resolve(SKU, skus)),
  ]);
  const done = doneOf(kind, parts, "quantity");
  const doneInUnit = doneOf(kind, parts, "unitQuantity");
  const lines = items.map((item): OrderLine => {
    const quantity = digits(item.quantity);
    // Of a sale the server says it: goods that came back are open again or not, as the return says.
    const isDone = item.shippedQuantity === undefined ? (done.get(item[keyOf(kind)]) ?? "0") : digits(item.shippedQuantity);
    const open = item.openQuantity === undefined ? new Decimal(quantity).minus(isDone) : new Decimal(digits(item.openQuantity));
    return {
      item,
      choice: names.get(item.materialId ?? item.skuId),
      quantity,
      done: isDone,
      open: Decimal.max(open, 0).toFixed(),
      openInUnit: openInUnit(item, doneInUnit.has(item[keyOf(kind)]) ? (doneInUnit.get(item[keyOf(kind)]) ?? null) : "0"),
    };
  });
  return { detail, order: detail[kind.record], lines, inputs, parts, names };
}

async function readPart(kind: OrderKind, id: string, signal: AbortSignal): Promise<Part> {
  const detail = await call(kind.parts.get, id, { signal });
  return { detail, record: detail[kind.parts.record], items: detail.items };
}

/** What the parts have of each line, by what they name it; null where one of them does not say it in that way. */
function doneOf(kind: OrderKind, parts: readonly Part[], way: "quantity" | "unitQuantity"): Map<string, string | null> {
  const done = new Map<string, string | null>();
  for (const each of parts.flatMap((part) => part.items)) {
    const key = each[kind.parts.lineKey];
    const [before, more] = [done.get(key), each[way]];
    done.set(key, before === null || more == null ? null : new Decimal(before ?? "0").plus(digits(more)).toFixed());
  }
  return done;
}

function openInUnit(item: any, done: string | null): string | null {
  if (item.unit == null || item.unitQuantity == null || done === null) return null;
  return Decimal.max(new Decimal(digits(item.unitQuantity)).minus(done), 0).toFixed();
}

/** The key of a line of the order that its parts name it by. */
export function keyOf(kind: OrderKind): "id" | "skuId" {
  return kind.parts.lineKey === "skuId" ? "skuId" : "id";
}
