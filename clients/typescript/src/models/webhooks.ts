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
