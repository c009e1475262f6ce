// The shapes of sales orders.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant, Moment } from "../values.js";
import type { AnswerWarning, ListTotal, LotQuantity } from "./shared.js";

/** How far a sales order is. updateSalesOrder says which status may follow which. */
export type SalesOrderStatus =
  | "Received"
  | "Entered"
  | "Shipped"
  | "Invoiced"
  | "Paid"
  | "Rejected"
  | "In-Dispute"
  | "Completed";

/** How much of a sales order was fulfilled, as the caller says; no stock follows it. */
export type FulfillmentStatus = "Pending" | "Partial" | "Fulfilled";

/** An order of a customer. */
export interface SalesOrder {
  id: string;
  orgId: string;
  customerId: string;
  /** The number, SO-2026-0001 and so on. */
  soNumber: string;
  /** True of an order that was imported as history: it holds nothing in the ledgers. */
  isHistory: boolean;
  orderChannelId: string;
  orderStatus: SalesOrderStatus;
  fulfillmentStatus: FulfillmentStatus;
  /** Where the goods leave. */
  fulfillmentLocationId: string | null;
  brokerId: string | null;
  /** The part of the order's value that goes to the broker, in percent. */
  brokerFeePercent: Decimal | null;
  brokerFees: Decimal;
  fulfillmentCosts: Decimal;
  freightCosts: Decimal;
  promoCosts: Decimal;
  otherCosts: Decimal;
  /** The day by which the goods must arrive. */
  mabd: string;
  /** The order date. */
  placedAt: string;
  receivedAt: string | null;
  enteredAt: string | null;
  shippedAt: string | null;
  invoicedAt: string | null;
  paidAt: string | null;
  rejectedAt: string | null;
  inDisputeAt: string | null;
  completedAt: string | null;
  /** The customer's own number of the order, as papers print it. */
  customerReference: string | null;
  /** Of payment, as the confirmation prints them. */
  terms: string | null;
  notes: string | null;
  /** The order's id in the accounting system. */
  qboId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the customer. */
  customerName?: string;
  /** The name of the channel. */
  orderChannelName?: string;
  /** The name of the location. */
  fulfillmentLocationName?: string | null;
  /** The name of the broker. */
  brokerName?: string | null;
}

/**
 * A brokerId or brokerFeePercent that is not sent is the customer's; brokerFees that nobody sent follow from lines and
 * percent; other costs that are not sent are 0.
 */
export interface SalesOrderCreate {
  customerId: string;
  channelId: string;
  status: SalesOrderStatus;
  fulfillmentStatus: FulfillmentStatus;
  /** Where the goods leave. */
  fulfillmentLocationId?: string | null | undefined;
  brokerId?: string | null | undefined;
  brokerFeePercent?: DecimalInput | null | undefined;
  brokerFees?: DecimalInput | undefined;
  fulfillmentCosts?: DecimalInput | undefined;
  freightCosts?: DecimalInput | undefined;
  promoCosts?: DecimalInput | undefined;
  otherCosts?: DecimalInput | undefined;
  mabd: Moment;
  notes?: string | null | undefined;
  /** The order's id in the accounting system; unique among the organization's sales orders. */
  qboId?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly SalesOrderItemCreate[];
  /** The customer's own number of the order, as papers print it. */
  customerReference?: string | null | undefined;
  /** Of payment, as the confirmation prints them. */
  terms?: string | null | undefined;
}

/** A row of an import: a sales order as createSalesOrder takes it, or one of earlier years, with `history: true`. */
export interface SalesOrderImport {
  customerId: string;
  channelId: string;
  status: SalesOrderStatus;
  fulfillmentStatus: FulfillmentStatus;
  /** Where the goods leave. */
  fulfillmentLocationId?: string | null | undefined;
  brokerId?: string | null | undefined;
  brokerFeePercent?: DecimalInput | null | undefined;
  brokerFees?: DecimalInput | undefined;
  fulfillmentCosts?: DecimalInput | undefined;
  freightCosts?: DecimalInput | undefined;
  promoCosts?: DecimalInput | undefined;
  otherCosts?: DecimalInput | undefined;
  mabd: Moment;
  notes?: string | null | undefined;
  /** The order's id in the accounting system; unique among the organization's sales orders. */
  qboId?: string | null | undefined;
  /** Each SKU is in one line only. */
  items: readonly SalesOrderItemCreate[];
  /** The customer's own number of the order, as papers print it. */
  customerReference?: string | null | undefined;
  /** Of payment, as the confirmation prints them. */
  terms?: string | null | undefined;
  /**
   * An order of the years before: it has ended, keeps its number and its dates, and nothing is written to the ledgers
   * for it.
   */
  history?: boolean | undefined;
  /** A number that the order has already. */
  soNumber?: string | undefined;
  placedAt?: Moment | undefined;
  receivedAt?: Moment | null | undefined;
  enteredAt?: Moment | null | undefined;
  shippedAt?: Moment | null | undefined;
  invoicedAt?: Moment | null | undefined;
  paidAt?: Moment | null | undefined;
  rejectedAt?: Moment | null | undefined;
  completedAt?: Moment | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface SalesOrderUpdate {
  customerId?: string | undefined;
  channelId?: string | undefined;
  status?: SalesOrderStatus | undefined;
  fulfillmentStatus?: FulfillmentStatus | undefined;
  /** Where the goods leave. */
  fulfillmentLocationId?: string | null | undefined;
  brokerId?: string | null | undefined;
  brokerFeePercent?: DecimalInput | null | undefined;
  brokerFees?: DecimalInput | undefined;
  fulfillmentCosts?: DecimalInput | undefined;
  freightCosts?: DecimalInput | undefined;
  promoCosts?: DecimalInput | undefined;
  otherCosts?: DecimalInput | undefined;
  mabd?: Moment | undefined;
  notes?: string | null | undefined;
  /** The order's id in the accounting system; unique among the organization's sales orders. */
  qboId?: string | null | undefined;
  placedAt?: Moment | undefined;
  receivedAt?: Moment | null | undefined;
  enteredAt?: Moment | null | undefined;
  shippedAt?: Moment | null | undefined;
  invoicedAt?: Moment | null | undefined;
  paidAt?: Moment | null | undefined;
  rejectedAt?: Moment | null | undefined;
  inDisputeAt?: Moment | null | undefined;
  completedAt?: Moment | null | undefined;
  /** The customer's own number of the order, as papers print it. */
  customerReference?: string | null | undefined;
  /** Of payment, as the confirmation prints them. */
  terms?: string | null | undefined;
}

export interface SalesOrderDetail {
  salesOrder: SalesOrder;
  /** In the order in which they were written. */
  items: SalesOrderItem[];
  /** Only in the answer to createSalesOrder, where there is something to say. */
  warnings?: AnswerWarning[];
}

export interface SalesOrderPage {
  data: SalesOrder[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface SalesOrderBulkImport {
  rows: readonly SalesOrderImport[];
}

/** One line of a sales order. */
export interface SalesOrderItem {
  id: string;
  orgId: string;
  salesOrderId: string;
  skuId: string;
  quantity: number;
  unitPrice: Decimal;
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  unitFactor: string | null;
  /** What one of that unit costs, as it was said; null where the price was said per stock unit. */
  pricePerUnit: Decimal | null;
  /** What of it has left, by shipments or by the status of the order. */
  shippedQuantity: number;
  /** What of that the customer has sent back. */
  returnedQuantity: number;
  /** What is still to be shipped. */
  openQuantity: number;
  /** Only in the answer to addSalesOrderItem, where there is something to say. */
  warnings?: AnswerWarning[];
}

/** One line. */
export interface SalesOrderItemCreate {
  skuId: string;
  /** How much it is in the stock unit; null where unit and unitQuantity say it. */
  quantity: number | null;
  unitPrice?: DecimalInput | undefined;
  /** A unit that the item has, or a built-in one that converts; with unitQuantity, in place of quantity. */
  unit?: string | undefined;
  /** How much of the unit it is. */
  unitQuantity?: DecimalInput | undefined;
  /** What one of the unit costs, in place of unitPrice. */
  pricePerUnit?: DecimalInput | undefined;
}

/** Only the keys that are sent change. */
export interface SalesOrderItemUpdate {
  skuId?: string | undefined;
  quantity?: number | undefined;
  unitPrice?: DecimalInput | undefined;
  /** Another unit of the line, with unitQuantity; null says it in stock units from now on. */
  unit?: string | null | undefined;
  unitQuantity?: DecimalInput | null | undefined;
  pricePerUnit?: DecimalInput | null | undefined;
}

export interface SalesOrderItemList {
  data: SalesOrderItem[];
}

/** Goods of a sales order that left together. */
export interface SalesOrderShipment {
  id: string;
  orgId: string;
  salesOrderId: string;
  /** SHP-2026-0001 and so on; the number of the order where its status has shipped the goods. */
  shipmentNumber: string;
  /** Where the goods left. */
  locationId: string;
  /** The day on which they left; null where an order was written down as shipped without it. */
  shippedAt: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  notes: string | null;
  /** The caller's own name of the shipment, such as the number of a delivery note. */
  externalId: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** A shippedAt that is not sent is today, a locationId the order's fulfillment location. */
export interface SalesOrderShipmentCreate {
  shippedAt?: Moment | undefined;
  /** Where the goods leave. */
  locationId?: string | undefined;
  carrier?: string | null | undefined;
  trackingNumber?: string | null | undefined;
  notes?: string | null | undefined;
  externalId?: string | null | undefined;
  /** Each line of the order comes once. */
  items: readonly SalesOrderShipmentItemCreate[];
}

/** Only the keys that are sent change; null clears a value. */
export interface SalesOrderShipmentUpdate {
  carrier?: string | null | undefined;
  trackingNumber?: string | null | undefined;
  notes?: string | null | undefined;
}

/** What left of one line of the order. */
export interface SalesOrderShipmentItemCreate {
  /** A line of this order. */
  soItemId: string;
  quantity?: number | undefined;
  /** How much of the line's unit left, in place of quantity; a whole number of stock units. */
  unitQuantity?: DecimalInput | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

/** What left of one line of the order. */
export interface SalesOrderShipmentItem {
  id: string;
  orgId: string;
  shipmentId: string;
  soItemId: string;
  quantity: number;
  /** How much of the line's unit it was; null where that was said in stock units. */
  unitQuantity: Decimal | null;
  /** What of it the customer has sent back. */
  returnedQuantity: number;
}

export interface SalesOrderShipmentList {
  data: SalesOrderShipment[];
}

export interface SalesOrderShipmentDetail {
  shipment: SalesOrderShipment;
  items: SalesOrderShipmentItem[];
}

export interface SalesOrderShipped {
  salesOrder: SalesOrder;
  shipment: SalesOrderShipment;
  items: SalesOrderShipmentItem[];
}

/** Goods of a shipment that came back together. */
export interface SalesOrderReturn {
  id: string;
  orgId: string;
  salesOrderId: string;
  /** The shipment; the id of the order where its status has shipped the goods. */
  shipmentId: string;
  /** The number, RET-2026-0001 and so on. */
  returnNumber: string;
  /** The number of the credit note, CN-2026-0001 and so on; null where nothing is credited. */
  creditNoteNumber: string | null;
  /** Where the goods came. */
  locationId: string;
  returnedAt: string;
  notes: string | null;
  /** The caller's own name of the return. */
  externalId: string | null;
  /** What the lines cost the customer, line by line rounded to cents. */
  amount: Decimal;
  /** What of the broker's fees goes with that amount. */
  brokerFees: Decimal;
  createdAt: Instant;
  updatedAt: Instant;
}

/** A returnedAt that is not sent is today, a locationId that of the shipment. */
export interface SalesOrderReturnCreate {
  returnedAt?: Moment | undefined;
  /** Where the goods come. */
  locationId?: string | undefined;
  notes?: string | null | undefined;
  externalId?: string | null | undefined;
  /** Whether the customer is credited; true unless sent. */
  creditNote?: boolean | undefined;
  /** Each line of the order comes at most once to be kept, and once to be written off. */
  items: readonly SalesOrderReturnItemCreate[];
}

/** What came back of one line of the order. */
export interface SalesOrderReturnItemCreate {
  /** A line of the order that is in the shipment. */
  soItemId: string;
  quantity?: number | undefined;
  /** Whether it is of no use any more. */
  writtenOff?: boolean | undefined;
  /** How much of the line's unit came back, in place of quantity; a whole number of stock units. */
  unitQuantity?: DecimalInput | undefined;
  lots?: readonly LotQuantity[] | undefined;
}

/** What came back of one line of the order. */
export interface SalesOrderReturnItem {
  id: string;
  orgId: string;
  returnId: string;
  soItemId: string;
  /** The line of the shipment. */
  shipmentItemId: string;
  quantity: number;
  /** Whether it is of no use any more. */
  writtenOff: boolean;
  /** The price of the order's line when the goods came back. */
  unitPrice: Decimal;
  /** Quantity times price, rounded half up to cents. */
  amount: Decimal;
  /** How much of the line's unit it was; null where that was said in stock units. */
  unitQuantity: Decimal | null;
  /** The price of the order's line in its unit when the goods came back; null where it has none. */
  pricePerUnit: Decimal | null;
}

export interface SalesOrderReturnList {
  data: SalesOrderReturn[];
}

export interface SalesOrderReturnDetail {
  salesOrderReturn: SalesOrderReturn;
  items: SalesOrderReturnItem[];
}

/** A note on a sales order, under the status it is about. */
export interface TimelineNote {
  id: string;
  orgId: string;
  salesOrderId: string;
  orderStatus: SalesOrderStatus;
  note: string;
  createdAt: Instant;
}

export interface TimelineNoteCreate {
  body: string;
  statusAtTime?: SalesOrderStatus | undefined;
}

export interface TimelineNotePage {
  data: TimelineNote[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

/** What refers to an order channel. */
export interface OrderChannelInUse {
  /** Whether the count is above zero. */
  inUse: boolean;
  /** Sales orders. */
  soCount: number;
}

export interface SalesOrderStatusList {
  data: SalesOrderStatus[];
}

export interface FulfillmentStatusList {
  data: FulfillmentStatus[];
}
