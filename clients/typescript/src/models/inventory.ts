// The shapes of inventory.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";
import type { ListTotal, LotQuantity, ReceivedLot } from "./shared.js";

export interface TransferComplete {
  eventDate?: Moment | undefined;
  notes?: string | null | undefined;
  /** How much arrived; all that is on its way if it is not sent. */
  quantity?: DecimalInput | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

export interface TransferCancel {
  eventDate?: Moment | undefined;
  notes?: string | null | undefined;
}

export interface RevaluationReversal {
  eventDate?: Moment | undefined;
  notes?: string | null | undefined;
}

/** What happened to the material. */
export type MaterialsEventType =
  | "ORDER"
  | "RECEIVE"
  | "DEMAND"
  | "ALLOCATE"
  | "CONSUME"
  | "TRANSFER"
  | "ADJUST"
  | "DISPOSE"
  | "REVALUE"
  | "REVERSE_ORDER"
  | "REVERSE_RECEIVE"
  | "REVERSE_DEMAND"
  | "REVERSE_ALLOCATE"
  | "REVERSE_CONSUME"
  | "REVERSE_TRANSFER"
  | "REVERSE_REVALUE";

/** One event in the ledger of materials. */
export interface MaterialsLedgerEntry {
  id: string;
  orgId: string;
  /** The number of the row, MIL-…. */
  code: string;
  materialId: string;
  locationId: string;
  eventType: MaterialsEventType;
  quantity: Decimal;
  /** What one unit cost; null where no value moved. */
  unitCost: Decimal | null;
  /** The number of the order or transfer it belongs to. */
  ref: string | null;
  /** A transfer's destination. */
  toLocationId: string | null;
  notes: string | null;
  eventDate: Instant;
  /** What kind of record led to it, as `transfer`. */
  sourceType: string | null;
  /** The id of that record. */
  sourceId: string | null;
  /** The signed change of the value on hand. */
  value: Decimal;
  /**
   * What an undone or corrected inflow had brought to goods that are gone by now; positive where cost of goods was
   * charged too much.
   */
  variance: Decimal;
  /** The id of the row that this one undoes. */
  reversesId: string | null;
  /** The caller's own name of what the row records; only of one by hand. */
  externalId: string | null;
  createdAt: Instant;
  /** The code of the material. */
  materialCode?: string;
  /** The name of the material. */
  materialName?: string;
  /** The stock unit of the material. */
  materialUnit?: string | null;
  /** The name of the location. */
  locationName?: string;
  /** The name of the destination. */
  toLocationName?: string | null;
}

export interface MaterialsLedgerPage {
  data: MaterialsLedgerEntry[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface MaterialsTransferCreate {
  materialId: string;
  sourceLocationId: string;
  /** Not the source. */
  destinationLocationId: string;
  quantity: DecimalInput;
  eventDate?: Moment | undefined;
  notes?: string | null | undefined;
  externalId?: string | null | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

export interface MaterialsTransferCreated {
  ledgerEntry: MaterialsLedgerEntry;
  /** What completes the transfer. */
  ref: string;
}

export interface MaterialsAdjustment {
  materialId: string;
  locationId: string;
  quantity: DecimalInput;
  notes?: string | null | undefined;
  eventDate?: Moment | undefined;
  /** What one unit cost, of an opening stock above all; the average at the location if it is not sent. */
  unitCost?: DecimalInput | undefined;
  externalId?: string | null | undefined;
  lots?: readonly ReceivedLot[] | undefined;
}

/** What was on hand of a material at a location when the organization came here. */
export interface MaterialsOpeningBalance {
  materialId: string;
  locationId: string;
  quantity: DecimalInput;
  /** What one unit cost. */
  unitCost: DecimalInput;
  notes?: string | null | undefined;
  eventDate?: Moment | undefined;
  /** Whether it adds to an opening balance that the material has there already. */
  acceptAgain?: boolean | undefined;
}

export interface MaterialsOpeningBalanceBulkImport {
  rows: readonly MaterialsOpeningBalance[];
}

export interface MaterialsDisposal {
  materialId: string;
  locationId: string;
  quantity: DecimalInput;
  notes?: string | null | undefined;
  eventDate?: Moment | undefined;
  externalId?: string | null | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

export interface MaterialsRevaluation {
  materialId: string;
  locationId: string;
  /** What one unit on hand is worth from now on. */
  unitCost: DecimalInput;
  /** Why; kept as the `notes` of the row. */
  reason: string;
  eventDate?: Moment | undefined;
  externalId?: string | null | undefined;
}

/** What there is of one material at one location. */
export interface MaterialsSummary {
  materialId: string;
  locationId: string;
  onHand: Decimal;
  onOrder: Decimal;
  demand: Decimal;
  allocated: Decimal;
  available: Decimal;
  inTransit: Decimal;
  /** The value of one unit on hand, with at most 6 decimals; null with none on hand. */
  averageCost: Decimal | null;
  value: Decimal;
  /** The value of what is on its way to the location, with which it left. */
  inTransitValue: Decimal;
  /** The code of the material. */
  materialCode?: string;
  /** The name of the material. */
  materialName?: string;
  /** The stock unit of the material. */
  materialUnit?: string | null;
  /** The name of the location. */
  locationName?: string;
}

export interface MaterialsSummaryList {
  data: MaterialsSummary[];
}

/** What happened to the SKU. */
export type FinishedGoodsEventType =
  | "ORDER"
  | "RECEIVE"
  | "PRODUCE"
  | "DEMAND"
  | "ALLOCATE"
  | "CONSUME"
  | "TRANSFER"
  | "ADJUST"
  | "DISPOSE"
  | "REVALUE"
  | "WRITE_OFF"
  | "REVERSE_ORDER"
  | "REVERSE_RECEIVE"
  | "REVERSE_PRODUCE"
  | "REVERSE_DEMAND"
  | "REVERSE_ALLOCATE"
  | "REVERSE_CONSUME"
  | "REVERSE_TRANSFER"
  | "REVERSE_REVALUE"
  | "REVERSE_WRITE_OFF";

/** One event in the ledger of SKUs. */
export interface FinishedGoodsLedgerEntry {
  id: string;
  orgId: string;
  /** The number of the row, FIL-…. */
  code: string;
  skuId: string;
  locationId: string;
  eventType: FinishedGoodsEventType;
  quantity: Decimal;
  /** What one unit cost; null where no value moved. */
  unitCost: Decimal | null;
  /** The number of the order or transfer it belongs to. */
  ref: string | null;
  /** A transfer's destination. */
  toLocationId: string | null;
  notes: string | null;
  eventDate: Instant;
  /** What kind of record led to it, as `transfer`. */
  sourceType: string | null;
  /** The id of that record. */
  sourceId: string | null;
  /** The signed change of the value on hand. */
  value: Decimal;
  /**
   * What an undone or corrected inflow had brought to goods that are gone by now; positive where cost of goods was
   * charged too much.
   */
  variance: Decimal;
  /** The id of the row that this one undoes. */
  reversesId: string | null;
  /** The caller's own name of what the row records; only of one by hand. */
  externalId: string | null;
  createdAt: Instant;
  /** The code of the SKU. */
  skuCode?: string;
  /** The name of the SKU. */
  skuName?: string;
  /** The stock unit of the SKU. */
  skuUnit?: string | null;
  /** The name of the location. */
  locationName?: string;
  /** The name of the destination. */
  toLocationName?: string | null;
}

export interface FinishedGoodsLedgerPage {
  data: FinishedGoodsLedgerEntry[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface FinishedGoodsTransferCreate {
  skuId: string;
  sourceLocationId: string;
  /** Not the source. */
  destinationLocationId: string;
  quantity: DecimalInput;
  eventDate?: Moment | undefined;
  notes?: string | null | undefined;
  externalId?: string | null | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

export interface FinishedGoodsTransferCreated {
  ledgerEntry: FinishedGoodsLedgerEntry;
  /** What completes the transfer. */
  ref: string;
}

export interface FinishedGoodsAdjustment {
  skuId: string;
  locationId: string;
  quantity: DecimalInput;
  notes?: string | null | undefined;
  eventDate?: Moment | undefined;
  /** What one unit cost, of an opening stock above all; the average at the location if it is not sent. */
  unitCost?: DecimalInput | undefined;
  externalId?: string | null | undefined;
  lots?: readonly ReceivedLot[] | undefined;
}

/** What was on hand of a SKU at a location when the organization came here. */
export interface FinishedGoodsOpeningBalance {
  skuId: string;
  locationId: string;
  quantity: DecimalInput;
  /** What one unit cost. */
  unitCost: DecimalInput;
  notes?: string | null | undefined;
  eventDate?: Moment | undefined;
  /** Whether it adds to an opening balance that the SKU has there already. */
  acceptAgain?: boolean | undefined;
}

export interface FinishedGoodsOpeningBalanceBulkImport {
  rows: readonly FinishedGoodsOpeningBalance[];
}

export interface FinishedGoodsDisposal {
  skuId: string;
  locationId: string;
  quantity: DecimalInput;
  notes?: string | null | undefined;
  eventDate?: Moment | undefined;
  externalId?: string | null | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

export interface FinishedGoodsRevaluation {
  skuId: string;
  locationId: string;
  /** What one unit on hand is worth from now on. */
  unitCost: DecimalInput;
  /** Why; kept as the `notes` of the row. */
  reason: string;
  eventDate?: Moment | undefined;
  externalId?: string | null | undefined;
}

/** What there is of one SKU at one location. */
export interface FinishedGoodsSummary {
  skuId: string;
  locationId: string;
  onHand: Decimal;
  demand: Decimal;
  allocated: Decimal;
  available: Decimal;
  onOrder: Decimal;
  inTransit: Decimal;
  /** The value of one unit on hand, with at most 6 decimals; null with none on hand. */
  averageCost: Decimal | null;
  value: Decimal;
  /** The value of what is on its way to the location, with which it left. */
  inTransitValue: Decimal;
  /** The code of the SKU. */
  skuCode?: string;
  /** The name of the SKU. */
  skuName?: string;
  /** The stock unit of the SKU. */
  skuUnit?: string | null;
  /** The name of the location. */
  locationName?: string;
}

export interface FinishedGoodsSummaryList {
  data: FinishedGoodsSummary[];
}
