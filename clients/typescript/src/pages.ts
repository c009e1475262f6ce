// Lists that come in pages: iterate over the rows, and the pages are fetched as they are needed.

interface PageOf<Row> {
  data: Row[];
  nextCursor: string | null;
}

/** Nothing is asked for before it is looked at. */
export class Pages<Page extends PageOf<Row>, Row> implements AsyncIterable<Row> {
  readonly #fetch: (cursor: string | undefined) => Promise<Page>;

  constructor(fetch: (cursor: string | undefined) => Promise<Page>) {
    this.#fetch = fetch;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    for await (const page of this.byPage()) yield* page.data;
  }

  /** The pages themselves, with `total` where it was asked for. */
  async *byPage(): AsyncGenerator<Page, void, undefined> {
    let cursor: string | undefined;
    do {
      const page = await this.#fetch(cursor);
      yield page;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** The first page alone. Its `nextCursor` leads on. */
  first(): Promise<Page> {
    return this.#fetch(undefined);
  }

  /** The page at a cursor alone, for who shows one page at a time. */
  from(cursor: string): Promise<Page> {
    return this.#fetch(cursor);
  }
}
