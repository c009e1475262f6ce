// People: how to reach them, and to whom they belong.
import { useState } from "preact/hooks";
import type { ContactEntityType } from "pharus-client/models";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import { Button, Dialog, Head, Problem, say, Section } from "../parts/basics.tsx";
import { Form } from "../parts/form.tsx";
import { List } from "../parts/list.tsx";
import { NewRecordPage, RecordPage } from "../parts/record.tsx";
import type { RecordDescription } from "../parts/record.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { Table } from "../parts/table.tsx";
import { Value } from "../parts/values.tsx";
import { CUSTOMER, VENDOR } from "../references.ts";
import { go, to } from "../router.ts";
import { call, may, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";

const CONTACT: RecordDescription = {
  path: "contacts",
  table: "contact",
  one: TEXTS.partners.contact,
  newTitle: TEXTS.partners.newContact,
  create: "createContact",
  get: "getContact",
  update: "updateContact",
  remove: "deleteContact",
  createSchema: "ContactCreate",
  updateSchema: "ContactUpdate",
  unwrap: (answer) => answer.contact ?? answer,
  title: (record) => record.displayName,
  facts: [{ key: "firstName" }, { key: "lastName" }, { key: "title" }, { key: "notes" }, { key: "updatedAt", kind: "moment" }],
  hasActive: true,
  more: (detail) => (
    <>
      <Methods detail={detail} />
      <Links detail={detail} />
    </>
  ),
};

export function ContactsPage({ rest: [id] }: { rest: readonly string[] }) {
  if (id === "new") return <NewRecordPage of={CONTACT} />;
  if (id !== undefined) return <RecordPage key={id} of={CONTACT} id={id} />;
  return (
    <>
      <Head title={TEXTS.partners.contacts}>
        {may("createContact") && (
          <Button look="primary" onClick={() => go(to("contacts/new"))}>
            {TEXTS.partners.newContact}
          </Button>
        )}
      </Head>
      <List
        path="contacts"
        list={{
          operation: "listContacts",
          title: TEXTS.partners.contacts,
          tables: ["contact"],
          filters: [
            { key: "q", kind: "text" },
            { key: "isActive", kind: "active" },
          ],
          sort: "displayName",
          columns: [
            { key: "displayName", href: (row) => to(`contacts/${row.id}`), isWide: true, sort: "displayName" },
            { key: "title" },
            { key: "isActive", kind: "active" },
            { key: "updatedAt", kind: "moment", sort: "updatedAt" },
          ],
        }}
      />
    </>
  );
}

function Methods({ detail }: { detail: any }) {
  const { client } = useSession();
  const [isAdding, setIsAdding] = useState(false);
  const removal = useSubmit(
    (id: string, sending: Sending) => client.contacts.deleteContactMethod(id, { ...sending, ifMatch: detail }),
    () => tell("contact"),
  );
  return (
    <Section
      title={TEXTS.partners.methods}
      aside={may("addContactMethod") && <Button onClick={() => setIsAdding(true)}>{TEXTS.actions.add}</Button>}
    >
      <Problem problems={removal.problems} />
      <Table
        caption={TEXTS.partners.methods}
        rows={detail.methods}
        columns={[
          { key: "methodType", label: "Type", kind: "choice" },
          { key: "value", label: "Address", isWide: true },
          { key: "label" },
          { key: "isPrimary", label: "First", kind: "flag" },
          {
            key: "actions",
            label: "",
            show: (row: any) =>
              may("deleteContactMethod") && (
                <Button look="quiet" onClick={() => void removal.submit(row.id)}>
                  {TEXTS.actions.remove}
                </Button>
              ),
          },
        ]}
      />
      {isAdding && (
        <Dialog title={TEXTS.partners.methods} onClose={() => setIsAdding(false)}>
          <Form
            schema="ContactMethodCreate"
            send={(body, sending) =>
              client.contacts.addContactMethod(detail.contact.id, body, { ...sending, ifMatch: detail })
            }
            onDone={() => {
              setIsAdding(false);
              say(TEXTS.form.saved);
              tell("contact");
            }}
            onCancel={() => setIsAdding(false)}
          />
        </Dialog>
      )}
    </Section>
  );
}

function Links({ detail }: { detail: any }) {
  const { client } = useSession();
  const [isAdding, setIsAdding] = useState<ContactEntityType | null>(null);
  const removal = useSubmit(
    (id: string, sending: Sending) => client.contacts.deleteContactLink(id, { ...sending, ifMatch: detail }),
    () => tell("contact"),
  );
  return (
    <Section
      title={TEXTS.partners.links}
      aside={
        may("createContactLink") && (
          <>
            <Button onClick={() => setIsAdding("vendor")}>+ {TEXTS.partners.vendor}</Button>
            <Button onClick={() => setIsAdding("customer")}>+ {TEXTS.partners.customer}</Button>
          </>
        )
      }
    >
      <Problem problems={removal.problems} />
      <Table
        caption={TEXTS.partners.links}
        rows={detail.links}
        columns={[
          { key: "entityType", label: "Type", kind: "choice" },
          {
            key: "entityId",
            label: "Name",
            isWide: true,
            show: (row: any) => (
              <a href={to(`${row.entityType}s/${row.entityId}`)}>
                <Value value={row.entityId} kind="reference" of={`${row.entityType}Id`} />
              </a>
            ),
          },
          { key: "role" },
          {
            key: "actions",
            label: "",
            show: (row: any) =>
              may("deleteContactLink") && (
                <Button look="quiet" onClick={() => void removal.submit(row.id)}>
                  {TEXTS.actions.remove}
                </Button>
              ),
          },
        ]}
      />
      {isAdding !== null && (
        <Dialog title={TEXTS.partners.links} onClose={() => setIsAdding(null)}>
          <Form
            schema="ContactLinkCreate"
            keys={["entityId", "role", "notes"]}
            fixed={{ entityType: isAdding }}
            references={{ entityId: isAdding === "vendor" ? VENDOR : CUSTOMER }}
            send={(body, sending) =>
              client.contacts.createContactLink(detail.contact.id, body, { ...sending, ifMatch: detail })
            }
            onDone={() => {
              setIsAdding(null);
              say(TEXTS.form.saved);
              tell("contact");
            }}
            onCancel={() => setIsAdding(null)}
          />
        </Dialog>
      )}
    </Section>
  );
}

/** The people of a vendor or a customer. */
export function LinkedContacts({ entityType, entityId }: { entityType: ContactEntityType; entityId: string }) {
  const { value } = useData(
    `contacts-of/${entityId}`,
    (signal) => call("listLinkedContacts", { entityType, entityId, signal }) as Promise<{ data: any[] }>,
    ["contact"],
  );
  if (value === undefined) return null;
  return (
    <Section title={TEXTS.partners.contacts}>
      <Table
        caption={TEXTS.partners.contacts}
        rows={value.data}
        keyOf={(row, at) => row.contact?.id ?? row.id ?? String(at)}
        columns={[
          {
            key: "displayName",
            isWide: true,
            value: (row) => (row.contact ?? row).displayName,
            href: (row) => to(`contacts/${(row.contact ?? row).id}`),
          },
          { key: "role", value: (row) => row.link?.role },
        ]}
      />
    </Section>
  );
}
