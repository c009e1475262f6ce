// The group of methods `vendors`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { BulkImportResult, DeletedId } from "../models/shared.js";
import type { Vendor, VendorBulkImport, VendorCreate, VendorPage, VendorUpdate } from "../models/vendors.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListVendorsOptions extends Call {
  isActive?: boolean | undefined;
  active?: boolean | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  sort?: "name" | "-name" | "id" | "-id" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
}

export interface BulkImportVendorsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

/** `client.vendors`: those materials, finished goods and assembly work are bought from. */
export class Vendors {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create vendor.
   *
   * Adds a vendor to the organization, active. Names need not be unique. Refused with 409 `conflict` when another
   * vendor has the same `qboId`.
   *
   * The least role is member.
   */
  createVendor(body: VendorCreate, options: Write = {}): Promise<Vendor> {
    return this.#transport.send(
      { method: "POST", template: "/api/vendors", body, takesKey: true, shape: "Vendor" },
      options,
    );
  }

  /**
   * List vendors.
   *
   * The vendors of the organization by name, in pages. `isActive` narrows the list to active or to deactivated vendors,
   * `q` to those whose name contains a text. A cursor belongs to the list it came from: keep the filters the same from
   * page to page.
   *
   * The least role is viewer.
   */
  listVendors(options: ListVendorsOptions = {}): Pages<VendorPage, Vendor> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/vendors",
          query: {
            isActive: options.isActive,
            active: options.active,
            q: options.q,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            cursor,
          },
          shape: "VendorPage",
        },
        options,
      ),
    );
  }

  /**
   * Update vendor.
   *
   * Changes the keys that are sent and leaves the others. `isActive: false` hides the vendor from new work; existing
   * orders keep it, and naming it in a new order is 409. Refused with 404 when there is no such vendor, and with 409
   * `conflict` when another vendor has the new `qboId`.
   *
   * The least role is member.
   */
  updateVendor(id: string, body: VendorUpdate, options: Change = {}): Promise<Vendor> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/vendors/{id}", path: { id }, body, takesKey: true, shape: "Vendor" },
      options,
    );
  }

  /**
   * Delete vendor.
   *
   * Deletes a vendor nothing refers to; its contact links go with it, the contacts stay. Refused with 404 when there is
   * no such vendor, and with 409 `in_use` while a purchase order refers to it; `details.references` then has the counts
   * by kind. Deactivate such a vendor instead.
   *
   * The least role is admin.
   */
  deleteVendor(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/vendors/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get vendor detail.
   *
   * One vendor, active or deactivated. Refused with 404 when there is no such vendor.
   *
   * The least role is viewer.
   */
  getVendor(id: string, options: Read<Vendor> = {}): Promise<Vendor> {
    return this.#transport.send(
      { method: "GET", template: "/api/vendors/{id}", path: { id }, shape: "Vendor" },
      options,
    );
  }

  /**
   * Bulk-import vendors.
   *
   * Stores up to 5,000 vendors at once. Every row is a vendor as createVendor takes it.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose `qboId` is taken by another vendor or by an earlier row, makes it 422,
   * with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * The least role is admin.
   */
  bulkImportVendors(body: VendorBulkImport, options: BulkImportVendorsOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/vendors/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }
}
