// The group of methods `units`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { BulkImportResult } from "../models/shared.js";
import type {
  BuiltInUnitList,
  ItemUnitBulkImport,
  ItemUnitPage,
  ItemUnitSummary,
  ItemUnits,
  ItemUnitsReplace,
} from "../models/units.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";

export interface ListItemUnitsOptions extends Call {
  limit?: number | undefined;
  sort?: "id" | "-id" | undefined;
  ids?: readonly string[] | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportItemUnitsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/**
 * `client.units`: the units in which quantities are said, those that each item has of its own, and how they convert.
 */
export class Units {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List built-in units.
   *
   * The units of mass and volume that every item knows, with their exact factors to the kilogram and the litre. Units
   * are compared without spaces around them and whatever the letter case. The list is bounded and comes whole, without
   * pages.
   *
   * The least role is viewer.
   */
  listUnits(options: Call = {}): Promise<BuiltInUnitList> {
    return this.#transport.send({ method: "GET", template: "/api/units", shape: "BuiltInUnitList" }, options);
  }

  /**
   * List units of all materials and SKUs.
   *
   * The units of their own that materials and SKUs have, the oldest first, in pages.
   *
   * The least role is viewer.
   */
  listItemUnits(options: ListItemUnitsOptions = {}): Pages<ItemUnitPage, ItemUnitSummary> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/item-units",
          query: {
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "ItemUnitPage",
        },
        options,
      ),
    );
  }

  /**
   * Bulk-import units of materials and SKUs.
   *
   * Stores up to 5,000 units of materials and SKUs at once. Every row is a unit as replaceMaterialUnits takes it, with
   * its material or SKU; it comes to those that there are.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that the item has already, makes it 422, with `details` naming every bad row by
   * its index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With
   * `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportItemUnits(body: ItemUnitBulkImport, options: BulkImportItemUnitsOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/item-units/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Get the units of a material.
   *
   * The stock unit of a material, its density, and the further units in which its quantities may be said, in the order
   * in which they were given. `factor` is how many stock units one unit is, a fraction without a common divisor; null
   * where the two do not convert. Refused with 404 when there is no such material.
   *
   * The least role is viewer.
   */
  getMaterialUnits(id: string, options: Read<ItemUnits> = {}): Promise<ItemUnits> {
    return this.#transport.send(
      { method: "GET", template: "/api/materials/{id}/units", path: { id }, shape: "ItemUnits" },
      options,
    );
  }

  /**
   * Replace the units of a material.
   *
   * Replaces the further units of a material: one `unit` is exactly `numerator` / `denominator` of `baseUnit`, which is
   * the stock unit, if it is not sent, or a built-in unit of mass or volume. Lines that are there keep the factor with
   * which they were written. Wrong by itself, and so 422, is a unit that comes twice or is its own base. Refused with
   * 404 when there is no such material, and with 409 `conflict` when a unit is the stock unit or has a built-in factor
   * to it, when a base does not convert into the stock unit, and when a base is not sent and the material has no stock
   * unit.
   *
   * The least role is member.
   */
  replaceMaterialUnits(id: string, body: ItemUnitsReplace, options: Change = {}): Promise<ItemUnits> {
    return this.#transport.send(
      { method: "PUT", template: "/api/materials/{id}/units", path: { id }, body, takesKey: true, shape: "ItemUnits" },
      options,
    );
  }

  /**
   * Get the units of a SKU.
   *
   * The stock unit of a SKU, its density, and the further units in which its quantities may be said, in the order in
   * which they were given. `factor` is how many stock units one unit is, a fraction without a common divisor; null
   * where the two do not convert. Refused with 404 when there is no such SKU.
   *
   * The least role is viewer.
   */
  getSkuUnits(id: string, options: Read<ItemUnits> = {}): Promise<ItemUnits> {
    return this.#transport.send(
      { method: "GET", template: "/api/skus/{id}/units", path: { id }, shape: "ItemUnits" },
      options,
    );
  }

  /**
   * Replace the units of a SKU.
   *
   * Replaces the further units of a SKU: one `unit` is exactly `numerator` / `denominator` of `baseUnit`, which is the
   * stock unit, if it is not sent, or a built-in unit of mass or volume. Lines that are there keep the factor with
   * which they were written. Wrong by itself, and so 422, is a unit that comes twice or is its own base. Refused with
   * 404 when there is no such SKU, and with 409 `conflict` when a unit is the stock unit or has a built-in factor to
   * it, when a base does not convert into the stock unit, and when a base is not sent and the SKU has no stock unit.
   *
   * The least role is member.
   */
  replaceSkuUnits(id: string, body: ItemUnitsReplace, options: Change = {}): Promise<ItemUnits> {
    return this.#transport.send(
      { method: "PUT", template: "/api/skus/{id}/units", path: { id }, body, takesKey: true, shape: "ItemUnits" },
      options,
    );
  }
}
