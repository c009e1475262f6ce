// The shapes of manufacturing.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";
import type { ListTotal, LotQuantity, ReceivedLot } from "./shared.js";

/** How far the order is. */
export type WorkOrderStatus =
  | "Draft"
  | "Entered"
  | "Placed"
  | "Production"
  | "In Transit"
  | "Partial"
  | "Received"
  | "Completed"
  | "Cancelled";

/** Contract assembly at a work site, of materials and sub-assemblies. */
export interface WorkOrder {
  id: string;
  orgId: string;
  /** WO-2026-…, counted by organization and calendar year. */
  woNumber: string;
  /** True of an order that was imported as history: it holds nothing in the ledgers. */
  isHistory: boolean;
  status: WorkOrderStatus;
  /** The location where it is made. */
  workSiteId: string;
  draftAt: string | null;
  enteredAt: string | null;
  /** The order's date. */
  placedAt: string | null;
  expectedDeliveryDate: string | null;
  productionStartedAt: string | null;
  inTransitAt: string | null;
  partialAt: string | null;
  receivedAt: string | null;
  completedAt: string | null;
  cancelledAt: string | null;
  notes: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the location. */
  workSiteName?: string;
}

export interface WorkOrderCreate {
  status: WorkOrderStatus;
  /** The location where it is made. */
  workSiteLocationId: string;
  orderDate?: Moment | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly WorkOrderItemCreate[];
}

/** A row of an import: a work order as createWorkOrder takes it, or one of earlier years, with `history: true`. */
export interface WorkOrderImport {
  status: WorkOrderStatus;
  /** The location where it is made. */
  workSiteLocationId: string;
  orderDate?: Moment | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly WorkOrderItemCreate[];
  /**
   * An order of the years before: it has ended, keeps its number and its dates, and nothing is written to the ledgers
   * for it.
   */
  history?: boolean | undefined;
  /** A number that the order has already. */
  woNumber?: string | undefined;
  placedAt?: Moment | undefined;
  draftAt?: Moment | null | undefined;
  enteredAt?: Moment | null | undefined;
  productionStartedAt?: Moment | null | undefined;
  inTransitAt?: Moment | null | undefined;
  partialAt?: Moment | null | undefined;
  receivedAt?: Moment | null | undefined;
  completedAt?: Moment | null | undefined;
  cancelledAt?: Moment | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface WorkOrderUpdate {
  status?: WorkOrderStatus | undefined;
  /** The location where it is made. */
  workSiteLocationId?: string | undefined;
  orderDate?: Moment | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  notes?: string | null | undefined;
  placedAt?: Moment | undefined;
  draftAt?: Moment | null | undefined;
  enteredAt?: Moment | null | undefined;
  productionStartedAt?: Moment | null | undefined;
  inTransitAt?: Moment | null | undefined;
  partialAt?: Moment | null | undefined;
  receivedAt?: Moment | null | undefined;
  completedAt?: Moment | null | undefined;
  cancelledAt?: Moment | null | undefined;
}

export interface WorkOrderDetail {
  workOrder: WorkOrder;
  items: WorkOrderItem[];
  /** Those of all lines. */
  inputs: WorkOrderInput[];
  /** What comes out besides, for whole quantities. */
  byProducts: WorkOrderByProduct[];
}

export interface WorkOrderPage {
  data: WorkOrder[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface WorkOrderBulkImport {
  rows: readonly WorkOrderImport[];
}

export interface WorkOrderStatusList {
  /** In the order of its life. */
  data: WorkOrderStatus[];
}

/** One line of a work order, an output SKU. */
export interface WorkOrderItem {
  id: string;
  orgId: string;
  workOrderId: string;
  /** The output. */
  skuId: string;
  quantity: number;
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  unitFactor: string | null;
  conversionCost: Decimal;
  batchSize: Decimal;
  yieldPercent: Decimal;
  /** How many by-products come out besides. */
  byProductCount: number;
  createdAt: Instant;
}

/** One line of a work order. */
export interface WorkOrderItemCreate {
  /** The output. */
  skuId: string;
  /** How many are to be made, in the stock unit; null where unit and unitQuantity say it. */
  quantity: number | null;
  conversionCost?: DecimalInput | undefined;
  /** A unit that the item has, or a built-in one that converts; with unitQuantity, in place of quantity. */
  unit?: string | undefined;
  /** How much of the unit it is. */
  unitQuantity?: DecimalInput | undefined;
}

/** Only the keys that are sent change. */
export interface WorkOrderItemUpdate {
  quantity?: number | undefined;
  conversionCost?: DecimalInput | undefined;
  /** Another unit of the line, with unitQuantity; null says it in stock units from now on. */
  unit?: string | null | undefined;
  unitQuantity?: DecimalInput | null | undefined;
}

export interface WorkOrderItemDetail {
  item: WorkOrderItem;
  inputs: WorkOrderInput[];
  /** What comes out besides, for whole quantities. */
  byProducts: WorkOrderByProduct[];
}

/** What a line takes, for its whole quantity; either materialId or inputSkuId is null. */
export interface WorkOrderInput {
  id: string;
  orgId: string;
  workOrderItemId: string;
  materialId: string | null;
  inputSkuId: string | null;
  quantity: Decimal;
  quantityVariance: Decimal;
}

/** What comes out beside a line's SKU, for its whole quantity. */
export interface WorkOrderByProduct {
  id: string;
  orgId: string;
  workOrderItemId: string;
  byProductSkuId: string;
  quantity: Decimal;
  quantityVariance: Decimal;
  costSharePercent: Decimal;
}

/** What came out of a work order at one time. */
export interface WorkOrderReceipt {
  id: string;
  orgId: string;
  workOrderId: string;
  receiptDate: string;
  /** The caller's own name of the receipt, such as the number of a delivery note. */
  externalId: string | null;
  createdAt: Instant;
}

/**
 * One line of a receipt; `unitCost` is what one unit of the output cost: its part of what was used and of what making
 * it cost besides.
 */
export interface WorkOrderReceiptItem {
  id: string;
  orgId: string;
  receiptId: string;
  skuId: string;
  quantity: Decimal;
  /** How much of the line's unit it was; null where that was said in stock units. */
  unitQuantity: Decimal | null;
  unitCost: Decimal;
  /** Of how many inputs the receipt says what was really used. */
  usageCount: number;
  /** How many by-products it has. */
  byProductCount: number;
}

/** What was really used of an input for a line of a receipt. */
export interface WorkOrderReceiptUsage {
  id: string;
  orgId: string;
  receiptItemId: string;
  /** One of the order's inputs. */
  inputId: string;
  planned: Decimal;
  used: Decimal;
  scrapped: Decimal;
  scrapReason: string | null;
  scrappedValue: Decimal;
  returned: Decimal;
}

/** What came out beside a line of a receipt. */
export interface WorkOrderReceiptByProduct {
  id: string;
  orgId: string;
  receiptItemId: string;
  /** One of the order's by-products. */
  byProductId: string;
  planned: Decimal;
  quantity: Decimal;
  /** What one unit cost, its part of the cost of all that came out. */
  unitCost: Decimal | null;
}

export interface WorkOrderReceiptCreate {
  receiptDate?: Moment | undefined;
  /** Kept on the ledger rows that the receipt writes. */
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly WorkOrderReceiptItemCreate[];
  externalId?: string | null | undefined;
}

export interface WorkOrderReceiptItemCreate {
  /** One of the order's outputs. */
  skuId: string;
  quantity?: DecimalInput | undefined;
  /** How much of the line's unit was made, in place of quantity. */
  unitQuantity?: DecimalInput | undefined;
  acceptOver?: boolean | undefined;
  /** What was really used, of those inputs of the line of which it was not what was planned; each once. */
  inputs?: readonly WorkOrderReceiptUsageCreate[] | undefined;
  /** What really came out besides, of those by-products of the line of which it was not what was planned; each once. */
  byProducts?: readonly WorkOrderReceiptByProductCreate[] | undefined;
  lots?: readonly ReceivedLot[] | undefined;
}

/** What was really used of one of the line's inputs, with exactly one of materialId and inputSkuId. */
export interface WorkOrderReceiptUsageCreate {
  materialId?: string | undefined;
  inputSkuId?: string | undefined;
  used?: DecimalInput | undefined;
  scrapped?: DecimalInput | undefined;
  scrapReason?: string | undefined;
  returned?: DecimalInput | undefined;
  lots?: readonly LotQuantity[] | undefined;
  /** Which lots the scrap is of. */
  scrappedLots?: readonly LotQuantity[] | undefined;
}

/** What really came out of one of the line's by-products. */
export interface WorkOrderReceiptByProductCreate {
  byProductSkuId: string;
  quantity: DecimalInput;
  lots?: readonly ReceivedLot[] | undefined;
}

/** Only the keys that are sent change. */
export interface WorkOrderReceiptUpdate {
  receiptDate?: Moment | undefined;
}

export interface WorkOrderReceiptList {
  data: WorkOrderReceipt[];
}

export interface WorkOrderReceiptDetail {
  receipt: WorkOrderReceipt;
  items: WorkOrderReceiptItem[];
  /** What was really used, where the receipt says so. */
  usages: WorkOrderReceiptUsage[];
  /** What came out besides. */
  byProducts: WorkOrderReceiptByProduct[];
}

export interface WorkOrderReceived {
  workOrder: WorkOrder;
  receipt: WorkOrderReceipt;
  receiptItems: WorkOrderReceiptItem[];
  /** What was really used, where the receipt says so. */
  usages: WorkOrderReceiptUsage[];
  /** What came out besides. */
  byProducts: WorkOrderReceiptByProduct[];
}

/** How far the order is. */
export type ProductionOrderStatus =
  | "Draft"
  | "Entered"
  | "Placed"
  | "Production"
  | "In Transit"
  | "Partial"
  | "Received"
  | "Completed"
  | "Cancelled";

/** Full manufacture at a location, of raw materials. */
export interface ProductionOrder {
  id: string;
  orgId: string;
  /** PROD-2026-…, counted by organization and calendar year. */
  prodNumber: string;
  /** True of an order that was imported as history: it holds nothing in the ledgers. */
  isHistory: boolean;
  status: ProductionOrderStatus;
  /** The location where it is made. */
  locationId: string;
  /** The order's date. */
  placedAt: string | null;
  expectedDeliveryDate: string | null;
  draftAt: string | null;
  enteredAt: string | null;
  productionStartedAt: string | null;
  inTransitAt: string | null;
  partialAt: string | null;
  receivedAt: string | null;
  completedAt: string | null;
  cancelledAt: string | null;
  notes: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the location. */
  locationName?: string;
}

export interface ProductionOrderCreate {
  status: ProductionOrderStatus;
  /** The location where it is made. */
  locationId: string;
  orderDate?: Moment | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly ProductionOrderItemCreate[];
}

/**
 * A row of an import: a production order as createProductionOrder takes it, or one of earlier years, with `history:
 * true`.
 */
export interface ProductionOrderImport {
  status: ProductionOrderStatus;
  /** The location where it is made. */
  locationId: string;
  orderDate?: Moment | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly ProductionOrderItemCreate[];
  /**
   * An order of the years before: it has ended, keeps its number and its dates, and nothing is written to the ledgers
   * for it.
   */
  history?: boolean | undefined;
  /** A number that the order has already. */
  prodNumber?: string | undefined;
  placedAt?: Moment | undefined;
  draftAt?: Moment | null | undefined;
  enteredAt?: Moment | null | undefined;
  productionStartedAt?: Moment | null | undefined;
  inTransitAt?: Moment | null | undefined;
  partialAt?: Moment | null | undefined;
  receivedAt?: Moment | null | undefined;
  completedAt?: Moment | null | undefined;
  cancelledAt?: Moment | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface ProductionOrderUpdate {
  status?: ProductionOrderStatus | undefined;
  /** The location where it is made. */
  locationId?: string | undefined;
  orderDate?: Moment | undefined;
  expectedDeliveryDate?: Moment | null | undefined;
  notes?: string | null | undefined;
  placedAt?: Moment | undefined;
  draftAt?: Moment | null | undefined;
  enteredAt?: Moment | null | undefined;
  productionStartedAt?: Moment | null | undefined;
  inTransitAt?: Moment | null | undefined;
  partialAt?: Moment | null | undefined;
  receivedAt?: Moment | null | undefined;
  completedAt?: Moment | null | undefined;
  cancelledAt?: Moment | null | undefined;
}

export interface ProductionOrderDetail {
  productionOrder: ProductionOrder;
  items: ProductionOrderItem[];
  /** Those of all lines. */
  inputs: ProductionOrderInput[];
  /** What comes out besides, for whole quantities. */
  byProducts: ProductionOrderByProduct[];
}

export interface ProductionOrderPage {
  data: ProductionOrder[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface ProductionOrderBulkImport {
  rows: readonly ProductionOrderImport[];
}

export interface ProductionOrderStatusList {
  /** In the order of its life. */
  data: ProductionOrderStatus[];
}

/** One line of a production order, an output SKU. */
export interface ProductionOrderItem {
  id: string;
  orgId: string;
  productionOrderId: string;
  /** The output. */
  skuId: string;
  quantity: number;
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  unitFactor: string | null;
  /** What making one unit costs beside its materials; null while it is not known. */
  productionCost: Decimal | null;
  batchSize: Decimal;
  yieldPercent: Decimal;
  /** How many by-products come out besides. */
  byProductCount: number;
  createdAt: Instant;
}

/** One line of a production order. */
export interface ProductionOrderItemCreate {
  /** The output. */
  skuId: string;
  /** How many are to be made, in the stock unit; null where unit and unitQuantity say it. */
  quantity: number | null;
  productionCost?: DecimalInput | null | undefined;
  /** A unit that the item has, or a built-in one that converts; with unitQuantity, in place of quantity. */
  unit?: string | undefined;
  /** How much of the unit it is. */
  unitQuantity?: DecimalInput | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface ProductionOrderItemUpdate {
  quantity?: number | undefined;
  productionCost?: DecimalInput | null | undefined;
  /** Another unit of the line, with unitQuantity; null says it in stock units from now on. */
  unit?: string | null | undefined;
  unitQuantity?: DecimalInput | null | undefined;
}

export interface ProductionOrderItemDetail {
  item: ProductionOrderItem;
  inputs: ProductionOrderInput[];
  /** What comes out besides, for whole quantities. */
  byProducts: ProductionOrderByProduct[];
}

/** What a line takes of a raw material, for its whole quantity. */
export interface ProductionOrderInput {
  id: string;
  orgId: string;
  productionOrderItemId: string;
  materialId: string;
  quantity: Decimal;
  quantityVariance: Decimal;
}

/** What comes out beside a line's SKU, for its whole quantity. */
export interface ProductionOrderByProduct {
  id: string;
  orgId: string;
  productionOrderItemId: string;
  byProductSkuId: string;
  quantity: Decimal;
  quantityVariance: Decimal;
  costSharePercent: Decimal;
}

/** What came out of a production order at one time. */
export interface ProductionOrderReceipt {
  id: string;
  orgId: string;
  productionOrderId: string;
  receiptDate: string;
  /** The caller's own name of the receipt, such as the number of a delivery note. */
  externalId: string | null;
  createdAt: Instant;
}

/**
 * One line of a receipt; `unitCost` is what one unit of the output cost: its part of what was used and of what making
 * it cost besides.
 */
export interface ProductionOrderReceiptItem {
  id: string;
  orgId: string;
  receiptId: string;
  skuId: string;
  quantity: Decimal;
  /** How much of the line's unit it was; null where that was said in stock units. */
  unitQuantity: Decimal | null;
  unitCost: Decimal;
  /** Of how many inputs the receipt says what was really used. */
  usageCount: number;
  /** How many by-products it has. */
  byProductCount: number;
}

/** What was really used of an input for a line of a receipt. */
export interface ProductionOrderReceiptUsage {
  id: string;
  orgId: string;
  receiptItemId: string;
  /** One of the order's inputs. */
  inputId: string;
  planned: Decimal;
  used: Decimal;
  scrapped: Decimal;
  scrapReason: string | null;
  scrappedValue: Decimal;
  returned: Decimal;
}

/** What came out beside a line of a receipt. */
export interface ProductionOrderReceiptByProduct {
  id: string;
  orgId: string;
  receiptItemId: string;
  /** One of the order's by-products. */
  byProductId: string;
  planned: Decimal;
  quantity: Decimal;
  /** What one unit cost, its part of the cost of all that came out. */
  unitCost: Decimal | null;
}

export interface ProductionOrderReceiptCreate {
  receiptDate?: Moment | undefined;
  /** Kept on the ledger rows that the receipt writes. */
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly ProductionOrderReceiptItemCreate[];
  externalId?: string | null | undefined;
}

export interface ProductionOrderReceiptItemCreate {
  /** One of the order's outputs. */
  skuId: string;
  quantity?: DecimalInput | undefined;
  /** How much of the line's unit was made, in place of quantity. */
  unitQuantity?: DecimalInput | undefined;
  acceptOver?: boolean | undefined;
  /** What was really used, of those inputs of the line of which it was not what was planned; each once. */
  inputs?: readonly ProductionOrderReceiptUsageCreate[] | undefined;
  /** What really came out besides, of those by-products of the line of which it was not what was planned; each once. */
  byProducts?: readonly ProductionOrderReceiptByProductCreate[] | undefined;
  lots?: readonly ReceivedLot[] | undefined;
}

/** What was really used of one of the line's inputs. */
export interface ProductionOrderReceiptUsageCreate {
  materialId: string;
  used?: DecimalInput | undefined;
  scrapped?: DecimalInput | undefined;
  scrapReason?: string | undefined;
  returned?: DecimalInput | undefined;
  lots?: readonly LotQuantity[] | undefined;
  /** Which lots the scrap is of. */
  scrappedLots?: readonly LotQuantity[] | undefined;
}

/** What really came out of one of the line's by-products. */
export interface ProductionOrderReceiptByProductCreate {
  byProductSkuId: string;
  quantity: DecimalInput;
  lots?: readonly ReceivedLot[] | undefined;
}

/** Only the keys that are sent change. */
export interface ProductionOrderReceiptUpdate {
  receiptDate?: Moment | undefined;
}

export interface ProductionOrderReceiptList {
  data: ProductionOrderReceipt[];
}

export interface ProductionOrderReceiptDetail {
  receipt: ProductionOrderReceipt;
  items: ProductionOrderReceiptItem[];
  /** What was really used, where the receipt says so. */
  usages: ProductionOrderReceiptUsage[];
  /** What came out besides. */
  byProducts: ProductionOrderReceiptByProduct[];
}

export interface ProductionOrderReceived {
  productionOrder: ProductionOrder;
  receipt: ProductionOrderReceipt;
  receiptItems: ProductionOrderReceiptItem[];
  /** What was really used, where the receipt says so. */
  usages: ProductionOrderReceiptUsage[];
  /** What came out besides. */
  byProducts: ProductionOrderReceiptByProduct[];
}
