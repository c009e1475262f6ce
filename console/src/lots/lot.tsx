// The page of one lot: what it is and where, its way, its entries, and its recalls.
import type { Lot } from "pharus-client/models";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import { Button, Dialog, Head, say, Section, Unread } from "../parts/basics.tsx";
import { Form } from "../parts/form.tsx";
import { List } from "../parts/list.tsx";
import { Table } from "../parts/table.tsx";
import type { Column } from "../parts/table.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { Fact, Facts, Status, useNames, Value } from "../parts/values.tsx";
import { LOCATION } from "../references.ts";
import { to } from "../router.ts";
import { call, may, useSession } from "../session.ts";
import type { OperationId } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { LEDGER_TABLES } from "./page.tsx";
import { RecallButton, RecallPage, Recalls } from "./recalls.tsx";
import { TracePage } from "./way.tsx";

const PARTS = ["", "trace", "entries", "recalls"] as const;
const TITLES = { "": TEXTS.lots.one, trace: TEXTS.lots.trace, entries: TEXTS.lots.entries, recalls: TEXTS.lots.recalls };

export function LotPage({ id, rest: [part = "", recallId] }: { id: string; rest: readonly string[] }) {
  const { client } = useSession();
  const { value: lot, ...reading } = useData(`lots/${id}`, (signal) => client.lots.getLot(id, { signal }), ["lot"]);
  if (lot === undefined) return <Unread {...reading} />;
  return (
    <>
      <Head title={`${TEXTS.lots.one} ${lot.code}`} beside={<Status status={lot.status} />}>
        <Decisions lot={lot} />
        {may("recallLot") && lot.status !== "recalled" && <RecallButton lot={lot} />}
      </Head>
      <Tabs
        label={TEXTS.lots.one}
        tabs={PARTS.map((each) => ({
          title: TITLES[each],
          address: to(`lots/${id}${each && `/${each}`}`),
          isCurrent: each === part,
        }))}
      />
      {part === "" && <What lot={lot} />}
      {part === "trace" && <TracePage id={id} />}
      {part === "entries" && <List list={entriesOf(id)} path={`lots/${id}/entries`} />}
      {part === "recalls" && (recallId === undefined ? <Recalls lot={lot} /> : <RecallPage id={recallId} />)}
    </>
  );
}

interface Decision {
  label: string;
  operation: OperationId;
  schema: string;
  /** Whether it would change anything. */
  isOffered: (lot: Lot) => boolean;
}

const DECISIONS: readonly Decision[] = [
  { label: TEXTS.lots.release, operation: "releaseLot", schema: "LotReason", isOffered: (lot) => lot.status !== "released" },
  { label: TEXTS.lots.hold, operation: "holdLot", schema: "LotReason", isOffered: (lot) => lot.status !== "on_hold" },
  { label: TEXTS.lots.reject, operation: "rejectLot", schema: "LotReason", isOffered: (lot) => lot.status !== "rejected" },
  { label: TEXTS.lots.allow, operation: "allowExpiredLot", schema: "LotAllowance", isOffered: (lot) => lot.bestBefore !== null },
  { label: TEXTS.actions.edit, operation: "updateLot", schema: "LotUpdate", isOffered: () => true },
];

/** What somebody decides of a lot, mostly with a reason. */
function Decisions({ lot }: { lot: Lot }) {
  const [chosen, setChosen] = useState<Decision | null>(null);
  return (
    <>
      {DECISIONS.filter((each) => may(each.operation) && each.isOffered(lot)).map((each) => (
        <Button key={each.operation} onClick={() => setChosen(each)}>
          {each.label}
        </Button>
      ))}
      {chosen !== null && (
        <Dialog title={`${chosen.label}: ${lot.code}`} onClose={() => setChosen(null)}>
          <Form
            schema={chosen.schema}
            record={chosen.operation === "updateLot" ? { ...lot } : undefined}
            submitLabel={chosen.label}
            send={(body, sending) => call(chosen.operation, lot.id, body, { ...sending, ifMatch: lot }) as Promise<Lot>}
            onDone={() => {
              setChosen(null);
              say(TEXTS.form.saved);
              tell("lot");
            }}
            onCancel={() => setChosen(null)}
          />
        </Dialog>
      )}
    </>
  );
}

const FACTS: readonly Column<Lot>[] = [
  { key: "materialId", kind: "reference", href: (lot) => to(`materials/${lot.materialId}`) },
  { key: "skuId", kind: "reference", href: (lot) => to(`skus/${lot.skuId}`) },
  { key: "supplierLot" },
  { key: "madeOn", kind: "day" },
  { key: "bestBefore", kind: "day" },
  { key: "allowedUntil", kind: "day" },
  { key: "expiredAt", kind: "moment" },
  { key: "statusReason" },
  { key: "statusAt", kind: "moment" },
  { key: "notes" },
  { key: "createdAt", kind: "moment" },
];

function What({ lot }: { lot: Lot }) {
  const known = lot as unknown as Readonly<Record<string, unknown>>;
  return (
    <>
      <section class="panel">
        <Facts>
          {FACTS.filter(({ key }) => known[key] !== null).map(({ key, kind, href }) => {
            const shown = <Value value={known[key]} kind={kind ?? "text"} of={key} />;
            const address = href?.(lot);
            return (
              <Fact key={key} label={fieldLabel(key)}>
                {address ? <a href={address}>{shown}</a> : shown}
              </Fact>
            );
          })}
        </Facts>
      </section>
      <div class="columns">
        <Here id={lot.id} />
        <MassBalance id={lot.id} />
      </div>
    </>
  );
}

function Here({ id }: { id: string }) {
  const { client } = useSession();
  const { value, ...reading } = useData(`lots/${id}/balances`, (signal) => client.lots.listLotBalances(id, { signal }), LEDGER_TABLES);
  const names = useNames(LOCATION, value?.data.map((each) => each.locationId) ?? []);
  return (
    <Section title={TEXTS.lots.here}>
      {value === undefined ? (
        <Unread {...reading} />
      ) : (
        <Table
          caption={TEXTS.lots.here}
          rows={value.data}
          keyOf={(row) => row.locationId}
          columns={[
            { key: "locationId", isWide: true, value: (row) => names?.get(row.locationId)?.name ?? "…" },
            { key: "onHand", kind: "decimal" },
            { key: "inTransit", kind: "decimal" },
          ]}
        />
      )}
    </Section>
  );
}

const CAME = ["received", "produced", "found", "opening"] as const;
const BECAME = ["used", "shipped", "lost", "onHand", "inTransit"] as const;

/** What came on the left of the equation, what has become of it on the right. */
function MassBalance({ id }: { id: string }) {
  const { client } = useSession();
  const { value, ...reading } = useData(`lots/${id}/mass-balance`, (signal) => client.lots.getLotMassBalance(id, { signal }), LEDGER_TABLES);
  return (
    <Section title={TEXTS.lots.massBalance}>
      <p class="hint">{TEXTS.lots.massBalanceHint}</p>
      {value === undefined ? (
        <Unread {...reading} />
      ) : (
        [CAME, BECAME].map((keys) => (
          <Facts key={keys[0]}>
            {keys.map((key) => (
              <Fact key={key} label={fieldLabel(key)}>
                <Value value={value[key]} kind="decimal" />
              </Fact>
            ))}
          </Facts>
        ))
      )}
    </Section>
  );
}

const entriesOf = (id: string) => ({
  operation: "listLotEntries" as const,
  title: TEXTS.lots.entries,
  tables: LEDGER_TABLES,
  ids: [id],
  columns: [
    { key: "eventDate", kind: "moment" as const },
    { key: "eventType", kind: "choice" as const },
    { key: "locationName", label: fieldLabel("locationId"), isWide: true },
    { key: "ref", kind: "code" as const },
    { key: "onHand", kind: "decimal" as const },
    { key: "inTransit", kind: "decimal" as const },
  ],
});
