// The shapes of purchase orders.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";
import type { AnswerWarning, ListTotal, ReceivedLot } from "./shared.js";

/** How far a purchase order is. updatePurchaseOrder says which status may follow which. */
export type PurchaseOrderStatus = "Planning" | "Placed" | "In Transit" | "Partial" | "Received" | "Paid" | "Cancelled";

/** What a purchase order buys. */
export type PurchaseOrderTargetType = "materials" | "finished_goods";

/** An order to a vendor. */
export interface PurchaseOrder {
  id: string;
  orgId: string;
  /** The number, PO-2026-0001 and so on. */
  poNumber: string;
  /** True of an order that was imported as history: it holds nothing in the ledgers. */
  isHistory: boolean;
  vendorId: string;
  targetType: PurchaseOrderTargetType;
  status: PurchaseOrderStatus;
  /** Where the goods arrive. */
  shipToLocationId: string | null;
  planningAt: string | null;
  /** The order date. */
  placedAt: string | null;
  /** When the vendor ships. */
  shipDate: string | null;
  inTransitAt: string | null;
  partialAt: string | null;
  /** The PDF asks the vendor for this day. */
  expectedDeliveryDate: string | null;
  receivedAt: string | null;
  paidAt: string | null;
  cancelledAt: string | null;
  shippingCosts: Decimal;
  setupCosts: Decimal;
  otherCosts: Decimal;
  /** Of payment, as the PDF prints them; null where they are the vendor's. */
  terms: string | null;
  notes: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the vendor. */
  vendorName?: string;
  /** The name of the location. */
  shipToLocationName?: string | null;
}

/** Costs that are not sent are 0. */
export interface PurchaseOrderCreate {
  vendorId: string;
  targetType: PurchaseOrderTargetType;
  status: PurchaseOrderStatus;
  /** Where the goods arrive. */
  shipToLocationId?: string | null | undefined;
  placedAt?: Moment | undefined;
  shipDate?: Moment | null | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  shippingCosts?: DecimalInput | undefined;
  setupCosts?: DecimalInput | undefined;
  otherCosts?: DecimalInput | undefined;
  notes?: string | null | undefined;
  items: readonly PurchaseOrderItemCreate[];
  /** Of payment, as the PDF prints them; without them it prints the vendor's. */
  terms?: string | null | undefined;
}

/**
 * A row of an import: a purchase order as createPurchaseOrder takes it, or one of earlier years, with `history: true`.
 */
export interface PurchaseOrderImport {
  vendorId: string;
  targetType: PurchaseOrderTargetType;
  status: PurchaseOrderStatus;
  /** Where the goods arrive. */
  shipToLocationId?: string | null | undefined;
  placedAt?: Moment | undefined;
  shipDate?: Moment | null | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  shippingCosts?: DecimalInput | undefined;
  setupCosts?: DecimalInput | undefined;
  otherCosts?: DecimalInput | undefined;
  notes?: string | null | undefined;
  items: readonly PurchaseOrderItemCreate[];
  /** Of payment, as the PDF prints them; without them it prints the vendor's. */
  terms?: string | null | undefined;
  /**
   * An order of the years before: it has ended, keeps its number and its dates, and nothing is written to the ledgers
   * for it.
   */
  history?: boolean | undefined;
  /** A number that the order has already. */
  poNumber?: string | undefined;
  planningAt?: Moment | null | undefined;
  inTransitAt?: Moment | null | undefined;
  partialAt?: Moment | null | undefined;
  receivedAt?: Moment | null | undefined;
  paidAt?: Moment | null | undefined;
  cancelledAt?: Moment | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface PurchaseOrderUpdate {
  vendorId?: string | undefined;
  targetType?: PurchaseOrderTargetType | undefined;
  status?: PurchaseOrderStatus | undefined;
  /** Where the goods arrive. */
  shipToLocationId?: string | null | undefined;
  placedAt?: Moment | undefined;
  shipDate?: Moment | null | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  shippingCosts?: DecimalInput | undefined;
  setupCosts?: DecimalInput | undefined;
  otherCosts?: DecimalInput | undefined;
  notes?: string | null | undefined;
  planningAt?: Moment | null | undefined;
  inTransitAt?: Moment | null | undefined;
  partialAt?: Moment | null | undefined;
  receivedAt?: Moment | null | undefined;
  paidAt?: Moment | null | undefined;
  cancelledAt?: Moment | null | undefined;
  /** Of payment, as the PDF prints them; without them it prints the vendor's. */
  terms?: string | null | undefined;
}

export interface PurchaseOrderDetail {
  purchaseOrder: PurchaseOrder;
  /** In the order in which they were written. */
  items: PurchaseOrderItem[];
  /** Only in the answer to createPurchaseOrder, where there is something to say. */
  warnings?: AnswerWarning[];
}

export interface PurchaseOrderPage {
  data: PurchaseOrder[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface PurchaseOrderBulkImport {
  rows: readonly PurchaseOrderImport[];
}

/** One line of a purchase order; either materialId or skuId is null. */
export interface PurchaseOrderItem {
  id: string;
  orgId: string;
  purchaseOrderId: string;
  materialId: string | null;
  skuId: string | null;
  quantity: Decimal;
  unitCost: Decimal;
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  unitFactor: string | null;
  /** What one of that unit costs, as it was said; null where the price was said per stock unit. */
  pricePerUnit: Decimal | null;
  /** Only in the answer to addPurchaseOrderItem, where there is something to say. */
  warnings?: AnswerWarning[];
  /** What the vendor calls the item. */
  supplierItemCode: string | null;
}

/** One line, with exactly one of materialId and skuId; a key that is null counts as absent. */
export interface PurchaseOrderItemCreate {
  materialId?: string | null | undefined;
  skuId?: string | null | undefined;
  quantity: DecimalInput | null;
  unitCost?: DecimalInput | undefined;
  /** A unit that the item has, or a built-in one that converts; with unitQuantity, in place of quantity. */
  unit?: string | undefined;
  /** How much of the unit it is. */
  unitQuantity?: DecimalInput | undefined;
  /** What one of the unit costs, in place of unitCost. */
  pricePerUnit?: DecimalInput | undefined;
  /** What the vendor calls the item; the PDF prints it. */
  supplierItemCode?: string | null | undefined;
}

/** Only the keys that are sent change. */
export interface PurchaseOrderItemUpdate {
  materialId?: string | null | undefined;
  skuId?: string | null | undefined;
  quantity?: DecimalInput | undefined;
  unitCost?: DecimalInput | undefined;
  /** Another unit of the line, with unitQuantity; null says it in stock units from now on. */
  unit?: string | null | undefined;
  unitQuantity?: DecimalInput | null | undefined;
  pricePerUnit?: DecimalInput | null | undefined;
  /** What the vendor calls the item; the PDF prints it. */
  supplierItemCode?: string | null | undefined;
}

export interface PurchaseOrderItemList {
  data: PurchaseOrderItem[];
}

/** One line of a purchase order, with its order and with what was received of it so far. */
export interface PurchaseOrderItemSummary {
  id: string;
  orgId: string;
  purchaseOrderId: string;
  materialId: string | null;
  skuId: string | null;
  quantity: Decimal;
  unitCost: Decimal;
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  unitFactor: string | null;
  /** What one of that unit costs, as it was said; null where the price was said per stock unit. */
  pricePerUnit: Decimal | null;
  /** What the vendor calls the item. */
  supplierItemCode: string | null;
  /** The order's number. */
  poNumber: string;
  poStatus: PurchaseOrderStatus;
  receivedQuantity: Decimal;
  /** The code of the material. */
  materialCode?: string | null;
  /** The name of the material. */
  materialName?: string | null;
  /** The code of the SKU. */
  skuCode?: string | null;
  /** The name of the SKU. */
  skuName?: string | null;
}

export interface PurchaseOrderItemPage {
  data: PurchaseOrderItemSummary[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

/** Goods of a purchase order that arrived together. */
export interface PurchaseOrderReceipt {
  id: string;
  orgId: string;
  purchaseOrderId: string;
  receiptDate: string;
  /** The caller's own name of the receipt, such as the number of a delivery note. */
  externalId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** A receiptDate that is not sent is today. */
export interface PurchaseOrderReceiptCreate {
  receiptDate?: Moment | undefined;
  /** Kept on the ledger rows of this receipt. */
  notes?: string | null | undefined;
  items: readonly PurchaseOrderReceiptItemCreate[];
  externalId?: string | null | undefined;
}

/** Only the keys that are sent change. */
export interface PurchaseOrderReceiptUpdate {
  receiptDate?: Moment | undefined;
}

/** What arrived of one line of the order. */
export interface PurchaseOrderReceiptItemCreate {
  /** A line of this order. */
  poItemId: string;
  quantity?: DecimalInput | undefined;
  unitCost?: DecimalInput | undefined;
  /** How much of the line's unit arrived, in place of quantity. */
  unitQuantity?: DecimalInput | undefined;
  /** What one of the line's unit cost, in place of unitCost; the line's if neither is sent. */
  pricePerUnit?: DecimalInput | undefined;
  acceptOver?: boolean | undefined;
  lots?: readonly ReceivedLot[] | undefined;
}

/** What arrived of one line of the order. */
export interface PurchaseOrderReceiptItem {
  id: string;
  orgId: string;
  receiptId: string;
  poItemId: string;
  quantity: Decimal;
  /** What one unit cost, as it was corrected last; costs that are allocated come on top of it. */
  unitCost: Decimal;
  /** How much of the line's unit it was; null where that was said in stock units. */
  unitQuantity: Decimal | null;
  /**
   * What all of it cost when it arrived, exactly, where it has a price per unit; unitCost is that by the quantity,
   * rounded.
   */
  amount: Decimal | null;
}

export interface PurchaseOrderReceiptList {
  data: PurchaseOrderReceipt[];
}

export interface PurchaseOrderReceiptDetail {
  receipt: PurchaseOrderReceipt;
  items: PurchaseOrderReceiptItem[];
}

export interface PurchaseOrderReceived {
  purchaseOrder: PurchaseOrder;
  receipt: PurchaseOrderReceipt;
  receiptItems: PurchaseOrderReceiptItem[];
}

/** A correction of what lines of a receipt have cost, or an allocation of a cost to them. */
export interface PurchaseOrderCostChange {
  id: string;
  orgId: string;
  purchaseOrderId: string;
  kind: "correction" | "allocation";
  /** What was allocated; null of a correction. */
  cost: "shippingCosts" | "setupCosts" | "otherCosts" | "additional" | null;
  /** How it was divided; null of a correction. */
  basis: "value" | "quantity" | "hand" | null;
  reason: string | null;
  eventDate: Instant;
  createdAt: Instant;
}

/** One line of a receipt whose cost was changed. */
export interface PurchaseOrderCostChangeItem {
  id: string;
  orgId: string;
  costChangeId: string;
  receiptItemId: string;
  /** The `REVALUE` row in the order's ledger. */
  ledgerEntryId: string;
  /** Of a correction, the unit cost before it. */
  unitCostBefore: Decimal | null;
  /** Of a correction, the unit cost from then on. */
  unitCost: Decimal | null;
  /** By how much the line has cost more in all; negative for less. */
  amount: Decimal;
}

export interface PurchaseOrderCostChangeDetail {
  costChange: PurchaseOrderCostChange;
  items: PurchaseOrderCostChangeItem[];
}

export interface PurchaseOrderCostChangeList {
  data: PurchaseOrderCostChange[];
  notAllocated: PurchaseOrderCostsNotAllocated;
}

/** What of the order's costs is left to be allocated. */
export interface PurchaseOrderCostsNotAllocated {
  shippingCosts: Decimal;
  setupCosts: Decimal;
  otherCosts: Decimal;
}

export interface PurchaseOrderCostCorrectionCreate {
  /** Kept as the `notes` of the ledger rows. */
  reason?: string | null | undefined;
  eventDate?: Moment | undefined;
  items: readonly PurchaseOrderCostCorrectionItem[];
}

export interface PurchaseOrderCostCorrectionItem {
  /** A line of this receipt. */
  receiptItemId: string;
  /** What one unit really cost. */
  unitCost: DecimalInput;
}

export interface PurchaseOrderCostAllocationCreate {
  /** One of the order's costs, or one that the order does not have. */
  cost: "shippingCosts" | "setupCosts" | "otherCosts" | "additional";
  /** Divided by what the lines cost, by their quantity, or as the lines' amounts say. */
  basis: "value" | "quantity" | "hand";
  /** How much is allocated. */
  amount?: DecimalInput | undefined;
  /** Kept as the `notes` of the ledger rows. */
  reason?: string | null | undefined;
  eventDate?: Moment | undefined;
  items?: readonly PurchaseOrderCostAllocationItem[] | undefined;
}

export interface PurchaseOrderCostAllocationItem {
  /** A line of a receipt of this order. */
  receiptItemId: string;
  /** Its share, by hand; else it is computed. */
  amount?: DecimalInput | undefined;
}

export interface PurchaseOrderStatusList {
  data: PurchaseOrderStatus[];
}
