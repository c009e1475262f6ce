// The shapes of locations.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Instant } from "../values.js";
import type { StillHolds } from "./shared.js";

export interface Location {
  id: string;
  orgId: string;
  name: string;
  /** The position among the organization's locations. */
  sortOrder: number;
  address: string | null;
  city: string | null;
  state: string | null;
  /** Two letters. */
  country: string | null;
  zipCode: string | null;
  /** Whom a carrier or a vendor asks there. */
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  notes: string | null;
  /** A deactivated location takes no new work. */
  isActive: boolean;
  stillHolds?: StillHolds;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface LocationCreate {
  /** Unique in whatever letter case. */
  name: string;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  notes?: string | null | undefined;
  contactName?: string | null | undefined;
  contactEmail?: string | null | undefined;
  contactPhone?: string | null | undefined;
  /** False for one that takes no new work from the beginning; true if it is not sent. */
  isActive?: boolean | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface LocationUpdate {
  /** Unique in whatever letter case. */
  name?: string | undefined;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  notes?: string | null | undefined;
  /** The new position. */
  sortOrder?: number | undefined;
  /** False hides the location from new work. */
  isActive?: boolean | undefined;
  contactName?: string | null | undefined;
  contactEmail?: string | null | undefined;
  contactPhone?: string | null | undefined;
}

export interface LocationList {
  data: Location[];
}

export interface LocationBulkImport {
  rows: readonly LocationCreate[];
}

export interface LocationInUse {
  /** Whether any count is above zero. */
  inUse: boolean;
  references: LocationReferences;
}

/** How many records of each kind refer to the location. */
export interface LocationReferences {
  /** Purchase orders. */
  poCount: number;
  /** Work orders. */
  woCount: number;
  /** Sales orders. */
  soCount: number;
  /** Rows of both ledgers. */
  ledgerCount: number;
  /** Production orders. */
  productionOrderCount: number;
}
