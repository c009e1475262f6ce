// Who is in the organization, and who is invited.
import { Button, Head, say } from "../parts/basics.tsx";
import { ShortList } from "../parts/short-list.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { call, may } from "../session.ts";
import { TEXTS } from "../texts.ts";

export function MembersPage() {
  return (
    <>
      <Head title={TEXTS.navigation.members} />
      <ShortList
        of={{
          title: TEXTS.navigation.members,
          table: "membership",
          list: "listMembers",
          idOf: (row) => row.userId,
          columns: [
            { key: "email", isWide: true },
            { key: "displayName" },
            { key: "role", kind: "choice" },
            { key: "joinedAt", kind: "moment" },
            { key: "lastActiveAt", kind: "moment" },
          ],
          update: { operation: "updateMemberRole", schema: "MemberRoleUpdate" },
          remove: { operation: "removeMember", label: TEXTS.actions.remove },
        }}
      />
      {may("listInvitations") && (
        <ShortList
          of={{
            title: TEXTS.organizations.invitations,
            table: "invitation",
            list: "listInvitations",
            columns: [
              { key: "email", isWide: true },
              { key: "role", kind: "choice" },
              { key: "expiresAt", kind: "moment" },
              { key: "acceptedAt", kind: "moment" },
              { key: "revokedAt", kind: "moment" },
            ],
            create: { operation: "sendInvitation", schema: "InvitationSend", label: TEXTS.members.invite },
            actions: (row) => row.acceptedAt === null && row.revokedAt === null && <Resend id={row.id} />,
            remove: { operation: "revokeInvitation", label: TEXTS.members.revoke },
          }}
        />
      )}
    </>
  );
}

function Resend({ id }: { id: string }) {
  const { isBusy, submit } = useSubmit(
    (_: null, sending: Sending) => call("resendInvitation", id, undefined, sending) as Promise<unknown>,
    () => say(TEXTS.members.sent),
  );
  return (
    <Button look="quiet" isBusy={isBusy} onClick={() => void submit(null)}>
      {TEXTS.members.resend}
    </Button>
  );
}
