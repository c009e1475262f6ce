// A short list that one adds to and changes in place: places, types, members, tokens. A description of it, too.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import type { Reference } from "../references.ts";
import { call, may } from "../session.ts";
import type { OperationId } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { Button, Dialog, say, Section, Unread } from "./basics.tsx";
import { DeleteButton } from "./deletion.tsx";
import { fieldsOf, Form } from "./form.tsx";
import type { Body } from "./form.tsx";
import { Export } from "./list.tsx";
import { PagedTable } from "./table.tsx";
import type { Column } from "./table.tsx";

interface Write {
  operation: OperationId;
  schema: string;
  keys?: readonly string[];
  label?: string;
  fixed?: Body;
  initial?: Body;
  references?: Readonly<Record<string, Reference>>;
}

export interface ShortListDescription {
  title: string;
  list: OperationId;
  table: string;
  columns: readonly Column[];
  create?: Write;
  update?: Write;
  remove?: { operation: OperationId; label: string };
  idOf?: (row: any) => string;
  /** What was created, for what is shown only once. */
  onCreated?: (answer: any) => void;
  /** More buttons of a row. */
  actions?: (row: any) => ComponentChildren;
}

export function ShortList({ of }: { of: ShortListDescription }) {
  const { value, ...reading } = useData(of.list, (signal) => call(of.list, { signal }) as Promise<{ data: any[] }>, [
    of.table,
  ]);
  const [changed, setChanged] = useState<any>(undefined);
  const { remove } = of;
  const idOf = of.idOf ?? ((row: any) => row.id as string);
  const done = (text: string) => {
    say(text);
    tell(of.table);
    reading.reload();
  };
  const isOffered = [of.update, of.remove].some((each) => each !== undefined && may(each.operation)) || of.actions !== undefined;
  const write = changed === null ? of.create : of.update;
  return (
    <Section
      title={of.title}
      aside={
        <>
          <Export operation={of.list} query={{}} />
          {of.create && may(of.create.operation) && (
            <Button look="primary" onClick={() => setChanged(null)}>
              {of.create.label ?? TEXTS.actions.add}
            </Button>
          )}
        </>
      }
    >
      {value === undefined ? (
        <Unread {...reading} />
      ) : (
        <PagedTable
          caption={of.title}
          rows={value.data}
          keyOf={idOf}
          columns={
            isOffered
              ? [...of.columns, { key: "actions", label: "", show: (row: any) => actions(row) }]
              : of.columns
          }
        />
      )}
      {changed !== undefined && write && (
        <Dialog title={of.title} onClose={() => setChanged(undefined)}>
          <Form
            schema={write.schema}
            keys={write.keys ?? fieldsOf(write.schema).map((each) => each.key)}
            record={changed ?? undefined}
            initial={write.initial}
            fixed={write.fixed}
            references={write.references}
            send={(body, sending) =>
              (changed === null
                ? call(write.operation, body, sending)
                : call(write.operation, idOf(changed), body, sending)) as Promise<any>
            }
            onDone={(answer) => {
              setChanged(undefined);
              if (changed === null) of.onCreated?.(answer);
              done(TEXTS.form.saved);
            }}
            onCancel={() => setChanged(undefined)}
          />
        </Dialog>
      )}
    </Section>
  );

  function actions(row: any) {
    return (
      <span class="buttons">
        {of.actions?.(row)}
        {of.update && may(of.update.operation) && (
          <Button look="quiet" onClick={() => setChanged(row)}>
            {TEXTS.actions.edit}
          </Button>
        )}
        {remove && may(remove.operation) && (
          <DeleteButton
            label={remove.label}
            look="quiet"
            send={(sending) => call(remove.operation, idOf(row), sending) as Promise<unknown>}
            onDone={() => done(TEXTS.form.saved)}
          />
        )}
      </span>
    );
  }
}
