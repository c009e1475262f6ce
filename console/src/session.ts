// Who is signed in, where, and what they may do. The token lives in this tab alone.
import { ApiError, Client, refusals } from "pharus-client";
import type { Role, UserOrganization } from "pharus-client/models";
import type { Call } from "./description.ts";
import { localeOf } from "./format.ts";
import type { Manner } from "./format.ts";
import { OPERATIONS } from "./generated/operations.ts";
import { createStore, useStore } from "./store.ts";

export type OperationId = keyof typeof OPERATIONS;

/** Signed in to an organization. `isPerson` is false with a personal access token, which may not do everything. */
export interface Session {
  client: Client;
  isPerson: boolean;
  userId: string;
  email: string;
  organization: { id: string; name: string; slug: string };
  role: Role;
  manner: Manner;
  /** The last day of the closed books. */
  closedThrough: string | null;
  requiresIfMatch: boolean;
  /** The others that the person is a member of. */
  organizations: readonly UserOrganization[];
}

/** Nobody yet; somebody who has still to choose an organization; or a session. */
export type State =
  | { kind: "out"; message?: string }
  | { kind: "entering" }
  | { kind: "choosing"; client: Client; email: string; organizations: readonly UserOrganization[] }
  | { kind: "in"; session: Session };

const TOKEN = "pharus.token";
const ORGANIZATION = "pharus.organization";
const PERSONAL_ACCESS_TOKEN = "pharus_pat_";
const RANKS: readonly string[] = ["public", "authenticated", "viewer", "member", "admin", "owner"];

/** Where the API is: beside the page, below whatever path a proxy has for both. */
export const ADDRESS = new URL(".", location.href.split("#")[0]).href.replace(/\/$/, "");

export const state = createStore<State>({ kind: "entering" });

/** The token in the address, which is taken out of it at once, or the one of before a reload. */
export async function resume(): Promise<void> {
  const given = /^#token=([^&]+)$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    history.replaceState(null, "", location.pathname + location.search);
    dispatchEvent(new HashChangeEvent("hashchange"));
    return signIn(decodeURIComponent(given));
  }
  const kept = sessionStorage.getItem(TOKEN);
  if (kept === null) state.set({ kind: "out" });
  else await signIn(kept, sessionStorage.getItem(ORGANIZATION) ?? undefined);
}

export async function signIn(token: string, organization?: string): Promise<void> {
  state.set({ kind: "entering" });
  try {
    sessionStorage.setItem(TOKEN, token);
    if (token.startsWith(PERSONAL_ACCESS_TOKEN)) await enterByToken(token);
    else await enterAsPerson(token, organization);
  } catch (error) {
    signOut(error instanceof ApiError ? error.message.replace(/^\d+ \w+: /, "") : String(error));
  }
}

export function signOut(message?: string): void {
  sessionStorage.removeItem(TOKEN);
  sessionStorage.removeItem(ORGANIZATION);
  state.set(message === undefined ? { kind: "out" } : { kind: "out", message });
}

/** Go on in another organization, or in one that was just made. */
export async function choose(organization: string): Promise<void> {
  const token = sessionStorage.getItem(TOKEN);
  if (token !== null) await signIn(token, organization);
}

async function enterByToken(token: string): Promise<void> {
  const client = new Client(ADDRESS, token);
  const [{ data: tokens }, { data: members }, settings] = await Promise.all([
    client.platform.listApiTokens(),
    client.platform.listMembers(),
    settingsOf(client),
  ]);
  // The list has the caller's own tokens alone.
  const member = members.find((each) => each.userId === tokens[0]?.userId);
  state.set({
    kind: "in",
    session: {
      ...settings,
      client,
      isPerson: false,
      userId: member?.userId ?? "",
      email: member?.email ?? "",
      // Whose token it is cannot be told: less is offered, and the server decides.
      role: member?.role ?? "viewer",
      organizations: [],
    },
  });
}

async function enterAsPerson(token: string, organization: string | undefined): Promise<void> {
  const person = new Client(ADDRESS, token);
  const { user, organizations } = await userOf(person, token);
  const chosen = organizations.find((each) => each.id === organization) ?? onlyOf(organizations);
  if (chosen === undefined) {
    state.set({ kind: "choosing", client: person, email: user.email, organizations });
    return;
  }
  sessionStorage.setItem(ORGANIZATION, chosen.id);
  const client = new Client(ADDRESS, token, { organization: chosen.id });
  const settings = await settingsOf(client);
  state.set({
    kind: "in",
    session: {
      ...settings,
      client,
      isPerson: true,
      userId: user.id,
      email: user.email,
      role: chosen.role,
      organizations,
    },
  });
}

/** Whoever comes for the first time is made a user, by the address in their ID token. */
async function userOf(client: Client, token: string) {
  try {
    return await client.platform.getUser();
  } catch (error) {
    if (!(error instanceof refusals.NotFound)) throw error;
    await client.platform.createUser({ email: emailIn(token) });
    return client.platform.getUser();
  }
}

function emailIn(token: string): string {
  const payload = (token.split(".")[1] ?? "").replace(/-/g, "+").replace(/_/g, "/");
  const bytes = Uint8Array.from(atob(payload), (each) => each.charCodeAt(0));
  return String((JSON.parse(new TextDecoder().decode(bytes)) as { email?: unknown }).email);
}

function onlyOf<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

async function settingsOf(client: Client) {
  const [{ organization, settings }, accounting] = await Promise.all([
    client.platform.getOrganization(),
    client.accounting.getAccountingSettings(),
  ]);
  return {
    organization: { id: organization.id, name: organization.name, slug: organization.slug },
    requiresIfMatch: organization.requiresIfMatch,
    closedThrough: accounting.closedThrough,
    manner: {
      locale: localeOf(settings.country),
      currency: settings.currency,
      timeZone: accounting.timeZone,
    },
  };
}

/** Read anew what the settings say, after they were changed. */
export async function refreshSettings(): Promise<void> {
  const now = state.get();
  if (now.kind !== "in") return;
  const settings = await settingsOf(now.session.client);
  state.set({ kind: "in", session: { ...now.session, ...settings } });
}

/** The session; only for parts that are shown to somebody who is signed in. */
export function useSession(): Session {
  return sessionIn(useStore(state));
}

export function session(): Session {
  return sessionIn(state.get());
}

function sessionIn(found: State): Session {
  if (found.kind !== "in") throw new Error("Nobody is signed in.");
  return found.session;
}

/** Whether the caller's role, and their kind of token, may call the operation. What they may not, is not offered. */
export function may(operation: OperationId, who: Session = session()): boolean {
  const { role, idTokenOnly }: Call = OPERATIONS[operation];
  return isAtLeast(role, who) && (who.isPerson || !idTokenOnly);
}

/** Whether the caller's role is that one, or a higher one. One that is not known is nobody's. */
export function isAtLeast(role: string, who: Session = session()): boolean {
  return RANKS.includes(role) && RANKS.indexOf(who.role) >= RANKS.indexOf(role);
}

type Group<Op extends OperationId> = Client[(typeof OPERATIONS)[Op]["group"]];

/** The client's method of that name, for pages that are descriptions. A token that holds no more signs out. */
export function call(operation: OperationId, ...values: readonly unknown[]): any {
  const group = session().client[OPERATIONS[operation].group] as Group<OperationId>;
  const method = (group as unknown as Record<string, (...values: readonly unknown[]) => unknown>)[operation];
  if (method === undefined) throw new Error(operation);
  return method.apply(group, [...values]);
}

/** What the client has no method for: rows that come and go as files. */
async function ask(path: string, query: Readonly<Record<string, string | undefined>>, init: RequestInit): Promise<Response> {
  const given = Object.entries(query).filter((each): each is [string, string] => Boolean(each[1]));
  const headers = new Headers(init.headers);
  headers.set("Authorization", `Bearer ${sessionStorage.getItem(TOKEN) ?? ""}`);
  const organization = sessionStorage.getItem(ORGANIZATION);
  if (organization !== null) headers.set("X-Org-Id", organization);
  const response = await fetch(`${ADDRESS}${path}?${new URLSearchParams(given)}`, { ...init, headers });
  if (response.ok) return response;
  const { error } = (await response.json()) as { error: { code: string; message: string; details: unknown } };
  throw new ApiError({ status: response.status, ...error, headers: response.headers });
}

/** A file that the API answers in place of JSON, for the browser to keep. */
export async function download(path: string, query: Readonly<Record<string, string | undefined>>): Promise<File> {
  const response = await ask(path, query, {});
  const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "file";
  return new File([await response.blob()], name, { type: response.headers.get("Content-Type") ?? "" });
}

/** Send a file as the body, where rows may come as one. */
export async function upload(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  file: File,
  idempotencyKey: string,
): Promise<unknown> {
  const isWorkbook = file.name.toLowerCase().endsWith(".xlsx");
  const type = isWorkbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv";
  const response = await ask(path, query, {
    method: "POST",
    body: file,
    headers: { "Content-Type": type, "Idempotency-Key": idempotencyKey },
  });
  return response.json();
}

/** Give the browser a file to keep. */
export function save(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
