import { useState } from "preact/hooks";
import { Button, Head } from "../parts/basics.tsx";
import { signIn } from "../session.ts";
import { TEXTS } from "../texts.ts";

export function SignIn({ message }: { message?: string | undefined }) {
  const [token, setToken] = useState("");
  return (
    <main class="alone">
      <Head title={`${TEXTS.product}: ${TEXTS.signIn.title}`} />
      <form
        class="panel form"
        onSubmit={(event) => {
          event.preventDefault();
          if (token.trim() !== "") void signIn(token.trim());
        }}
      >
        {message !== undefined && (
          <p class="problem" role="alert">
            {message}
          </p>
        )}
        <div class="field">
          <label for="token">{TEXTS.signIn.token}</label>
          <input
            id="token"
            type="password"
            autocomplete="off"
            spellcheck={false}
            aria-describedby="token-hint"
            value={token}
            onInput={(event) => setToken(event.currentTarget.value)}
          />
          <p id="token-hint" class="hint">
            {TEXTS.signIn.hint}
          </p>
        </div>
        <div class="buttons">
          <Button type="submit" look="primary">
            {TEXTS.signIn.submit}
          </Button>
        </div>
        <p class="hint">
          {TEXTS.signIn.local} <a href="api/docs/">{TEXTS.signIn.reference}</a>
        </p>
      </form>
    </main>
  );
}
