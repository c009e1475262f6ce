// The shapes of units.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput } from "../values.js";
import type { ListTotal } from "./shared.js";

/** One `unit` is exactly `numerator` / `denominator` of `baseUnit`. */
export interface BuiltInUnit {
  unit: string;
  measure: "mass" | "volume";
  baseUnit: "kg" | "l";
  numerator: Decimal;
  denominator: Decimal;
}

export interface BuiltInUnitList {
  data: BuiltInUnit[];
}

/** One `unit` is exactly `numerator` / `denominator` of `baseUnit`. */
export interface ItemUnit {
  unit: string;
  numerator: Decimal;
  denominator: Decimal;
  baseUnit: string;
  factor: string | null;
}

/** The units in which quantities of an item may be said, beside the built-in ones that convert. */
export interface ItemUnits {
  /** The stock unit; null while nobody has named it. */
  unit: string | null;
  /** Kilograms in one litre. */
  density: Decimal | null;
  units: ItemUnit[];
}

export interface ItemUnitInput {
  unit: string;
  numerator: DecimalInput;
  /** 1 if it is not sent. */
  denominator?: DecimalInput | undefined;
  /** The stock unit if it is not sent. */
  baseUnit?: string | undefined;
}

export interface ItemUnitsReplace {
  units: readonly ItemUnitInput[];
}

/** One `unit` of an item is `numerator` / `denominator` of `baseUnit`; either materialId or skuId is null. */
export interface ItemUnitSummary {
  id: string;
  orgId: string;
  materialId: string | null;
  skuId: string | null;
  unit: string;
  numerator: Decimal;
  denominator: Decimal;
  baseUnit: string;
  /** The code of the material. */
  materialCode?: string | null;
  /** The name of the material. */
  materialName?: string | null;
  /** The code of the SKU. */
  skuCode?: string | null;
  /** The name of the SKU. */
  skuName?: string | null;
}

export interface ItemUnitPage {
  data: ItemUnitSummary[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

/** With exactly one of materialId and skuId; a key that is null counts as absent. */
export interface ItemUnitImport {
  materialId?: string | null | undefined;
  skuId?: string | null | undefined;
  unit: string;
  numerator: DecimalInput;
  /** 1 if it is not sent. */
  denominator?: DecimalInput | undefined;
  /** The stock unit if it is not sent. */
  baseUnit?: string | undefined;
}

export interface ItemUnitBulkImport {
  rows: readonly ItemUnitImport[];
}
