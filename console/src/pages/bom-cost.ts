// What a SKU is made of, through all its sub-assemblies, and what that costs by the stock of its inputs.
import { Decimal, refusals } from "pharus-client";
import type { Bom, BomItem } from "pharus-client/models";
import { digits } from "../parts/values.tsx";
import { MATERIAL, resolve, SKU } from "../references.ts";
import type { Choice } from "../references.ts";
import { session } from "../session.ts";

export interface Node {
  item: BomItem;
  choice: Choice | undefined;
  /** Of one unit of the input; null while nothing of it is on hand and it is made of nothing. */
  unitCost: Decimal | null;
  /** Of what a batch takes of it, with what is lost. */
  cost: Decimal | null;
  made: Made | null;
}

export interface Made {
  bom: Bom;
  nodes: readonly Node[];
  /** Inputs of a batch; what of them has no known cost is left out. */
  batchCost: Decimal;
  /** Inputs of one unit that comes out, without the part that by-products bear. */
  unitCost: Decimal;
  isComplete: boolean;
}

// A BOM cannot contain itself; this is only so that a page ends in any case.
const DEEPEST = 12;

/** Null for a SKU that has no BOM. */
export async function madeOf(skuId: string, signal: AbortSignal, depth = 0): Promise<Made | null> {
  const { client } = session();
  let bom: Bom;
  try {
    bom = await client.bom.getSkuBom(skuId, { signal });
  } catch (error) {
    if (error instanceof refusals.NotFound) return null;
    throw error;
  }
  const [nodes] = await Promise.all([
    Promise.all(bom.items.map((item) => nodeOf(item, signal, depth))),
    resolve(MATERIAL, idsOf(bom, "materialId")),
    resolve(SKU, idsOf(bom, "inputSkuId")),
  ]);
  const names = await resolve(SKU, []);
  const costs = nodes.map((each) => each.cost).filter((each) => each !== null);
  const batchCost = costs.reduce((total, each) => total.plus(each), new Decimal(0));
  const output = bom.batchSize.times(bom.yieldPercent).div(100);
  return {
    bom,
    nodes: nodes.map((each) => ({ ...each, choice: names.get(each.item.materialId ?? each.item.inputSkuId ?? "") })),
    batchCost,
    unitCost: batchCost.times(bom.costSharePercent).div(100).div(output).toDecimalPlaces(6),
    isComplete: costs.length === nodes.length && nodes.every((each) => each.made?.isComplete !== false),
  };
}

async function nodeOf(item: BomItem, signal: AbortSignal, depth: number): Promise<Node> {
  const made = item.inputSkuId !== null && depth < DEEPEST ? await madeOf(item.inputSkuId, signal, depth + 1) : null;
  const unitCost = made?.unitCost ?? (await averageOf(item, signal));
  const quantity = item.quantity.times(item.scrapPercent.div(100).plus(1));
  return { item, choice: undefined, unitCost, cost: unitCost?.times(quantity) ?? null, made };
}

/** What one unit of it is worth on hand, at all places together. */
async function averageOf({ materialId, inputSkuId }: BomItem, signal: AbortSignal): Promise<Decimal | null> {
  const { client } = session();
  const { data } =
    materialId === null
      ? await client.finishedGoodsInventory.getFinishedGoodsSummary({ skuId: inputSkuId ?? "", signal })
      : await client.materialsInventory.getMaterialsSummary({ materialId, signal });
  const total = (key: "onHand" | "value") =>
    data.reduce((all, each) => all.plus(digits(each[key])), new Decimal(0));
  const onHand = total("onHand");
  return onHand.isZero() ? null : total("value").div(onHand).toDecimalPlaces(6);
}

function idsOf(bom: Bom, key: "materialId" | "inputSkuId"): string[] {
  return bom.items.map((each) => each[key]).filter((each) => each !== null);
}
