// The way of a lot: as a tree that opens level by level, as a picture, and as tables of its ends.
import type { LotInTrace, LotPlace, LotSale, LotTrace } from "pharus-client/models";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { decimal } from "../format.ts";
import { Section, Unread } from "../parts/basics.tsx";
import { PagedTable } from "../parts/table.tsx";
import { digits, Value } from "../parts/values.tsx";
import { to } from "../router.ts";
import { useSession } from "../session.ts";
import { choiceLabel, fieldLabel, TEXTS } from "../texts.ts";
import { LEDGER_TABLES } from "./page.tsx";
import { pictureOf, waysOf } from "./trace.ts";
import type { Box, Direction, Reached, Ways } from "./trace.ts";

export function TracePage({ id }: { id: string }) {
  const { client } = useSession();
  const { value: trace, ...reading } = useData(`lots/${id}/trace`, (signal) => client.lots.getLotTrace(id, { signal }), [
    "lot",
    ...LEDGER_TABLES,
  ]);
  if (trace === undefined) return <Unread {...reading} />;
  const ways = waysOf(trace);
  const isAlone = (direction: Direction) =>
    ways.reached(id, direction).length === 0 && (direction === "back" ? ways.origins(id) : ways.sales(id)).length === 0;
  return (
    <>
      <PictureSection trace={trace} />
      <div class="columns">
        <Section title={TEXTS.lots.back}>
          {isAlone("back") ? <p class="empty">{TEXTS.lots.nothingBack}</p> : <Branch ways={ways} id={id} direction="back" />}
        </Section>
        <Section title={TEXTS.lots.forward}>
          {isAlone("forward") ? <p class="empty">{TEXTS.lots.nothingForward}</p> : <Branch ways={ways} id={id} direction="forward" />}
        </Section>
      </div>
      {trace.omittedSteps > 0 && <p class="announcement">{TEXTS.lots.omitted(trace.omittedSteps)}</p>}
      <Origins trace={trace} />
      <SalesTable sales={trace.sales} lots={trace.lots} />
      <PlacesTable places={trace.places} lots={trace.lots} />
    </>
  );
}

/** What is one step away, and the ends: who sent it, who got it. */
function Branch({ ways, id, direction }: { ways: Ways; id: string; direction: Direction }) {
  return (
    <ul class="tree">
      {ways.reached(id, direction).map((each, at) => (
        <Twig key={`${each.lot.id}/${at}`} ways={ways} reached={each} direction={direction} />
      ))}
      {direction === "back"
        ? ways.origins(id).map((each, at) => (
            <li key={at}>
              <End
                address={each.purchaseOrderId === null ? null : to(`purchase-orders/${each.purchaseOrderId}`)}
                name={each.vendorName ?? choiceLabel(each.sourceType)}
                detail={each.ref}
                quantity={each.quantity}
                when={each.eventDate}
              />
            </li>
          ))
        : ways.sales(id).map((each, at) => (
            <li key={at}>
              <End
                address={to(`sales-orders/${each.salesOrderId}`)}
                name={each.customerName}
                detail={each.ref}
                quantity={each.quantity}
                when={each.eventDate}
              />
            </li>
          ))}
    </ul>
  );
}

/** One lot; what is behind it is only there once it was opened, as one lot may be reached in very many ways. */
function Twig({ ways, reached, direction }: { ways: Ways; reached: Reached; direction: Direction }) {
  const { manner } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const { lot, quantity, step } = reached;
  const hasMore = ways.reached(lot.id, direction).length + (direction === "back" ? ways.origins(lot.id) : ways.sales(lot.id)).length > 0;
  const row = (
    <span class="input">
      <code>{hasMore ? lot.code : <a href={to(`lots/${lot.id}/trace`)}>{lot.code}</a>}</code>
      <span class="widest">
        {lot.itemCode} · {lot.itemName}
      </span>
      <span class="number">
        {decimal(digits(quantity), manner.locale)} {lot.unit}
      </span>
      <span class="quiet">{step.ref}</span>
    </span>
  );
  if (!hasMore) return <li>{row}</li>;
  return (
    <li>
      <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>{row}</summary>
        <a href={to(`lots/${lot.id}/trace`)}>
          {TEXTS.lots.one} {lot.code}
        </a>
        {isOpen && <Branch ways={ways} id={lot.id} direction={direction} />}
      </details>
    </li>
  );
}

interface EndProps {
  address: string | null;
  name: string;
  detail: string | null;
  quantity: unknown;
  when: Date;
}

function End({ address, name, detail, quantity, when }: EndProps) {
  const { manner } = useSession();
  return (
    <span class="input">
      <span class="widest">
        {name} {address === null ? detail : <a href={address}>{detail}</a>}
      </span>
      <span class="number">{decimal(digits(quantity), manner.locale)}</span>
      <span class="quiet">
        <Value value={when} kind="day" />
      </span>
    </span>
  );
}

const WIDTH = 168;
const HEIGHT = 46;
const GAP = { across: 64, down: 18 };
const MARGIN = 8;
const LETTERS = 22;

const leftOf = ({ column }: Box) => MARGIN + column * (WIDTH + GAP.across);
const topOf = ({ row }: Box) => MARGIN + row * (HEIGHT + GAP.down);

/** For the eyes alone: the tree and the tables say the same. */
function PictureSection({ trace }: { trace: LotTrace }) {
  const { boxes, lines, columns, rows, leftOut } = pictureOf(trace);
  const byKey = new Map(boxes.map((each) => [each.key, each]));
  const width = 2 * MARGIN + columns * (WIDTH + GAP.across) - GAP.across;
  const height = 2 * MARGIN + rows * (HEIGHT + GAP.down) - GAP.down;
  return (
    <Section title={TEXTS.lots.picture}>
      <div class="scroll" tabIndex={0} role="region" aria-label={TEXTS.lots.picture}>
        <svg class="way" aria-hidden="true" width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
          {lines.map(({ from, to: into }) => {
            const [a, b] = [byKey.get(from), byKey.get(into)];
            return a && b && <path key={`${from} ${into}`} d={curve(a, b)} />;
          })}
          {boxes.map((box) => (
            <PictureBox key={box.key} box={box} />
          ))}
        </svg>
      </div>
      {leftOut > 0 && <p class="hint">{TEXTS.lots.pictureLeftOut(leftOut)}</p>}
    </Section>
  );
}

function curve(from: Box, into: Box): string {
  const [x, y] = [leftOf(from) + WIDTH, topOf(from) + HEIGHT / 2];
  const [toX, toY] = [leftOf(into), topOf(into) + HEIGHT / 2];
  const middle = (x + toX) / 2;
  return `M${x} ${y}C${middle} ${y} ${middle} ${toY} ${toX} ${toY}`;
}

function PictureBox({ box }: { box: Box }) {
  const kind = box.kind === "lot" && box.status !== "released" ? "held" : box.kind;
  const drawn = (
    <g class={`${kind}${box.isStart ? " start" : ""}`} transform={`translate(${leftOf(box)} ${topOf(box)})`}>
      <title>{`${box.title} ${box.detail}`}</title>
      <rect width={WIDTH} height={HEIGHT} rx={box.kind === "lot" ? 4 : HEIGHT / 2} />
      <text x={WIDTH / 2} y={19} text-anchor="middle">
        {short(box.title)}
      </text>
      <text class="detail" x={WIDTH / 2} y={35} text-anchor="middle">
        {short(box.detail)}
      </text>
    </g>
  );
  if (box.lotId === undefined) return drawn;
  return (
    <a href={to(`lots/${box.lotId}/trace`)} tabIndex={-1}>
      {drawn}
    </a>
  );
}

function short(text: string): string {
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text;
}

function Origins({ trace: { origins, lots } }: { trace: LotTrace }) {
  const byId = new Map(lots.map((each) => [each.id, each]));
  return (
    <Section title={`${TEXTS.lots.origins} (${origins.length})`}>
      <PagedTable
        caption={TEXTS.lots.origins}
        rows={origins}
        keyOf={(_, at) => String(at)}
        columns={[
          { key: "eventDate", kind: "day" },
          { key: "lotId", kind: "code", value: (row) => byId.get(row.lotId)?.code, href: (row) => to(`lots/${row.lotId}`) },
          { key: "name", value: (row) => byId.get(row.lotId)?.itemName, isWide: true },
          { key: "vendorName", label: TEXTS.partners.vendor, value: (row) => row.vendorName ?? choiceLabel(row.sourceType) },
          {
            key: "ref",
            kind: "code",
            href: (row) => (row.purchaseOrderId === null ? null : to(`purchase-orders/${row.purchaseOrderId}`)),
          },
          { key: "quantity", kind: "decimal" },
        ]}
      />
    </Section>
  );
}

export function SalesTable({ sales, lots }: { sales: readonly LotSale[]; lots: readonly LotInTrace[] }) {
  const byId = new Map(lots.map((each) => [each.id, each]));
  return (
    <Section title={`${TEXTS.lots.sales} (${sales.length})`}>
      <PagedTable
        caption={TEXTS.lots.sales}
        rows={sales}
        keyOf={(_, at) => String(at)}
        columns={[
          { key: "eventDate", kind: "day" },
          { key: "lotId", kind: "code", value: (row) => byId.get(row.lotId)?.code, href: (row) => to(`lots/${row.lotId}`) },
          { key: "name", value: (row) => byId.get(row.lotId)?.itemName },
          { key: "customerName", label: TEXTS.partners.customer, isWide: true, href: (row) => to(`customers/${row.customerId}`) },
          { key: "ref", kind: "code", href: (row) => to(`sales-orders/${row.salesOrderId}`) },
          { key: "quantity", kind: "decimal" },
          { key: "returned", label: TEXTS.orders.returned, kind: "decimal" },
        ]}
      />
    </Section>
  );
}

export function PlacesTable({ places, lots }: { places: readonly LotPlace[]; lots: readonly LotInTrace[] }) {
  const byId = new Map(lots.map((each) => [each.id, each]));
  return (
    <Section title={`${TEXTS.lots.places} (${places.length})`}>
      <PagedTable
        caption={TEXTS.lots.places}
        rows={places}
        keyOf={(row) => `${row.lotId}/${row.locationId}`}
        columns={[
          { key: "lotId", kind: "code", value: (row) => byId.get(row.lotId)?.code, href: (row) => to(`lots/${row.lotId}`) },
          { key: "name", value: (row) => byId.get(row.lotId)?.itemName, isWide: true },
          { key: "locationName", label: fieldLabel("locationId") },
          { key: "onHand", kind: "decimal" },
          { key: "inTransit", kind: "decimal" },
        ]}
      />
    </Section>
  );
}
