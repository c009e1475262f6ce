// How one value is shown, by what kind of value it is.
import { Decimal, Instant } from "pharus-client";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { cost, day, decimal, moment, money } from "../format.ts";
import { referenceOf, resolve } from "../references.ts";
import type { Choice, Reference } from "../references.ts";
import { useSession } from "../session.ts";
import { choiceLabel, TEXTS } from "../texts.ts";

export type Kind =
  | "text"
  | "code"
  | "decimal"
  | "integer"
  | "percent"
  | "money"
  | "cost"
  | "day"
  | "moment"
  | "status"
  | "choice"
  | "flag"
  | "active"
  | "reference";

export const NUMERIC: ReadonlySet<Kind> = new Set<Kind>(["decimal", "integer", "percent", "money", "cost"]);

/** The digits of whatever the client has for a number. */
export function digits(value: unknown): string {
  if (Decimal.isDecimal(value)) return value.toFixed();
  return String(value);
}

export function sum(values: Iterable<unknown>): string {
  let total = new Decimal(0);
  for (const each of values) if (each !== null && each !== undefined) total = total.plus(digits(each));
  return total.toFixed();
}

export function Value({ value, kind = "text", of }: { value: unknown; kind?: Kind; of?: string }) {
  const { manner } = useSession();
  if (value === null || value === undefined || value === "") return <span class="none">–</span>;
  switch (kind) {
    case "decimal":
    case "integer": {
      const text = decimal(digits(value), manner.locale);
      // Rows are looked through for what is not nothing.
      return text === "0" ? <span class="zero">0</span> : <>{text}</>;
    }
    case "percent":
      return <>{decimal(digits(value), manner.locale)} %</>;
    case "money":
      return <span title={decimal(digits(value), manner.locale)}>{money(digits(value), manner)}</span>;
    case "cost":
      return <>{cost(digits(value), manner)}</>;
    case "day":
      return <span class="whole">{day(String(value), manner.locale)}</span>;
    case "moment":
      return <span class="whole">{moment(value instanceof Date ? value : new Instant(String(value)), manner)}</span>;
    case "status":
      return <Status status={String(value)} />;
    case "choice":
      return <>{choiceLabel(String(value))}</>;
    case "flag":
      return <>{value === true ? TEXTS.form.yes : TEXTS.form.no}</>;
    case "active":
      return value === true ? <>{TEXTS.table.active}</> : <Status status={TEXTS.table.inactive} />;
    case "code":
      return <code>{String(value)}</code>;
    case "reference": {
      const reference = referenceOf(of ?? "");
      return reference === null ? <code>{String(value)}</code> : <Named id={String(value)} reference={reference} />;
    }
    default:
      return <>{String(value)}</>;
  }
}

// How a status looks: what waits, what is under way, what has gone well, what has ended otherwise.
const LOOKS: Readonly<Record<string, string>> = {
  Planning: "quiet",
  Draft: "quiet",
  Entered: "going",
  Placed: "going",
  Production: "going",
  "In Transit": "going",
  Partial: "part",
  "In-Dispute": "bad",
  Pending: "quiet",
  Received: "good",
  Shipped: "good",
  Fulfilled: "good",
  Invoiced: "good",
  Completed: "done",
  Paid: "done",
  Cancelled: "bad",
  Rejected: "bad",
  released: "good",
  quarantine: "part",
  on_hold: "bad",
  rejected: "bad",
  recalled: "bad",
};

export function Status({ status }: { status: string }) {
  return <span class={`status ${LOOKS[status] ?? "quiet"}`}>{choiceLabel(status)}</span>;
}

/** The names of many ids, asked for together; undefined while they are on their way. */
export function useNames(reference: Reference, ids: readonly string[]): ReadonlyMap<string, Choice> | undefined {
  const [names, setNames] = useState<ReadonlyMap<string, Choice>>();
  const key = ids.join();
  useEffect(() => {
    let isLate = false;
    resolve(reference, ids).then(
      (found) => isLate || setNames(new Map(found)),
      () => isLate || setNames(new Map()),
    );
    return () => {
      isLate = true;
    };
  }, [reference, key]);
  return names;
}

function Named({ id, reference }: { id: string; reference: Reference }) {
  const found = useNames(reference, [id])?.get(id);
  return <>{found === undefined ? "…" : nameOf(found)}</>;
}

export function nameOf({ code, name }: Choice): string {
  return code === undefined ? name : `${code} · ${name}`;
}

/** Names and their values, side by side. */
export function Facts({ children }: { children: ComponentChildren }) {
  return <dl class="facts">{children}</dl>;
}

export function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
