// The group of methods `units`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { BuiltInUnitList, ItemUnits, ItemUnitsReplace } from "../models/units.js";
import type { Call, Change, Read, Transport } from "../transport.js";

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
