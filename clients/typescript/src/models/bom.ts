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

/** A BOM with its lines; the SKU that it is for bears what the by-products leave of the cost. */
export interface BomWithLines {
  outputSkuId: string;
  /** The code of the SKU that the BOM is for. */
  outputSkuCode?: string;
  /** The name of the SKU that the BOM is for. */
  outputSkuName?: string;
  batchSize: Decimal;
  yieldPercent: Decimal;
  /** In the order in which they were sent, by-products behind inputs. */
  lines: BomLine[];
}

/** One of materialId, inputSkuId and byProductSkuId is what the line is, the others are null. */
export interface BomLine {
  materialId: string | null;
  /** The code of the material. */
  materialCode?: string | null;
  /** The name of the material. */
  materialName?: string | null;
  inputSkuId: string | null;
  /** The code of the SKU that goes in. */
  inputSkuCode?: string | null;
  /** The name of the SKU that goes in. */
  inputSkuName?: string | null;
  byProductSkuId: string | null;
  /** The code of the by-product. */
  byProductSkuCode?: string | null;
  /** The name of the by-product. */
  byProductSkuName?: string | null;
  /** In stock units, for a batch; null of a line that was said in another unit. */
  quantity: Decimal | null;
  /** The unit in which the line was said; null of one in stock units. */
  unit: string | null;
  /** How much of that unit it is, as it was said. */
  unitQuantity: Decimal | null;
  /** How much of it is taken besides, because it is lost; null of a by-product. */
  scrapPercent: Decimal | null;
  /** The part of the cost that a by-product bears; null of an input. */
  costSharePercent: Decimal | null;
  /** How much it is in stock units, however it was said. */
  stockQuantity: Decimal;
}

export interface BomLinePage {
  data: BomWithLines[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** The BOM of a SKU, for an import: what comes out besides are lines, too. */
export interface BomImport {
  outputSkuId: string;
  batchSize?: DecimalInput | undefined;
  yieldPercent?: DecimalInput | undefined;
  /** Each input and each by-product is in one line only; there is an input. */
  lines: readonly BomLineInput[];
}

/**
 * An input (materialId or inputSkuId) or a by-product (byProductSkuId), exactly one of them; a key that is null counts
 * as absent.
 */
export interface BomLineInput {
  materialId?: string | null | undefined;
  inputSkuId?: string | null | undefined;
  byProductSkuId?: string | null | undefined;
  quantity?: DecimalInput | undefined;
  /** A unit that the item has, or a built-in one that converts; with unitQuantity, in place of quantity. */
  unit?: string | undefined;
  /** How much of the unit it is. */
  unitQuantity?: DecimalInput | undefined;
  scrapPercent?: DecimalInput | undefined;
  costSharePercent?: DecimalInput | undefined;
}

export interface BomBulkImport {
  rows: readonly BomImport[];
}
