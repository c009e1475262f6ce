// What there is of which item where, what it is worth, and the entries behind each number.
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { money } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Dialog, Head, NotAllowed, say, Unread } from "../parts/basics.tsx";
import { Form } from "../parts/form.tsx";
import { Export, List } from "../parts/list.tsx";
import type { ListDescription } from "../parts/list.tsx";
import { PagedTable } from "../parts/table.tsx";
import type { Column } from "../parts/table.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { sum } from "../parts/values.tsx";
import { LOCATION, MATERIAL, SKU } from "../references.ts";
import type { Reference } from "../references.ts";
import { go, to, useRoute } from "../router.ts";
import { call, may, useSession } from "../session.ts";
import type { OperationId } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { CountPage } from "./count.tsx";

/** One of both ledgers. */
export interface Ledger {
  part: "" | "finished";
  title: string;
  item: "materialId" | "skuId";
  reference: Reference;
  page: string;
  code: string;
  name: string;
  unit: string;
  summary: OperationId;
  entries: OperationId;
  table: string;
  movements: readonly { label: string; operation: OperationId; schema: string }[];
  adjust: OperationId;
  dispose: OperationId;
  eventTypes: readonly string[];
}

const EVENT_TYPES = ["ORDER", "RECEIVE", "DEMAND", "ALLOCATE", "CONSUME", "TRANSFER", "ADJUST", "DISPOSE", "REVALUE"];

export const LEDGERS: Readonly<Record<"materials" | "finished", Ledger>> = {
  materials: {
    part: "",
    title: TEXTS.stock.materials,
    item: "materialId",
    reference: MATERIAL,
    page: "materials",
    code: "materialCode",
    name: "materialName",
    unit: "materialUnit",
    summary: "getMaterialsSummary",
    entries: "listMaterialsLedgerEntries",
    table: "materials_inventory_ledger",
    movements: [
      { label: TEXTS.stock.transfer, operation: "createMaterialsTransfer", schema: "MaterialsTransferCreate" },
      { label: TEXTS.stock.adjust, operation: "adjustMaterialsInventory", schema: "MaterialsAdjustment" },
      { label: TEXTS.stock.dispose, operation: "disposeMaterialsInventory", schema: "MaterialsDisposal" },
      { label: TEXTS.stock.revalue, operation: "revalueMaterialsInventory", schema: "MaterialsRevaluation" },
    ],
    adjust: "adjustMaterialsInventory",
    dispose: "disposeMaterialsInventory",
    eventTypes: EVENT_TYPES,
  },
  finished: {
    part: "finished",
    title: TEXTS.stock.finished,
    item: "skuId",
    reference: SKU,
    page: "skus",
    code: "skuCode",
    name: "skuName",
    unit: "skuUnit",
    summary: "getFinishedGoodsSummary",
    entries: "listFinishedGoodsLedgerEntries",
    table: "finished_goods_inventory_ledger",
    movements: [
      { label: TEXTS.stock.transfer, operation: "createFinishedGoodsTransfer", schema: "FinishedGoodsTransferCreate" },
      { label: TEXTS.stock.adjust, operation: "adjustFinishedGoodsInventory", schema: "FinishedGoodsAdjustment" },
      { label: TEXTS.stock.dispose, operation: "disposeFinishedGoodsInventory", schema: "FinishedGoodsDisposal" },
      { label: TEXTS.stock.revalue, operation: "revalueFinishedGoodsInventory", schema: "FinishedGoodsRevaluation" },
    ],
    adjust: "adjustFinishedGoodsInventory",
    dispose: "disposeFinishedGoodsInventory",
    eventTypes: [...EVENT_TYPES, "PRODUCE", "WRITE_OFF"],
  },
};

export function StockPage({ rest: [part, second] }: { rest: readonly string[] }) {
  const ledger = part === "finished" ? LEDGERS.finished : LEDGERS.materials;
  if (second === "count") return may(ledger.adjust) ? <CountPage ledger={ledger} /> : <NotAllowed />;
  return (
    <>
      <Head title={TEXTS.stock.title}>
        {may(ledger.adjust) && (
          <Button onClick={() => go(to(`stock/${ledger.part || "materials"}/count`))}>{TEXTS.stock.count}</Button>
        )}
        <Movements ledger={ledger} />
      </Head>
      <Tabs
        label={TEXTS.stock.title}
        tabs={Object.values(LEDGERS).map((each) => ({
          title: each.title,
          address: to(each.part ? `stock/${each.part}` : "stock"),
          isCurrent: each === ledger,
        }))}
      />
      <Levels key={ledger.part} ledger={ledger} />
    </>
  );
}

function Levels({ ledger }: { ledger: Ledger }) {
  const { manner } = useSession();
  const { query } = useRoute();
  const path = ledger.part ? `stock/${ledger.part}` : "stock";
  const asOf = query["asOf"];
  const options = { expand: "names", ...(asOf && { asOf }), ...(query["locationId"] && { locationId: query["locationId"] }) };
  const { value, ...reading } = useData(
    JSON.stringify([ledger.summary, options]),
    (signal) => call(ledger.summary, { ...options, signal }) as Promise<{ data: any[] }>,
    asOf ? [] : [ledger.table],
  );
  const sought = (query["q"] ?? "").toLocaleLowerCase();
  const isThere = (row: any) => [row.onHand, row.inTransit, row.onOrder, row.demand, row.allocated].some((each) => !each.isZero());
  const rows = (value?.data ?? []).filter(
    (row) =>
      [row[ledger.code], row[ledger.name], row.locationName].some((each) => String(each).toLocaleLowerCase().includes(sought)) &&
      (query["empty"] === "true" || isThere(row)),
  );
  const set = (changes: Record<string, string>) => go(to(path, { ...query, ...changes }), { replace: true });
  // A column in which no row has anything is left out.
  const some = (["allocated", "demand", "onOrder", "inTransit"] as const).filter((key) => rows.some((row) => !row[key].isZero()));
  const figures: Column[] = (["onHand", "available", ...some] as const).map((key) => ({
    key,
    kind: "decimal",
    href: (row) =>
      to(ledger.part ? "ledger/finished" : "ledger", {
        [ledger.item]: row[ledger.item],
        locationId: row.locationId,
        ...(asOf && { dateTo: asOf }),
      }),
  }));
  return (
    <>
      <div class="bar">
        <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
          <label>
            <span>{TEXTS.stock.filter}</span>
            <input type="search" value={query["q"] ?? ""} onInput={(event) => set({ q: event.currentTarget.value })} />
          </label>
          <label>
            <span>{TEXTS.stock.asOf}</span>
            <input type="date" value={asOf ?? ""} onChange={(event) => set({ asOf: event.currentTarget.value })} />
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={query["empty"] !== "true"}
              onChange={(event) => set({ empty: event.currentTarget.checked ? "" : "true" })}
            />
            {TEXTS.stock.onlyNotEmpty}
          </label>
        </form>
        <div class="buttons">
          <Export operation={ledger.summary} query={asOf ? { asOf } : {}} />
        </div>
      </div>
      {value === undefined ? (
        <Unread {...reading} />
      ) : (
        <PagedTable
          caption={ledger.title}
          rows={rows}
          keyOf={(row) => `${row[ledger.item]}/${row.locationId}`}
          empty={sought ? TEXTS.table.emptyFiltered : TEXTS.table.empty}
          columns={[
            { key: "code", kind: "code", value: (row) => row[ledger.code], href: (row) => to(`${ledger.page}/${row[ledger.item]}`) },
            { key: "name", value: (row) => row[ledger.name], isWide: true },
            { key: "unit", value: (row) => row[ledger.unit] },
            { key: "locationName", label: fieldLabel("locationId"), foot: TEXTS.stock.total },
            ...figures,
            { key: "averageCost", label: TEXTS.items.averageCost, kind: "cost" },
            {
              key: "value",
              kind: "money",
              foot: (
                <strong>
                  {money(sum(rows.map((each) => each.value)), manner)} {manner.currency}
                </strong>
              ),
            },
          ]}
        />
      )}
    </>
  );
}

/** What moves stock by hand, as far as one may. */
export function Movements({ ledger, initial }: { ledger: Ledger; initial?: Record<string, unknown> }) {
  const [chosen, setChosen] = useState<Ledger["movements"][number] | null>(null);
  return (
    <>
      {ledger.movements
        .filter((each) => may(each.operation))
        .map((each) => (
          <Button key={each.operation} onClick={() => setChosen(each)}>
            {each.label}
          </Button>
        ))}
      {chosen !== null && (
        <Dialog title={`${chosen.label}: ${ledger.title}`} onClose={() => setChosen(null)}>
          <Form
            schema={chosen.schema}
            initial={initial}
            submitLabel={chosen.label}
            send={(body, sending) => call(chosen.operation, body, sending) as Promise<unknown>}
            onDone={() => {
              setChosen(null);
              say(TEXTS.orders.booked);
              tell(ledger.table);
            }}
            onCancel={() => setChosen(null)}
          />
        </Dialog>
      )}
    </>
  );
}

export function LedgerPage({ rest: [part] }: { rest: readonly string[] }) {
  const ledger = part === "finished" ? LEDGERS.finished : LEDGERS.materials;
  const path = ledger.part ? `ledger/${ledger.part}` : "ledger";
  const list: ListDescription = {
    operation: ledger.entries,
    title: `${TEXTS.stock.rowsBehind}: ${ledger.title}`,
    tables: [ledger.table],
    filters: [
      { key: ledger.item, kind: "reference", reference: ledger.reference },
      { key: "locationId", kind: "reference", reference: LOCATION },
      { key: "eventType", kind: "choice", choices: ledger.eventTypes },
      { key: "ref", kind: "text" },
      { key: "dateFrom", kind: "day", label: "From" },
      { key: "dateTo", kind: "day", label: "To" },
    ],
    columns: [
      { key: "eventDate", kind: "moment", sort: "eventDate" },
      { key: "code", kind: "code", label: "Entry" },
      { key: "eventType", kind: "choice" },
      { key: ledger.code, kind: "code", label: "Code", href: (row) => to(`${ledger.page}/${row[ledger.item]}`) },
      { key: ledger.name, label: "Name", isWide: true },
      { key: "locationName", label: "Place" },
      { key: "toLocationName", label: "To", isRare: true },
      { key: "ref", kind: "code", href: (row) => sourceOf(row) },
      { key: "quantity", kind: "decimal" },
      { key: "unitCost", kind: "cost" },
      { key: "value", kind: "money" },
    ],
  };
  return (
    <>
      <Head title={TEXTS.navigation.ledgers}>
        <Movements ledger={ledger} />
      </Head>
      <Tabs
        label={TEXTS.navigation.ledgers}
        tabs={Object.values(LEDGERS).map((each) => ({
          title: each.title,
          address: to(each.part ? `ledger/${each.part}` : "ledger"),
          isCurrent: each === ledger,
        }))}
      />
      <List key={path} list={list} path={path} />
    </>
  );
}

const ORDERS_BY_PREFIX: Readonly<Record<string, string>> = {
  PO: "purchase-orders",
  SO: "sales-orders",
  WO: "work-orders",
  PROD: "production-orders",
};

/** The orders whose number the entry has. */
function sourceOf({ ref }: { ref: string | null }): string | null {
  const path = ORDERS_BY_PREFIX[ref?.split("-")[0] ?? ""];
  return path === undefined || ref === null ? null : to(path, { q: ref });
}
