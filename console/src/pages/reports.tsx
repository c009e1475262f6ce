// What all of it is worth, what was sold of it cost, the same as double entries, what is open, and what is short.
import { Decimal } from "pharus-client";
import { useData } from "../data.ts";
import { money } from "../format.ts";
import { Head, Section, Unread } from "../parts/basics.tsx";
import { Bars } from "../parts/bars.tsx";
import { Export, List } from "../parts/list.tsx";
import { PagedTable } from "../parts/table.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { digits, Fact, Facts, Value } from "../parts/values.tsx";
import { go, to, useRoute } from "../router.ts";
import { call, useSession } from "../session.ts";
import { choiceLabel, fieldLabel, TEXTS } from "../texts.ts";
import { KINDS } from "../orders/kinds.ts";
import type { OrderPath } from "../orders/kinds.ts";
import { LEDGERS } from "./stock.tsx";
import type { Ledger } from "./stock.tsx";

const REPORTS = {
  valuation: { title: TEXTS.reports.valuation, show: () => <Valuation /> },
  "cost-of-goods": { title: TEXTS.reports.costOfGoods, show: () => <CostOfGoods /> },
  journal: { title: TEXTS.reports.journal, show: () => <Journal /> },
  "open-orders": { title: TEXTS.reports.openOrders, show: () => <OpenOrders /> },
  shortages: { title: TEXTS.reports.shortages, show: () => <Shortages /> },
} as const;

export function ReportsPage({ rest: [name = "valuation"] }: { rest: readonly string[] }) {
  const report = REPORTS[name as keyof typeof REPORTS] ?? REPORTS.valuation;
  return (
    <>
      <Head title={`${TEXTS.navigation.reports}: ${report.title}`} />
      <Tabs
        label={TEXTS.navigation.reports}
        tabs={Object.entries(REPORTS).map(([path, each]) => ({
          title: each.title,
          address: to(`reports/${path}`),
          isCurrent: each === report,
        }))}
      />
      {report.show()}
    </>
  );
}

function AsOf({ path, query }: { path: string; query: Readonly<Record<string, string>> }) {
  return (
    <label>
      <span>{TEXTS.stock.asOf}</span>
      <input
        type="date"
        value={query["asOf"] ?? ""}
        onChange={(event) => go(to(path, { ...query, asOf: event.currentTarget.value }), { replace: true })}
      />
    </label>
  );
}

function Valuation() {
  const { client, manner } = useSession();
  const { query } = useRoute();
  const asked = query["asOf"] ? { asOf: query["asOf"] } : {};
  const { value, ...reading } = useData(
    `valuation/${JSON.stringify(asked)}`,
    (signal) => client.accounting.getValuation({ ...asked, signal }),
    asked.asOf ? [] : Object.values(LEDGERS).map((each) => each.table),
  );
  const places = useData("places", (signal) => client.locations.listLocations({ signal }), ["location"]).value?.data ?? [];
  const nameOfPlace = (id: string) => places.find((each) => each.id === id)?.name ?? id;
  if (value === undefined) return <Unread {...reading} />;
  return (
    <>
      <div class="bar">
        <form class="filters">
          <AsOf path="reports/valuation" query={query} />
        </form>
        <div class="buttons">
          <Export operation="getValuation" query={asked} />
        </div>
      </div>
      <div class="columns">
        <Section title={`${TEXTS.reports.total} (${manner.currency ?? ""})`}>
          <Facts>
            {(["materials", "finishedGoods", "inTransitValue", "total"] as const).map((key) => (
              <Fact key={key} label={fieldLabel(key)}>
                <strong>
                  <Value value={value.total[key]} kind="money" />
                </strong>
              </Fact>
            ))}
          </Facts>
        </Section>
        <Section title={TEXTS.reports.byPlace}>
          <Bars
            rows={value.locations.map((each) => ({ label: nameOfPlace(each.locationId), value: digits(each.total) }))}
            show={(text) => money(text, manner)}
          />
        </Section>
      </div>
      <PagedTable
        caption={TEXTS.reports.valuation}
        rows={value.data}
        keyOf={(row) => `${row.itemId}/${row.locationId}`}
        columns={[
          { key: "ledger", kind: "choice" },
          {
            key: "itemCode",
            label: "Code",
            kind: "code",
            href: (row) => to(`${row.ledger === "materials" ? "materials" : "skus"}/${row.itemId}`),
          },
          { key: "locationId", isWide: true, value: (row) => nameOfPlace(row.locationId) },
          { key: "onHand", kind: "decimal" },
          { key: "value", kind: "money" },
          { key: "inTransit", kind: "decimal" },
          { key: "inTransitValue", kind: "money" },
        ]}
      />
    </>
  );
}

const GROUPS = ["order", "customer", "sku", "month"] as const;

function CostOfGoods() {
  const { client, manner } = useSession();
  const { query } = useRoute();
  const months = useData(
    `cost-of-goods/${query["dateFrom"] ?? ""}/${query["asOf"] ?? ""}`,
    (signal) =>
      client.accounting
        .getCostOfGoods({ groupBy: "month", dateFrom: query["dateFrom"], asOf: query["asOf"], limit: 24, signal })
        .first(),
    [LEDGERS.finished.table],
  ).value;
  return (
    <>
      {months !== undefined && (
        <Section title={`${TEXTS.reports.byMonth} (${manner.currency ?? ""})`}>
          <Bars
            rows={months.data.map((each) => ({ label: each.month ?? "", value: digits(each.costOfGoods) }))}
            show={(text) => money(text, manner)}
          />
          <p class="total">
            {TEXTS.reports.total} <strong>{money(digits(months.total.netCostOfGoods), manner)}</strong>
          </p>
        </Section>
      )}
      <List
        path="reports/cost-of-goods"
        list={{
          operation: "getCostOfGoods",
          title: TEXTS.reports.costOfGoods,
          tables: [LEDGERS.finished.table],
          filters: [
            { key: "groupBy", kind: "choice", choices: GROUPS, label: TEXTS.reports.groupBy },
            { key: "dateFrom", kind: "day", label: "From" },
            { key: "asOf", kind: "day" },
          ],
          columns: [
            {
              key: "group",
              label: choiceLabel(query["groupBy"] ?? "order"),
              isWide: true,
              value: (row) => row.orderNumber ?? row.customerName ?? row.skuCode ?? row.month,
              href: (row) =>
                row.orderId ? to(`sales-orders/${row.orderId}`) : row.customerId ? to(`customers/${row.customerId}`) : null,
            },
            { key: "quantity", kind: "decimal" },
            { key: "costOfGoods", kind: "money" },
            { key: "variance", kind: "money" },
          ],
        }}
      />
    </>
  );
}

function Journal() {
  return (
    <List
      path="reports/journal"
      list={{
        operation: "listJournalEntries",
        title: TEXTS.reports.journal,
        tables: Object.values(LEDGERS).map((each) => each.table),
        filters: [
          { key: "dateFrom", kind: "day", label: "From" },
          { key: "dateTo", kind: "day", label: "To" },
        ],
        columns: [
          { key: "date", kind: "day" },
          { key: "code", kind: "code", label: "Entry" },
          { key: "eventType", kind: "choice" },
          { key: "ref", kind: "code" },
          { key: "account", isWide: true, show: (row) => <Lines rows={row.lines} of="name" /> },
          { key: "debit", kind: "money", show: (row) => <Lines rows={row.lines} of="debit" /> },
          { key: "credit", kind: "money", show: (row) => <Lines rows={row.lines} of="credit" /> },
        ],
      }}
    />
  );
}

function Lines({ rows, of }: { rows: readonly any[]; of: "name" | "debit" | "credit" }) {
  return (
    <>
      {rows.map((each, at) => (
        <div key={at}>
          {of === "name" ? each.name : new Decimal(digits(each[of])).isZero() ? " " : <Value value={each[of]} kind="money" />}
        </div>
      ))}
    </>
  );
}

const OPEN: Readonly<Record<OrderPath, readonly string[]>> = {
  "sales-orders": ["Received", "Entered"],
  "purchase-orders": ["Placed", "In Transit", "Partial"],
  "production-orders": ["Entered", "Placed", "Production", "In Transit", "Partial"],
  "work-orders": ["Entered", "Placed", "Production", "In Transit", "Partial"],
};

function OpenOrders() {
  return (
    <>
      {(Object.keys(OPEN) as OrderPath[]).map((path) => (
        <OpenOf key={path} path={path} />
      ))}
    </>
  );
}

function OpenOf({ path }: { path: OrderPath }) {
  const kind = KINDS[path];
  const { value, ...reading } = useData(`open/${path}`, (signal) => openOf(path, signal), [kind.table]);
  return (
    <Section title={TEXTS.orders.kinds[path].many} aside={<Export operation={kind.list} query={{}} />}>
      {value === undefined ? (
        <Unread {...reading} />
      ) : (
        <PagedTable
          caption={TEXTS.orders.kinds[path].many}
          rows={value}
          columns={kind.columns.map(({ sort: _, ...each }) => each)}
          open={(row) => to(`${path}/${row.id}`)}
        />
      )}
    </Section>
  );
}

/** All of them, what is due first. */
async function openOf(path: OrderPath, signal: AbortSignal): Promise<any[]> {
  const rows: any[] = [];
  for (const status of OPEN[path]) {
    const pages = call(KINDS[path].list, { status, limit: 500, expand: "names", signal });
    for await (const row of pages) rows.push(row);
  }
  const due = (row: any) => row.mabd ?? row.expectedDeliveryDate ?? "9999";
  return rows.sort((a, b) => due(a).localeCompare(due(b)));
}

function Shortages() {
  return (
    <>
      {Object.values(LEDGERS).map((each) => (
        <ShortagesOf key={each.title} ledger={each} />
      ))}
    </>
  );
}

/** What is missing when all that is ordered has come, and all that is promised has left. */
function missing(row: any): Decimal {
  return new Decimal(digits(row.onHand)).plus(digits(row.onOrder)).plus(digits(row.inTransit)).minus(digits(row.demand)).minus(digits(row.allocated));
}

function ShortagesOf({ ledger }: { ledger: Ledger }) {
  const { value, ...reading } = useData(
    `shortages/${ledger.summary}`,
    (signal) => call(ledger.summary, { expand: "names", signal }) as Promise<{ data: any[] }>,
    [ledger.table],
  );
  if (value === undefined) return <Unread {...reading} />;
  const rows = value.data.filter((row) => row.available.isNegative() || missing(row).isNegative());
  return (
    <Section title={ledger.title} aside={<Export operation={ledger.summary} query={{}} />}>
      <PagedTable
        caption={ledger.title}
        rows={rows}
        empty={TEXTS.reports.noShortage}
        keyOf={(row) => `${row[ledger.item]}/${row.locationId}`}
        columns={[
          { key: "code", kind: "code", value: (row) => row[ledger.code], href: (row) => to(`${ledger.page}/${row[ledger.item]}`) },
          { key: "name", value: (row) => row[ledger.name], isWide: true },
          { key: "locationName", label: fieldLabel("locationId") },
          { key: "onHand", kind: "decimal" },
          { key: "onOrder", kind: "decimal" },
          { key: "demand", kind: "decimal" },
          { key: "allocated", kind: "decimal" },
          { key: "left", label: TEXTS.reports.left, kind: "decimal", value: missing },
        ]}
      />
    </Section>
  );
}
