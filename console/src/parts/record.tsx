// The page of one record of master data, which a description makes: what it is, changing it, and what belongs to it.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import type { Reference } from "../references.ts";
import { go, to } from "../router.ts";
import { call, may } from "../session.ts";
import type { OperationId } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { Button, Head, NotAllowed, say, Section, Unread } from "./basics.tsx";
import { DeleteButton } from "./deletion.tsx";
import { fieldsOf, Form } from "./form.tsx";
import type { Body } from "./form.tsx";
import { useSubmit } from "./submit.ts";
import type { Sending } from "./submit.ts";
import { Fact, Facts, Status, Value } from "./values.tsx";
import type { Column } from "./table.tsx";

export interface RecordDescription {
  /** The first part of its address, which is that of its list, too. */
  path: string;
  table: string;
  one: string;
  newTitle: string;
  create: OperationId;
  get: OperationId;
  update: OperationId;
  remove: OperationId;
  createSchema: string;
  updateSchema: string;
  title: (record: any) => string;
  facts: readonly Column[];
  /** The record with the keys that the form has, where they are others. */
  editable?: (record: any) => Body;
  initial?: Body;
  references?: Readonly<Record<string, Reference>>;
  /** Takes part in new work or not. Prices have no such key. */
  hasActive?: boolean;
  more?: (record: any) => ComponentChildren;
  /** What the answer holds the record in. */
  unwrap?: (answer: any) => any;
}

export function RecordPage({ of, id }: { of: RecordDescription; id: string }) {
  const { value, ...reading } = useData(`${of.path}/${id}`, (signal) => call(of.get, id, { signal }), [of.table]);
  const [isEditing, setIsEditing] = useState(false);
  const activation = useSubmit(
    ({ isActive }: { isActive: boolean }, sending: Sending) =>
      call(of.update, id, { isActive }, { ...sending, ifMatch: value }) as Promise<unknown>,
    () => {
      say(TEXTS.form.saved);
      tell(of.table);
    },
  );
  if (value === undefined) return <Unread {...reading} />;
  const record = of.unwrap ? of.unwrap(value) : value;
  const isActive = record.isActive !== false;
  return (
    <>
      <Head title={of.title(record)} beside={!isActive && <Status status={TEXTS.table.inactive} />}>
        {may("listAuditEvents") && <a href={to("history", { recordId: id })}>{TEXTS.navigation.history}</a>}
        {may(of.update) && !isEditing && <Button onClick={() => setIsEditing(true)}>{TEXTS.actions.edit}</Button>}
        {of.hasActive && may(of.update) && (
          <Button isBusy={activation.isBusy} onClick={() => void activation.submit({ isActive: !isActive })}>
            {isActive ? TEXTS.form.deactivate : TEXTS.form.activate}
          </Button>
        )}
        {may(of.remove) && (
          <DeleteButton
            send={(sending) => call(of.remove, id, { ...sending, ifMatch: value }) as Promise<unknown>}
            onDone={() => {
              say(TEXTS.form.deleted(of.one));
              tell(of.table);
              go(to(of.path));
            }}
          />
        )}
      </Head>
      {activation.problems && <p role="alert" class="problem">{activation.problems.message}</p>}
      {isEditing ? (
        <Section title={TEXTS.actions.edit}>
          <Form
            schema={of.updateSchema}
            keys={keysOf(of.updateSchema)}
            record={of.editable ? of.editable(record) : record}
            references={of.references}
            send={(body, sending) => call(of.update, id, body, { ...sending, ifMatch: value }) as Promise<unknown>}
            onDone={() => {
              setIsEditing(false);
              say(TEXTS.form.saved);
              tell(of.table);
              reading.reload();
            }}
            onCancel={() => setIsEditing(false)}
          />
        </Section>
      ) : (
        <section class="panel">
          <Facts>
            {of.facts.filter((each) => (each.value ? each.value(record) : record[each.key]) !== null).map((each) => (
              <Fact key={each.key} label={each.label ?? fieldLabel(each.key)}>
                <FactValue record={record} column={each} />
              </Fact>
            ))}
          </Facts>
        </section>
      )}
      {of.more?.(value)}
    </>
  );
}

/** All but what a button of its own changes. */
function keysOf(schema: string): string[] {
  return fieldsOf(schema)
    .map((each) => each.key)
    .filter((key) => key !== "isActive");
}

function FactValue({ record, column }: { record: any; column: Column }) {
  const value = column.value ? column.value(record) : record[column.key];
  const shown = <Value value={value} kind={column.kind ?? "text"} of={column.key} />;
  const address = value === null ? null : column.href?.(record);
  return address ? <a href={address}>{shown}</a> : shown;
}

/** A record that there is not yet. */
export function NewRecordPage({ of, initial }: { of: RecordDescription; initial?: Body }) {
  if (!may(of.create)) return <NotAllowed />;
  return (
    <>
      <Head title={of.newTitle} />
      <section class="panel">
        <Form
          schema={of.createSchema}
          initial={{ ...of.initial, ...initial }}
          references={of.references}
          submitLabel={TEXTS.actions.create}
          send={(body, sending) => call(of.create, body, sending) as Promise<any>}
          onDone={(answer) => {
            say(TEXTS.form.created(of.one));
            tell(of.table);
            go(to(`${of.path}/${(of.unwrap ? of.unwrap(answer) : answer).id}`));
          }}
          onCancel={() => history.back()}
        />
      </section>
    </>
  );
}
