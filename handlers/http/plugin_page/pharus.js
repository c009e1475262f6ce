// For the pages of plugins: who is signed in to the console calls the API.

// Where the server is, below whatever path a proxy has for it.
const SERVER = new URL("../../", import.meta.url);

/** The answer of a request to the API: `await api("x/labels/items")`, `await api("x/labels/items", {name: "A"})`. With a
 * body it is a POST, or the method named. Throws an Error with the server's sentence, and `status` and `details`. */
export async function api(path, body, method = body === undefined ? "GET" : "POST") {
  const token = sessionStorage.getItem("pharus.token");
  if (token === null) {
    location.assign(SERVER);
    return new Promise(() => {});
  }
  const headers = { Authorization: `Bearer ${token}` };
  const organization = sessionStorage.getItem("pharus.organization");
  if (organization !== null) headers["X-Org-Id"] = organization;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["Idempotency-Key"] = crypto.randomUUID();
  const response = await fetch(new URL(`api/${path}`, SERVER), {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw Object.assign(new Error(answer.error.message), { status: response.status, details: answer.error.details });
  }
  return answer;
}

/** An element: `element("td", {}, "A")`. What is a text stays one. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}
