// Against a server of our own that answers as Firebase documents it (accounts:signInWithPassword); the Auth emulator itself
// is in tests/firebase.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { firebaseOf, idToken, NotSignedIn } from "../src/firebase.ts";

const asked: { url: string | undefined; body: any }[] = [];
let next: { status: number; body: string };
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const text = Buffer.concat(chunks).toString();
    asked.push({ url: request.url, body: text && JSON.parse(text) });
    response.writeHead(next.status, { "Content-Type": "application/json" }).end(next.body);
  });
});
let address = "";
before(() => new Promise<void>((done) => server.listen(0, "127.0.0.1", () => {
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  done();
})));
after(() => server.close());

const signIn = () => idToken({ address: `${address}/v1`, apiKey: "a key" }, "maker@example.com", "correct horse");
const refusal = (status: number, message: string) => ({ status, body: JSON.stringify({ error: { code: status, message } }) });

test("a password is answered with an ID token", async () => {
  next = { status: 200, body: JSON.stringify({ idToken: "a.b.c", localId: "1", registered: true, expiresIn: "3600" }) };
  assert.equal(await signIn(), "a.b.c");
  assert.deepEqual(asked.at(-1), {
    url: "/v1/accounts:signInWithPassword?key=a%20key",
    body: { email: "maker@example.com", password: "correct horse", returnSecureToken: true },
  });
});

const REASONS = {
  INVALID_LOGIN_CREDENTIALS: "wrong",
  EMAIL_NOT_FOUND: "wrong",
  INVALID_PASSWORD: "wrong",
  USER_DISABLED: "disabled",
  "TOO_MANY_ATTEMPTS_TRY_LATER : Access was disabled.": "tooOften",
  "API key not valid. Please pass a valid API key.": "API key not valid. Please pass a valid API key.",
};
for (const [message, reason] of Object.entries(REASONS)) {
  test(`${message} is said as ${reason}`, async () => {
    next = refusal(400, message);
    await assert.rejects(signIn, (error) => error instanceof NotSignedIn && error.reason === reason);
  });
}

test("an account with a second factor has no token yet", async () => {
  next = { status: 200, body: JSON.stringify({ mfaPendingCredential: "x", mfaInfo: [] }) };
  await assert.rejects(signIn, (error) => error instanceof NotSignedIn && error.reason === "secondFactor");
});

test("what is no JSON is its status, and a server that is not there is unreachable", async () => {
  next = { status: 502, body: "<html>" };
  await assert.rejects(signIn, (error) => error instanceof NotSignedIn && error.reason === "502");
  const gone = { address: "http://127.0.0.1:9", apiKey: "a" };
  await assert.rejects(idToken(gone, "a", "b"), (error) => error instanceof NotSignedIn && error.reason === "unreachable");
});

test("whether there is a password to sign in with, the server says", async () => {
  const signal = new AbortController().signal;
  next = { status: 200, body: JSON.stringify({ firebase: { address, apiKey: "k" } }) };
  assert.deepEqual(await firebaseOf(address, signal), { address, apiKey: "k" });
  next = { status: 200, body: JSON.stringify({ firebase: null }) };
  assert.equal(await firebaseOf(address, signal), null);
  next = { status: 404, body: "{}" };
  assert.equal(await firebaseOf(address, signal), null);
});
