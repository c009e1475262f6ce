// What a key that ends in Id names: how its records are searched, and how one is shown.
import { call, session } from "./session.ts";
import type { OperationId } from "./session.ts";
import { choiceLabel } from "./texts.ts";

/** A record as one is chosen. */
export interface Choice {
  id: string;
  code?: string;
  name: string;
  /** Of an item: the unit in which its stock is kept. */
  unit?: string | null;
  /** Of an item: whether it is told apart by lots. */
  hasLots?: boolean;
}

export interface Reference {
  /** The list that has them. `searches` when it takes q; else it is short, and all of it is read. */
  list: OperationId;
  searches: boolean;
  /** What a search says besides: by default, that only what is active is sought. */
  asks?: Readonly<Record<string, unknown>>;
  choice: (row: any) => Choice;
  /** The page of one. */
  page?: string;
}

interface ItemRow {
  id: string;
  name: string;
  unit: string | null;
  lotTracking: string;
}

const item = ({ id, name, unit, lotTracking }: ItemRow, code: string): Choice => ({
  id,
  code,
  name,
  unit,
  hasLots: lotTracking !== "none",
});
const named = (row: { id: string; name: string }): Choice => ({ id: row.id, name: row.name });

export const VENDOR: Reference = { list: "listVendors", searches: true, choice: named, page: "vendors" };
export const CUSTOMER: Reference = { list: "listCustomers", searches: true, choice: named, page: "customers" };
export const LOCATION: Reference = { list: "listLocations", searches: false, choice: named };
export const MATERIAL: Reference = {
  list: "listMaterials",
  searches: true,
  choice: (row) => item(row, row.materialCode),
  page: "materials",
};
export const SKU: Reference = {
  list: "listSkus",
  searches: true,
  choice: (row) => item(row, row.skuCode),
  page: "skus",
};
const lookup = (list: OperationId): Reference => ({ list, searches: false, choice: named });
export const CHANNEL = lookup("listOrderChannels");
export const BROKER = lookup("listBrokers");
export const SEGMENT = lookup("listCustomerSegments");
export const MATERIAL_TYPE = lookup("listMaterialTypes");
export const SKU_TYPE = lookup("listSkuTypes");
export const CUSTOMER_TYPE = lookup("listCustomerTypes");

const lotsOf = new Map<string, Reference>();

/** The lots of one item; the same object each time. */
export function lotOf(key: "materialId" | "skuId", id: string): Reference {
  const found = lotsOf.get(id) ?? {
    list: "listLots",
    searches: true,
    asks: { [key]: id },
    choice: (row) => ({ id: row.id, code: row.code, name: [choiceLabel(row.status), row.bestBefore].filter(Boolean).join(", ") }),
    page: "lots",
  };
  lotsOf.set(id, found);
  return found;
}

const BY_KEY: Readonly<Record<string, Reference>> = {
  vendorId: VENDOR,
  customerId: CUSTOMER,
  parentCustomerId: CUSTOMER,
  parentId: CUSTOMER,
  materialId: MATERIAL,
  skuId: SKU,
  outputSkuId: SKU,
  inputSkuId: SKU,
  byProductSkuId: SKU,
  locationId: LOCATION,
  shipToLocationId: LOCATION,
  fulfillmentLocationId: LOCATION,
  workSiteLocationId: LOCATION,
  workSiteId: LOCATION,
  sourceLocationId: LOCATION,
  destinationLocationId: LOCATION,
  toLocationId: LOCATION,
  channelId: CHANNEL,
  orderChannelId: CHANNEL,
  brokerId: BROKER,
  segmentId: SEGMENT,
  customerSegmentId: SEGMENT,
  materialTypeId: MATERIAL_TYPE,
  skuTypeId: SKU_TYPE,
  customerTypeId: CUSTOMER_TYPE,
};

/** Null for an id that no list has. What `typeId` is depends on whose it is: a form says so. */
export function referenceOf(key: string): Reference | null {
  return BY_KEY[key] ?? null;
}

const MOST_SHOWN = 20;

/** Those whose code or name has the text, the best first. */
export async function search(reference: Reference, text: string, signal?: AbortSignal): Promise<Choice[]> {
  const options = { ...(reference.asks ?? { isActive: true }), limit: MOST_SHOWN, signal, ...(text && { q: text }) };
  const rows: any[] = reference.searches
    ? (await call(reference.list, options).first()).data
    : (await call(reference.list, { signal })).data.filter((row: any) => row.isActive !== false);
  const found = rows.map(reference.choice);
  const sought = text.toLocaleLowerCase();
  const matching = reference.searches
    ? found
    : found.filter((each) => each.name.toLocaleLowerCase().includes(sought));
  // A scanner types a whole code: that one goes before all that only contain it.
  return matching.sort((a, b) => Number(isExactly(b, sought)) - Number(isExactly(a, sought)));
}

export function isExactly(choice: Choice, lowered: string): boolean {
  return [choice.code, choice.name].some((each) => each?.toLocaleLowerCase() === lowered);
}

const known = new Map<string, Choice>();
let knownOf = "";

export function remember(choice: Choice): void {
  forgetOthers();
  known.set(choice.id, choice);
}

/** It has become another one. */
export function forget(id: string): void {
  known.delete(id);
}

/** The records of the ids, for what shows ids without names. What was seen in this session is not asked for again. */
export async function resolve(reference: Reference, ids: readonly string[]): Promise<ReadonlyMap<string, Choice>> {
  forgetOthers();
  const missing = [...new Set(ids)].filter((id) => !known.has(id));
  const pages: Promise<void>[] = [];
  const read = async (options: object): Promise<void> => {
    const answer = await (reference.searches ? call(reference.list, options).first() : call(reference.list));
    for (const row of answer.data) known.set(row.id, reference.choice(row));
  };
  if (missing.length > 0 && !reference.searches) pages.push(read({}));
  // A hundred ids fit into an address.
  else for (let at = 0; at < missing.length; at += 100) pages.push(read({ ids: missing.slice(at, at + 100), limit: 100 }));
  await Promise.all(pages);
  return known;
}

/** Names belong to one organization. */
function forgetOthers(): void {
  const { id } = session().organization;
  if (knownOf !== id) known.clear();
  knownOf = id;
}
