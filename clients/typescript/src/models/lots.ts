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
  attributes: Record<string, string> | null;
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
  attributes?: Record<string, string> | null | undefined;
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

/** The item that is switched to lots, and what is known of what there is of it. */
export interface LotTrackingStart {
  materialId?: string | null | undefined;
  skuId?: string | null | undefined;
  /** Which lots the item has from now on. */
  lotTracking: "lots" | "lots_with_expiry";
  /** The code of the lot. */
  code: string;
  /** What the vendor calls it. */
  supplierLot?: string | null | undefined;
  madeOn?: Moment | null | undefined;
  bestBefore?: Moment | null | undefined;
  notes?: string | null | undefined;
}

/** What is on hand of a lot at a location. */
export interface ExpiringLot {
  lotId: string;
  code: string;
  materialId: string | null;
  skuId: string | null;
  itemCode: string;
  itemName: string;
  status: LotStatus;
  /** The last day on which it is good. */
  bestBefore: string;
  /** The last day on which it may leave all the same. */
  allowedUntil: string | null;
  locationId: string;
  locationName: string;
  onHand: Decimal;
  /** Its part of the value at the location. */
  value: Decimal;
}

export interface ExpiringLotPage {
  data: ExpiringLot[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** A lot on the way of another one. */
export interface LotInTrace {
  id: string;
  code: string;
  materialId: string | null;
  skuId: string | null;
  itemCode: string;
  itemName: string;
  /** The stock unit of the item. */
  unit: string | null;
  status: LotStatus;
  /** What the vendor calls it. */
  supplierLot: string | null;
  /** The last day on which it is good. */
  bestBefore: string | null;
  /** By how many steps it went into the lot that is traced (below 0), or was made of it. */
  level: number;
}

export interface LotOfStep {
  lotId: string;
  quantity: Decimal;
}

/** Lots that were used together, and what came of it. */
export interface LotStep {
  /** The line of the receipt. */
  processId: string;
  /** `wo_receipt` or `prod_receipt`. */
  sourceType: string;
  /** The number of the order. */
  ref: string | null;
  eventDate: Instant;
  /** How far away it is. */
  level: number;
  used: LotOfStep[];
  made: LotOfStep[];
}

/** Where a lot came from that was not made. */
export interface LotOrigin {
  lotId: string;
  /** `po_receipt`, `manual`, or `opening`: what was there when the item got lots. */
  sourceType: string;
  /** The line of the receipt. */
  sourceId: string | null;
  /** The number of the order. */
  ref: string | null;
  quantity: Decimal;
  eventDate: Instant;
  purchaseOrderId: string | null;
  vendorId: string | null;
  vendorName: string | null;
}

/** What of a lot left for a line of a sales order, or of a shipment. */
export interface LotSale {
  lotId: string;
  /** `so_shipment`, or `so_item` of what the status of the order has shipped. */
  sourceType: string;
  /** The line of the shipment or of the order. */
  sourceId: string;
  /** The number of the order. */
  ref: string | null;
  quantity: Decimal;
  /** How much of it came back, kept or written off. */
  returned: Decimal;
  eventDate: Instant;
  salesOrderId: string;
  customerId: string;
  customerName: string;
}

/** How much of a lot is at a location, and on its way there. */
export interface LotPlace {
  lotId: string;
  locationId: string;
  locationName: string;
  onHand: Decimal;
  inTransit: Decimal;
}

/** The way of a lot, in both directions. */
export interface LotTrace {
  lot: Lot;
  /** All lots on the way, this one among them, the farthest back first. */
  lots: LotInTrace[];
  /** What was made of what, the nearest first. */
  steps: LotStep[];
  /** How many more there are. */
  omittedSteps: number;
  /** Where this lot, and what it was made of, came from. */
  origins: LotOrigin[];
  /** Who got of this lot, and of what was made of it. */
  sales: LotSale[];
  /** Where something of the lots on the way still is. */
  places: LotPlace[];
}

/** What came of a lot, and what has become of it. */
export interface LotMassBalance {
  lotId: string;
  /** By purchase orders. */
  received: Decimal;
  /** By work and production orders. */
  produced: Decimal;
  /** By adjustments. */
  found: Decimal;
  /** What was there when the item was switched to lots. */
  opening: Decimal;
  /** By work and production orders. */
  used: Decimal;
  /** To customers, less what came back. */
  shipped: Decimal;
  /** Disposed of, scrapped, or written off when it came back. */
  lost: Decimal;
  onHand: Decimal;
  inTransit: Decimal;
  /** What came, less all of the rest; always 0. */
  difference: Decimal;
}

export interface LotRecallCreate {
  /** Why; kept with the recall and its lots. */
  reason: string;
  /** Whether it is an exercise. */
  mock?: boolean | undefined;
}

/** A recall of a lot, or an exercise of one. */
export interface LotRecall {
  id: string;
  orgId: string;
  lotId: string;
  /** Whether it was an exercise. */
  isMock: boolean;
  reason: string;
  /** How many lots it reached. */
  lotCount: number;
  /** How long it took to find everything. */
  milliseconds: number;
  /** The user. */
  recalledBy: string | null;
  createdAt: Instant;
}

export interface LotRecallList {
  data: LotRecall[];
}

export interface LotRecallContact {
  name: string;
  role: string | null;
  /** Whether it is the customer's primary contact. */
  isPrimary: boolean;
  email: string | null;
  phone: string | null;
}

/** A customer who got of the lots, and whom to call there. */
export interface LotRecallCustomer {
  customerId: string;
  customerName: string;
  /** Of all lots together. */
  quantity: Decimal;
  /** How much of that came back. */
  returned: Decimal;
  contacts: LotRecallContact[];
}

/** What a scan says, and the lots that it means. */
export interface LotScan {
  /** The number of the item, in 14 digits. */
  gtin: string | null;
  /** The code of the lot that the label says. */
  lotCode: string | null;
  /** The last good day that the label says. */
  bestBefore: string | null;
  /** The newest first; none where there is no such lot. */
  lots: Lot[];
}

/** What was done to a lot, with what the FDA wants to be known of it. */
export interface LotTrackingEvent {
  /** The tracking event; of a transformation, on which side the lot was. */
  event: "receiving" | "transformation_used" | "transformation_made" | "shipping";
  eventDate: Instant;
  /** The code by which everybody knows the lot: the vendor's, or ours. */
  traceabilityLotCode: string;
  itemCode: string;
  /** What it is. */
  itemName: string;
  quantity: Decimal;
  unit: string | null;
  /** Our location where it took place. */
  locationName: string;
  /** That location: name, address and telephone. */
  locationDescription: string;
  /** Who had it just before, or got it; of a transfer our other location. */
  partnerName: string | null;
  /** Who that is: name, address and telephone. */
  partnerDescription: string | null;
  /** Who has given the lot its code: name, address and telephone. */
  lotCodeSource: string | null;
  /** What the reference is, such as `Sales order`. */
  referenceType: string | null;
  /** The number of the order or transfer. */
  referenceNumber: string | null;
  lotId: string;
  /** Our own code of the lot. */
  lotCode: string;
  /** The same for what was used and made together. */
  process: string | null;
}

export interface LotTrackingEventList {
  data: LotTrackingEvent[];
}

/** Where so much of a lot of a recall is. */
export interface LotRecallLine {
  lotId: string;
  lotCode: string;
  itemCode: string;
  itemName: string;
  unit: string | null;
  /** By how many steps it was made of what is recalled. */
  level: number;
  status: LotStatus;
  /** What the vendor calls it. */
  supplierLot: string | null;
  /** The last day on which it is good. */
  bestBefore: string | null;
  /** With a customer, at a location, or on its way there. */
  whereabouts: "customer" | "location" | "in_transit";
  /** The name of the customer or location. */
  placeName: string;
  quantity: Decimal;
  /** How much of it has come back from the customer. */
  returned: Decimal;
  /** The number of the sales order. */
  ref: string | null;
  /** When it left. */
  eventDate: Instant | null;
  /** Whom to call. */
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
}

export interface LotRecallLineList {
  data: LotRecallLine[];
}

/** What a recall has reached, who has it, and what is still where. */
export interface LotRecallReport {
  recall: LotRecall;
  /** The lot, and all that was made of it. */
  lots: LotInTrace[];
  sales: LotSale[];
  /** By name. */
  customers: LotRecallCustomer[];
  places: LotPlace[];
}
