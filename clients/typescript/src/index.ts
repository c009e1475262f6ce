// The client of Pharus. `Client` has one group of methods for each part of the API.
export type * from "./api/index.js";
export { Client } from "./client.js";
export { Download } from "./downloads.js";
export type { Form } from "./downloads.js";
export { ApiError, PharusError, Unreachable } from "./errors.js";
export { Feed } from "./feed.js";
export type { FollowOptions } from "./feed.js";
export type * from "./models/index.js";
export { Pages } from "./pages.js";
export * as refusals from "./refusals.js";
export type { Retries } from "./retries.js";
export type { Call, Change, ClientOptions, IfMatch, Read, Token, Write } from "./transport.js";
export { Decimal, Instant, etag } from "./values.js";
export type { DecimalInput, Moment, Version } from "./values.js";
export { API_VERSION, VERSION } from "./version.js";
export { InvalidSignature, verifyWebhook } from "./webhooks.js";
export type { Delivery, VerifyOptions } from "./webhooks.js";
