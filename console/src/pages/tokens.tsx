// The caller's own tokens. The secret of a new one is shown once.
import { useState } from "preact/hooks";
import { Head } from "../parts/basics.tsx";
import { Secret } from "../parts/secret.tsx";
import { ShortList } from "../parts/short-list.tsx";
import { useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";

export function TokensPage() {
  const { organization, isPerson } = useSession();
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <>
      <Head title={TEXTS.navigation.tokens} />
      {!isPerson && <p class="announcement">{TEXTS.tokens.personOnly}</p>}
      <ShortList
        of={{
          title: TEXTS.navigation.tokens,
          table: "api_token",
          list: "listApiTokens",
          columns: [
            { key: "name", isWide: true },
            { key: "tokenPrefix", kind: "code" },
            { key: "createdAt", kind: "moment" },
            { key: "lastUsedAt", kind: "moment" },
            { key: "expiresAt", kind: "moment" },
          ],
          create: {
            operation: "createApiToken",
            schema: "ApiTokenCreate",
            keys: ["name", "expiresInDays"],
            fixed: { orgId: organization.id },
          },
          onCreated: (answer) => setSecret(answer.plaintext),
          remove: { operation: "revokeApiToken", label: TEXTS.members.revoke },
        }}
      />
      {secret !== null && <Secret title={TEXTS.tokens.created} secret={secret} onClose={() => setSecret(null)} />}
    </>
  );
}
