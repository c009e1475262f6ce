// The page of one order: its head, its lines, what came or left, its papers, and what has become of it.
import { Decimal } from "pharus-client";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { money } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Head, Problem, say, Section, Unread } from "../parts/basics.tsx";
import { DeleteButton } from "../parts/deletion.tsx";
import { Form } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { PagedTable } from "../parts/table.tsx";
import { digits, Fact, Facts, nameOf, Status, sum, Value } from "../parts/values.tsx";
import { go, to } from "../router.ts";
import { call, may, useSession } from "../session.ts";
import { choiceLabel, fieldLabel, TEXTS } from "../texts.ts";
import { Documents } from "./documents.tsx";
import type { OrderKind } from "./kinds.ts";
import { PdfButton } from "./pdf.tsx";
import { PartsSection } from "./parts.tsx";
import { readOrder } from "./reading.ts";
import type { OrderLine, ReadOrder } from "./reading.ts";
import { Timeline } from "./timeline.tsx";

export function OrderPage({ kind, id }: { kind: OrderKind; id: string }) {
  const { value, ...reading } = useData(`${kind.path}/${id}`, (signal) => readOrder(kind, id, signal), [
    kind.table,
  ]);
  const [isEditing, setIsEditing] = useState(false);
  if (value === undefined) return <Unread {...reading} />;
  const { order, detail } = value;
  const changed = () => {
    tell(kind.table);
    reading.reload();
  };
  return (
    <>
      <Head title={order[kind.number]} beside={<Status status={order[kind.status]} />}>
        <Actions kind={kind} read={value} onEdit={() => setIsEditing(true)} onChanged={changed} />
      </Head>
      {order.isHistory && <p class="announcement">{TEXTS.orders.history}</p>}
      {isEditing ? (
        <Section title={TEXTS.actions.edit}>
          <Form
            schema={kind.updateSchema}
            keys={kind.changes}
            record={kind.editable(order)}
            send={(body, sending) => call(kind.update, id, body, { ...sending, ifMatch: detail }) as Promise<unknown>}
            onDone={() => {
              setIsEditing(false);
              say(TEXTS.form.saved);
              changed();
            }}
            onCancel={() => setIsEditing(false)}
          />
        </Section>
      ) : (
        <section class="panel">
          <Facts>
            {kind.facts
              .filter(({ key, kind: shown }) => order[key] !== null && !(shown === "money" && isZero(order[key])))
              .map((each) => {
                const address = each.href?.(order);
                const fact = <Value value={order[each.key]} kind={each.kind ?? "text"} of={each.key} />;
                return (
                  <Fact key={each.key} label={fieldLabel(each.key)}>
                    {address ? <a href={address}>{fact}</a> : fact}
                  </Fact>
                );
              })}
          </Facts>
        </section>
      )}
      <LinesSection kind={kind} read={value} />
      <Inputs read={value} />
      <PartsSection kind={kind} read={value} onChanged={changed} />
      {kind.entityType !== null && <Documents entityType={kind.entityType} entityId={id} />}
      <Timeline kind={kind} read={value} />
    </>
  );
}

interface ActionsProps {
  kind: OrderKind;
  read: ReadOrder;
  onEdit: () => void;
  onChanged: () => void;
}

function Actions({ kind, read: { order, detail, lines }, onEdit, onChanged }: ActionsProps) {
  const status: string = order[kind.status];
  const isOpen = lines.some((each) => !isZero(each.open));
  const setting = useSubmit(
    (body: Body, sending: Sending) => call(kind.update, order.id, body, { ...sending, ifMatch: detail }) as Promise<unknown>,
    () => {
      say(TEXTS.form.saved);
      onChanged();
    },
  );
  const reopening = useSubmit(
    (_: null, sending: Sending) => call(kind.reopen, order.id, { ...sending, ifMatch: detail }) as Promise<unknown>,
    onChanged,
  );
  const next = kind.next[status] ?? [];
  const isEnded = kind.ended.includes(status);
  return (
    <>
      {may(kind.parts.create) && kind.parts.during.includes(status) && isOpen && !order.isHistory && (
        <Button look="primary" onClick={() => go(to(`${kind.path}/${order.id}/book`))}>
          {kind.parts.action}
        </Button>
      )}
      {may(kind.update) && next.length > 0 && (
        <select
          class="status-menu"
          aria-label={TEXTS.orders.statusMenu}
          value=""
          disabled={setting.isBusy}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            event.currentTarget.value = "";
            if (chosen !== "") void setting.submit({ status: chosen });
          }}
        >
          <option value="">{TEXTS.orders.statusMenu}</option>
          {next.map((each) => (
            <option key={each} value={each}>
              {TEXTS.orders.setStatus(choiceLabel(each))}
            </option>
          ))}
        </select>
      )}
      <PdfButton operation={kind.pdf} id={order.id} name={`${order[kind.number]}.pdf`} />
      {may(kind.update) && <Button onClick={onEdit}>{TEXTS.actions.edit}</Button>}
      {may(kind.reopen) && isEnded && (
        <Button isBusy={reopening.isBusy} onClick={() => void reopening.submit(null)}>
          {TEXTS.orders.reopen}
        </Button>
      )}
      {may(kind.remove) && !isEnded && (
        <DeleteButton
          text={`${order[kind.number]}: ${TEXTS.form.sure} ${TEXTS.orders.undoSure}`}
          send={(sending) => call(kind.remove, order.id, { ...sending, ifMatch: detail }) as Promise<unknown>}
          onDone={() => {
            say(TEXTS.form.deleted(order[kind.number]));
            tell(kind.table);
            go(to(kind.path));
          }}
        />
      )}
      <Problem problems={setting.problems ?? reopening.problems} />
    </>
  );
}

function LinesSection({ kind, read: { lines } }: { kind: OrderKind; read: ReadOrder }) {
  const { manner } = useSession();
  const amount = ({ item }: OrderLine) => new Decimal(digits(item.quantity)).times(digits(item[kind.price] ?? "0")).toFixed();
  const path = (line: OrderLine) => (line.item.materialId ? "materials" : "skus");
  const total = sum(lines.map(amount));
  return (
    <Section title={`${TEXTS.orders.lines} (${lines.length})`}>
      <PagedTable
        caption={TEXTS.orders.lines}
        rows={lines}
        keyOf={({ item }) => item.id}
        columns={[
          {
            key: "code",
            kind: "code",
            value: ({ choice }) => choice?.code,
            href: (line) => to(`${path(line)}/${line.item.materialId ?? line.item.skuId}`),
          },
          { key: "name", isWide: true, value: ({ choice, item }) => choice?.name ?? item.skuId ?? item.materialId },
          { key: "quantity", label: TEXTS.orders.ordered, kind: "decimal", show: (line) => <Ordered line={line} /> },
          { key: "done", label: kind.parts.done, kind: "decimal" },
          { key: "open", label: TEXTS.orders.open, kind: "decimal" },
          { key: kind.price, kind: "cost", value: ({ item }) => item[kind.price], foot: TEXTS.orders.total },
          {
            key: "amount",
            kind: "money",
            value: amount,
            foot: (
              <strong>
                {money(total, manner)} {manner.currency}
              </strong>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** In stock units, and beside it as it was said. */
function Ordered({ line: { item, quantity } }: { line: OrderLine }) {
  return (
    <>
      <Value value={quantity} kind="decimal" />
      {item.unit !== null && item.unit !== undefined && (
        <small class="said-as">
          <Value value={item.unitQuantity} kind="decimal" /> {item.unit}
        </small>
      )}
    </>
  );
}

function Inputs({ read: { inputs, names } }: { read: ReadOrder }) {
  if (inputs.length === 0) return null;
  return (
    <Section title={`${TEXTS.orders.inputs} (${inputs.length})`}>
      <PagedTable
        caption={TEXTS.orders.inputs}
        rows={inputs}
        columns={[
          { key: "item", isWide: true, value: (row) => nameIn(names, row.materialId ?? row.inputSkuId) },
          { key: "quantity", label: TEXTS.orders.planned, kind: "decimal" },
          { key: "quantityVariance", label: "More than planned", kind: "decimal" },
        ]}
      />
    </Section>
  );
}

export function nameIn(names: ReadOrder["names"], id: string): string {
  const found = names.get(id);
  return found === undefined ? id : nameOf(found);
}

function isZero(value: unknown): boolean {
  return new Decimal(digits(value)).isZero();
}
