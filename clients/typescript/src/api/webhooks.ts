// The group of methods `webhooks`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { DeletedId } from "../models/shared.js";
import type {
  WebhookAttempt,
  WebhookAttemptPage,
  WebhookDelivery,
  WebhookDeliveryPage,
  WebhookEndpoint,
  WebhookEndpointCreate,
  WebhookEndpointList,
  WebhookEndpointUpdate,
  WebhookRedeliver,
  WebhookRedelivery,
  WebhookSecret,
  WebhookSecretRotate,
} from "../models/webhooks.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";

export interface ListWebhookAttemptsOptions extends Call {
  eventId?: string | undefined;
  isDelivered?: boolean | undefined;
  limit?: number | undefined;
}

export interface ListWebhookDeliveriesOptions extends Call {
  state?: "waiting" | "givenUp" | undefined;
  limit?: number | undefined;
}

/** `client.webhooks`: where events are sent to as they happen, and what became of each delivery. */
export class Webhooks {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create webhook endpoint.
   *
   * Has events sent to a URL from now on, by Standard Webhooks: as POST requests with the headers `webhook-id`,
   * `webhook-timestamp` and `webhook-signature`, in the order of the events of each record, each until it was taken
   * with 2xx, which may happen twice. `eventTypes` are types of events (`sales_order.shipped`), all of a table
   * (`sales_order.*`), or all there are (`*`). The secret that requests are signed with is in the answer, this once.
   * Refused with 422 for a URL that leads into a private or local network, and for a type that there is not; with 409
   * `conflict` when the organization has as many endpoints as the server allows (`details.limit`).
   *
   * The least role is admin.
   */
  createWebhookEndpoint(body: WebhookEndpointCreate, options: Write = {}): Promise<WebhookSecret> {
    return this.#transport.send(
      { method: "POST", template: "/api/webhook-endpoints", body, takesKey: true, shape: "WebhookSecret" },
      options,
    );
  }

  /**
   * List webhook endpoints (bounded; no pagination).
   *
   * All endpoints of the organization, in the order in which they were made. Secrets are never shown again.
   *
   * The least role is admin.
   */
  listWebhookEndpoints(options: Call = {}): Promise<WebhookEndpointList> {
    return this.#transport.send(
      { method: "GET", template: "/api/webhook-endpoints", shape: "WebhookEndpointList" },
      options,
    );
  }

  /**
   * Update webhook endpoint.
   *
   * Changes the keys that are sent and leaves the others. `isActive: false` stops sending; `true` goes on where it
   * stopped, also after the server has paused the endpoint, and tries at once. Refused with 404 when there is no such
   * endpoint, and with 422 as createWebhookEndpoint is.
   *
   * The least role is admin.
   */
  updateWebhookEndpoint(id: string, body: WebhookEndpointUpdate, options: Change = {}): Promise<WebhookEndpoint> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/webhook-endpoints/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "WebhookEndpoint",
      },
      options,
    );
  }

  /**
   * Delete webhook endpoint.
   *
   * Deletes the endpoint and what was noted of its deliveries; nothing more is sent there. Refused with 404 when there
   * is no such endpoint.
   *
   * The least role is admin.
   */
  deleteWebhookEndpoint(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/webhook-endpoints/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get webhook endpoint.
   *
   * One endpoint, without its secret. Refused with 404 when there is no such endpoint.
   *
   * The least role is admin.
   */
  getWebhookEndpoint(id: string, options: Read<WebhookEndpoint> = {}): Promise<WebhookEndpoint> {
    return this.#transport.send(
      { method: "GET", template: "/api/webhook-endpoints/{id}", path: { id }, shape: "WebhookEndpoint" },
      options,
    );
  }

  /**
   * Rotate webhook secret.
   *
   * Gives the endpoint a new secret, which is in the answer, this once. Until `previousSecretEndsAt` requests are
   * signed with the one before as well, so that a receiver that knows either of them can verify; `0` hours end it at
   * once. Refused with 404 when there is no such endpoint.
   *
   * The least role is admin.
   */
  rotateWebhookSecret(id: string, body: WebhookSecretRotate, options: Write = {}): Promise<WebhookSecret> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/webhook-endpoints/{id}/rotate-secret",
        path: { id },
        body,
        takesKey: true,
        shape: "WebhookSecret",
      },
      options,
    );
  }

  /**
   * Send test event.
   *
   * Sends an event of the type `webhook_endpoint.test`, whatever types the endpoint has, and tries at once what waits
   * for its time. What became of it is in listWebhookAttempts, by its `eventId`. Refused with 404 when there is no such
   * endpoint, and with 409 `conflict` when it is not active.
   *
   * The least role is admin.
   */
  testWebhookEndpoint(id: string, options: Write = {}): Promise<WebhookDelivery> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/webhook-endpoints/{id}/test",
        path: { id },
        takesKey: true,
        shape: "WebhookDelivery",
      },
      options,
    );
  }

  /**
   * List webhook attempts.
   *
   * The requests that were sent to the endpoint, the newest first, in pages: what was answered, how the answer began
   * and how long it took. `eventId` narrows them to those of one event, `isDelivered` to those that were taken, or were
   * not. They are kept for as long as the server says (30 days, unless it says otherwise). Refused with 404 when there
   * is no such endpoint.
   *
   * The least role is admin.
   */
  listWebhookAttempts(id: string, options: ListWebhookAttemptsOptions = {}): Pages<WebhookAttemptPage, WebhookAttempt> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/webhook-endpoints/{id}/attempts",
          path: { id },
          query: { eventId: options.eventId, isDelivered: options.isDelivered, limit: options.limit, cursor },
          shape: "WebhookAttemptPage",
        },
        options,
      ),
    );
  }

  /**
   * List events that were not delivered.
   *
   * The events that the endpoint has not taken yet, in pages, in the order in which that was noted. Those with a
   * `gaveUpAt` were given up, three days after the first attempt; the others are tried again at `dueAt`, or wait for
   * one before them of the same record (`dueAt` null). `state` narrows them to either. What was taken is in no such
   * list, nor is what comes behind it while the endpoint is down. Refused with 404 when there is no such endpoint.
   *
   * The least role is admin.
   */
  listWebhookDeliveries(
    id: string,
    options: ListWebhookDeliveriesOptions = {},
  ): Pages<WebhookDeliveryPage, WebhookDelivery> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/webhook-endpoints/{id}/deliveries",
          path: { id },
          query: { state: options.state, limit: options.limit, cursor },
          shape: "WebhookDeliveryPage",
        },
        options,
      ),
    );
  }

  /**
   * Redeliver events.
   *
   * Sends events once more, under the same `webhook-id`, in their order and before newer ones, as far as the endpoint
   * has their types: from `firstEventId`, or from what is behind `after` (a `next` of listEvents, empty for the
   * beginning of the log), to `lastEventId`, or to what there is now. The same event twice is one event. The ids are
   * those of events that were sent to an endpoint of the organization, as listWebhookAttempts and listWebhookDeliveries
   * have them. Refused with 404 when there is no such endpoint or event.
   *
   * The least role is admin.
   */
  redeliverWebhookEvents(id: string, body: WebhookRedeliver, options: Write = {}): Promise<WebhookRedelivery> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/webhook-endpoints/{id}/redeliver",
        path: { id },
        body,
        takesKey: true,
        shape: "WebhookRedelivery",
      },
      options,
    );
  }
}
