// The shapes of accounting.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, Instant, Moment } from "../values.js";

/** An account of the journal. */
export type Account =
  | "materials"
  | "finishedGoods"
  | "goodsInTransit"
  | "goodsReceived"
  | "production"
  | "conversionCosts"
  | "costOfGoods"
  | "variance"
  | "adjustments"
  | "writeOffs"
  | "openingBalances";

/** The name of each account, as the accountant's program knows it. */
export interface AccountNames {
  /** What the stock of materials is worth. */
  materials: string;
  /** What the stock of finished goods is worth. */
  finishedGoods: string;
  /** What is on its way from one location to another. */
  goodsInTransit: string;
  /** What receipts of purchase orders brought, at their unit cost. */
  goodsReceived: string;
  /** What went into productions and came out of them again. */
  production: string;
  /** What making the goods cost besides their inputs. */
  conversionCosts: string;
  /** What the goods of sales orders cost. */
  costOfGoods: string;
  /** What corrections could no longer put right in the stock. */
  variance: string;
  /** What was found or revalued by hand. */
  adjustments: string;
  /** What was disposed of. */
  writeOffs: string;
  /** What was on hand when the organization came here. */
  openingBalances: string;
}

/** Only the names that are sent change. */
export interface AccountNamesUpdate {
  materials?: string | undefined;
  finishedGoods?: string | undefined;
  goodsInTransit?: string | undefined;
  goodsReceived?: string | undefined;
  production?: string | undefined;
  conversionCosts?: string | undefined;
  costOfGoods?: string | undefined;
  variance?: string | undefined;
  adjustments?: string | undefined;
  writeOffs?: string | undefined;
  openingBalances?: string | undefined;
}

export interface AccountingSettings {
  /** A name of the IANA time zone database. */
  timeZone: string;
  /** The last day of the closed books; null while none are closed. */
  closedThrough: string | null;
  accounts: AccountNames;
}

/** Only the keys that are sent change. */
export interface AccountingSettingsUpdate {
  timeZone?: string | undefined;
  closedThrough?: Moment | null | undefined;
  accounts?: AccountNamesUpdate | undefined;
}

/** Whether rows count by their `eventDate` or by the time at which they were written. */
export type AsOfBasis = "event" | "written";

/** The ledger of materials or that of finished goods. */
export type LedgerName = "materials" | "finished_goods";

/** One item at one location. */
export interface ValuationRow {
  ledger: LedgerName;
  itemId: string;
  /** The code of the material or SKU. */
  itemCode: string;
  locationId: string;
  onHand: Decimal;
  value: Decimal;
  inTransit: Decimal;
  inTransitValue: Decimal;
}

/** What all items at one location are worth, and those on their way to it. */
export interface ValuationLocation {
  locationId: string;
  value: Decimal;
  inTransitValue: Decimal;
  total: Decimal;
}

/** What all of it is worth. */
export interface ValuationTotal {
  materials: Decimal;
  finishedGoods: Decimal;
  inTransitValue: Decimal;
  total: Decimal;
}

export interface Valuation {
  asOf: Instant;
  basis: AsOfBasis;
  data: ValuationRow[];
  locations: ValuationLocation[];
  total: ValuationTotal;
}

/** What the goods of one order, customer, SKU or month cost; the keys of the others are null. */
export interface CostOfGoodsRow {
  orderId: string | null;
  orderNumber: string | null;
  customerId: string | null;
  customerName: string | null;
  skuId: string | null;
  skuCode: string | null;
  /** The month in the time zone of the organization, `YYYY-MM`. */
  month: string | null;
  quantity: Decimal;
  costOfGoods: Decimal;
  /** A decimal, as in ValueString. */
  variance: Decimal | null;
}

/** All of it, on this and all other pages. */
export interface CostOfGoodsTotal {
  quantity: Decimal;
  costOfGoods: Decimal;
  variance: Decimal;
  netCostOfGoods: Decimal;
}

export interface CostOfGoods {
  /** The first moment that counts; null is the beginning. */
  dateFrom: Instant | null;
  asOf: Instant;
  basis: AsOfBasis;
  groupBy: CostOfGoodsGroup;
  data: CostOfGoodsRow[];
  total: CostOfGoodsTotal;
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** What each row of the report sums up. */
export type CostOfGoodsGroup = "order" | "customer" | "sku" | "month";

/** What an entry adds to one account, on one of both sides. */
export interface JournalLine {
  account: Account;
  /** The account's name in the settings. */
  name: string;
  debit: Decimal;
  credit: Decimal;
}

/** One movement of value as a double entry. */
export interface JournalEntry {
  id: string;
  /** The number of the ledger row, MIL-… or FIL-…. */
  code: string;
  date: string;
  eventDate: Instant;
  /** The event type of the ledger row. */
  eventType: string;
  ledger: LedgerName;
  itemId: string;
  locationId: string;
  ref: string | null;
  sourceType: string | null;
  sourceId: string | null;
  reversesId: string | null;
  createdAt: Instant;
  lines: JournalLine[];
}

export interface JournalPage {
  data: JournalEntry[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}
