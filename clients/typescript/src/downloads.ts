// Lists and reports as CSV or XLSX files, read as they come: they may be of any length.
import { Pages } from "./pages.js";
import type { Call, Request, Transport } from "./transport.js";

export type Form = "csv" | "xlsx";

/** A file that is coming, to be read once. What is cut off rejects. */
export class Download {
  /** Never a path: it is where somebody may want to write. */
  readonly name: string;
  readonly mediaType: string;
  readonly #response: Response;

  constructor(response: Response) {
    const said = /filename="([^"]*)"/.exec(response.headers.get("Content-Disposition") ?? "");
    this.name = said?.[1]?.replace(/^.*[/\\]/, "").replace(/^\.+/, "") || "download";
    this.mediaType = response.headers.get("Content-Type") ?? "";
    this.#response = response;
  }

  /** Its bytes as they come, such as for `pipeline` of Node and for `Response` of browsers. */
  get body(): ReadableStream<Uint8Array> {
    return this.#response.body ?? new ReadableStream({ start: (controller) => controller.close() });
  }

  /** All of it, in memory. */
  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await this.#response.arrayBuffer());
  }
}

/** What the call of a list would send, as the request of a file. TypeError when it asks for anything else, or later. */
export function asked(transport: Transport, form: Form, ask: () => unknown): { request: Request; options: Call } {
  const sent = transport.withoutSending(() => {
    const answer = ask();
    if (answer instanceof Pages) void answer.first();
  });
  const [only] = sent;
  if (only === undefined || sent.length > 1 || only.request.method !== "GET") {
    throw new TypeError("A file is made of one list or report: ask for it, such as () => client.vendors.listVendors().");
  }
  return { request: { ...only.request, query: { ...only.request.query, format: form } }, options: only.options };
}
