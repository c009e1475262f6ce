// The shapes of vendors.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Instant } from "../values.js";
import type { ListTotal } from "./shared.js";

export interface Vendor {
  id: string;
  orgId: string;
  name: string;
  address: string | null;
  city: string | null;
  state: string | null;
  /** Two letters. */
  country: string | null;
  zipCode: string | null;
  /** The terms of payment. */
  term: string | null;
  /** The vendor's id in the accounting system. */
  qboId: string | null;
  notes: string | null;
  /** A deactivated vendor takes no new orders. */
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface VendorCreate {
  /** Need not be unique. */
  name: string;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  /** The terms of payment. */
  term?: string | null | undefined;
  /** The vendor's id in the accounting system; unique among the organization's vendors. */
  qboId?: string | null | undefined;
  notes?: string | null | undefined;
  /** False for one that takes no new orders from the beginning; true if it is not sent. */
  isActive?: boolean | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface VendorUpdate {
  /** Need not be unique. */
  name?: string | undefined;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  /** The terms of payment. */
  term?: string | null | undefined;
  /** The vendor's id in the accounting system; unique among the organization's vendors. */
  qboId?: string | null | undefined;
  notes?: string | null | undefined;
  /** False hides the vendor from new work. */
  isActive?: boolean | undefined;
}

export interface VendorPage {
  data: Vendor[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface VendorBulkImport {
  rows: readonly VendorCreate[];
}
