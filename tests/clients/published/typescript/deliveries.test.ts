// What a server really delivers verifies with the published client; PHARUS_DELIVERIES is a file of such requests.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { InvalidSignature, verifyWebhook } from "pharus-client";

interface Delivered {
  secrets: string[];
  requests: { headers: Record<string, string>; body: string }[];
}

const { secrets, requests } = JSON.parse(readFileSync(process.env.PHARUS_DELIVERIES ?? "", "utf8")) as Delivered;

test("each request verifies with either secret, and with no other", async () => {
  assert.deepEqual([secrets.length, requests.length], [2, 2]);
  for (const secret of secrets) {
    for (const { headers, body } of requests) {
      const delivery = await verifyWebhook(secret, headers, new TextEncoder().encode(body));
      const raw = JSON.parse(body) as { type: string; timestamp: string; data: { recordId: string } };
      assert.equal(delivery.type, raw.type);
      assert.equal(delivery.timestamp.getTime(), new Date(raw.timestamp).getTime());
      assert.equal(delivery.data.id, headers["webhook-id"]);
      assert.equal(delivery.data.recordId, raw.data.recordId);
    }
  }
  const [first] = requests;
  if (first === undefined) throw new Error("nothing was delivered");
  const other = `whsec_${Buffer.alloc(32).toString("base64")}`;
  await assert.rejects(verifyWebhook(other, first.headers, first.body), InvalidSignature);
});

test("a request with the body of another one is refused", async () => {
  const [first, second] = requests;
  if (first === undefined || second === undefined) throw new Error("nothing was delivered");
  await assert.rejects(verifyWebhook(secrets[0] ?? "", first.headers, second.body), InvalidSignature);
});
