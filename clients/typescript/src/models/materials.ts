// The shapes of materials.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant } from "../values.js";
import type { ListTotal, LotPolicyOrNull, LotTracking, StillHolds } from "./shared.js";

export interface Material {
  id: string;
  orgId: string;
  materialCode: string;
  name: string;
  materialTypeId: string;
  /**
   * The stock unit, in which all quantities of the material are, unless a line says another; null while nobody has
   * named it.
   */
  unit: string | null;
  /** Kilograms in one litre, with which masses and volumes of the material convert. */
  density: Decimal | null;
  lotTracking: LotTracking;
  lotPolicy: LotPolicyOrNull | null;
  shelfLifeDays: number | null;
  gtin: string | null;
  notes: string | null;
  /** A deactivated material takes no new work. */
  isActive: boolean;
  stillHolds?: StillHolds;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the type. */
  materialTypeName?: string;
}

export interface MaterialCreate {
  /** Unique in whatever letter case. */
  code: string;
  name: string;
  typeId: string;
  notes?: string | null | undefined;
  /** The stock unit, such as kg, l or pcs. */
  unit?: string | null | undefined;
  density?: DecimalInput | null | undefined;
  /** False for one that takes no new work from the beginning; true if it is not sent. */
  isActive?: boolean | undefined;
  lotTracking?: LotTracking | undefined;
  lotPolicy?: LotPolicyOrNull | null | undefined;
  shelfLifeDays?: number | null | undefined;
  gtin?: string | null | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface MaterialUpdate {
  /** Unique in whatever letter case. */
  code?: string | undefined;
  name?: string | undefined;
  typeId?: string | undefined;
  notes?: string | null | undefined;
  /** False hides the material from new work. */
  isActive?: boolean | undefined;
  /** The stock unit, such as kg, l or pcs. */
  unit?: string | null | undefined;
  density?: DecimalInput | null | undefined;
  lotTracking?: LotTracking | undefined;
  lotPolicy?: LotPolicyOrNull | null | undefined;
  shelfLifeDays?: number | null | undefined;
  gtin?: string | null | undefined;
}

export interface MaterialPage {
  data: Material[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface MaterialBulkImport {
  rows: readonly MaterialCreate[];
}

/** What refers to a material type. */
export interface MaterialTypeInUse {
  /** Whether the count is above zero. */
  inUse: boolean;
  /** Materials. */
  materialCount: number;
  /** The ids of up to 10 of them. */
  sampleMaterialIds: string[];
}
