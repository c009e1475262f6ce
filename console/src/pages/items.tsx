// What belongs to a material or a SKU: its stock, and of what it is made.
import { useData } from "../data.ts";
import { Failed, Head, Loading, Section } from "../parts/basics.tsx";
import { List } from "../parts/list.tsx";
import { PagedTable } from "../parts/table.tsx";
import { to } from "../router.ts";
import { call } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { BomSection } from "./bom.tsx";
import { LEDGERS, Movements } from "./stock.tsx";
import type { Ledger } from "./stock.tsx";

export function MaterialMore({ material }: { material: { id: string } }) {
  return <StockOf ledger={LEDGERS.materials} id={material.id} />;
}

export function SkuMore({ sku }: { sku: { id: string; unit: string | null } }) {
  return (
    <>
      <StockOf ledger={LEDGERS.finished} id={sku.id} />
      <BomSection sku={sku} />
    </>
  );
}

function StockOf({ ledger, id }: { ledger: Ledger; id: string }) {
  const { value, error, isLoading, reload } = useData(
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
          <Movements ledger={ledger} initial={{ [ledger.item]: id }} />
        </>
      }
    >
      {value === undefined ? (
        isLoading ? (
          <Loading />
        ) : (
          <Failed error={error} onRetry={reload} />
        )
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

