// A small program against the generated types: nothing in it is cast, so it compiles only if the document is precise.
// It prints each answer as one line of JSON, for the test to judge.
import createClient from "openapi-fetch";
import type { paths } from "./schema.js";

const [baseUrl, token] = process.argv.slice(2);
if (!baseUrl || !token) throw new Error("usage: story.js ADDRESS TOKEN");

const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${token}` } });
client.use({
  async onResponse({ request, response }) {
    const body = await response.clone().text();
    const headers = Object.fromEntries(response.headers.entries());
    const path = new URL(request.url).pathname;
    console.log(JSON.stringify({ method: request.method, path, status: response.status, headers, body }));
  },
});

function served<T>(answer: { data?: T; error?: unknown }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const place = served(await client.POST("/api/locations", { body: { name: "Example workshop", country: "US" } }));
const type = served(await client.POST("/api/material-types", { body: { name: "Oils" } }));
const oil = served(
  await client.POST("/api/materials", { body: { code: "OIL-1", name: "Example olive oil", typeId: type.id } }),
);

const again = await client.POST("/api/materials", { body: { code: "oil-1", name: "Another", typeId: type.id } });
if (again.error?.error.code !== "conflict") throw new Error("a code was taken twice");

await client.POST("/api/materials-inventory/adjustments", {
  body: { materialId: oil.id, locationId: place.id, quantity: 12.5 },
});
const summary = served(await client.GET("/api/materials-inventory/summary", { params: { query: { materialId: oil.id } } }));
// A quantity is a string: no client makes a float of it unasked.
const onHand: string | undefined = summary.data[0]?.onHand;
if (onHand !== "12.5") throw new Error(`on hand is ${onHand}`);

const page = served(await client.GET("/api/materials", { params: { query: { limit: 1 } } }));
const next: string | null = page.nextCursor;
if (next !== null || page.data[0]?.id !== oil.id) throw new Error("the page is wrong");
