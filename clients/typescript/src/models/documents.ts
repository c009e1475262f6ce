// The shapes of documents.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Instant } from "../values.js";
import type { ListTotal } from "./shared.js";

/** What a document can be kept with. */
export type DocumentEntityType = "sales_order" | "purchase_order" | "work_order" | "lot";

/** What a document is kept with. */
export type DocumentEntity = "sales_order" | "purchase_order" | "work_order" | "lot";

export interface Document {
  id: string;
  orgId: string;
  entityType: DocumentEntity;
  entityId: string;
  /** The file's name without a path. */
  name: string;
  /** Where the file lies in the store, be it a bucket or a folder. */
  gcsPath: string;
  mimeType: string;
  sizeBytes: string;
  createdAt: Instant;
}

export interface DocumentDetail {
  id: string;
  orgId: string;
  entityType: DocumentEntity;
  entityId: string;
  /** The file's name without a path. */
  name: string;
  /** Where the file lies in the store, be it a bucket or a folder. */
  gcsPath: string;
  mimeType: string;
  sizeBytes: string;
  createdAt: Instant;
  /** Where anybody may download the file, without a token, for 15 minutes. */
  signedUrl: string;
}

export interface DocumentUpload {
  /** The file, with its name; its media type is kept as well. */
  file: File;
  entityType: DocumentEntityType;
  entityId: string;
}

export interface DocumentPage {
  data: Document[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}
