// What came or left at one time: each with its lines, its papers, and a way to undo it.
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { Button, say, Section } from "../parts/basics.tsx";
import { DeleteButton } from "../parts/deletion.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { Table } from "../parts/table.tsx";
import type { Column } from "../parts/table.tsx";
import { sum } from "../parts/values.tsx";
import { call, may } from "../session.ts";
import { TEXTS } from "../texts.ts";
import type { OrderKind } from "./kinds.ts";
import { nameIn } from "./order.tsx";
import { PdfButton } from "./pdf.tsx";
import { keyOf } from "./reading.ts";
import type { Part, ReadOrder } from "./reading.ts";
import { ReturnDialog } from "./returns.tsx";

interface Props {
  kind: OrderKind;
  read: ReadOrder;
  onChanged: () => void;
}

export function PartsSection({ kind, read, onChanged }: Props) {
  const { parts, order } = read;
  const [returned, setReturned] = useState<Part | null>(null);
  if (parts.length === 0) return null;
  const isSale = kind.path === "sales-orders";
  const byLine = new Map(read.lines.map((each) => [each.item[keyOf(kind)] as string, each]));
  const contents = (part: Part) =>
    part.items
      .map((each) => {
        const line = byLine.get(each[kind.parts.lineKey]);
        return line === undefined ? each.skuId : nameIn(read.names, line.item.materialId ?? line.item.skuId);
      })
      .slice(0, 3)
      .join(", ") + (part.items.length > 3 ? ", …" : "");
  const columns: Column<Part>[] = [
    { key: "date", kind: "day", value: ({ record }) => record[kind.parts.date] },
    { key: "number", kind: "code", value: ({ record }) => kind.parts.number(record) },
    { key: "items", label: TEXTS.orders.lines, isWide: true, value: contents },
    { key: "quantity", kind: "decimal", value: ({ items }) => sum(items.map((each) => each.quantity)) },
    {
      key: "actions",
      label: "",
      show: (part) => (
        <span class="buttons">
          {isSale && <Papers part={part} />}
          {isSale && may("createSalesOrderReturn") && (
            <Button look="quiet" onClick={() => setReturned(part)}>
              {TEXTS.orders.return}
            </Button>
          )}
          {/* What the order's status has shipped is undone by its status. */}
          {may(kind.parts.remove) && part.record.id !== order.id && (
            <DeleteButton
              label={TEXTS.orders.undo}
              text={TEXTS.orders.undoSure}
              look="quiet"
              send={(sending) => call(kind.parts.remove, part.record.id, { ...sending, ifMatch: part.detail }) as Promise<unknown>}
              onDone={() => {
                say(TEXTS.form.deleted(kind.parts.title));
                onChanged();
              }}
            />
          )}
        </span>
      ),
    },
  ];
  return (
    <>
      <Section title={`${kind.parts.title} (${parts.length})`}>
        <Table caption={kind.parts.title} columns={columns} rows={parts} keyOf={({ record }) => record.id} />
      </Section>
      {isSale && <Returns orderId={order.id} onChanged={onChanged} />}
      {returned !== null && (
        <ReturnDialog
          part={returned}
          read={read}
          onClose={() => setReturned(null)}
          onDone={() => {
            setReturned(null);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function Papers({ part: { record } }: { part: Part }) {
  const number = record.shipmentNumber as string;
  return (
    <>
      <PdfButton operation="getSalesOrderPackingSlipPdf" id={record.id} name={`${number}-packing-slip.pdf`} label={TEXTS.orders.packingSlip} />
      <PdfButton operation="getSalesOrderDeliveryNotePdf" id={record.id} name={`${number}-delivery-note.pdf`} label={TEXTS.orders.deliveryNote} />
    </>
  );
}

function Returns({ orderId, onChanged }: { orderId: string; onChanged: () => void }) {
  const { value } = useData(
    `returns/${orderId}`,
    (signal) => call("listSalesOrderReturns", orderId, { signal }) as Promise<{ data: any[] }>,
    ["sales_order"],
  );
  const undoing = useSubmit(
    (id: string, sending: Sending) =>
      call("getSalesOrderReturn", id).then((read: object) =>
        call("deleteSalesOrderReturn", id, { ...sending, ifMatch: read }),
      ) as Promise<unknown>,
    () => {
      say(TEXTS.form.deleted(TEXTS.orders.return));
      onChanged();
    },
  );
  if (value === undefined || value.data.length === 0) return null;
  return (
    <Section title={`${TEXTS.orders.returns} (${value.data.length})`}>
      <Table
        caption={TEXTS.orders.returns}
        rows={value.data}
        columns={[
          { key: "returnedAt", label: "Date", kind: "day" },
          { key: "returnNumber", label: "Number", kind: "code" },
          { key: "notes", isWide: true },
          { key: "amount", kind: "money" },
          {
            key: "actions",
            label: "",
            show: (row) => (
              <span class="buttons">
                {row.creditNoteNumber !== null && (
                  <PdfButton
                    operation="getSalesOrderCreditNotePdf"
                    id={row.id}
                    name={`${row.creditNoteNumber}.pdf`}
                    label={TEXTS.orders.creditNote}
                  />
                )}
                {may("deleteSalesOrderReturn") && (
                  <Button look="quiet" isBusy={undoing.isBusy} onClick={() => void undoing.submit(row.id)}>
                    {TEXTS.orders.undo}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {undoing.problems && (
        <p class="problem" role="alert">
          {undoing.problems.message}
        </p>
      )}
    </Section>
  );
}
