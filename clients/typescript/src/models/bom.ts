// The shapes of bom.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant } from "../values.js";
import type { ListTotal } from "./shared.js";

/** What a batch of a SKU takes, and what comes out of it. */
export interface Bom {
  outputSkuId: string;
  batchSize: Decimal;
  yieldPercent: Decimal;
  costSharePercent: Decimal;
  /** In the order in which they were sent. */
  items: BomItem[];
  /** In the order in which they were sent. */
  byProducts: BomByProduct[];
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
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  unitFactor: string | null;
  scrapPercent: Decimal;
  createdAt: Instant;
}

/**
 * What comes out of a batch beside the SKU that the BOM is for: a by-product, or a co-product if it bears much of the
 * cost.
 */
export interface BomByProduct {
  id: string;
  orgId: string;
  /** The SKU that the BOM is for. */
  skuId: string;
  /** The SKU that comes out besides. */
  byProductSkuId: string;
  quantity: Decimal;
  costSharePercent: Decimal;
  createdAt: Instant;
}

/**
 * `batchSize` is for how many units that are begun the quantities are, 1 if it is not sent, `yieldPercent` how much of
 * what is begun comes out, 100 if it is not sent.
 */
export interface BomCreate {
  outputSkuId: string;
  /** Each input is in one line only. */
  items: readonly BomItemInput[];
  batchSize?: DecimalInput | undefined;
  yieldPercent?: DecimalInput | undefined;
  costSharePercent?: DecimalInput | undefined;
  /** What comes out of a batch besides; each SKU once, and none that is an input. */
  byProducts?: readonly BomByProductInput[] | undefined;
}

/** The lines, all of them. */
export interface BomReplace {
  /** Must equal the id in the path. */
  outputSkuId: string;
  /** Each input is in one line only. */
  items: readonly BomItemInput[];
  batchSize?: DecimalInput | undefined;
  yieldPercent?: DecimalInput | undefined;
  costSharePercent?: DecimalInput | undefined;
  /** What comes out of a batch besides; each SKU once, and none that is an input. */
  byProducts?: readonly BomByProductInput[] | undefined;
}

/** One line of a BOM, with exactly one of materialId and inputSkuId. */
export interface BomItemInput {
  materialId?: string | undefined;
  inputSkuId?: string | undefined;
  quantity: DecimalInput | null;
  /** A unit that the item has, or a built-in one that converts; with unitQuantity, in place of quantity. */
  unit?: string | undefined;
  /** How much of the unit it is. */
  unitQuantity?: DecimalInput | undefined;
  scrapPercent?: DecimalInput | undefined;
}

/** What comes out of a batch beside the SKU that the BOM is for. */
export interface BomByProductInput {
  byProductSkuId: string;
  quantity: DecimalInput;
  costSharePercent: DecimalInput;
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
