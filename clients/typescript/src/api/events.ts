// The group of methods `events`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import { Feed } from "../feed.js";
import type { AuditPage, Event, EventPage } from "../models/events.js";
import { Pages } from "../pages.js";
import type { Call, Transport } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListEventsOptions extends Call {
  after?: string | undefined;
  types?: readonly string[] | undefined;
  limit?: number | undefined;
}

export interface ListAuditEventsOptions extends Call {
  recordId?: string | undefined;
  types?: readonly string[] | undefined;
  userId?: string | undefined;
  tokenId?: string | undefined;
  operation?: string | undefined;
  requestId?: string | undefined;
  since?: Moment | undefined;
  until?: Moment | undefined;
  limit?: number | undefined;
}

export interface ExportAuditEventsOptions extends Call {
  recordId?: string | undefined;
  types?: readonly string[] | undefined;
  userId?: string | undefined;
  tokenId?: string | undefined;
  operation?: string | undefined;
  requestId?: string | undefined;
  since?: Moment | undefined;
  until?: Moment | undefined;
  fileFormat?: "jsonl" | "csv" | undefined;
}

/** `client.events`: what has changed, by whom, in an order that hides nothing. */
export class Events {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * List events.
   *
   * What has changed of the organization's records, whatever way it went: requests, imports, what follows from others,
   * commands. The oldest is first, one event for each record that a transaction has changed, with what of it is another
   * than before. `next` is where the log goes on: keep it, and send it as `after` the next time, also when the page is
   * empty. No event appears before one that was read: those of a transaction that is still under way, and of all that
   * began after it, wait until it has ended. Deleted records are in it. Who is no admin sees nothing of invitations and
   * API tokens. A log can be read again at any time, from its beginning or from where it is kept
   * (`eventRetentionDays`).
   *
   * The least role is viewer.
   */
  listEvents(options: ListEventsOptions = {}): Feed<EventPage, Event> {
    return new Feed(
      (after, wait) =>
        this.#transport.send(
          {
            method: "GET",
            template: "/api/events",
            query: { after, types: options.types, limit: options.limit, wait },
            shape: "EventPage",
          },
          options,
        ),
      options,
    );
  }

  /**
   * List audit events.
   *
   * Who has changed what, the newest first: the events of the log, by record, by user or token, by operation or
   * request, by time. Filters that are given together must all hold. As in `listEvents`, an event appears once every
   * transaction that began before its own has ended.
   *
   * The least role is admin.
   */
  listAuditEvents(options: ListAuditEventsOptions = {}): Pages<AuditPage, Event> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/audit",
          query: {
            recordId: options.recordId,
            types: options.types,
            userId: options.userId,
            tokenId: options.tokenId,
            operation: options.operation,
            requestId: options.requestId,
            since: options.since,
            until: options.until,
            limit: options.limit,
            cursor,
          },
          shape: "AuditPage",
        },
        options,
      ),
    );
  }

  /**
   * Export audit events.
   *
   * The same events as `listAuditEvents`, all of them in one file, the newest first, one a line. It is sent as it is
   * made, so that it may be of any length; one that does not end properly was cut.
   *
   * The least role is admin.
   */
  exportAuditEvents(options: ExportAuditEventsOptions = {}): Promise<Uint8Array> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/audit/export",
        query: {
          recordId: options.recordId,
          types: options.types,
          userId: options.userId,
          tokenId: options.tokenId,
          operation: options.operation,
          requestId: options.requestId,
          since: options.since,
          until: options.until,
          fileFormat: options.fileFormat,
        },
        shape: null,
      },
      options,
    );
  }
}
