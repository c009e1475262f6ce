// What has become of an order: its dates, what came and left, notes, and for admins who has changed what.
import type { Event } from "pharus-client/models";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import { Button, Problem, Section } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { Value } from "../parts/values.tsx";
import type { Kind } from "../parts/values.tsx";
import { to } from "../router.ts";
import { may, useSession } from "../session.ts";
import { choiceLabel, TEXTS } from "../texts.ts";
import type { OrderKind } from "./kinds.ts";
import type { ReadOrder } from "./reading.ts";

interface Entry {
  when: string;
  kind: Kind;
  what: string;
  detail: string;
}

const MOST = 50;

export function Timeline({ kind, read }: { kind: OrderKind; read: ReadOrder }) {
  const { client } = useSession();
  const { order } = read;
  const isSale = kind.path === "sales-orders";
  const seesLog = may("listAuditEvents");
  const { value } = useData(
    `timeline/${order.id}`,
    async (signal) => {
      const [notes, events] = await Promise.all([
        isSale ? client.salesOrders.listSalesOrderNotes(order.id, { limit: MOST, signal }).first() : null,
        seesLog ? client.events.listAuditEvents({ recordId: order.id, limit: MOST, signal }).first() : null,
      ]);
      return { notes: notes?.data ?? [], events: events?.data ?? [] };
    },
    [kind.table],
  );
  const entries: Entry[] = [
    ...(value?.events ?? []).map(ofEvent),
    ...(value?.notes ?? []).map((each) => ({
      when: each.createdAt.toISOString(),
      kind: "moment" as const,
      what: each.note,
      detail: choiceLabel(each.orderStatus),
    })),
    ...(seesLog ? [] : ofDates(kind, read)),
  ];
  entries.sort((a, b) => b.when.localeCompare(a.when));
  return (
    <Section
      title={TEXTS.orders.timeline}
      aside={seesLog && <a href={to("history", { recordId: order.id })}>{TEXTS.navigation.history}</a>}
    >
      {isSale && may("addSalesOrderNote") && <NewNote kind={kind} read={read} />}
      <ol class="timeline">
        {entries.map((each, at) => (
          <li key={at}>
            <time>
              <Value value={each.when} kind={each.kind} />
            </time>
            <span>{each.what}</span>
            <small>{each.detail}</small>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function ofEvent(event: Event): Entry {
  const [table = "", became = ""] = event.type.split(".");
  const keys = Object.keys(event.after ?? event.before ?? {}).filter((key) => !/^(id|orgId|updatedAt|createdAt)$/.test(key));
  return {
    when: event.occurredAt.toISOString(),
    kind: "moment",
    what: `${choiceLabel(table)}: ${became.replace(/_/g, " ")}`,
    detail: became === "updated" ? keys.slice(0, 4).join(", ") : "",
  };
}

/** For who may not read the log: the days of the statuses, and of what came or left. */
function ofDates(kind: OrderKind, { order, parts }: ReadOrder): Entry[] {
  const dated = Object.entries(order as Record<string, unknown>)
    .filter(([key, value]) => key.endsWith("At") && typeof value === "string" && value.length === 10)
    .map(([key, value]) => ({
      when: String(value),
      kind: "day" as const,
      what: choiceLabel(key.slice(0, -2).replace(/([A-Z])/g, " $1").toLowerCase()),
      detail: "",
    }));
  const moved = parts.map(({ record }) => ({
    when: String(record[kind.parts.date] ?? record.createdAt.toISOString().slice(0, 10)),
    kind: "day" as const,
    what: kind.parts.action,
    detail: kind.parts.number(record) ?? "",
  }));
  return [...dated, ...moved];
}

function NewNote({ kind, read: { order } }: { kind: OrderKind; read: ReadOrder }) {
  const { client } = useSession();
  const [body, setBody] = useState("");
  const { isBusy, problems, submit } = useSubmit(
    (text: string, sending: Sending) => client.salesOrders.addSalesOrderNote(order.id, { body: text }, sending),
    () => {
      setBody("");
      tell(kind.table);
    },
  );
  return (
    <form
      class="note"
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim() !== "") void submit(body.trim());
      }}
    >
      <input
        aria-label={TEXTS.orders.addNote}
        placeholder={TEXTS.orders.addNote}
        maxLength={10_000}
        value={body}
        onInput={(event) => setBody(event.currentTarget.value)}
      />
      <Button type="submit" isBusy={isBusy}>
        {TEXTS.actions.add}
      </Button>
      <Problem problems={problems} />
    </form>
  );
}
