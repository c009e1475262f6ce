// The group of methods `materials`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  Material,
  MaterialBulkImport,
  MaterialCreate,
  MaterialPage,
  MaterialTypeInUse,
  MaterialUpdate,
} from "../models/materials.js";
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

export interface ListMaterialsOptions extends Call {
  active?: boolean | undefined;
  type?: string | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  isActive?: boolean | undefined;
  sort?: "materialCode" | "-materialCode" | "id" | "-id" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportMaterialsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface BulkImportMaterialTypesOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/** `client.materials`: what is bought to make something of it, and the types of it. */
export class Materials {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create material.
   *
   * Adds a material to the organization, active. Refused with 404 when there is no such material type, and with 409
   * `conflict` when the type is deactivated or when another material has the same code; codes compare without spaces
   * around them, whatever the letter case. `unit` names the unit of all its quantities.
   *
   * The least role is member.
   */
  createMaterial(body: MaterialCreate, options: Write = {}): Promise<Material> {
    return this.#transport.send(
      { method: "POST", template: "/api/materials", body, takesKey: true, shape: "Material" },
      options,
    );
  }

  /**
   * List materials.
   *
   * The materials of the organization by code, in pages. `active` narrows the list to active or to deactivated
   * materials, `type` to those of one type, `q` to those whose code or name contains a text. A cursor belongs to the
   * list it came from: keep the filters the same from page to page.
   *
   * The least role is viewer.
   */
  listMaterials(options: ListMaterialsOptions = {}): Pages<MaterialPage, Material> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/materials",
          query: {
            active: options.active,
            type: options.type,
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
          shape: "MaterialPage",
        },
        options,
      ),
    );
  }

  /**
   * Update material.
   *
   * Changes the keys that are sent and leaves the others. `isActive: false` hides the material from new work; existing
   * orders and BOMs keep it, and naming it in a new order or BOM is 409. What of it is still held is in the answer,
   * `stillHolds`, and can be emptied. Refused with 404 when there is no such material or material type, and with 409
   * `conflict` when a newly named type is deactivated, when another material has the new code, whatever the letter
   * case, or when the material has another stock unit and something refers to it: `details.references` then has the
   * counts by kind.
   *
   * The least role is member.
   */
  updateMaterial(id: string, body: MaterialUpdate, options: Change = {}): Promise<Material> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/materials/{id}", path: { id }, body, takesKey: true, shape: "Material" },
      options,
    );
  }

  /**
   * Delete material.
   *
   * Deletes a material nothing refers to. Refused with 404 when there is no such material, and with 409 `in_use` while
   * a purchase order line, a BOM line, an input of a work or production order or a ledger row refers to it;
   * `details.references` then has the counts by kind. Deactivate such a material instead.
   *
   * The least role is admin.
   */
  deleteMaterial(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/materials/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get material detail.
   *
   * One material, active or deactivated. Refused with 404 when there is no such material.
   *
   * The least role is viewer.
   */
  getMaterial(id: string, options: Read<Material> = {}): Promise<Material> {
    return this.#transport.send(
      { method: "GET", template: "/api/materials/{id}", path: { id }, shape: "Material" },
      options,
    );
  }

  /**
   * Bulk-import materials.
   *
   * Stores up to 5,000 materials at once. Every row is a material as createMaterial takes it.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one that names a type that does not exist or whose code is taken by another material
   * or by an earlier row, makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is
   * stored or refused on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is
   * stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportMaterials(body: MaterialBulkImport, options: BulkImportMaterialsOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/materials/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Create material type.
   *
   * Adds a material type to the organization, active and last in the order (`sortOrder` is the highest so far plus
   * one). Refused with 409 `conflict` when another material type has the same name, whatever the letter case.
   *
   * The least role is admin.
   */
  createMaterialType(body: LookupCreate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "POST", template: "/api/material-types", body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * List material types.
   *
   * All material types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
   * whole, without pages.
   *
   * The least role is viewer.
   */
  listMaterialTypes(options: Call = {}): Promise<LookupList> {
    return this.#transport.send({ method: "GET", template: "/api/material-types", shape: "LookupList" }, options);
  }

  /**
   * Bulk-import material types.
   *
   * Stores up to 5,000 material types at once. Every row is a material type as createMaterialType takes it; they come
   * last in the order, one behind the other.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose name another material type or an earlier row has, makes it 422, with
   * `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * The least role is admin.
   */
  bulkImportMaterialTypes(
    body: LookupBulkImport,
    options: BulkImportMaterialTypesOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/material-types/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update material type.
   *
   * Changes the keys that are sent and leaves the others. Moving a material type to a `sortOrder` that is taken shifts
   * the others in the same transaction. `isActive: false` hides the material type from new work; its materials keep it,
   * and naming it in a new material is 409. Refused with 404 when there is no such material type, and with 409
   * `conflict` when another material type has the new name, whatever the letter case.
   *
   * The least role is admin.
   */
  updateMaterialType(id: string, body: LookupUpdate, options: Write = {}): Promise<Lookup> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/material-types/{id}", path: { id }, body, takesKey: true, shape: "Lookup" },
      options,
    );
  }

  /**
   * Delete material type.
   *
   * Deletes a material type nothing refers to. Refused with 404 when there is no such material type, and with 409
   * `in_use` while a material refers to it; `details.references` then has the counts by kind. Deactivate such a
   * material type instead.
   *
   * The least role is admin.
   */
  deleteMaterialType(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/material-types/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Check if material type is in use.
   *
   * Counts the materials of a type, and so tells whether deleteMaterialType would refuse. Refused with 404 when there
   * is no such material type.
   *
   * The least role is viewer.
   */
  checkMaterialTypeInUse(id: string, options: Call = {}): Promise<MaterialTypeInUse> {
    return this.#transport.send(
      { method: "GET", template: "/api/material-types/{id}/in-use", path: { id }, shape: "MaterialTypeInUse" },
      options,
    );
  }
}
