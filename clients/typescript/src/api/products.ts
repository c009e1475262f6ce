// The group of methods `products`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Sku, SkuBulkImport, SkuCreate, SkuPage, SkuTypeInUse, SkuUpdate } from "../models/products.js";
import type {
  BulkImportResult,
  DeletedId,
  Lookup,
  LookupBulkImport,
  LookupCreate,
  LookupList,
  LookupUpdate,
} from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListSkusOptions extends Call {
  active?: boolean | undefined;
  type?: string | undefined;
  itemsPerUnitMin?: string | undefined;
  itemsPerUnitMax?: string | undefined;
  ozPerItemMin?: string | undefined;
  ozPerItemMax?: string | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  isActive?: boolean | undefined;
  sort?: "skuCode" | "-skuCode" | "id" | "-id" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportSkusOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface BulkImportSkuTypesOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/** `client.products`: the SKUs, which are what is made and sold, and the types of them. */
export class Products {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create SKU.
   *
   * Adds a SKU (a finished good or sub-assembly) to the organization, active. Refused with 404 when there is no such
   * SKU type, and with 409 `conflict` when the type is deactivated or when another SKU has the same code or the same
   * `qboId`; codes compare without spaces around them, whatever the letter case.
   *
   * The least role is member.
   */
  createSku(body: SkuCreate, options: Write = {}): Promise<Sku> {
    return this.#transport.send({ method: "POST", template: "/api/skus", body, takesKey: true, shape: "Sku" }, options);
  }

  /**
   * List SKUs.
   *
   * The SKUs of the organization by code, in pages. `active` narrows the list to active or to deactivated SKUs, `type`
   * to those of one type, `q` to those whose code or name contains a text. The bounds of `itemsPerUnit` and `ozPerItem`
   * are inclusive; a SKU without `ozPerItem` is outside of any. A cursor belongs to the list it came from: keep the
   * filters the same from page to page.
   *
   * The least role is viewer.
   */
  listSkus(options: ListSkusOptions = {}): Pages<SkuPage, Sku> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/skus",
          query: {
            active: options.active,
            type: options.type,
            itemsPerUnitMin: options.itemsPerUnitMin,
            itemsPerUnitMax: options.itemsPerUnitMax,
            ozPerItemMin: options.ozPerItemMin,
            ozPerItemMax: options.ozPerItemMax,
            q: options.q,
            limit: options.limit,
            isActive: options.isActive,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "SkuPage",
        },
        options,
      ),
    );
  }

  /**
   * Update SKU.
   *
   * Changes the keys that are sent and leaves the others. `isActive: false` hides the SKU from new work; existing
   * orders and BOMs keep it, and naming it in a new order or BOM is 409. What of it is still held is in the answer,
   * `stillHolds`, and can be emptied. Refused with 404 when there is no such SKU or SKU type, and with 409 `conflict`
   * when a newly named type is deactivated or when another SKU has the new code, whatever the letter case, or the new
   * `qboId`.
   *
   * The least role is member.
   */
  updateSku(id: string, body: SkuUpdate, options: Change = {}): Promise<Sku> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/skus/{id}", path: { id }, body, takesKey: true, shape: "Sku" },
      options,
    );
  }

  /**
   * Delete SKU.
   *
   * Deletes a SKU nothing refers to. Refused with 404 when there is no such SKU, and with 409 `in_use` while a line or
   * an input of a purchase, work, production or sales order, a BOM (its own or another's line) or a ledger row refers
   * to it; `details.references` then has the counts by kind. Deactivate such a SKU instead.
   *
   * The least role is admin.
   */
  deleteSku(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/skus/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get SKU detail.
   *
   * One SKU, active or deactivated. Refused with 404 when there is no such SKU.
   *
   * The least role is viewer.
   */
  getSku(id: string, options: Read<Sku> = {}): Promise<Sku> {
    return this.#transport.send({ method: "GET", template: "/api/skus/{id}", path: { id }, shape: "Sku" }, options);
  }

  /**
   * Bulk-import SKUs.
   *
   * Stores up to 5,000 SKUs at once. Every row is a SKU as createSku takes it.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that names a type that does not exist or whose code or `qboId` is taken by
   * another SKU or by an earlier row, makes it 422, with `details` naming every bad row by its index. In `mode=partial`
   * each row is stored or refused on its own, and `results` tells which. With `dryRun=true` everything is checked and
   * nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportSkus(body: SkuBulkImport, options: BulkImportSkusOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/skus/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Create SKU type.
   *
   * Adds a SKU type to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
   * Refused with 409 `conflict` when another SKU type has the same name, whatever the letter case.
   *
   * The least role is admin.
   */
  createSkuType(body: LookupCreate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "POST", template: "/api/sku-types", body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * List SKU types.
   *
   * All SKU types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
   * without pages.
   *
   * The least role is viewer.
   */
  listSkuTypes(options: Call = {}): Promise<LookupList> {
    return this.#transport.send({ method: "GET", template: "/api/sku-types", shape: "LookupList" }, options);
  }

  /**
   * Bulk-import SKU types.
   *
   * Stores up to 5,000 SKU types at once. Every row is a SKU type as createSkuType takes it; they come last in the
   * order, one behind the other.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose name another SKU type or an earlier row has, makes it 422, with `details`
   * naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
   * which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportSkuTypes(body: LookupBulkImport, options: BulkImportSkuTypesOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/sku-types/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update SKU type.
   *
   * Changes the keys that are sent and leaves the others. Moving a SKU type to a `sortOrder` that is taken shifts the
   * others in the same transaction. `isActive: false` hides the SKU type from new work; its SKUs keep it, and naming it
   * in a new SKU is 409. Refused with 404 when there is no such SKU type, and with 409 `conflict` when another SKU type
   * has the new name, whatever the letter case.
   *
   * The least role is admin.
   */
  updateSkuType(id: string, body: LookupUpdate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/sku-types/{id}", path: { id }, body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * Delete SKU type.
   *
   * Deletes a SKU type nothing refers to. Refused with 404 when there is no such SKU type, and with 409 `in_use` while
   * a SKU refers to it; `details.references` then has the counts by kind. Deactivate such a SKU type instead.
   *
   * The least role is admin.
   */
  deleteSkuType(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/sku-types/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Check SKU type usage.
   *
   * Counts the SKUs of a type, and so tells whether deleteSkuType would refuse. Refused with 404 when there is no such
   * SKU type.
   *
   * The least role is viewer.
   */
  checkSkuTypeInUse(id: string, options: Call = {}): Promise<SkuTypeInUse> {
    return this.#transport.send(
      { method: "GET", template: "/api/sku-types/{id}/in-use", path: { id }, shape: "SkuTypeInUse" },
      options,
    );
  }
}
