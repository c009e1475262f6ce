// The address: everything behind the # says which page it is, and with which filters. The server is not asked for it.
import { parseRoute, to } from "./route.ts";
import type { Route } from "./route.ts";
import { createStore, useStore } from "./store.ts";

export { to };

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
