// What a call rejects with: PharusError, which is either of two.
//
// - Unreachable: no answer, also after retries; whether the request was carried out is not known.
// - ApiError: the server refused; refusals.ts has a class for each code.

/** All that this client throws of its own. */
export class PharusError extends Error {}

/** There was no answer. Sent again with `idempotencyKey`, the request is not carried out twice. */
export class Unreachable extends PharusError {
  override readonly name = "Unreachable";
  readonly idempotencyKey: string | null;

  constructor(message: string, idempotencyKey: string | null, cause: unknown) {
    super(message, { cause });
    this.idempotencyKey = idempotencyKey;
  }
}

export interface Refusal {
  status: number;
  code: string;
  message: string;
  details: unknown;
  headers: Headers;
}

/** The server's refusal: `code` for programs, `details` with the facts, `requestId` for whoever reads the log. */
export class ApiError extends PharusError {
  override readonly name: string = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly details: unknown;
  readonly requestId: string | null;
  readonly retryAfter: string | null;

  constructor({ status, code, message, details, headers }: Refusal) {
    super(`${status} ${code}: ${message}`);
    this.status = status;
    this.code = code;
    this.details = details;
    this.requestId = headers.get("X-Request-Id");
    this.retryAfter = headers.get("Retry-After");
  }
}
