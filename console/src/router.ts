// The address: everything behind the # says which page it is, and with which filters. The server is not asked for it.
import { createStore, useStore } from "./store.ts";

export interface Route {
  /** `purchase-orders`, `0193…` */
  segments: readonly string[];
  query: Readonly<Record<string, string>>;
}

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const segments = path.split("/").filter(Boolean).map(decoded);
  return { segments, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of a page, for a link. Empty values are left out. */
export function to(path: string, query: Readonly<Record<string, string | null | undefined>> = {}): string {
  const given = Object.entries(query).filter((each): each is [string, string] => Boolean(each[1]));
  const search = new URLSearchParams(given).toString();
  return `#/${path}${search && `?${search}`}`;
}

const current = createStore(parseRoute(location.hash));
addEventListener("hashchange", () => current.set(parseRoute(location.hash)));

export function useRoute(): Route {
  return useStore(current);
}

export function go(address: string, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, "", address);
    current.set(parseRoute(location.hash));
  } else location.hash = address;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
