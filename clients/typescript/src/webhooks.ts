// Whether a request that came to an endpoint of yours is from Pharus: its signature, by Standard Webhooks
// (https://www.standardwebhooks.com).
import { PharusError } from "./errors.js";
import type { Event } from "./models/index.js";
import { convertRecord } from "./values.js";
import type { Instant } from "./values.js";

/** The body of a request; `data` is the event as the feed has it. */
export interface Delivery {
  type: string;
  timestamp: Instant;
  data: Event;
}

/** The request is not from Pharus, or it is an old one. */
export class InvalidSignature extends PharusError {
  override readonly name = "InvalidSignature";
}

/** As fetch has them, or as Node's servers do. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How many seconds the clocks may differ; what is older may be a request that somebody has recorded. */
  tolerance?: number | undefined;
  /** The time by the clock of this side. */
  now?: Date | undefined;
}

const TOLERANCE_SECONDS = 300;
const PREFIX = "whsec_";

/**
 * The delivery in `body`, which is what came over the network, byte by byte. Rejects with InvalidSignature. A delivery
 * may come again: the `id` of its `data` is then the same.
 */
export async function verifyWebhook(
  secret: string,
  headers: WebhookHeaders,
  body: string | Uint8Array,
  options: VerifyOptions = {},
): Promise<Delivery> {
  const id = read(headers, "webhook-id");
  const timestamp = read(headers, "webhook-timestamp");
  const signatures = read(headers, "webhook-signature");
  const now = (options.now ?? new Date()).getTime() / 1000;
  const isOfNow = Math.abs(now - Number(timestamp)) <= (options.tolerance ?? TOLERANCE_SECONDS);
  if (!/^\d+$/.test(timestamp) || !isOfNow) throw new InvalidSignature("The request is not of now.");
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const start = new TextEncoder().encode(`${id}.${timestamp}.`);
  const signed = new Uint8Array(start.length + bytes.length);
  signed.set(start);
  signed.set(bytes, start.length);
  const key = await crypto.subtle.importKey("raw", keyOf(secret), { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
  // While a secret is replaced there is a signature for each of the two.
  for (const each of signatures.split(" ")) {
    const signature = each.startsWith("v1,") ? decoded(each.slice("v1,".length)) : null;
    if (signature !== null && (await crypto.subtle.verify("HMAC", key, signature, signed))) {
      const delivery = JSON.parse(new TextDecoder().decode(bytes)) as object;
      return convertRecord(delivery, { timestamp: "instant", data: "Event" }) as Delivery;
    }
  }
  throw new InvalidSignature("No signature of the request is that of this secret.");
}

function read(headers: WebhookHeaders, name: string): string {
  const found =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([key, value]) => key.toLowerCase() === name && value !== undefined)?.[1];
  const value = Array.isArray(found) ? found[0] : (found as string | null | undefined);
  if (value === undefined || value === null) throw new InvalidSignature(`The request has no header ${name}.`);
  return value;
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = decoded(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
  if (key === null || key.length === 0) throw new RangeError(`A secret is ${PREFIX} and base64.`);
  return key;
}

function decoded(base64: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
