// The first thing that one sees: what is to be done to the first order, and then what is open.
import { useData } from "../data.ts";
import { Head, Section, Unread } from "../parts/basics.tsx";
import { Table } from "../parts/table.tsx";
import { Value } from "../parts/values.tsx";
import { to } from "../router.ts";
import { call, may, useSession } from "../session.ts";
import type { OperationId } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { KINDS } from "../orders/kinds.ts";
import type { OrderPath } from "../orders/kinds.ts";

interface Step {
  text: string;
  address: string;
  list: OperationId;
  operation: OperationId;
}

const STEPS: readonly Step[] = [
  { text: TEXTS.home.steps.location, address: to("lookups"), list: "listLocations", operation: "createLocation" },
  { text: TEXTS.home.steps.vendor, address: to("vendors/new"), list: "listVendors", operation: "createVendor" },
  { text: TEXTS.home.steps.material, address: to("materials/new"), list: "listMaterials", operation: "createMaterial" },
  { text: TEXTS.home.steps.purchase, address: to("purchase-orders/new"), list: "listPurchaseOrders", operation: "createPurchaseOrder" },
  { text: TEXTS.home.steps.sku, address: to("skus/new"), list: "listBoms", operation: "createBom" },
  { text: TEXTS.home.steps.production, address: to("production-orders/new"), list: "listProductionOrders", operation: "createProductionOrder" },
  { text: TEXTS.home.steps.customer, address: to("customers/new"), list: "listCustomers", operation: "createCustomer" },
  { text: TEXTS.home.steps.sale, address: to("sales-orders/new"), list: "listSalesOrders", operation: "createSalesOrder" },
];

const SHOWN = 8;
const OPEN: readonly { path: OrderPath; status: string }[] = [
  { path: "sales-orders", status: "Entered" },
  { path: "purchase-orders", status: "Placed" },
  { path: "production-orders", status: "Placed" },
  { path: "work-orders", status: "Placed" },
];

export function HomePage() {
  const { organization, manner } = useSession();
  const { value, ...reading } = useData(`home/${organization.id}`, readHome, ["*"]);
  if (value === undefined) return <Unread {...reading} />;
  const { done, open, total } = value;
  const isBeginning = done.some((each) => !each);
  return (
    <>
      <Head title={organization.name} />
      {isBeginning && (
        <Section title={TEXTS.home.begin}>
          <p class="hint">{TEXTS.home.beginHint}</p>
          <ol class="steps">
            {STEPS.map((step, at) => (
              <li key={step.text} class={done[at] ? "done" : undefined}>
                {done[at] || !may(step.operation) ? step.text : <a href={step.address}>{step.text}</a>}
                {done[at] && <small> {TEXTS.home.done}</small>}
              </li>
            ))}
          </ol>
          <p class="hint">{TEXTS.home.sample}</p>
        </Section>
      )}
      <p class="figures">
        <a href={to("stock")}>
          <small>{TEXTS.home.value}</small>
          <strong>
            <Value value={total} kind="money" /> {manner.currency}
          </strong>
        </a>
        {open.map(({ path, rows, hasMore }) => (
          <a key={path} href={to(path)}>
            <small>{TEXTS.orders.kinds[path].many}</small>
            <strong>
              {rows.length}
              {hasMore && "+"} {TEXTS.orders.open.toLowerCase()}
            </strong>
          </a>
        ))}
      </p>
      <div class="columns">
        {open
          .filter(({ rows }) => rows.length > 0)
          .map(({ path, rows }) => (
            <Section key={path} title={TEXTS.orders.kinds[path].many} aside={<a href={to(path)}>{TEXTS.table.all}</a>}>
              <Table
                caption={TEXTS.orders.kinds[path].many}
                rows={rows}
                open={(row: any) => to(`${path}/${row.id}`)}
                columns={KINDS[path].columns.filter(({ key }) => key !== "fulfillmentStatus" && !key.startsWith("shipTo")).slice(0, 4)}
              />
            </Section>
          ))}
      </div>
    </>
  );
}

async function readHome(signal: AbortSignal) {
  const first = async (list: OperationId): Promise<boolean> => {
    const answer = call(list, { limit: 1, signal });
    const { data } = await ("first" in answer ? answer.first() : answer);
    return data.length > 0;
  };
  const [done, open, valuation] = await Promise.all([
    Promise.all(STEPS.map(({ list }) => first(list))),
    Promise.all(
      OPEN.map(async ({ path, status }) => {
        const page = await call(KINDS[path].list, { status, limit: SHOWN, expand: "names", signal }).first();
        return { path, rows: page.data as any[], hasMore: page.nextCursor !== null };
      }),
    ),
    call("getValuation", { signal }),
  ]);
  return { done, open, total: valuation.total.total };
}
