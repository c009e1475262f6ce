// The shapes of events.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Instant } from "../values.js";

export interface Event {
  id: string;
  /**
   * What has become of which record: `vendor.created`, `vendor.updated`, `vendor.deleted`; of an order also the status
   * that it has entered, as `sales_order.shipped`.
   */
  type: string;
  recordId: string;
  /** What the record belongs to, as a line to its order. */
  parentType: string | null;
  /** The id of that. */
  parentId: string | null;
  /** Who did it; null for the server itself. */
  userId: string | null;
  /** With which API token. */
  tokenId: string | null;
  /** The `operationId` of the request that did it, or the command, as `pharus demo`; null for the server itself. */
  operation: string | null;
  /** The `X-Request-Id` of the request that did it. */
  requestId: string | null;
  occurredAt: Instant;
  /** What was changed, as it was; null for a record that is new. */
  before: Record<string, unknown> | null;
  /** What was changed, as it is since; null for a record that was deleted. */
  after: Record<string, unknown> | null;
  /** With which tool of `/mcp` an agent did it, as `receive_delivery`; null for everybody else. */
  agent: string | null;
}

export interface AuditPage {
  data: Event[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}

export interface EventPage {
  data: Event[];
  /** Where the log goes on; the next request's `after`. */
  next: string;
}
