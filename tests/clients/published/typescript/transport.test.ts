// What the published client sends, waits for and refuses, without a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, Client, Decimal, Instant, Unreachable, etag, refusals } from "pharus-client";
import type { ClientOptions, Token } from "pharus-client";

const VENDOR = { id: "1", createdAt: "2026-03-02T08:15:00.123456Z", updatedAt: "2026-03-02T08:15:00Z", name: "Alder" };

type Answer = Response | Error;

/** Answers one after the other what it was given, and remembers the requests. */
class Network {
  readonly requests: Request[] = [];
  readonly client: Client;
  readonly #answers: Answer[];

  constructor(answers: Answer[], options: ClientOptions = {}, token: Token = "token") {
    this.#answers = answers;
    this.client = new Client("http://server.example/", token, {
      retries: { firstWait: 0 },
      fetch: (input, init) => this.#answer(new Request(input, init)),
      ...options,
    });
  }

  async #answer(request: Request): Promise<Response> {
    this.requests.push(request);
    const answer = this.#answers.shift();
    if (answer === undefined) throw new assert.AssertionError({ message: `not expected: ${request.url}` });
    if (answer instanceof Error) throw answer;
    return answer;
  }

  get keys(): Set<string | null> {
    return new Set(this.requests.map((each) => each.headers.get("Idempotency-Key")));
  }
}

function vendor(status = 201, headers: Record<string, string> = {}): Response {
  return Response.json(VENDOR, { status, headers });
}

function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error: { code, message: "No." } }, { status, headers });
}

/** What it rejects with, which must be of that class. */
async function rejected<T extends Error>(call: Promise<unknown>, of: abstract new (...given: never[]) => T): Promise<T> {
  const error: unknown = await call.then(
    () => assert.fail("it was carried out"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof of, String(error));
  return error;
}

test("one key is sent with every attempt, and another with the next call", async () => {
  const passing = [new TypeError("gone"), refusal(503, "service_unavailable"), refusal(409, "conflict", { "Retry-After": "0" })];
  const network = new Network([...passing, vendor(), vendor()]);
  await network.client.vendors.createVendor({ name: "Alder" });
  assert.equal(network.requests.length, 4);
  assert.equal(network.keys.size, 1);
  await network.client.vendors.createVendor({ name: "Alder" });
  assert.equal(network.keys.size, 2);
  assert.ok(!network.keys.has(null));
});

test("a refusal that would be the same again is thrown at once", async () => {
  const network = new Network([refusal(409, "in_use", { "X-Request-Id": "r-1" })]);
  const refused = await rejected(network.client.vendors.deleteVendor("1"), refusals.InUse);
  assert.deepEqual([refused.name, refused.status, refused.code, refused.requestId], ["InUse", 409, "in_use", "r-1"]);
});

test("after the last attempt the key is told", async () => {
  const network = new Network(
    [1, 2, 3].map(() => new TypeError("cut")),
    { retries: { attempts: 3, firstWait: 0 } },
  );
  const lost = await rejected(network.client.vendors.createVendor({ name: "Alder" }), Unreachable);
  assert.deepEqual(network.keys, new Set([lost.idempotencyKey]));
  assert.equal(network.requests.length, 3);
});

test("an attempt that takes too long is given up", async () => {
  const silent: typeof fetch = (_, init) =>
    new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason)));
  const network = new Network([], { fetch: silent, timeoutMilliseconds: 5, retries: { attempts: 2, firstWait: 0 } });
  // The timers of a timeout alone keep no process alive.
  const alive = setInterval(() => undefined, 1000);
  const lost = await rejected(network.client.vendors.getVendor("1"), Unreachable);
  clearInterval(alive);
  assert.equal((lost.cause as Error).name, "TimeoutError");
});

test("the server says how long to wait", async () => {
  const network = new Network([refusal(429, "rate_limited", { "Retry-After": "1" }), vendor()]);
  const start = performance.now();
  await network.client.vendors.createVendor({ name: "Alder" });
  assert.ok(performance.now() - start >= 990);
});

test("a wait that is too long is not begun", async () => {
  const network = new Network([refusal(429, "rate_limited", { "Retry-After": "3600" })]);
  const refused = await rejected(network.client.vendors.getVendor("1"), refusals.RateLimited);
  assert.equal(refused.retryAfter, "3600");
});

test("a call that its caller ends is not sent again", async () => {
  const control = new AbortController();
  const network = new Network([refusal(503, "service_unavailable")], { retries: { firstWait: 60_000, longestWait: 90_000 } });
  const call = network.client.vendors.getVendor("1", { signal: control.signal });
  setTimeout(() => control.abort(new Error("enough")), 5);
  assert.equal((await rejected(call, Error)).message, "enough");
  assert.equal(network.requests.length, 1);
});

test("an answer of a proxy is an error without a code of ours", async () => {
  const network = new Network([new Response("<h1>Not here</h1>", { status: 404 })]);
  const refused = await rejected(network.client.vendors.getVendor("1"), ApiError);
  assert.deepEqual([refused.code, refused.status], ["unknown", 404]);
});

test("a code that the client does not know is an ApiError", async () => {
  const network = new Network([refusal(400, "toString"), refusal(418, "teapot")]);
  assert.equal((await rejected(network.client.vendors.getVendor("1"), ApiError)).code, "toString");
  assert.equal((await rejected(network.client.vendors.getVendor("1"), ApiError)).name, "ApiError");
});

test("the token is asked for before each attempt, and parts of a path are quoted", async () => {
  const tokens = ["first", "second"];
  const network = new Network(
    [refusal(503, "service_unavailable"), vendor(200)],
    { organization: "o-1" },
    async () => tokens.shift() ?? "",
  );
  await network.client.vendors.getVendor("../users?x=1");
  const of = (name: string) => network.requests.map((each) => each.headers.get(name));
  assert.deepEqual(of("Authorization"), ["Bearer first", "Bearer second"]);
  assert.deepEqual(of("X-Org-Id"), ["o-1", "o-1"]);
  assert.equal(network.requests[0]?.url, "http://server.example/api/vendors/..%2Fusers%3Fx%3D1");
  await rejected(network.client.vendors.getVendor(".."), RangeError);
  await rejected(network.client.vendors.getVendor(""), RangeError);
});

test("what a list is asked for is written as the document has it, and pages follow each other", async () => {
  const page = (nextCursor: string | null) => Response.json({ data: [VENDOR], nextCursor });
  const network = new Network([page("c&1"), page(null)]);
  const found: string[] = [];
  const since = new Date("2026-03-02T08:15:00Z");
  const asked = { isActive: true, ids: ["1", "2"], updatedSince: since, q: undefined };
  for await (const each of network.client.vendors.listVendors(asked)) found.push(each.name);
  assert.deepEqual(found, ["Alder", "Alder"]);
  const [first, second] = network.requests.map((each) => new URL(each.url).searchParams);
  assert.deepEqual(Object.fromEntries(first ?? []), {
    isActive: "true",
    ids: "1,2",
    updatedSince: "2026-03-02T08:15:00.000Z",
  });
  assert.equal(second?.get("cursor"), "c&1");
});

test("decimals travel as texts, and a number with a fraction is refused", async () => {
  const network = new Network([vendor(200)]);
  const boms = network.client.bom;
  const quantities = [new Decimal("1e30"), 12345678901234567890n, "0.10", new Decimal("1e-7")];
  await boms.createBom({ outputSkuId: "1", items: quantities.map((quantity) => ({ materialId: "1", quantity })) });
  const sent = (await network.requests[0]?.json()) as { items: { quantity: string }[] };
  assert.deepEqual(
    sent.items.map((each) => each.quantity),
    ["1000000000000000000000000000000", "12345678901234567890", "0.10", "0.0000001"],
  );
  for (const quantity of [0.1, 2 ** 60, Number.NaN] as unknown[] as string[]) {
    const call = boms.createBom({ outputSkuId: "1", items: [{ materialId: "1", quantity }] });
    await rejected(call, TypeError);
  }
  const notANumber = { materialId: "1", quantity: new Decimal("NaN") };
  await rejected(boms.createBom({ outputSkuId: "1", items: [notANumber] }), RangeError);
  assert.equal(network.requests.length, 1);
});

test("what is computed with decimals has all its digits", () => {
  const value = new Decimal("123456789012.123456").times(new Decimal("1234.567891"));
  assert.equal(String(value), "152415787640329.228505551296");
  assert.equal(JSON.stringify({ value: new Decimal("0.0000000000001") }), '{"value":"0.0000000000001"}');
});

test("an instant is a date, and is written as it was read", async () => {
  const network = new Network([vendor(200), vendor(200)]);
  const read = await network.client.vendors.getVendor("1");
  assert.ok(read.createdAt instanceof Date);
  assert.equal(read.createdAt.getUTCFullYear(), 2026);
  assert.equal(JSON.stringify(read.createdAt), '"2026-03-02T08:15:00.123456Z"');
  // What was read can be sent back.
  await network.client.vendors.updateVendor("1", read);
  assert.equal(((await network.requests[1]?.json()) as typeof VENDOR).createdAt, VENDOR.createdAt);
  read.createdAt.setUTCFullYear(2027);
  assert.equal(read.createdAt.toISOString(), "2027-03-02T08:15:00.123Z");
  assert.equal(new Instant("2026-03-02T08:15:00Z").toISOString(), "2026-03-02T08:15:00Z");
});

test("keys that a newer server adds stay", async () => {
  const network = new Network([Response.json({ ...VENDOR, rating: 5 })]);
  assert.equal(((await network.client.vendors.getVendor("1")) as unknown as { rating: number }).rating, 5);
});

test("a record has the version with which it was read, and its copy has none", async () => {
  const network = new Network([vendor(200, { ETag: '"v1"' }), vendor(200), new Response(null, { status: 304 })]);
  const read = await network.client.vendors.getVendor("1");
  assert.equal(etag(read), '"v1"');
  await network.client.vendors.updateVendor("1", { term: null }, { ifMatch: read });
  assert.equal(network.requests[1]?.headers.get("If-Match"), '"v1"');
  assert.equal(await network.client.vendors.getVendor("1", { ifNoneMatch: read }), read);
  await rejected(network.client.vendors.updateVendor("1", {}, { ifMatch: { ...read } }), RangeError);
});
