// The shapes of bom.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant } from "../values.js";
import type { ListTotal } from "./shared.js";

/** What one unit of a SKU takes. */
export interface Bom {
  outputSkuId: string;
  /** In the order in which they were sent. */
  items: BomItem[];
}

/** One line of a BOM; either materialId or inputSkuId is null. */
export interface BomItem {
  id: string;
  orgId: string;
  /** The output SKU. */
  skuId: string;
  materialId: string | null;
  inputSkuId: string | null;
  quantity: Decimal;
  createdAt: Instant;
}

export interface BomCreate {
  outputSkuId: string;
  /** Each input is in one line only. */
  items: readonly BomItemInput[];
}

export interface BomReplace {
  /** Must equal the id in the path. */
  outputSkuId: string;
  /** Each input is in one line only. */
  items: readonly BomItemInput[];
}

/** One line of a BOM, with exactly one of materialId and inputSkuId. */
export interface BomItemInput {
  materialId?: string | undefined;
  inputSkuId?: string | undefined;
  quantity: DecimalInput;
}

/** A SKU that has a BOM. */
export interface BomSummary {
  outputSkuId: string;
  /** The number of lines. */
  itemCount: number;
  /** The code of the SKU. */
  skuCode?: string;
  /** The name of the SKU. */
  skuName?: string;
}

export interface BomPage {
  data: BomSummary[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}
