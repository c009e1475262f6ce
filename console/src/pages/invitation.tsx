// Where the link in an invitation mail leads.
import { Client } from "pharus-client";
import { useData } from "../data.ts";
import { Button, Failed, Head, Loading, Problem } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { go, to } from "../router.ts";
import { ADDRESS, choose } from "../session.ts";
import type { State } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { SignIn } from "./sign-in.tsx";

export function Invitation({ token, state }: { token: string; state: State }) {
  const { value, error, reload } = useData(token, (signal) =>
    new Client(ADDRESS).platform.getInvitationByToken(token, { signal }),
  );
  const client = state.kind === "choosing" ? state.client : state.kind === "in" ? state.session.client : null;
  const { isBusy, problems, submit } = useSubmit(
    (body: { token: string }, sending: Sending) => {
      if (client === null) throw new Error("Nobody is signed in.");
      return client.platform.acceptInvitation(body, sending);
    },
    ({ orgId }) => {
      go(to(""), { replace: true });
      void choose(orgId);
    },
  );
  const sentence =
    value && TEXTS.organizations.invited(value.invitation.orgName, value.invitation.role);
  if (client === null) {
    return (
      <>
        {sentence && (
          <p class="announcement" role="status">
            {sentence} {TEXTS.organizations.invitationSignIn}
          </p>
        )}
        <SignIn message={state.kind === "out" ? state.message : undefined} />
      </>
    );
  }
  return (
    <main class="alone">
      <Head title={TEXTS.organizations.invitationTitle} />
      <section class="panel">
        {error !== null && <Failed error={error} onRetry={reload} />}
        {sentence === undefined ? error === null && <Loading /> : <p>{sentence}</p>}
        <Problem problems={problems} />
        {value !== undefined && (
          <div class="buttons">
            <Button look="primary" isBusy={isBusy} onClick={() => void submit({ token })}>
              {TEXTS.organizations.acceptInvitation}
            </Button>
          </div>
        )}
        <p>
          <a href={to("")}>{TEXTS.navigation.home}</a>
        </p>
      </section>
    </main>
  );
}
