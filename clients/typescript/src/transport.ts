// From a call to requests and back: headers, keys, versions, retries.
import { ApiError, Unreachable } from "./errors.js";
import { BY_CODE } from "./refusals.js";
import { RETRIES, waitAfter } from "./retries.js";
import type { Retries } from "./retries.js";
import { sleep } from "./sleep.js";
import { etag, fromJson, remember, toJson, toText } from "./values.js";
import type { Version } from "./values.js";
import { VERSION } from "./version.js";

/** A personal access token, or a function that answers an ID token, which expires, for each request. */
export type Token = string | (() => string | Promise<string>) | null;

export interface ClientOptions {
  /** With ID tokens: the organization to act in. */
  organization?: string | undefined;
  retries?: Partial<Retries> | undefined;
  /** How long one attempt may take. */
  timeoutMilliseconds?: number | undefined;
  /** In place of the fetch of the browser or of Node. */
  fetch?: typeof fetch | undefined;
}

/** The options of every call. */
export interface Call {
  /** Ends the call, and its retries. */
  signal?: AbortSignal | undefined;
}

/** The options of a call that reads one record. */
export interface Read<Answer> extends Call {
  /** The record as it was read before: it is answered itself while it has not changed. */
  ifNoneMatch?: Answer | undefined;
}

/** The options of a call that is carried out once, however often it is sent. */
export interface Write extends Call {
  /** A key of your own in place of a new one, for a call that another process may send again. */
  idempotencyKey?: string | undefined;
}

export interface IfMatch extends Call {
  /** The record as it was read: refused when others have changed it since. */
  ifMatch?: Version | undefined;
}

/** The options of a call that changes a record. */
export interface Change extends Write, IfMatch {}

/** One call as the generated methods put it. Without a shape the answer is bytes. */
export interface Request {
  method: string;
  template: string;
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
  body?: object | undefined;
  form?: object;
  takesKey?: boolean;
  shape: string | null;
}

interface Sent {
  request: Request;
  options: Call;
}

const TIMEOUT_MILLISECONDS = 60_000;

export class Transport {
  readonly #address: string;
  readonly #token: Token;
  readonly #organization: string | undefined;
  readonly #retries: Retries;
  readonly #timeout: number;
  readonly #fetch: typeof fetch;
  #held: Sent[] | null = null;

  constructor(address: string, token: Token, options: ClientOptions) {
    this.#address = address.replace(/\/+$/, "");
    this.#token = token;
    this.#organization = options.organization;
    this.#retries = { ...RETRIES, ...options.retries };
    this.#timeout = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS;
    this.#fetch = options.fetch ?? ((input, init) => fetch(input, init));
  }

  /** Rejects with ApiError when the server refuses, with Unreachable when it does not answer. */
  async send<Answer>(request: Request, options: Change & Read<object>): Promise<Answer> {
    if (this.#held !== null) {
      this.#held.push({ request, options });
      return new Promise(() => {});
    }
    const { response, bytes } = await this.#answer(request, options, false);
    return answerOf(request, options, response, bytes) as Answer;
  }

  /** The answer, of which only the head has come. Rejects as `send` does. */
  async stream(request: Request, options: Call): Promise<Response> {
    const { response, bytes } = await this.#answer(request, options, true);
    if (!response.ok) throw refusalOf(response, new TextDecoder().decode(bytes));
    return response;
  }

  /** What is asked for while `ask` runs, until it returns: none of that is sent. */
  withoutSending(ask: () => void): Sent[] {
    const held: Sent[] = [];
    this.#held = held;
    try {
      ask();
    } finally {
      this.#held = null;
    }
    return held;
  }

  async #answer(request: Request, options: Change & Read<object>, isStreamed: boolean) {
    const key = request.takesKey ? (options.idempotencyKey ?? crypto.randomUUID()) : null;
    const isSafe = request.method === "GET" || key !== null;
    const retries = isSafe ? this.#retries : { ...this.#retries, attempts: 1 };
    const url = this.#address + pathOf(request) + queryOf(request);
    const init = { method: request.method, body: bodyOf(request), headers: this.#headers(request, options, key) };
    for (let attempt = 1; ; attempt += 1) {
      const sent = await this.#attempt(url, init, options.signal, isStreamed);
      const wait = sent.response?.ok ? null : waitAfter(retries, attempt, sent.response);
      if (wait !== null) await sleep(wait, options.signal);
      else if (sent.response === null) throw new Unreachable(`${request.method} ${url}`, key, sent.error);
      else return sent;
    }
  }

  /** One request, and the whole answer, or the head of one that is streamed. Rejects only when the caller has ended the
   * call. */
  async #attempt(
    url: string,
    init: RequestInit & { headers: Headers },
    signal: AbortSignal | undefined,
    isStreamed: boolean,
  ) {
    const headers = new Headers(init.headers);
    // Before each attempt: a token may have expired while it waited.
    const token = typeof this.#token === "function" ? await this.#token() : this.#token;
    if (token !== null) headers.set("Authorization", `Bearer ${token}`);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new DOMException("No answer in time.", "TimeoutError")), this.#timeout);
    const ended = signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]);
    try {
      const response = await this.#fetch(url, { ...init, headers, signal: ended });
      const isLeft = isStreamed && response.ok;
      return { response, bytes: isLeft ? new Uint8Array() : new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      signal?.throwIfAborted();
      return { response: null, error };
    } finally {
      clearTimeout(timer);
    }
  }

  #headers(request: Request, options: Change & Read<object>, key: string | null): Headers {
    const headers = new Headers();
    // Browsers have a name of their own.
    if (!("document" in globalThis)) headers.set("User-Agent", `pharus-client-typescript/${VERSION}`);
    if (request.body !== undefined) headers.set("Content-Type", "application/json");
    if (key !== null) headers.set("Idempotency-Key", key);
    if (options.ifMatch !== undefined) headers.set("If-Match", etag(options.ifMatch));
    if (options.ifNoneMatch !== undefined) headers.set("If-None-Match", etag(options.ifNoneMatch));
    if (this.#organization !== undefined) headers.set("X-Org-Id", this.#organization);
    return headers;
  }
}

function pathOf(request: Request): string {
  return request.template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = request.path?.[name] ?? "";
    // These would lead to another path, however they are written.
    if (["", ".", ".."].includes(value)) throw new RangeError(`${JSON.stringify(value)} is no id.`);
    return encodeURIComponent(value);
  });
}

function queryOf(request: Request): string {
  const given = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const written = new URLSearchParams(given.map(([name, value]) => [name, toText(value)])).toString();
  return written && `?${written}`;
}

function bodyOf(request: Request): string | FormData | null {
  if (request.body !== undefined) return toJson(request.body);
  if (request.form === undefined) return null;
  const form = new FormData();
  for (const [name, part] of Object.entries(request.form)) {
    if (part !== undefined) form.append(name, part instanceof Blob ? part : toText(part));
  }
  return form;
}

function answerOf(request: Request, options: Read<object>, response: Response, bytes: Uint8Array): unknown {
  if (response.status === 304 && options.ifNoneMatch !== undefined) return options.ifNoneMatch;
  if (!response.ok) throw refusalOf(response, new TextDecoder().decode(bytes));
  if (request.shape === null) return bytes;
  const record = fromJson(new TextDecoder().decode(bytes), request.shape);
  remember(record, response.headers.get("ETag"));
  return record;
}

/** The error of an answer that is no success; one of a proxy in between has no code of ours. */
function refusalOf({ status, headers }: Response, text: string): ApiError {
  let found: { code?: unknown; message?: unknown; details?: unknown } = {};
  try {
    found = (JSON.parse(text) as { error?: typeof found } | null)?.error ?? {};
  } catch {
    // No JSON: not from our server.
  }
  const code = typeof found.code === "string" ? found.code : "unknown";
  const message = typeof found.message === "string" ? found.message : text.slice(0, 200);
  const Refused = (Object.hasOwn(BY_CODE, code) && BY_CODE[code]) || ApiError;
  return new Refused({ status, code, message, details: found.details, headers });
}
