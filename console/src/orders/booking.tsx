// Taking goods in, booking what was made, shipping: how much of each open line, by hand or with a scanner. Made for the
// width of a phone. The order as it was seen goes with it: what others booked meanwhile is not booked again.
import { Decimal } from "pharus-client";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import type { Field } from "../description.ts";
import { today, typeable, typed } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Failed, Head, Loading, Problem, say } from "../parts/basics.tsx";
import { FieldRow, fieldsOf, read as readFields } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import { Scan } from "../parts/scan.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { PagedTable } from "../parts/table.tsx";
import { Value } from "../parts/values.tsx";
import { MATERIAL, SKU } from "../references.ts";
import { go, to } from "../router.ts";
import { call, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";
import type { OrderKind } from "./kinds.ts";
import { oneMore } from "./line-bodies.ts";
import { keyOf, readOrder } from "./reading.ts";
import type { OrderLine, ReadOrder } from "./reading.ts";

export function BookingPage({ kind, id }: { kind: OrderKind; id: string }) {
  // Not read anew when it changes: what is typed belongs to what was seen.
  const { value, error, isLoading, reload } = useData(`book/${kind.path}/${id}`, (signal) => readOrder(kind, id, signal));
  if (value === undefined) return isLoading ? <Loading /> : <Failed error={error} onRetry={reload} />;
  return <Booking kind={kind} id={id} read={value} onReload={reload} />;
}

interface BookingProps {
  kind: OrderKind;
  id: string;
  read: ReadOrder;
  onReload: () => void;
}

function Booking({ kind, id, read, onReload }: BookingProps) {
  const { manner } = useSession();
  const { parts } = kind;
  const fields = fieldsOf(parts.schema, parts.fields);
  const number: string = read.order[kind.number];
  const [head, setHead] = useState<Record<string, string>>({ [parts.date]: today(manner.timeZone) });
  const [counts, setCounts] = useState<Readonly<Record<string, string>>>({});
  const [acceptOver, setAcceptOver] = useState(false);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const open = read.lines.filter((each) => !new Decimal(each.open).isZero());
  const { isBusy, problems, submit } = useSubmit(
    (body: Body, sending: Sending) => call(parts.create, id, body, { ...sending, ifMatch: read.detail }) as Promise<unknown>,
    () => {
      say(TEXTS.orders.booked);
      tell(kind.table);
      go(to(`${kind.path}/${id}`));
    },
  );
  const field = itemField(kind);

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { body, mistakes } = readFields(fields, head, null, manner.locale);
    const items: Body[] = [];
    for (const { item } of open) {
      const text = (counts[item.id] ?? "").trim();
      if (text === "") continue;
      const quantity = typed(text, manner.locale);
      if (quantity === null) mistakes[item.id] = TEXTS.errors.noDecimal(typeable(".", manner.locale));
      else if (!new Decimal(quantity).isZero()) items.push(line(kind, item, quantity, field, acceptOver));
    }
    setWrong(mistakes);
    if (Object.keys(mistakes).length > 0) return;
    await submit({ ...body, items });
  }

  function found(choiceId: string): boolean {
    const line = open.find(({ item }) => (item.materialId ?? item.skuId) === choiceId);
    if (line === undefined) return false;
    setCounts((before) => ({ ...before, [line.item.id]: oneMore(before[line.item.id] ?? "", manner.locale) }));
    return true;
  }

  const isMaterials = read.lines.some(({ item }) => item.materialId);
  return (
    <>
      <Head title={parts.actionTitle(number)}>
        <a href={to(`${kind.path}/${id}`)}>{number}</a>
      </Head>
      <form class="booking" noValidate onSubmit={(event) => void onSubmit(event)}>
        <section class="panel">
          <div class="bar">
            <Scan reference={isMaterials ? MATERIAL : SKU} onFound={(choice) => found(choice.id)} />
            <Button onClick={() => setCounts(Object.fromEntries(open.map((each) => [each.item.id, typeable(each.open, manner.locale)])))}>
              {TEXTS.orders.fullOpen}
            </Button>
          </div>
          <PagedTable<OrderLine>
            caption={TEXTS.orders.lines}
            rows={open}
            keyOf={({ item }) => item.id}
            empty={TEXTS.orders.nothingOpen}
            columns={[
              { key: "code", kind: "code", value: ({ choice }) => choice?.code },
              { key: "name", isWide: true, value: ({ choice }) => choice?.name },
              { key: "open", label: TEXTS.orders.open, kind: "decimal" },
              {
                key: "now",
                label: parts.action,
                show: ({ item, choice, open: left }) => (
                  <input
                    class="quantity"
                    inputMode="decimal"
                    autocomplete="off"
                    aria-label={`${parts.action}: ${choice?.code ?? ""} ${choice?.name ?? ""}`}
                    aria-invalid={wrong[item.id] !== undefined}
                    title={wrong[item.id]}
                    placeholder={typeable(left, manner.locale)}
                    value={counts[item.id] ?? ""}
                    onInput={(event) => {
                      const text = event.currentTarget.value;
                      setCounts((before) => ({ ...before, [item.id]: text }));
                    }}
                  />
                ),
              },
            ]}
          />
        </section>
        <section class="panel">
          <div class="fields">
            {fields.map((each) => (
              <FieldRow
                key={each.key}
                field={each}
                value={head[each.key] ?? ""}
                mistake={wrong[each.key] ?? problems?.fields[`/${each.key}`]}
                onChange={(text) => setHead((before) => ({ ...before, [each.key]: text }))}
              />
            ))}
          </div>
          {takesOver(kind) && (
            <label class="check">
              <input type="checkbox" checked={acceptOver} onChange={(event) => setAcceptOver(event.currentTarget.checked)} />
              {TEXTS.orders.accept}
            </label>
          )}
          <LineProblems fields={problems?.fields ?? {}} />
          <Problem problems={problems} {...(problems === null ? {} : { onRetry: onReload })} />
          <div class="buttons final">
            <a class="button" href={to(`${kind.path}/${id}`)}>
              {TEXTS.actions.cancel}
            </a>
            <Button type="submit" look="primary" isBusy={isBusy} disabled={open.length === 0}>
              {parts.action}
            </Button>
          </div>
        </section>
      </form>
    </>
  );
}

/** What the server says of single lines, where no input shows it. */
function LineProblems({ fields }: { fields: Readonly<Record<string, string>> }) {
  const ofLines = Object.entries(fields).filter(([path]) => path.startsWith("/items"));
  if (ofLines.length === 0) return null;
  return (
    <ul class="mistake">
      {ofLines.map(([path, message]) => (
        <li key={path}>
          {TEXTS.orders.line} {Number(path.split("/")[2] ?? "0") + 1}: <Value value={message} />
        </li>
      ))}
    </ul>
  );
}

function itemField(kind: OrderKind): Field | undefined {
  const items = fieldsOf(kind.parts.schema, ["items"])[0];
  return fieldsOf(items?.of ?? "").find((each) => each.key === "quantity");
}

function takesOver(kind: OrderKind): boolean {
  const items = fieldsOf(kind.parts.schema, ["items"])[0];
  return fieldsOf(items?.of ?? "").some((each) => each.key === "acceptOver");
}

function line(kind: OrderKind, item: any, quantity: string, field: Field | undefined, acceptOver: boolean): Body {
  const isWhole = field?.kind === "integer" && /^\d{1,15}$/.test(quantity);
  return {
    [kind.parts.lineKey]: item[keyOf(kind)],
    quantity: isWhole ? Number(quantity) : quantity,
    ...(acceptOver && takesOver(kind) && { acceptOver: true }),
  };
}
