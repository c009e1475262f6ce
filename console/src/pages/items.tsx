// What belongs to a material or a SKU: its stock, and of what it is made.
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import { Button, Dialog, Head, say, Section, Unread } from "../parts/basics.tsx";
import { Form } from "../parts/form.tsx";
import { List } from "../parts/list.tsx";
import { PagedTable } from "../parts/table.tsx";
import { forget } from "../references.ts";
import { to } from "../router.ts";
import { call, may, useSession } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { BomSection } from "./bom.tsx";
import { LEDGERS, Movements } from "./stock.tsx";
import type { Ledger } from "./stock.tsx";

interface Item {
  id: string;
  unit: string | null;
  lotTracking: string;
}

export function MaterialMore({ material: { id, lotTracking } }: { material: Item }) {
  return <StockOf ledger={LEDGERS.materials} id={id} hasLots={lotTracking !== "none"} />;
}

export function SkuMore({ sku }: { sku: Item }) {
  return (
    <>
      <StockOf ledger={LEDGERS.finished} id={sku.id} hasLots={sku.lotTracking !== "none"} />
      <BomSection sku={sku} />
    </>
  );
}

function StockOf({ ledger, id, hasLots }: { ledger: Ledger; id: string; hasLots: boolean }) {
  const { value, ...reading } = useData(
    `${ledger.summary}/${id}`,
    (signal) => call(ledger.summary, { [ledger.item]: id, expand: "names", signal }) as Promise<{ data: any[] }>,
    [ledger.table],
  );
  const entries = (query: Record<string, string>) => to(ledger.part ? "ledger/finished" : "ledger", { [ledger.item]: id, ...query });
  return (
    <Section
      title={TEXTS.items.stock}
      aside={
        <>
          <a href={entries({})}>{TEXTS.stock.rowsBehind}</a>
          <Lots ledger={ledger} id={id} hasLots={hasLots} />
          <Movements ledger={ledger} initial={{ [ledger.item]: id }} />
        </>
      }
    >
      {value === undefined ? (
        <Unread {...reading} />
      ) : (
        <PagedTable
          caption={TEXTS.items.stock}
          rows={value.data}
          keyOf={(row) => row.locationId}
          columns={[
            {
              key: "locationName",
              label: fieldLabel("locationId"),
              isWide: true,
              href: (row) => entries({ locationId: row.locationId }),
            },
            { key: "onHand", kind: "decimal" },
            { key: "available", kind: "decimal" },
            { key: "allocated", kind: "decimal" },
            { key: "demand", kind: "decimal" },
            { key: "onOrder", kind: "decimal" },
            { key: "inTransit", kind: "decimal" },
            { key: "averageCost", label: TEXTS.items.averageCost, kind: "cost" },
            { key: "value", kind: "money" },
          ]}
        />
      )}
    </Section>
  );
}

/** The lots of an item, or the way to have some. */
function Lots({ ledger, id, hasLots }: { ledger: Ledger; id: string; hasLots: boolean }) {
  const { client } = useSession();
  const [isStarting, setIsStarting] = useState(false);
  if (hasLots) return <a href={to("lots", { [ledger.item]: id })}>{TEXTS.lots.title}</a>;
  if (!may("startLotTracking")) return null;
  return (
    <>
      <Button onClick={() => setIsStarting(true)}>{TEXTS.lots.start}</Button>
      {isStarting && (
        <Dialog title={TEXTS.lots.start} onClose={() => setIsStarting(false)}>
          <p>{TEXTS.lots.startHint}</p>
          <Form
            schema="LotTrackingStart"
            keys={["lotTracking", "code", "bestBefore", "supplierLot", "madeOn", "notes"]}
            fixed={{ [ledger.item]: id }}
            submitLabel={TEXTS.lots.start}
            send={(body, sending) => client.lots.startLotTracking(body, sending)}
            onDone={() => {
              setIsStarting(false);
              say(TEXTS.lots.started);
              forget(id);
              tell(ledger.page === "skus" ? "sku" : "material", "lot");
            }}
            onCancel={() => setIsStarting(false)}
          />
        </Dialog>
      )}
    </>
  );
}

export function BomsPage() {
  return (
    <>
      <Head title={TEXTS.items.boms} />
      <List
        path="boms"
        list={{
          operation: "listBoms",
          title: TEXTS.items.boms,
          tables: ["bom_item", "bom"],
          filters: [{ key: "q", kind: "text" }],
          open: (row) => to(`skus/${row.outputSkuId}`),
          columns: [
            { key: "skuCode", kind: "code", href: (row) => to(`skus/${row.outputSkuId}`) },
            { key: "skuName", label: "Name", isWide: true },
            { key: "itemCount", label: TEXTS.orders.lines, kind: "integer" },
          ],
        }}
      />
    </>
  );
}

