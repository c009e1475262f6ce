// The shapes of webhooks.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Instant } from "../values.js";

/** Where events are sent to, without the secret that requests are signed with. */
export interface WebhookEndpoint {
  id: string;
  orgId: string;
  url: string;
  description: string | null;
  /** Which events are sent, as `sales_order.shipped`, `sales_order.*`, or `*` for all. */
  eventTypes: string[];
  /** Nothing is sent to an endpoint that is not active. */
  isActive: boolean;
  /** When the server stopped sending, because for days nothing was taken; `isActive` is false since. */
  pausedAt: Instant | null;
  /** Until when requests are signed with the secret before this one as well. */
  previousSecretEndsAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface WebhookEndpointCreate {
  /** Reached by HTTP or, better, HTTPS; without a user, and without a fragment. */
  url: string;
  description?: string | null | undefined;
  eventTypes: readonly string[];
}

/** Only the keys that are sent change; null clears a value. */
export interface WebhookEndpointUpdate {
  url?: string | undefined;
  description?: string | null | undefined;
  eventTypes?: readonly string[] | undefined;
  isActive?: boolean | undefined;
}

export interface WebhookEndpointList {
  data: WebhookEndpoint[];
}

export interface WebhookSecret {
  endpoint: WebhookEndpoint;
  /** What requests are signed with. */
  secret: string;
}

export interface WebhookSecretRotate {
  /** For how long the secret until now is good, too. */
  previousValidHours?: number | undefined;
}

/** An event that an endpoint has not taken yet. */
export interface WebhookDelivery {
  id: string;
  endpointId: string;
  /** The `webhook-id` of the requests. */
  eventId: string;
  eventType: string;
  recordId: string;
  /** How often it was tried. */
  attempts: number;
  /** What was answered the last time. */
  statusCode: number | null;
  /** Why there was no answer. */
  error: string | null;
  /** When it is tried again; null while another one of its record comes before it. */
  dueAt: Instant | null;
  /** When it was given up. */
  gaveUpAt: Instant | null;
  createdAt: Instant;
}

export interface WebhookDeliveryPage {
  data: WebhookDelivery[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}

/** A request that was sent to an endpoint. */
export interface WebhookAttempt {
  id: string;
  endpointId: string;
  /** The `webhook-id` of the request. */
  eventId: string;
  eventType: string;
  recordId: string;
  /** The number of this attempt at the event. */
  attempt: number;
  /** Whether it was answered with 2xx. */
  isDelivered: boolean;
  /** What was answered; null if nothing was. */
  statusCode: number | null;
  /** Why there was no answer. */
  error: string | null;
  /** The first 1000 characters of the answer. */
  response: string | null;
  durationMs: number;
  createdAt: Instant;
}

export interface WebhookAttemptPage {
  data: WebhookAttempt[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
}

export interface WebhookRedeliver {
  /** The event to begin with. */
  firstEventId?: string | undefined;
  /** The `next` behind which to begin; empty: at the beginning. */
  after?: string | undefined;
  /** The event to end with. */
  lastEventId?: string | undefined;
}

/** A part of the log that is sent once more. */
export interface WebhookRedelivery {
  id: string;
  endpointId: string;
  createdAt: Instant;
}
