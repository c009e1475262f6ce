// For somebody who has signed in: which organization, one of those that invite them, or a new one.
import type { Client } from "pharus-client";
import type { MyInvitation, UserOrganization } from "pharus-client/models";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { Button, Head, Problem, Section } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { to } from "../router.ts";
import { choose, signOut } from "../session.ts";
import { TEXTS } from "../texts.ts";

interface Props {
  client: Client;
  email: string;
  organizations: readonly UserOrganization[];
}

export function OrganizationChoice({ client, email, organizations }: Props) {
  return (
    <main class="alone">
      <Head title={TEXTS.organizations.title}>
        <Button look="quiet" onClick={() => signOut()}>
          {TEXTS.signIn.out}
        </Button>
      </Head>
      <p>{email}</p>
      <section class="panel">
        {organizations.length === 0 && <p>{TEXTS.organizations.none}</p>}
        <ul class="plain choices">
          {organizations.map((each) => (
            <li key={each.id}>
              <Button onClick={() => void choose(each.id)}>
                {each.name} <small>{each.role}</small>
              </Button>
            </li>
          ))}
        </ul>
      </section>
      <Invitations client={client} />
      <NewOrganization client={client} />
    </main>
  );
}

function Invitations({ client }: { client: Client }) {
  const { value } = useData("invitations", (signal) => client.platform.listMyInvitations({ signal }));
  const declining = useSubmit(
    (invitation: MyInvitation, sending: Sending) =>
      client.platform.declineInvitation({ invitationId: invitation.id }, sending),
    () => void choose(""),
  );
  if (value === undefined || value.data.length === 0) return null;
  return (
    <Section title={TEXTS.organizations.invitations}>
      <ul class="plain">
        {value.data.map((each) => (
          <li key={each.id}>
            {TEXTS.organizations.invited(each.orgName, each.role)}{" "}
            <Button look="quiet" onClick={() => void declining.submit(each)}>
              {TEXTS.organizations.decline}
            </Button>
          </li>
        ))}
      </ul>
      <Problem problems={declining.problems} />
    </Section>
  );
}

function NewOrganization({ client }: { client: Client }) {
  const [name, setName] = useState("");
  const { isBusy, problems, submit } = useSubmit(
    (body: { name: string; slug: string }, sending: Sending) => client.platform.createOrganization(body, sending),
    ({ organization }) => {
      location.hash = to("");
      void choose(organization.id);
    },
  );
  const mistake = problems?.fields["/name"] ?? problems?.fields["/slug"];
  return (
    <Section title={TEXTS.organizations.create}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ name: name.trim(), slug: slugOf(name) });
        }}
      >
        <div class="field">
          <label for="organization-name">Name</label>
          <input
            id="organization-name"
            value={name}
            maxLength={255}
            aria-invalid={mistake !== undefined}
            aria-describedby="organization-mistake"
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <p id="organization-mistake" class="mistake">
            {mistake}
          </p>
        </div>
        <Problem problems={problems} />
        <div class="buttons">
          <Button type="submit" look="primary" isBusy={isBusy}>
            {TEXTS.actions.create}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** A short name for addresses. */
function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
}
