// A recall of a lot, or an exercise of one, and its report: what it reaches, who has it, whom to call.
import type { Lot, LotRecallReport } from "pharus-client/models";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import { Button, Dialog, say, Section, Unread } from "../parts/basics.tsx";
import { Form } from "../parts/form.tsx";
import { Export } from "../parts/list.tsx";
import { PagedTable } from "../parts/table.tsx";
import { Fact, Facts, Value } from "../parts/values.tsx";
import { go, to } from "../router.ts";
import { useSession } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { LEDGER_TABLES } from "./page.tsx";
import { PlacesTable, SalesTable } from "./way.tsx";

export function RecallButton({ lot }: { lot: Lot }) {
  const { client } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button look="danger" onClick={() => setIsOpen(true)}>
        {TEXTS.lots.recall}
      </Button>
      {isOpen && (
        <Dialog title={TEXTS.lots.recallTitle(lot.code)} onClose={() => setIsOpen(false)}>
          <p>{TEXTS.lots.recallHint}</p>
          <Form
            schema="LotRecallCreate"
            initial={{ mock: true }}
            submitLabel={TEXTS.lots.recall}
            send={(body, sending) => client.lots.recallLot(lot.id, body, sending)}
            onDone={({ recall }: LotRecallReport) => {
              setIsOpen(false);
              say(TEXTS.form.saved);
              tell("lot", "lot_recall");
              go(to(`lots/${lot.id}/recalls/${recall.id}`));
            }}
            onCancel={() => setIsOpen(false)}
          />
        </Dialog>
      )}
    </>
  );
}

export function Recalls({ lot: { id } }: { lot: Lot }) {
  const { client } = useSession();
  const { value, ...reading } = useData(`lots/${id}/recalls`, (signal) => client.lots.listLotRecalls(id, { signal }), ["lot_recall"]);
  if (value === undefined) return <Unread {...reading} />;
  return (
    <Section title={TEXTS.lots.recalls} aside={<Export operation="listLotRecalls" ids={[id]} query={{}} />}>
      <PagedTable
        caption={TEXTS.lots.recalls}
        rows={value.data}
        columns={[
          { key: "createdAt", kind: "moment", href: (row) => to(`lots/${id}/recalls/${row.id}`) },
          { key: "isMock", label: "", value: (row) => (row.isMock ? TEXTS.lots.exercise : TEXTS.lots.real) },
          { key: "reason", isWide: true },
          { key: "lotCount", label: TEXTS.lots.title, kind: "integer" },
        ]}
      />
    </Section>
  );
}

export function RecallPage({ id }: { id: string }) {
  const { client } = useSession();
  const { value, ...reading } = useData(`lot-recalls/${id}`, (signal) => client.lots.getLotRecall(id, { signal }), ["lot", ...LEDGER_TABLES]);
  if (value === undefined) return <Unread {...reading} />;
  const { recall, lots, sales, customers, places } = value;
  return (
    <>
      <Section title={recall.isMock ? TEXTS.lots.exercise : TEXTS.lots.real}>
        <Facts>
          <Fact label={fieldLabel("createdAt")}>
            <Value value={recall.createdAt} kind="moment" />
          </Fact>
          <Fact label={TEXTS.lots.reason}>{recall.reason}</Fact>
          <Fact label={TEXTS.lots.reached}>
            <Value value={recall.lotCount} kind="integer" />
          </Fact>
          <Fact label={TEXTS.lots.milliseconds}>
            <Value value={recall.milliseconds} kind="integer" />
          </Fact>
        </Facts>
      </Section>
      <Section title={`${TEXTS.lots.whoHasIt} (${customers.length})`}>
        <PagedTable
          caption={TEXTS.lots.whoHasIt}
          rows={customers}
          keyOf={(row) => row.customerId}
          columns={[
            { key: "customerName", label: TEXTS.partners.customer, href: (row) => to(`customers/${row.customerId}`) },
            {
              key: "contacts",
              label: TEXTS.partners.contacts,
              isWide: true,
              value: (row) => row.contacts.map(contactOf).join("; "),
            },
            { key: "quantity", kind: "decimal" },
            { key: "returned", label: TEXTS.orders.returned, kind: "decimal" },
          ]}
        />
      </Section>
      <Section title={`${TEXTS.lots.reached} (${lots.length})`}>
        <PagedTable
          caption={TEXTS.lots.reached}
          rows={lots}
          columns={[
            { key: "code", kind: "code", href: (row) => to(`lots/${row.id}`) },
            { key: "itemCode", label: TEXTS.orders.item, kind: "code" },
            { key: "itemName", label: "Name", isWide: true },
            { key: "status", kind: "status" },
            { key: "bestBefore", kind: "day" },
          ]}
        />
      </Section>
      <SalesTable sales={sales} lots={lots} />
      <PlacesTable places={places} lots={lots} />
    </>
  );
}

function contactOf(contact: LotRecallReport["customers"][number]["contacts"][number]): string {
  return [contact.name, contact.role, contact.email, contact.phone].filter(Boolean).join(", ");
}
