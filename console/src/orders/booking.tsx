// Taking goods in, booking what was made, shipping: how much of each open line, by hand or with a scanner. Made for the
// width of a phone. The order as it was seen goes with it: what others booked meanwhile is not booked again.
import { Decimal } from "pharus-client";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { today, typeable } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Head, Problem, say, Unread } from "../parts/basics.tsx";
import { FieldRow, fieldsOf, read as readFields } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import { LotLines } from "../parts/lot-lines.tsx";
import { Scan } from "../parts/scan.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { PagedTable } from "../parts/table.tsx";
import { Value } from "../parts/values.tsx";
import { MATERIAL, SKU } from "../references.ts";
import { go, to } from "../router.ts";
import { call, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { allOf, bodyOf, nothingOf, openOf, takesOver, wayOf } from "./booked-line.ts";
import type { BookedLine } from "./booked-line.ts";
import type { OrderKind } from "./kinds.ts";
import { oneMore } from "./line-bodies.ts";
import { readOrder } from "./reading.ts";
import type { OrderLine, ReadOrder } from "./reading.ts";

export function BookingPage({ kind, id }: { kind: OrderKind; id: string }) {
  // Not read anew when it changes: what is typed belongs to what was seen.
  const { value, ...reading } = useData(`book/${kind.path}/${id}`, (signal) => readOrder(kind, id, signal));
  if (value === undefined) return <Unread {...reading} />;
  return <Booking kind={kind} id={id} read={value} onReload={reading.reload} />;
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
  const [booked, setBooked] = useState<Readonly<Record<string, BookedLine>>>({});
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
  const lineOf = (line: OrderLine) => booked[line.item.id] ?? nothingOf(line);
  const change = (line: OrderLine, changes: Partial<BookedLine>) =>
    setBooked((before) => ({ ...before, [line.item.id]: { ...(before[line.item.id] ?? nothingOf(line)), ...changes } }));

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { body, mistakes } = readFields(fields, head, null, manner.locale);
    const items: Body[] = [];
    for (const line of open) {
      const { body: own, mistakes: ofLine } = bodyOf(kind, line, lineOf(line), acceptOver, manner.locale);
      for (const [key, text] of Object.entries(ofLine)) mistakes[`${line.item.id}/${key}`] = text;
      if (own !== null) items.push(own);
    }
    setWrong(mistakes);
    if (Object.keys(mistakes).length > 0) return;
    await submit({ ...body, items });
  }

  function found(choiceId: string): boolean {
    const line = open.find(({ item }) => (item.materialId ?? item.skuId) === choiceId);
    if (line === undefined) return false;
    setBooked((before) => {
      const own = before[line.item.id] ?? nothingOf(line);
      return { ...before, [line.item.id]: { ...own, text: oneMore(own.text, manner.locale) } };
    });
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
            <Button onClick={() => setBooked(Object.fromEntries(open.map((each) => [each.item.id, allOf(each, lineOf(each), manner.locale)])))}>
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
              { key: "open", label: TEXTS.orders.open, kind: "decimal", show: (line) => <Open line={line} /> },
              {
                key: "now",
                label: parts.action,
                show: (line) => (
                  <Quantity
                    label={`${parts.action}: ${line.choice?.code ?? ""} ${line.choice?.name ?? ""}`}
                    line={line}
                    booked={lineOf(line)}
                    mistake={wrong[`${line.item.id}/quantity`]}
                    onChange={(changes) => change(line, changes)}
                  />
                ),
              },
            ]}
          />
          {open.map(
            (line) =>
              line.choice?.hasLots &&
              lineOf(line).text.trim() !== "" && (
                <LotLines
                  key={line.item.id}
                  way={wayOf(kind)}
                  item={line.item.materialId ? "materialId" : "skuId"}
                  choice={line.choice}
                  lines={lineOf(line).lots}
                  onChange={(lots) => change(line, { lots })}
                  mistakes={within(wrong, `${line.item.id}/lots/`)}
                />
              ),
          )}
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

/** Those below a path, by what follows it. */
function within(mistakes: Readonly<Record<string, string>>, path: string): Record<string, string> {
  const found = Object.entries(mistakes).filter(([key]) => key.startsWith(path));
  return Object.fromEntries(found.map(([key, text]) => [key.slice(path.length), text]));
}

/** In stock units, and beside it in the unit in which the line was said. */
function Open({ line: { open, openInUnit, item } }: { line: OrderLine }) {
  return (
    <>
      <Value value={open} kind="decimal" />
      {openInUnit !== null && (
        <small class="said-as">
          <Value value={openInUnit} kind="decimal" /> {item.unit}
        </small>
      )}
    </>
  );
}

interface QuantityProps {
  label: string;
  line: OrderLine;
  booked: BookedLine;
  mistake: string | undefined;
  onChange: (changes: Partial<BookedLine>) => void;
}

function Quantity({ label, line, booked: { text, isInStockUnits }, mistake, onChange }: QuantityProps) {
  const { manner } = useSession();
  const { item, choice } = line;
  return (
    <span class="in-unit">
      <input
        class="quantity"
        inputMode="decimal"
        autocomplete="off"
        aria-label={label}
        aria-invalid={mistake !== undefined}
        title={mistake}
        placeholder={typeable(openOf(line, isInStockUnits), manner.locale)}
        value={text}
        onInput={(event) => onChange({ text: event.currentTarget.value })}
      />
      {item.unit != null && (
        <select
          aria-label={`${TEXTS.orders.unitOf} ${choice?.code ?? ""}`}
          value={isInStockUnits ? "stock" : "line"}
          onChange={(event) => onChange({ isInStockUnits: event.currentTarget.value === "stock" })}
        >
          <option value="line">{item.unit}</option>
          <option value="stock">{choice?.unit ?? TEXTS.orders.stockUnits}</option>
        </select>
      )}
    </span>
  );
}
