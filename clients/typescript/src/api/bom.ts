// The group of methods `bom`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  Bom,
  BomBulkImport,
  BomCreate,
  BomLinePage,
  BomPage,
  BomReplace,
  BomSummary,
  BomWithLines,
} from "../models/bom.js";
import type { BulkImportResult, DeletedId } from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";

export interface ListBomsOptions extends Call {
  q?: string | undefined;
  limit?: number | undefined;
  sort?: "outputSkuId" | "-outputSkuId" | undefined;
  ids?: readonly string[] | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportBomsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface ListBomLinesOptions extends Call {
  limit?: number | undefined;
  expand?: "names" | undefined;
}

/** `client.bom`: bills of materials, which say what one unit of a SKU takes. */
export class BOM {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create BOM.
   *
   * Gives a SKU its BOM (bill of materials): how much of which materials and other SKUs one unit of it takes, or a
   * batch of `batchSize` units that are begun, of which `yieldPercent` come out; and what comes out besides. An order
   * takes as much as lets its quantity come out. Wrong by itself, and so 422, are an input or a by-product that comes
   * twice, a SKU that is an input or a by-product of itself, a by-product that is an input, and parts of the cost that
   * are not 100 percent together. Refused with 404 when there is no such SKU or material, and with 409 `conflict` when
   * the SKU has a BOM already, when it, an input or a by-product is deactivated, or when the BOM would close a loop
   * through sub-assemblies or by-products; `details` then has the path of SKU codes.
   *
   * The least role is member.
   */
  createBom(body: BomCreate, options: Write = {}): Promise<Bom> {
    return this.#transport.send({ method: "POST", template: "/api/boms", body, takesKey: true, shape: "Bom" }, options);
  }

  /**
   * List SKUs with BOMs.
   *
   * The SKUs that have a BOM, by code, in pages, each with the number of its BOM's lines. `q` narrows the list to SKUs
   * whose code or name contains a text. A cursor belongs to the list it came from: keep the filters the same from page
   * to page.
   *
   * The least role is viewer.
   */
  listBoms(options: ListBomsOptions = {}): Pages<BomPage, BomSummary> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/boms",
          query: {
            q: options.q,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "BomPage",
        },
        options,
      ),
    );
  }

  /**
   * Bulk-import BOMs.
   *
   * Stores up to 5,000 BOMs at once. Every row is the BOM of a SKU as createBom takes it, but for its by- products,
   * which are lines, too. In a file the lines with the same output SKU are one BOM.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose SKU has a BOM already or that would close a loop, makes it 422, with
   * `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * The least role is admin.
   */
  bulkImportBoms(body: BomBulkImport, options: BulkImportBomsOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/boms/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * List BOMs with their lines.
   *
   * The BOMs by the code of the SKU that they are for, in pages, each with its lines in their order: inputs, then
   * by-products. As a file it has a row for each line, and bulkImportBoms takes it.
   *
   * The least role is viewer.
   */
  listBomLines(options: ListBomLinesOptions = {}): Pages<BomLinePage, BomWithLines> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/bom-lines",
          query: { limit: options.limit, expand: options.expand, cursor },
          shape: "BomLinePage",
        },
        options,
      ),
    );
  }

  /**
   * Replace BOM composition.
   *
   * Replaces all lines of a SKU's BOM at once; orders in flight keep what they have. `batchSize`, `yieldPercent` and
   * `byProducts` stay as they are where they are not sent. Wrong by itself, and so 422, are an `outputSkuId` that is
   * not the id in the path, and what is wrong in createBom. Refused with 404 when there is no such SKU or material or
   * the SKU has no BOM, and with 409 `conflict` when the SKU, an input or a by-product is deactivated, or when the BOM
   * would close a loop through sub-assemblies or by-products; `details` then has the path of SKU codes.
   *
   * The least role is member.
   */
  replaceBom(id: string, body: BomReplace, options: Change = {}): Promise<Bom> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/boms/{id}", path: { id }, body, takesKey: true, shape: "Bom" },
      options,
    );
  }

  /**
   * Delete BOM.
   *
   * Deletes the BOM of a SKU with all its lines; the SKU stays, and orders in flight keep what they have. Refused with
   * 404 when there is no such SKU or it has no BOM.
   *
   * The least role is member.
   */
  deleteBom(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/boms/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get BOM for a SKU.
   *
   * The BOM of a SKU. Refused with 404 when there is no such SKU or it has no BOM.
   *
   * The least role is viewer.
   */
  getSkuBom(id: string, options: Read<Bom> = {}): Promise<Bom> {
    return this.#transport.send({ method: "GET", template: "/api/skus/{id}/bom", path: { id }, shape: "Bom" }, options);
  }
}
