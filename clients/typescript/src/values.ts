// Values as JSON and back. No digit is lost: decimals travel as texts, and a number with a fraction is refused.
import { Decimal as Library } from "decimal.js";
import { SHAPES } from "./shapes.js";
import type { Conversion } from "./shapes.js";

/** Computes with 100 digits where the library would round to 20 unasked, and writes no exponents. */
export const Decimal = Library.clone({ defaults: true, precision: 100, toExpNeg: -100, toExpPos: 100 });
export type Decimal = Library;

/** What may be sent for a decimal. A number of JavaScript has lost its digits before we see it. */
export type DecimalInput = Decimal | bigint | string;

/** A day as a text (`2026-03-02`), or an instant as a date or a text. */
export type Moment = Date | string;

/** The ETag that a record had when it was read, or the record itself. */
export type Version = string | object;

/** An instant of an answer. It is written as it was read, to the microsecond, which a Date does not hold. */
export class Instant extends Date {
  readonly #text: string;

  constructor(text: string) {
    super(text);
    this.#text = text;
  }

  override toISOString(): string {
    return new Date(this.#text).getTime() === this.getTime() ? this.#text : super.toISOString();
  }
}

const etags = new WeakMap<object, string>();

/** The version of a record that was read by its id. RangeError for one that has none, such as a copy. */
export function etag(record: Version): string {
  const found = typeof record === "string" ? record : etags.get(record);
  if (found === undefined) throw new RangeError("This record has no version: read it by its id first.");
  return found;
}

export function remember(record: object, version: string | null): void {
  if (version !== null) etags.set(record, version);
}

export function toJson(body: object): string {
  return JSON.stringify(plain(body));
}

/** As a parameter or as a part of a form. */
export function toText(value: unknown): string {
  return Array.isArray(value) ? value.map(toText).join(",") : String(plain(value));
}

/** The record of that name, with its decimals and instants. Unknown keys stay: a newer server may say more. */
export function fromJson(text: string, shape: string): object {
  return convert(JSON.parse(text), shape) as object;
}

function plain(value: unknown): unknown {
  if (typeof value === "number" && !Number.isSafeInteger(value)) {
    throw new TypeError(`${value} is a number that may have lost digits; send a Decimal or a text.`);
  }
  if (typeof value === "bigint") return value.toString();
  if (Library.isDecimal(value)) {
    if (!value.isFinite()) throw new RangeError(`${value} is no number.`);
    return value.toFixed();
  }
  // RangeError for a date that is none.
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  }
  return value;
}

/** The record itself, with values in the form that their types have. */
export function convertRecord(record: object, shape: Readonly<Record<string, Conversion>>): object {
  const values = record as Record<string, unknown>;
  for (const [key, conversion] of Object.entries(shape)) {
    if (key in values) values[key] = convert(values[key], conversion);
  }
  return record;
}

function convert(value: unknown, conversion: Conversion): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((each) => convert(each, conversion));
  if (conversion === "decimal") return new Decimal(value as string);
  if (conversion === "instant") return new Instant(value as string);
  return convertRecord(value as object, SHAPES[conversion] ?? {});
}
