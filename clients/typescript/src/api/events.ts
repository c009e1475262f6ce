// The group of methods `events`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { EventPage } from "../models/events.js";
import type { Call, Transport } from "../transport.js";

export interface ListEventsOptions extends Call {
  after?: string | undefined;
  types?: readonly string[] | undefined;
  limit?: number | undefined;
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
   * API tokens. A log can be read from its beginning again at any time.
   *
   * The least role is viewer.
   */
  listEvents(options: ListEventsOptions = {}): Promise<EventPage> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/events",
        query: { after: options.after, types: options.types, limit: options.limit },
        shape: "EventPage",
      },
      options,
    );
  }
}
