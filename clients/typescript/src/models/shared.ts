// The shapes of shared.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";

/** What went wrong, for programs. */
export type ErrorCode =
  | "validation_failed"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "not_acceptable"
  | "in_use"
  | "invalid_transition"
  | "conflict"
  | "period_closed"
  | "gone"
  | "precondition_failed"
  | "precondition_required"
  | "payload_too_large"
  | "unsupported_media_type"
  | "rate_limited"
  | "internal_error"
  | "service_unavailable";

/** How many records a list has with its filters, on all pages. */
export interface ListTotal {
  count: number;
  /** There are more than `count`. */
  atLeast: boolean;
}

export interface DeletedId {
  deletedId: string;
}

export interface BulkImportResult {
  /** The ids of the stored records, in the order of their rows. */
  ids: string[];
  /** One result for each row, in the order of the rows. */
  results: BulkRowResult[];
}

export interface BulkRowResult {
  /** The position of the row, from 0. */
  index: number;
  status: "ok" | "error";
  /** The stored record's id; only with status `ok`, and not in a dry run. */
  id?: string;
  /** True for an order of history: nothing was written to the ledgers for it. */
  history?: boolean;
  error?: BulkRowError;
  /** What is to be said of a row that is good; only where there is something. */
  warnings?: AnswerWarning[];
}

/** What somebody should look at, although the request was carried out. */
export interface AnswerWarning {
  /** For programs. */
  code: "price_not_found";
  /** The same in words. */
  message: string;
  /** A pointer into the body, or into its row: `/items/0/unitCost`. */
  path: string;
}

/** Why the row was refused; only with status `error`. */
export interface BulkRowError {
  code: ErrorCode;
  message: string;
  /** As `details` of an error body. */
  details?: unknown;
}

/** An entry of one of the short lists that records are sorted by. */
export interface Lookup {
  id: string;
  orgId: string;
  name: string;
  /** The position in its list. */
  sortOrder: number;
  /** A deactivated entry takes no new records. */
  isActive: boolean;
  createdAt: Instant;
}

export interface LookupCreate {
  /** Unique in whatever letter case. */
  name: string;
  /** False for one that takes no new records from the beginning; true if it is not sent. */
  isActive?: boolean | undefined;
}

/** Only the keys that are sent change. */
export interface LookupUpdate {
  /** Unique in whatever letter case. */
  name?: string | undefined;
  /** The new position. */
  sortOrder?: number | undefined;
  /** False hides the entry from new work. */
  isActive?: boolean | undefined;
}

export interface LookupList {
  data: Lookup[];
}

export interface LookupBulkImport {
  rows: readonly LookupCreate[];
}

/**
 * What a deactivated material, SKU or location still holds of stock, at any location or of any item: it can be
 * transferred away and disposed of.
 */
export interface StillHolds {
  /** How many balances are not empty. */
  stockCount?: number;
  /** The first 100 of them, materials before SKUs. */
  stock?: StillHeldStock[];
}

/** What there is of one item at one location. */
export interface StillHeldStock {
  materialId: string | null;
  skuId: string | null;
  locationId: string;
  onHand: Decimal;
  onOrder: Decimal;
  demand: Decimal;
  allocated: Decimal;
  inTransit: Decimal;
  value: Decimal;
}

/** Whether lots of the item are told apart: then each movement of it is one of lots. */
export type LotTracking = "none" | "lots" | "lots_with_expiry";

/** The policy of the item (see LotPolicy); null is that of the organization. */
export type LotPolicyOrNull = "fefo" | "fifo" | "none" | null;

/** So much of a lot that there is, named by its id or by its code. */
export interface LotQuantity {
  lotId?: string | null | undefined;
  code?: string | null | undefined;
  quantity: DecimalInput;
}

/** So much of a lot. */
export interface ReceivedLot {
  lotId?: string | null | undefined;
  code?: string | null | undefined;
  quantity: DecimalInput;
  /** What the vendor calls it. */
  supplierLot?: string | null | undefined;
  madeOn?: Moment | null | undefined;
  bestBefore?: Moment | null | undefined;
}
