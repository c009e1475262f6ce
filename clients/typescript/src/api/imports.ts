// The group of methods `imports`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { ImportList } from "../models/imports.js";
import type { Call, Transport } from "../transport.js";

export interface GetImportTemplateOptions extends Call {
  fileFormat?: "xlsx" | "csv" | undefined;
}

/** `client.imports`: which bulk imports there are, what each takes, and an empty table to fill in for it. */
export class Imports {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List bulk imports.
   *
   * The bulk imports that there are, each with the columns that a file for it may have. As a file it has a row for each
   * column.
   *
   * The least role is viewer.
   */
  listImports(options: Call = {}): Promise<ImportList> {
    return this.#transport.send({ method: "GET", template: "/api/imports", shape: "ImportList" }, options);
  }

  /**
   * Get the template of a bulk import.
   *
   * An empty table to fill in for a bulk import: the heads of its columns. The XLSX file has what each column is behind
   * its head, the values that it may have to choose from, and a second sheet that explains them all. Refused with 404
   * when there is no such import.
   *
   * The least role is viewer.
   */
  getImportTemplate(operation: string, options: GetImportTemplateOptions = {}): Promise<Uint8Array> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/imports/{operation}/template",
        path: { operation },
        query: { fileFormat: options.fileFormat },
        shape: null,
      },
      options,
    );
  }
}
