// What others change appears by itself: the log of events is followed, and says which tables have changed.
import { Feed, refusals } from "pharus-client";
import type { Event, EventPage } from "pharus-client/models";
import type { Session } from "./session.ts";
import { createStore } from "./store.ts";

type Listener = (tables: ReadonlySet<string>) => void;

// A change is often more than one event: what comes together is told together.
const TOGETHER_MILLISECONDS = 250;
const AGAIN_MILLISECONDS = 5000;
// No organization that somebody is in was deleted: the page is empty, and its position is the end of the log.
const NOTHING = ["organization.deleted"];

const listeners = new Set<Listener>();
let changed = new Set<string>();
let timer: number | undefined;

/** Whether the server is reached. */
export const isConnected = createStore(true);

/** Calls back with the tables that were changed, by anybody. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tell it at once, without waiting for the log. */
export function tell(...tables: string[]): void {
  for (const each of tables) changed.add(each);
  if (timer !== undefined) return;
  timer = setTimeout(() => {
    const told = changed;
    changed = new Set();
    timer = undefined;
    for (const each of [...listeners]) each(told);
  }, TOGETHER_MILLISECONDS);
}

/** Follow the log until the signal ends it. A hidden tab does not wait at the server. */
export async function follow({ client }: Session, signal: AbortSignal): Promise<void> {
  let after: string | undefined;
  while (!signal.aborted) {
    try {
      if (after === undefined) after = await endOf(client.events.listEvents({ types: NOTHING, signal }));
      isConnected.set(true);
      await visible(signal);
      const feed: Feed<EventPage, Event> = client.events.listEvents({ after, signal });
      for await (const event of feed.follow()) {
        isConnected.set(true);
        tell(tableOf(event), ...(event.parentType === null ? [] : [event.parentType]));
        if (document.hidden) break;
      }
      after = feed.cursor;
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof refusals.Unauthorized || error instanceof refusals.Forbidden) return;
      if (error instanceof refusals.Gone) after = undefined;
      isConnected.set(false);
      await new Promise((done) => setTimeout(done, AGAIN_MILLISECONDS));
      // What was missed meanwhile is looked for again.
      tell("*");
    }
  }
}

async function endOf(feed: Feed<EventPage, Event>): Promise<string | undefined> {
  for await (const _ of feed);
  return feed.cursor;
}

function visible(signal: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((done) => {
    document.addEventListener("visibilitychange", () => done(), { once: true, signal });
    signal.addEventListener("abort", () => done(), { once: true });
  });
}

function tableOf(event: Event): string {
  return event.type.split(".")[0] ?? event.type;
}
