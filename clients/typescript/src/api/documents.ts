// The group of methods `documents`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  Document,
  DocumentDetail,
  DocumentEntityType,
  DocumentPage,
  DocumentUpload,
} from "../models/documents.js";
import type { DeletedId } from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListDocumentsOptions extends Call {
  entityType: DocumentEntityType;
  entityId: string;
  limit?: number | undefined;
  sort?: "createdAt" | "-createdAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
}

/** `client.documents`: the files that are kept with sales orders, purchase orders and work orders. */
export class Documents {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Upload document.
   *
   * Keeps a file with a sales order, a purchase order, a work order or a lot. The body is `multipart/form-data` with
   * three parts in any order: the file, with its name, and the two fields. Paths, control characters and what is longer
   * than 255 characters go from the name; without a media type the file counts as `application/octet-stream`. The
   * document is there once this is answered, and a failed upload leaves nothing. Refused with 404 when there is no such
   * record, with 413 when the file is larger than 10 MB (10485760 bytes), with 400 when the body is no multipart, and
   * with 422 when the file is empty or a part is missing, unknown or sent twice. Who may not upload is refused before
   * the body is read. 409 `conflict` when the organization's files would take more than the server allows
   * (`details.limit`). 503 when the place where files are kept does not answer.
   *
   * The least role is member.
   */
  uploadDocument(body: DocumentUpload, options: Write = {}): Promise<Document> {
    return this.#transport.send(
      { method: "POST", template: "/api/documents", form: body, takesKey: true, shape: "Document" },
      options,
    );
  }

  /**
   * List documents for an entity.
   *
   * The documents of a sales order, purchase order or work order, newest first, in pages. The list is empty when there
   * is no such order. A cursor belongs to the list it came from: keep the parameters the same from page to page.
   *
   * The least role is viewer.
   */
  listDocuments(options: ListDocumentsOptions): Pages<DocumentPage, Document> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/documents",
          query: {
            entityType: options.entityType,
            entityId: options.entityId,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            cursor,
          },
          shape: "DocumentPage",
        },
        options,
      ),
    );
  }

  /**
   * Delete document.
   *
   * Deletes a document, and then its file; links to it end with it. While the place where files are kept does not
   * answer, the file is deleted later. Refused with 404 when there is no such document.
   *
   * The least role is member.
   */
  deleteDocument(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/documents/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get document detail (signed download URL).
   *
   * One document, with an address from which anybody may download its file for 15 minutes: `signedUrl` needs no token,
   * names this file only and lets nobody change it. Afterwards, or altered, it is refused with 403; ask again for a new
   * one. Refused with 404 when there is no such document.
   *
   * The least role is viewer.
   */
  getDocument(id: string, options: Call = {}): Promise<DocumentDetail> {
    return this.#transport.send(
      { method: "GET", template: "/api/documents/{id}", path: { id }, shape: "DocumentDetail" },
      options,
    );
  }
}
