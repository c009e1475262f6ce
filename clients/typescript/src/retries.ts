// When a request is sent again, and after how long.

/**
 * At most `attempts`, the first included. Waits double from `firstWait` to `longestWait`, in milliseconds. A server
 * that asks for a longer wait than the longest is not waited for: its refusal is thrown.
 */
export interface Retries {
  attempts: number;
  firstWait: number;
  longestWait: number;
}

export const RETRIES: Readonly<Retries> = { attempts: 5, firstWait: 200, longestWait: 20_000 };

const TRY_AGAIN = [429, 500, 502, 503, 504];

/** Milliseconds to wait before the next attempt, null after the last one. Without an answer, `answer` is null. */
export function waitAfter(retries: Retries, attempt: number, answer: Response | null): number | null {
  if (attempt >= retries.attempts || !isPassing(answer)) return null;
  // A random part, so that many clients of one server do not come back all at once.
  const own = Math.min(retries.firstWait * 2 ** (attempt - 1), retries.longestWait) * (0.5 + Math.random() / 2);
  const asked = answer?.headers.get("Retry-After") ?? "";
  const wait = /^\d+$/.test(asked) ? Math.max(own, Number(asked) * 1000) : own;
  return wait <= retries.longestWait ? wait : null;
}

/** A 409 with Retry-After says that the first attempt is still at work. */
function isPassing(answer: Response | null): boolean {
  if (answer === null || TRY_AGAIN.includes(answer.status)) return true;
  return answer.status === 409 && answer.headers.has("Retry-After");
}
