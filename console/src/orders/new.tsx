// A new order: its head, and lines that are typed or scanned.
import { useRef, useState } from "preact/hooks";
import { money, today } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Head, Problem, say, Section } from "../parts/basics.tsx";
import { FieldRow, fieldsOf, read } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import { isEmpty, Lines, newLine } from "../parts/lines.tsx";
import type { Line } from "../parts/lines.tsx";
import { Scan } from "../parts/scan.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { sum } from "../parts/values.tsx";
import { MATERIAL, SKU } from "../references.ts";
import { go, to } from "../router.ts";
import { call, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";
import type { OrderKind } from "./kinds.ts";
import { amountOf, lineBodies, lineFields, mistakeAt, oneMore } from "./line-bodies.ts";

export function NewOrderPage({ kind, initial }: { kind: OrderKind; initial: Body }) {
  const { manner } = useSession();
  const texts = TEXTS.orders.kinds[kind.path];
  const header = fieldsOf(kind.createSchema, kind.header);
  const begin = { ...kind.initial, placedAt: today(manner.timeZone), orderDate: today(manner.timeZone), ...initial };
  const [head, setHead] = useState<Record<string, string>>(() =>
    Object.fromEntries(header.map(({ key }) => [key, String((begin as Body)[key] ?? "")])),
  );
  const [lines, setLines] = useState<readonly Line[]>([newLine()]);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const element = useRef<HTMLFormElement>(null);
  const item = head["targetType"] === "materials" ? "materialId" : "skuId";
  const fields = lineFields(kind, item);
  const { isBusy, problems, submit } = useSubmit(
    (body: Body, sending: Sending) => call(kind.create, body, sending) as Promise<any>,
    (answer) => {
      const order = answer[kind.record];
      const warnings: string[] = (answer.warnings ?? []).map((each: { message: string }) => each.message);
      say([TEXTS.form.created(order[kind.number]), ...warnings].join(" "));
      tell(kind.table);
      go(to(`${kind.path}/${order.id}`));
    },
  );
  const mistakes: Readonly<Record<string, string>> = { ...problems?.fields, ...wrong };
  const amounts = lines.map((each) => amountOf(each, kind.price, manner.locale));

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { body, mistakes: ofHead } = read(header, head, null, manner.locale);
    const { items, mistakes: ofLines } = lineBodies(fields, lines, kind.price, manner.locale);
    const headed = Object.fromEntries(Object.entries(ofHead).map(([key, text]) => [`/${key}`, text]));
    setWrong({ ...headed, ...ofLines });
    if (Object.keys(ofHead).length + Object.keys(ofLines).length === 0) {
      await submit({ ...hidden(kind), ...body, items });
    }
    setTimeout(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  return (
    <>
      <Head title={texts.new} />
      <form ref={element} noValidate onSubmit={(event) => void onSubmit(event)}>
        <section class="panel">
          <div class="fields">
            {header.map((field) => (
              <FieldRow
                key={field.key}
                field={field}
                value={head[field.key] ?? ""}
                mistake={mistakes[`/${field.key}`]}
                onChange={(text) => {
                  setHead((before) => ({ ...before, [field.key]: text }));
                  // Lines of materials are none of SKUs.
                  if (field.key === "targetType") setLines([newLine()]);
                }}
              />
            ))}
          </div>
        </section>
        <Section
          title={TEXTS.orders.lines}
          aside={
            <Scan
              reference={item === "materialId" ? MATERIAL : SKU}
              onFound={({ id }) => {
                setLines((before) => counted(before, item, id, manner.locale));
                return true;
              }}
            />
          }
        >
          <Lines
            key={item}
            caption={TEXTS.orders.lines}
            fields={fields}
            lines={lines}
            onChange={setLines}
            mistake={(at, key) => mistakeAt(lines, at, key, mistakes)}
            amount={{
              label: TEXTS.orders.amount,
              of: (line) => {
                const amount = amountOf(line, kind.price, manner.locale);
                return amount === null ? "" : money(amount, manner);
              },
            }}
          />
          <p class="total">
            {TEXTS.orders.total} <strong>{money(sum(amounts), manner)}</strong> {manner.currency}
          </p>
        </Section>
        <Problem problems={problems} />
        <div class="buttons final">
          <Button onClick={() => history.back()}>{TEXTS.actions.cancel}</Button>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {TEXTS.actions.create}
          </Button>
        </div>
      </form>
    </>
  );
}

/** What the API needs and nobody is asked for. */
function hidden({ initial, header }: OrderKind): Body {
  return Object.fromEntries(Object.entries(initial).filter(([key]) => !header.includes(key)));
}

/** One more of the item: in the line that it has, else in a new one. */
function counted(lines: readonly Line[], item: string, id: string, locale: string): readonly Line[] {
  const found = lines.find((each) => each.texts[item] === id);
  if (found === undefined) return [...lines.filter((each) => !isEmpty(each)), newLine({ [item]: id, quantity: "1" })];
  const quantity = oneMore(found.texts["quantity"] ?? "", locale);
  return lines.map((each) => (each === found ? { ...each, texts: { ...each.texts, quantity } } : each));
}
