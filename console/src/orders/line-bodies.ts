// Lines as they are typed, and as the API takes them.
import { Decimal } from "pharus-client";
import type { Field } from "../description.ts";
import { typeable, typed } from "../format.ts";
import { fieldsOf, read } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import { isEmpty } from "../parts/lines.tsx";
import type { Line } from "../parts/lines.tsx";
import { TEXTS } from "../texts.ts";
import type { OrderKind } from "./kinds.ts";

/** The fields of a line, in the order in which they are typed. */
export function lineFields(kind: OrderKind, item: "materialId" | "skuId"): Field[] {
  const keys = [item, "quantity", "unit", kind.price, ...(kind.path === "purchase-orders" ? ["supplierItemCode"] : [])];
  return fieldsOf(kind.itemSchema, keys).map((each) =>
    // One of both items is needed; the document cannot say it of either. Where there is a list of prices, that has one.
    each.key === item ? { ...each, required: true } : { ...each, hint: "" },
  );
}

/** The bodies of the lines that are not empty; mistakes by `/items/0/quantity`. */
export function lineBodies(fields: readonly Field[], lines: readonly Line[], price: string, locale: string) {
  const items: Body[] = [];
  const mistakes: Record<string, string> = {};
  const filled = lines.filter((each) => !isEmpty(each));
  for (const [at, line] of (filled.length > 0 ? filled : lines.slice(0, 1)).entries()) {
    const { body, mistakes: own } = read(fields, line.texts, null, locale);
    for (const [key, text] of Object.entries(own)) mistakes[`/items/${at}/${key}`] = text;
    items.push(inUnit(body, price));
  }
  return { items, mistakes };
}

/** What is said in another unit has its quantity and its price there. */
function inUnit(body: Body, price: string): Body {
  const { unit, quantity, [price]: cost, ...others } = body;
  if (unit === undefined) return body;
  const hasPricePerUnit = price === "unitCost" || price === "unitPrice";
  const said = cost === undefined ? {} : { [hasPricePerUnit ? "pricePerUnit" : price]: cost };
  // A count of units is a decimal, too.
  return { ...others, quantity: null, unit, unitQuantity: String(quantity), ...said };
}

/** Quantity times price, exactly; null while one of both is no number. */
export function amountOf(line: Line, price: string, locale: string): string | null {
  const [quantity, cost] = [line.texts["quantity"], line.texts[price]].map((text) => typed(text ?? "", locale));
  if (quantity == null || cost == null) return null;
  return new Decimal(quantity).times(cost).toFixed();
}

/** What a scanner makes of a quantity as it is typed. */
export function oneMore(text: string, locale: string): string {
  return typeable(new Decimal(typed(text, locale) ?? "0").plus(1).toFixed(), locale);
}

/** A mistake of a line, whose place in the body leaves out empty lines before it. */
export function mistakeAt(lines: readonly Line[], at: number, key: string, all: Readonly<Record<string, string>>): string | undefined {
  const place = lines.slice(0, at).filter((each) => !isEmpty(each)).length;
  const own = all[`/items/${place}/${key}`];
  if (own !== undefined || key !== "quantity") return own;
  return all[`/items/${place}/unitQuantity`] ?? (all[`/items/${place}`] && TEXTS.errors.needed);
}
