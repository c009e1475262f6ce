// Counting what there is at a place: what differs from the books is booked as adjustments. Made for a phone's width.
import { Decimal } from "pharus-client";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { typeable, typed } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Head, Problem, say } from "../parts/basics.tsx";
import type { Body } from "../parts/form.tsx";
import type { Line } from "../parts/lines.tsx";
import { lotBodies, LotLines } from "../parts/lot-lines.tsx";
import type { Way } from "../parts/lot-lines.tsx";
import { Picker } from "../parts/picker.tsx";
import { Scan } from "../parts/scan.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { Table } from "../parts/table.tsx";
import { digits } from "../parts/values.tsx";
import { LOCATION } from "../references.ts";
import type { Choice } from "../references.ts";
import { oneMore } from "../orders/line-bodies.ts";
import { go, to } from "../router.ts";
import { call, useSession } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import type { Ledger } from "./stock.tsx";

interface Counted {
  choice: Choice;
  text: string;
  /** Which lots there are more or less of. */
  lots?: readonly Line[];
}

interface Difference {
  id: string;
  quantity: string;
  lots?: Body[];
}

export function CountPage({ ledger }: { ledger: Ledger }) {
  const { manner } = useSession();
  const [locationId, setLocationId] = useState("");
  const [counted, setCounted] = useState<readonly Counted[]>([]);
  const { value } = useData(
    `count/${ledger.summary}/${locationId}`,
    (signal) => (locationId ? call(ledger.summary, { locationId, signal }) : { data: [] }) as Promise<{ data: any[] }>,
    [ledger.table],
  );
  const inBooks = new Map((value?.data ?? []).map((row) => [row[ledger.item] as string, digits(row.onHand)]));
  const { isBusy, problems, submit } = useSubmit(
    async (differences: readonly Difference[], { idempotencyKey }: Sending) => {
      // One after another, each under the key of its own: sent again, none of them is booked twice.
      for (const { id, quantity, lots } of differences) {
        const difference = new Decimal(quantity);
        const body = { [ledger.item]: id, locationId, quantity: difference.abs().toFixed(), notes: TEXTS.stock.countTitle, lots };
        const operation = difference.isNegative() ? ledger.dispose : ledger.adjust;
        await call(operation, body, { idempotencyKey: `${idempotencyKey}.${id}` });
      }
    },
    () => {
      say(TEXTS.orders.booked);
      tell(ledger.table);
      go(to(ledger.part ? `stock/${ledger.part}` : "stock"));
    },
  );

  function differenceOf({ choice, text }: Counted): string | null {
    const quantity = typed(text, manner.locale);
    return quantity === null ? null : new Decimal(quantity).minus(inBooks.get(choice.id) ?? "0").toFixed();
  }

  function found(choice: Choice): boolean {
    setCounted((before) => {
      const own = before.find((each) => each.choice.id === choice.id);
      if (own === undefined) return [{ choice, text: "1" }, ...before];
      return before.map((each) => (each === own ? { ...own, text: oneMore(own.text, manner.locale) } : each));
    });
    return true;
  }

  const change = (counted: Counted, changes: Partial<Counted>) =>
    setCounted((before) => before.map((each) => (each.choice.id === counted.choice.id ? { ...each, ...changes } : each)));
  const mistakes: Record<string, Record<string, string>> = {};
  const differences = counted.flatMap((each): Difference[] => {
    const quantity = differenceOf(each);
    if (quantity === null || new Decimal(quantity).isZero()) return [];
    const found = lotBodies(wayOf(quantity), each.lots ?? [], manner.locale);
    mistakes[each.choice.id] = found.mistakes;
    return [{ id: each.choice.id, quantity, ...(found.lots && { lots: found.lots }) }];
  });
  const isWrong = Object.values(mistakes).some((each) => Object.keys(each).length > 0);
  return (
    <>
      <Head title={`${TEXTS.stock.countTitle}: ${ledger.title}`} />
      <p class="hint">{TEXTS.stock.countHint}</p>
      <form
        class="booking panel"
        onSubmit={(event) => {
          event.preventDefault();
          if (differences.length > 0 && !isWrong) void submit(differences);
        }}
      >
        <div class="field">
          <label for="count-place">{fieldLabel("locationId")}</label>
          <Picker id="count-place" reference={LOCATION} value={locationId} onChange={(choice) => setLocationId(choice?.id ?? "")} />
        </div>
        {locationId !== "" && (
          <>
            <Scan reference={ledger.reference} onFound={found} />
            <Table
              caption={TEXTS.stock.counted}
              rows={counted}
              keyOf={({ choice }) => choice.id}
              empty={TEXTS.orders.notBooked}
              columns={[
                { key: "code", kind: "code", value: ({ choice }) => choice.code },
                { key: "name", isWide: true, value: ({ choice }) => choice.name },
                { key: "onHand", kind: "decimal", value: ({ choice }) => inBooks.get(choice.id) ?? "0" },
                {
                  key: "counted",
                  label: TEXTS.stock.counted,
                  show: (row) => (
                    <input
                      class="quantity"
                      inputMode="decimal"
                      aria-label={`${TEXTS.stock.counted}: ${row.choice.code ?? row.choice.name}`}
                      aria-invalid={typed(row.text, manner.locale) === null}
                      value={row.text}
                      onInput={(event) => change(row, { text: event.currentTarget.value })}
                    />
                  ),
                },
                { key: "difference", kind: "decimal", value: (row) => differenceOf(row) },
              ]}
            />
            {counted.map((row) => {
              const quantity = differenceOf(row);
              if (!row.choice.hasLots || quantity === null || new Decimal(quantity).isZero()) return null;
              const way = wayOf(quantity);
              return (
                <LotLines
                  key={`${row.choice.id}/${way}`}
                  way={way}
                  item={ledger.item}
                  choice={row.choice}
                  lines={row.lots}
                  onChange={(lots) => change(row, { lots })}
                  mistakes={mistakes[row.choice.id] ?? {}}
                />
              );
            })}
          </>
        )}
        <Problem problems={problems} />
        <div class="buttons final">
          <Button onClick={() => history.back()}>{TEXTS.actions.cancel}</Button>
          <Button type="submit" look="primary" isBusy={isBusy} disabled={differences.length === 0 || isWrong}>
            {TEXTS.stock.adjust} ({typeable(String(differences.length), manner.locale)})
          </Button>
        </div>
      </form>
    </>
  );
}

/** More than in the books came in, less has left. */
function wayOf(difference: string): Way {
  return difference.startsWith("-") ? "out" : "in";
}
