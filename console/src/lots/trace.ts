// The way of a lot as the API tells it, by lots: what each was made of and became, and the places of a picture of it.
import type { LotInTrace, LotOrigin, LotSale, LotStep, LotTrace } from "pharus-client/models";

export type Direction = "back" | "forward";

type Way = Pick<LotTrace, "lots" | "steps" | "origins" | "sales">;

/** A lot that another one was made of, or became, and the step in which that was. */
export interface Reached {
  lot: LotInTrace;
  step: LotStep;
  /** How much of the lot went in (back), or came out (forward). */
  quantity: LotStep["used"][number]["quantity"];
}

export interface Ways {
  lot: (id: string) => LotInTrace | undefined;
  reached: (id: string, direction: Direction) => readonly Reached[];
  origins: (id: string) => readonly LotOrigin[];
  sales: (id: string) => readonly LotSale[];
}

export function waysOf({ lots, steps, origins, sales }: Way): Ways {
  const byId = new Map(lots.map((each) => [each.id, each]));
  const reached = { back: new Map<string, Reached[]>(), forward: new Map<string, Reached[]>() };
  for (const step of steps) {
    for (const used of step.used) {
      for (const made of step.made) {
        const [from, into] = [byId.get(used.lotId), byId.get(made.lotId)];
        if (from === undefined || into === undefined) continue;
        add(reached.back, made.lotId, { lot: from, step, quantity: used.quantity });
        add(reached.forward, used.lotId, { lot: into, step, quantity: made.quantity });
      }
    }
  }
  const originsOf = grouped(origins);
  const salesOf = grouped(sales);
  return {
    lot: (id) => byId.get(id),
    reached: (id, direction) => reached[direction].get(id) ?? [],
    origins: (id) => originsOf.get(id) ?? [],
    sales: (id) => salesOf.get(id) ?? [],
  };
}

export interface Box {
  key: string;
  kind: "lot" | "origin" | "sale";
  title: string;
  detail: string;
  /** The column, from 0 on, and the row within it. */
  column: number;
  row: number;
  lotId?: string;
  status?: string;
  isStart?: boolean;
}

export interface Picture {
  boxes: readonly Box[];
  /** From left to right, by the keys of the boxes. */
  lines: readonly { from: string; to: string }[];
  columns: number;
  rows: number;
  leftOut: number;
}

/** As many boxes as somebody can still look at. */
export const MOST_BOXES = 120;

/**
 * Lots in columns by their level, vendors before the lots that they sent, customers after those that they got. Within a
 * column the boxes stand as those stand that they come from, so that few lines cross. Only the nearest are in it.
 */
export function pictureOf(way: Way): Picture {
  const boxes = new Map<string, Omit<Box, "row">>();
  const lines = new Map<string, { from: string; to: string }>();
  const line = (from: string, to: string) => lines.set(`${from} ${to}`, { from, to });
  for (const each of way.lots) {
    const { id, level, code, itemName, status } = each;
    boxes.set(id, { key: id, kind: "lot", title: code, detail: itemName, column: level, lotId: id, status, isStart: level === 0 });
  }
  for (const { used, made } of way.steps) for (const from of used) for (const to of made) line(from.lotId, to.lotId);
  for (const { lotId, vendorId, vendorName, ref, sourceType } of way.origins) {
    const key = `${lotId} from ${vendorId ?? sourceType}`;
    boxes.set(key, { key, kind: "origin", title: vendorName ?? ref ?? sourceType, detail: ref ?? "", column: levelOf(way, lotId) - 1 });
    line(key, lotId);
  }
  for (const { lotId, customerId, customerName, ref } of way.sales) {
    // A customer is one box in each column, however many lots they got.
    const column = levelOf(way, lotId) + 1;
    const key = `${column} to ${customerId}`;
    boxes.set(key, { key, kind: "sale", title: customerName, detail: ref ?? "", column });
    line(lotId, key);
  }
  const nearest = [...boxes.values()].sort((a, b) => Math.abs(a.column) - Math.abs(b.column)).slice(0, MOST_BOXES);
  const shown = new Set(nearest.map((each) => each.key));
  const drawn = [...lines.values()].filter(({ from, to }) => shown.has(from) && shown.has(to));
  const first = Math.min(...nearest.map((each) => each.column));
  return { ...placed(nearest, drawn, first), lines: drawn, leftOut: boxes.size - nearest.length };
}

function placed(boxes: readonly Omit<Box, "row">[], lines: Picture["lines"], first: number) {
  const columns = new Map<number, Omit<Box, "row">[]>();
  for (const each of boxes) add(columns, each.column - first, { ...each, column: each.column - first });
  const rowOf = new Map<string, number>();
  const found: Box[] = [];
  for (const column of [...columns.keys()].sort((a, b) => a - b)) {
    const from = (key: string) => lines.filter((each) => each.to === key).map((each) => rowOf.get(each.from) ?? 0);
    const place = (key: string) => average(from(key));
    const sorted = (columns.get(column) ?? [])
      .map((box) => ({ box, at: place(box.key) }))
      .sort((a, b) => a.at - b.at || a.box.title.localeCompare(b.box.title));
    sorted.forEach(({ box }, row) => {
      rowOf.set(box.key, row);
      found.push({ ...box, row });
    });
  }
  return {
    boxes: found,
    columns: Math.max(0, ...found.map((each) => each.column + 1)),
    rows: Math.max(0, ...found.map((each) => each.row + 1)),
  };
}

function levelOf(way: Way, lotId: string): number {
  return way.lots.find((each) => each.id === lotId)?.level ?? 0;
}

function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}

function grouped<Row extends { lotId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const each of rows) add(found, each.lotId, each);
  return found;
}
