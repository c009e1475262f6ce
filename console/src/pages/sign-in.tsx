import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { firebaseOf, idToken, NotSignedIn } from "../firebase.ts";
import type { Firebase } from "../firebase.ts";
import { Button, Head } from "../parts/basics.tsx";
import { ADDRESS, signIn } from "../session.ts";
import { TEXTS } from "../texts.ts";

export function SignIn({ message }: { message?: string | undefined }) {
  const firebase = useData("sign-in", (signal) => firebaseOf(ADDRESS, signal)).value ?? null;
  return (
    <main class="alone">
      <Head title={`${TEXTS.product}: ${TEXTS.signIn.title}`} />
      {message !== undefined && (
        <p class="problem" role="alert">
          {message}
        </p>
      )}
      {firebase === null ? (
        <TokenForm />
      ) : (
        <>
          <PasswordForm firebase={firebase} />
          <details>
            <summary>{TEXTS.signIn.withToken}</summary>
            <TokenForm />
          </details>
        </>
      )}
      <p class="hint">
        {TEXTS.signIn.local} <a href="api/docs/">{TEXTS.signIn.reference}</a>
      </p>
    </main>
  );
}

function TokenForm() {
  const [token, setToken] = useState("");
  return (
    <form
      class="panel form"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== "") void signIn(token.trim());
      }}
    >
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
    </form>
  );
}

/** The password goes to Firebase, and to nobody else. */
function PasswordForm({ firebase }: { firebase: Firebase }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [refused, setRefused] = useState("");

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy || email.trim() === "" || password === "") return;
    setIsBusy(true);
    setRefused("");
    try {
      await signIn(await idToken(firebase, email.trim(), password));
    } catch (error) {
      const reason = error instanceof NotSignedIn ? error.reason : String(error);
      setRefused(TEXTS.signIn.refused[reason] ?? reason);
      setIsBusy(false);
    }
  }

  return (
    <form class="panel form" onSubmit={(event) => void onSubmit(event)}>
      {refused && (
        <p class="problem" role="alert">
          {refused}
        </p>
      )}
      <div class="field">
        <label for="email">{TEXTS.signIn.email}</label>
        <input id="email" type="email" autocomplete="username" value={email} onInput={(event) => setEmail(event.currentTarget.value)} />
      </div>
      <div class="field">
        <label for="password">{TEXTS.signIn.password}</label>
        <input
          id="password"
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={(event) => setPassword(event.currentTarget.value)}
        />
      </div>
      <div class="buttons">
        <Button type="submit" look="primary" isBusy={isBusy}>
          {TEXTS.signIn.submit}
        </Button>
      </div>
    </form>
  );
}
