// The published client knows a request of Pharus from any other. The vector is that of the libraries of Standard Webhooks.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { InvalidSignature, verifyWebhook } from "pharus-client";
import type { VerifyOptions } from "pharus-client";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY = '{"type": "test", "timestamp": "2021-02-25T15:02:10Z", "data": {"id": "1"}}';
const VECTOR = '{"test": 2432232314}';
const SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const NOW = 1614265330;
const HEADERS = {
  "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
  "webhook-timestamp": String(NOW),
  "webhook-signature": SIGNATURE,
};

function at(seconds: number): VerifyOptions {
  return { now: new Date(seconds * 1000) };
}

function signature(body: string): string {
  const key = Buffer.from(SECRET.slice("whsec_".length), "base64");
  const signed = `${HEADERS["webhook-id"]}.${NOW}.${body}`;
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}

function refused(changed: Record<string, string>, body = VECTOR, options = at(NOW)): Promise<void> {
  return assert.rejects(verifyWebhook(SECRET, { ...HEADERS, ...changed }, body, options), InvalidSignature);
}

test("a signature of the standard is accepted", async () => {
  assert.equal(signature(VECTOR), SIGNATURE);
  assert.equal(((await verifyWebhook(SECRET, HEADERS, VECTOR, at(NOW))) as unknown as { test: number }).test, 2432232314);
});

test("one signature of several is enough, and headers are those of fetch or of Node", async () => {
  const several = `v1a,AAAA v1,${"A".repeat(43)}= v1,? ${SIGNATURE}`;
  const bytes = new TextEncoder().encode(VECTOR);
  await verifyWebhook(SECRET, { ...HEADERS, "webhook-signature": several }, bytes, at(NOW));
  await verifyWebhook(SECRET, new Headers(HEADERS), VECTOR, at(NOW));
  const titled = Object.entries(HEADERS).map(([name, value]) => [name.toUpperCase(), value]);
  await verifyWebhook(SECRET, Object.fromEntries(titled), VECTOR, at(NOW));
});

test("what was changed is refused", async () => {
  await refused({ "webhook-id": "msg_1" });
  await refused({ "webhook-timestamp": String(NOW + 1) });
  for (const each of ["", "v1,", SIGNATURE.replace("v1,", "v2,"), SIGNATURE.slice(3)]) {
    await refused({ "webhook-signature": each });
  }
  await refused({}, `${VECTOR} `);
  const other = `whsec_${Buffer.alloc(24).toString("base64")}`;
  await assert.rejects(verifyWebhook(other, HEADERS, VECTOR, at(NOW)), InvalidSignature);
});

test("a request of another time is refused", async () => {
  for (const seconds of [301, -301]) await refused({}, VECTOR, at(NOW + seconds));
  for (const each of ["", "-1", `${NOW}.0`, "now"]) await refused({ "webhook-timestamp": each });
  await assert.rejects(verifyWebhook(SECRET, HEADERS, VECTOR), /not of now/);
  await verifyWebhook(SECRET, HEADERS, VECTOR, at(NOW + 299));
});

test("a header that is missing is named, and a secret that is none is an error of the caller", async () => {
  for (const missing of Object.keys(HEADERS)) {
    const headers = { ...HEADERS, [missing]: undefined };
    await assert.rejects(verifyWebhook(SECRET, headers, VECTOR, at(NOW)), new RegExp(missing));
  }
  for (const secret of ["whsec_", "whsec_?", ""]) {
    await assert.rejects(verifyWebhook(secret, HEADERS, VECTOR, at(NOW)), RangeError);
  }
});

test("a delivery has the event of the feed", async () => {
  const headers = { ...HEADERS, "webhook-signature": signature(BODY) };
  const delivery = await verifyWebhook(SECRET, headers, BODY, at(NOW));
  assert.equal(delivery.timestamp.getTime(), NOW * 1000);
  assert.equal(delivery.data.id, "1");
});
