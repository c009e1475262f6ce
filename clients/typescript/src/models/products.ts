// The shapes of products.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant } from "../values.js";
import type { ListTotal, LotPolicyOrNull, LotTracking, StillHolds } from "./shared.js";

/** A finished good or sub-assembly. */
export interface Sku {
  id: string;
  orgId: string;
  skuCode: string;
  name: string;
  skuTypeId: string;
  itemsPerUnit: number;
  /** Ounces in one item. */
  ozPerItem: Decimal | null;
  /**
   * The stock unit, in which all quantities of the SKU are, unless a line says another; null while nobody has named it.
   */
  unit: string | null;
  /** Kilograms in one litre, with which masses and volumes of the SKU convert. */
  density: Decimal | null;
  lotTracking: LotTracking;
  lotPolicy: LotPolicyOrNull | null;
  shelfLifeDays: number | null;
  gtin: string | null;
  /** The SKU's id in the accounting system. */
  qboId: string | null;
  notes: string | null;
  /** A deactivated SKU takes no new work. */
  isActive: boolean;
  stillHolds?: StillHolds;
  createdAt: Instant;
  updatedAt: Instant;
  /** The name of the type. */
  skuTypeName?: string;
}

export interface SkuCreate {
  /** Unique in whatever letter case. */
  code: string;
  name: string;
  typeId: string;
  itemsPerUnit?: number | undefined;
  ozPerItem?: DecimalInput | null | undefined;
  /** The SKU's id in the accounting system; unique among the organization's SKUs. */
  qboId?: string | null | undefined;
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
export interface SkuUpdate {
  /** Unique in whatever letter case. */
  code?: string | undefined;
  name?: string | undefined;
  typeId?: string | undefined;
  itemsPerUnit?: number | undefined;
  ozPerItem?: DecimalInput | null | undefined;
  /** The SKU's id in the accounting system; unique among the organization's SKUs. */
  qboId?: string | null | undefined;
  notes?: string | null | undefined;
  /** False hides the SKU from new work. */
  isActive?: boolean | undefined;
  /** The stock unit, such as kg, l or pcs. */
  unit?: string | null | undefined;
  density?: DecimalInput | null | undefined;
  lotTracking?: LotTracking | undefined;
  lotPolicy?: LotPolicyOrNull | null | undefined;
  shelfLifeDays?: number | null | undefined;
  gtin?: string | null | undefined;
}

export interface SkuPage {
  data: Sku[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface SkuBulkImport {
  rows: readonly SkuCreate[];
}

/** What refers to a SKU type. */
export interface SkuTypeInUse {
  /** Whether the count is above zero. */
  inUse: boolean;
  /** SKUs. */
  skuCount: number;
  /** The ids of up to 10 of them. */
  sampleSkuIds: string[];
}
