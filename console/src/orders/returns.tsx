// What a customer sends back of a shipment.
import { useState } from "preact/hooks";
import { today } from "../format.ts";
import { Button, Dialog, Problem, say } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { call, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { nameIn } from "./order.tsx";
import type { Part, ReadOrder } from "./reading.ts";

interface Props {
  part: Part;
  read: ReadOrder;
  onClose: () => void;
  onDone: () => void;
}

export function ReturnDialog({ part, read, onClose, onDone }: Props) {
  const { manner } = useSession();
  const [counts, setCounts] = useState<Readonly<Record<string, string>>>({});
  const [lost, setLost] = useState<ReadonlySet<string>>(new Set());
  const skus = new Map(read.lines.map(({ item }) => [item.id as string, item.skuId as string]));
  const { isBusy, problems, submit } = useSubmit(
    (body: object, sending: Sending) =>
      call("createSalesOrderReturn", part.record.id, body, { ...sending, ifMatch: part.detail }) as Promise<unknown>,
    () => {
      say(TEXTS.orders.booked);
      onDone();
    },
  );
  return (
    <Dialog title={TEXTS.orders.returnTitle(part.record.shipmentNumber)} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          const items = part.items
            .filter((each) => Number(counts[each.soItemId] ?? "0") > 0)
            .map((each) => ({
              soItemId: each.soItemId,
              quantity: Number(counts[each.soItemId]),
              writtenOff: lost.has(each.soItemId),
            }));
          void submit({ returnedAt: today(manner.timeZone), items });
        }}
      >
        {part.items.map((each) => {
          const name = nameIn(read.names, skus.get(each.soItemId) ?? "");
          return (
            <div class="field" key={each.soItemId}>
              <label for={`return-${each.soItemId}`}>
                {name} <span class="optional">/ {each.quantity - each.returnedQuantity}</span>
              </label>
              <input
                id={`return-${each.soItemId}`}
                inputMode="numeric"
                value={counts[each.soItemId] ?? ""}
                onInput={(event) => setCounts({ ...counts, [each.soItemId]: event.currentTarget.value })}
              />
              <label class="check">
                <input
                  type="checkbox"
                  checked={lost.has(each.soItemId)}
                  onChange={(event) => {
                    const next = new Set(lost);
                    if (event.currentTarget.checked) next.add(each.soItemId);
                    else next.delete(each.soItemId);
                    setLost(next);
                  }}
                />
                {TEXTS.orders.writtenOff}
              </label>
            </div>
          );
        })}
        <Problem problems={problems} />
        <div class="buttons">
          <Button onClick={onClose}>{TEXTS.actions.cancel}</Button>
          <Button type="submit" look="primary" isBusy={isBusy}>
            {TEXTS.orders.return}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
