// One line as it is booked: how much, in the unit of the line or in that of the stock, and of which lots.
import { Decimal } from "pharus-client";
import { typeable, typed } from "../format.ts";
import { fieldsOf } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import type { Line } from "../parts/lines.tsx";
import { lotBodies } from "../parts/lot-lines.tsx";
import type { Way } from "../parts/lot-lines.tsx";
import { TEXTS } from "../texts.ts";
import type { OrderKind } from "./kinds.ts";
import { keyOf } from "./reading.ts";
import type { OrderLine } from "./reading.ts";

export interface BookedLine {
  text: string;
  isInStockUnits: boolean;
  lots?: readonly Line[];
}

/** Nothing yet: in the unit in which the line was said, unless what is open cannot be said in it. */
export function nothingOf({ openInUnit }: OrderLine): BookedLine {
  return { text: "", isInStockUnits: openInUnit === null };
}

/** All that is open, exactly. */
export function allOf(line: OrderLine, { isInStockUnits, ...others }: BookedLine, locale: string): BookedLine {
  const isStock = isInStockUnits || line.openInUnit === null;
  return { ...others, isInStockUnits: isStock, text: typeable(openOf(line, isStock), locale) };
}

export function openOf({ open, openInUnit }: OrderLine, isInStockUnits: boolean): string {
  return isInStockUnits || openInUnit === null ? open : openInUnit;
}

export function wayOf(kind: OrderKind): Way {
  return kind.path === "sales-orders" ? "out" : "in";
}

/** Whether more may come than was ordered. */
export function takesOver(kind: OrderKind): boolean {
  return itemFields(kind).some((each) => each.key === "acceptOver");
}

/** The body of a line; null when nothing of it is booked. Mistakes by `quantity` and `lots/0/code`. */
export function bodyOf(kind: OrderKind, { item, choice }: OrderLine, booked: BookedLine, acceptOver: boolean, locale: string) {
  const mistakes: Record<string, string> = {};
  const quantity = booked.text.trim() === "" ? "0" : typed(booked.text, locale);
  if (quantity === null) return { body: null, mistakes: { quantity: TEXTS.errors.noDecimal(typeable(".", locale)) } };
  if (new Decimal(quantity).isZero()) return { body: null, mistakes };
  const found = choice?.hasLots ? lotBodies(wayOf(kind), booked.lots ?? [], locale) : { lots: undefined, mistakes: {} };
  for (const [key, text] of Object.entries(found.mistakes)) mistakes[`lots/${key}`] = text;
  const isWhole = itemFields(kind).some((each) => each.key === "quantity" && each.kind === "integer") && /^\d{1,15}$/.test(quantity);
  const body: Body = {
    [kind.parts.lineKey]: item[keyOf(kind)],
    ...(booked.isInStockUnits ? { quantity: isWhole ? Number(quantity) : quantity } : { unitQuantity: quantity }),
    ...(acceptOver && takesOver(kind) && { acceptOver: true }),
    ...(found.lots !== undefined && { lots: found.lots }),
  };
  return { body, mistakes };
}

function itemFields(kind: OrderKind) {
  const items = fieldsOf(kind.parts.schema, ["items"])[0];
  return fieldsOf(items?.of ?? "");
}
