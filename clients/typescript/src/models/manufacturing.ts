// The shapes of manufacturing.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";
import type { ListTotal } from "./shared.js";

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
}

export interface WorkOrderPage {
  data: WorkOrder[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface WorkOrderBulkImport {
  rows: readonly WorkOrderCreate[];
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
  conversionCost: Decimal;
  createdAt: Instant;
}

/** One line of a work order. */
export interface WorkOrderItemCreate {
  /** The output. */
  skuId: string;
  quantity: number;
  conversionCost?: DecimalInput | undefined;
}

/** Only the keys that are sent change. */
export interface WorkOrderItemUpdate {
  quantity?: number | undefined;
  conversionCost?: DecimalInput | undefined;
}

export interface WorkOrderItemDetail {
  item: WorkOrderItem;
  inputs: WorkOrderInput[];
}

/** What a line takes, for its whole quantity; either materialId or inputSkuId is null. */
export interface WorkOrderInput {
  id: string;
  orgId: string;
  workOrderItemId: string;
  materialId: string | null;
  inputSkuId: string | null;
  quantity: Decimal;
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

/** One line of a receipt; `unitCost` is what one unit of the output cost. */
export interface WorkOrderReceiptItem {
  id: string;
  orgId: string;
  receiptId: string;
  skuId: string;
  quantity: Decimal;
  unitCost: Decimal;
}

export interface WorkOrderReceiptCreate {
  receiptDate?: Moment | undefined;
  externalId?: string | null | undefined;
  /** Kept on the ledger rows that the receipt writes. */
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly WorkOrderReceiptItemCreate[];
}

export interface WorkOrderReceiptItemCreate {
  /** One of the order's outputs. */
  skuId: string;
  quantity: DecimalInput;
  acceptOver?: boolean | undefined;
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
}

export interface WorkOrderReceived {
  workOrder: WorkOrder;
  receipt: WorkOrderReceipt;
  receiptItems: WorkOrderReceiptItem[];
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
}

export interface ProductionOrderPage {
  data: ProductionOrder[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface ProductionOrderBulkImport {
  rows: readonly ProductionOrderCreate[];
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
  /** What making one unit costs beside its materials; null while it is not known. */
  productionCost: Decimal | null;
  createdAt: Instant;
}

/** One line of a production order. */
export interface ProductionOrderItemCreate {
  /** The output. */
  skuId: string;
  quantity: number;
  productionCost?: DecimalInput | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface ProductionOrderItemUpdate {
  quantity?: number | undefined;
  productionCost?: DecimalInput | null | undefined;
}

export interface ProductionOrderItemDetail {
  item: ProductionOrderItem;
  inputs: ProductionOrderInput[];
}

/** What a line takes of a raw material, for its whole quantity. */
export interface ProductionOrderInput {
  id: string;
  orgId: string;
  productionOrderItemId: string;
  materialId: string;
  quantity: Decimal;
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

/** One line of a receipt; `unitCost` is what one unit of the output cost. */
export interface ProductionOrderReceiptItem {
  id: string;
  orgId: string;
  receiptId: string;
  skuId: string;
  quantity: Decimal;
  unitCost: Decimal;
}

export interface ProductionOrderReceiptCreate {
  receiptDate?: Moment | undefined;
  externalId?: string | null | undefined;
  /** Kept on the ledger rows that the receipt writes. */
  notes?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly ProductionOrderReceiptItemCreate[];
}

export interface ProductionOrderReceiptItemCreate {
  /** One of the order's outputs. */
  skuId: string;
  quantity: DecimalInput;
  acceptOver?: boolean | undefined;
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
}

export interface ProductionOrderReceived {
  productionOrder: ProductionOrder;
  receipt: ProductionOrderReceipt;
  receiptItems: ProductionOrderReceiptItem[];
}
