// The log of events: iterate over what there is, or follow what comes; and go on later where it ended.
import { sleep } from "./sleep.js";

interface PageOf<Row> {
  data: Row[];
  next: string;
}

export interface FollowOptions {
  /** How many seconds a request stays open at the server when there is nothing. */
  wait?: number | undefined;
  /** How many milliseconds after an empty page: a server that stops, or one that cannot wait, answers at once. */
  pause?: number | undefined;
}

interface Where {
  after?: string | undefined;
  signal?: AbortSignal | undefined;
}

const WAIT_SECONDS = 20;
const PAUSE_MILLISECONDS = 1000;

/** Nothing is asked for before it is looked at. */
export class Feed<Page extends PageOf<Row>, Row> implements AsyncIterable<Row> {
  /**
   * Where to go on: keep it when what you made of the events is kept, and give it as `after` the next time. It moves on
   * after the last event of a page, so that none is left out; some may come again.
   */
  cursor: string | undefined;
  readonly #fetch: (after: string | undefined, wait: number) => Promise<Page>;
  readonly #signal: AbortSignal | undefined;

  constructor(fetch: (after: string | undefined, wait: number) => Promise<Page>, { after, signal }: Where) {
    this.#fetch = fetch;
    this.#signal = signal;
    this.cursor = after;
  }

  /** All events that there are by now. */
  [Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    return this.#read(0, null);
  }

  /** All events, and without an end those that come. The signal of the call ends it. */
  follow(options: FollowOptions = {}): AsyncGenerator<Row, void, undefined> {
    return this.#read(options.wait ?? WAIT_SECONDS, options.pause ?? PAUSE_MILLISECONDS);
  }

  async *#read(wait: number, pause: number | null): AsyncGenerator<Row, void, undefined> {
    for (;;) {
      const page = await this.#fetch(this.cursor, wait);
      yield* page.data;
      this.cursor = page.next;
      if (page.data.length > 0) continue;
      if (pause === null) return;
      await sleep(pause, this.#signal);
    }
  }
}
