// The shapes of lots.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, Instant, Moment } from "../values.js";
import type { ListTotal } from "./shared.js";

/** Which lots go where nobody names them: what expires first, what came first, or none: then they must be named. */
export type LotPolicy = "fefo" | "fifo" | "none";

/** Only what is released is used, sold, or taken where nobody names lots, and only until it has expired. */
export type LotStatus = "quarantine" | "released" | "on_hold" | "rejected" | "recalled";

/** So much of one item that came or was made together, of a material or of a SKU. */
export interface Lot {
  id: string;
  orgId: string;
  materialId: string | null;
  skuId: string | null;
  /** Unique among the lots of the item. */
  code: string;
  /** What the vendor calls it. */
  supplierLot: string | null;
  /** The day on which it was made. */
  madeOn: string | null;
  /** The last day on which it is good. */
  bestBefore: string | null;
  /** The last day on which it may leave although it has expired (allowExpiredLot). */
  allowedUntil: string | null;
  status: LotStatus;
  /** Why it has its status. */
  statusReason: string | null;
  /** The user who gave it its status. */
  statusBy: string | null;
  /** When it got its status; null while it has the one with which it came. */
  statusAt: Instant | null;
  /** When it was told that it has expired. */
  expiredAt: Instant | null;
  /** Whether it is what was there when the item was switched to lots. */
  isOpening: boolean;
  notes: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** The code of the material or SKU. */
  itemCode?: string;
  /** The name of the material or SKU. */
  itemName?: string;
}

export interface LotPage {
  data: Lot[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

/** Only the keys that are sent change; null clears a value. */
export interface LotUpdate {
  /** What the vendor calls it. */
  supplierLot?: string | null | undefined;
  madeOn?: Moment | null | undefined;
  bestBefore?: Moment | null | undefined;
  notes?: string | null | undefined;
}

export interface LotReason {
  /** Why; kept with the lot. */
  reason: string;
}

export interface LotAllowance {
  until: Moment;
  /** Why; kept with the lot. */
  reason: string;
}

/** How much of a lot is at a location, and on its way there. */
export interface LotBalance {
  locationId: string;
  onHand: Decimal;
  inTransit: Decimal;
}

export interface LotBalanceList {
  data: LotBalance[];
}

/** What an entry of a ledger did to a lot. */
export interface LotEntry {
  id: string;
  orgId: string;
  lotId: string;
  /** The entry of the ledger; null for what was there when the item was switched to lots. */
  entryId: string | null;
  locationId: string;
  /** A transfer's destination. */
  toLocationId: string | null;
  /** That of the entry, or OPENING. */
  eventType: string;
  quantity: Decimal;
  /** The signed change of what is on hand. */
  onHand: Decimal;
  /** The signed change of what is on its way. */
  inTransit: Decimal;
  /** What kind of record led to it, as `po_receipt`. */
  sourceType: string | null;
  /** The id of that record. */
  sourceId: string | null;
  /** The number of the order or transfer it belongs to. */
  ref: string | null;
  eventDate: Instant;
  /** The entry that it undoes. */
  reversesId: string | null;
  createdAt: Instant;
  /** The name of the location. */
  locationName?: string;
}

export interface LotEntryPage {
  data: LotEntry[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

/** What holds for the lots of all items that do not say otherwise. */
export interface LotSettings {
  policy: LotPolicy;
  /** What new lots of purchase orders are. */
  receivedStatus: "released" | "quarantine";
}

/** Only the keys that are sent change. */
export interface LotSettingsUpdate {
  policy?: LotPolicy | undefined;
  /** What new lots of purchase orders are. */
  receivedStatus?: "released" | "quarantine" | undefined;
}
