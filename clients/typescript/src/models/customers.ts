// The shapes of customers.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant } from "../values.js";
import type { ListTotal } from "./shared.js";

export interface Customer {
  id: string;
  orgId: string;
  name: string;
  customerTypeId: string;
  customerSegmentId: string | null;
  /** New orders take it over. */
  brokerId: string | null;
  /** The part of an order's value that goes to the broker, in percent; new orders take it over. */
  brokerFeePercent: Decimal | null;
  address: string | null;
  city: string | null;
  state: string | null;
  /** Two letters. */
  country: string | null;
  zipCode: string | null;
  /** The customer this one belongs to. */
  parentCustomerId: string | null;
  /** The customer's id in the accounting system. */
  qboId: string | null;
  notes: string | null;
  /** A deactivated customer takes no new orders. */
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the type. */
  customerTypeName?: string;
  /** The name of the segment. */
  customerSegmentName?: string | null;
  /** The name of the broker. */
  brokerName?: string | null;
  /** The name of the parent. */
  parentCustomerName?: string | null;
}

export interface CustomerCreate {
  /** Need not be unique. */
  name: string;
  typeId: string;
  segmentId?: string | null | undefined;
  brokerId?: string | null | undefined;
  brokerFeePercent?: DecimalInput | null | undefined;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  /** The customer this one belongs to. */
  parentId?: string | null | undefined;
  /** The customer's id in the accounting system; unique among the organization's customers. */
  qboId?: string | null | undefined;
  notes?: string | null | undefined;
  /** False for one that takes no new orders from the beginning; true if it is not sent. */
  isActive?: boolean | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface CustomerUpdate {
  /** Need not be unique. */
  name?: string | undefined;
  typeId?: string | undefined;
  segmentId?: string | null | undefined;
  brokerId?: string | null | undefined;
  brokerFeePercent?: DecimalInput | null | undefined;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  /** The customer this one belongs to. */
  parentId?: string | null | undefined;
  /** The customer's id in the accounting system; unique among the organization's customers. */
  qboId?: string | null | undefined;
  notes?: string | null | undefined;
  /** False hides the customer from new work. */
  isActive?: boolean | undefined;
}

export interface CustomerPage {
  data: Customer[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface CustomerBulkImport {
  rows: readonly CustomerCreate[];
}

/** What refers to a customer type or customer segment. */
export interface CustomerLookupInUse {
  /** Whether the count is above zero. */
  inUse: boolean;
  /** Customers. */
  customerCount: number;
  /** The ids of up to 10 of them. */
  sampleCustomerIds: string[];
}

/** What refers to a broker. */
export interface BrokerInUse {
  /** Whether any count is above zero. */
  inUse: boolean;
  /** Customers. */
  customerCount: number;
  /** Sales orders. */
  soCount: number;
}
