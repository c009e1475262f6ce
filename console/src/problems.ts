// What the API says when it refuses: one sentence, and what is wrong with which field.
import { ApiError, Unreachable, refusals } from "pharus-client";
import { TEXTS } from "./texts.ts";

export interface Problems {
  message: string;
  /** By the pointer into the body: `/items/0/quantity`. */
  fields: Readonly<Record<string, string>>;
  requestId: string | null;
}

interface Named {
  path: string;
  message: string;
}

export function problemsOf(error: unknown): Problems {
  if (error instanceof Unreachable) return { message: TEXTS.errors.unreachable, fields: {}, requestId: null };
  if (error instanceof refusals.PreconditionFailed) {
    return { message: TEXTS.errors.changedMeanwhile, fields: {}, requestId: error.requestId };
  }
  if (!(error instanceof ApiError)) return { message: String(error), fields: {}, requestId: null };
  const named = Array.isArray(error.details) ? (error.details as unknown[]).filter(isNamed) : [];
  const fields: Record<string, string> = {};
  for (const { path, message } of named) fields[path] = fields[path] === undefined ? message : `${fields[path]}; ${message}`;
  return { message: sentence(error), fields, requestId: error.requestId };
}

/** The server's own words, without status and code before them. */
function sentence(error: ApiError): string {
  const said = error.message.slice(`${error.status} ${error.code}: `.length);
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function isNamed(value: unknown): value is Named {
  return typeof value === "object" && value !== null && "path" in value && "message" in value;
}
