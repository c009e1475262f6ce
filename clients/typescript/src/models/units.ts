// The shapes of units.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput } from "../values.js";

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
