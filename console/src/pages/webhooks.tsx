// Where events are sent to, and what became of each.
import { useState } from "preact/hooks";
import type { WebhookEndpoint } from "pharus-client/models";
import { useData } from "../data.ts";
import { tell } from "../live.ts";
import { Button, Head, Problem, say, Section, Unread } from "../parts/basics.tsx";
import { List } from "../parts/list.tsx";
import { Secret } from "../parts/secret.tsx";
import { ShortList } from "../parts/short-list.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { Fact, Facts, Status, Value } from "../parts/values.tsx";
import { to } from "../router.ts";
import { useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";

const TABLE = "webhook_endpoint";

export function WebhooksPage({ rest: [id] }: { rest: readonly string[] }) {
  const [secret, setSecret] = useState<string | null>(null);
  if (id !== undefined) return <Endpoint key={id} id={id} />;
  return (
    <>
      <Head title={TEXTS.navigation.webhooks} />
      <ShortList
        of={{
          title: TEXTS.navigation.webhooks,
          table: TABLE,
          list: "listWebhookEndpoints",
          columns: [
            { key: "url", href: (row) => to(`webhooks/${row.id}`), isWide: true },
            { key: "description" },
            { key: "eventTypes", value: (row) => row.eventTypes.join(", ") },
            { key: "isActive", kind: "active" },
            { key: "pausedAt", kind: "moment" },
          ],
          create: { operation: "createWebhookEndpoint", schema: "WebhookEndpointCreate", initial: { eventTypes: ["*"] } },
          onCreated: (answer) => setSecret(answer.secret),
          update: { operation: "updateWebhookEndpoint", schema: "WebhookEndpointUpdate" },
          remove: { operation: "deleteWebhookEndpoint", label: TEXTS.actions.delete },
        }}
      />
      {secret !== null && <Secret title={TEXTS.webhooks.secret} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function Endpoint({ id }: { id: string }) {
  const { client } = useSession();
  const [secret, setSecret] = useState<string | null>(null);
  const { value, ...reading } = useData(`webhooks/${id}`, (signal) => client.webhooks.getWebhookEndpoint(id, { signal }), [
    TABLE,
  ]);
  const testing = useSubmit(
    (_: null, sending: Sending) => client.webhooks.testWebhookEndpoint(id, sending),
    () => {
      say(TEXTS.webhooks.tested);
      tell("webhook_delivery");
    },
  );
  const rotating = useSubmit(
    (previousValidHours: number, sending: Sending) => client.webhooks.rotateWebhookSecret(id, { previousValidHours }, sending),
    (answer) => setSecret(answer.secret),
  );
  const redelivering = useSubmit(
    (firstEventId: string, sending: Sending) => client.webhooks.redeliverWebhookEvents(id, { firstEventId, lastEventId: firstEventId }, sending),
    () => {
      say(TEXTS.webhooks.again);
      tell("webhook_delivery");
    },
  );
  if (value === undefined) return <Unread {...reading} />;
  return (
    <>
      <Head title={value.url} beside={!value.isActive && <Status status={TEXTS.table.inactive} />}>
        <Button isBusy={testing.isBusy} onClick={() => void testing.submit(null)}>
          {TEXTS.webhooks.test}
        </Button>
        <Button isBusy={rotating.isBusy} onClick={() => void rotating.submit(24)}>
          {TEXTS.webhooks.rotate}
        </Button>
      </Head>
      <Problem problems={testing.problems ?? rotating.problems ?? redelivering.problems} />
      <section class="panel">
        <EndpointFacts endpoint={value} />
      </section>
      <Section title={TEXTS.webhooks.waiting}>
        <List
          path={`webhooks/${id}`}
          list={{
            operation: "listWebhookDeliveries",
            ids: [id],
            title: TEXTS.webhooks.waiting,
            tables: ["webhook_delivery"],
            columns: [
              { key: "eventType", kind: "code", isWide: true },
              { key: "attempts", kind: "integer" },
              { key: "statusCode", kind: "integer" },
              { key: "error" },
              { key: "dueAt", kind: "moment" },
            ],
          }}
        />
      </Section>
      <Section title={TEXTS.webhooks.attempts}>
        <List
          path={`webhooks/${id}`}
          list={{
            operation: "listWebhookAttempts",
            ids: [id],
            title: TEXTS.webhooks.attempts,
            tables: ["webhook_delivery"],
            columns: [
              { key: "createdAt", kind: "moment" },
              { key: "eventType", kind: "code", isWide: true },
              { key: "attempt", kind: "integer" },
              { key: "isDelivered", kind: "flag" },
              { key: "statusCode", kind: "integer" },
              { key: "error" },
              {
                key: "actions",
                label: "",
                show: (row) => (
                  <Button look="quiet" isBusy={redelivering.isBusy} onClick={() => void redelivering.submit(row.eventId)}>
                    {TEXTS.webhooks.sendAgain}
                  </Button>
                ),
              },
            ],
          }}
        />
      </Section>
      {secret !== null && <Secret title={TEXTS.webhooks.secret} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}

function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  return (
    <Facts>
      <Fact label="Event types">{endpoint.eventTypes.join(", ")}</Fact>
      <Fact label="Description">{endpoint.description ?? "–"}</Fact>
      <Fact label="Paused at">
        <Value value={endpoint.pausedAt} kind="moment" />
      </Fact>
      <Fact label="Previous secret until">
        <Value value={endpoint.previousSecretEndsAt} kind="moment" />
      </Fact>
    </Facts>
  );
}
