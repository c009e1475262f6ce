// An ID token of Firebase by e-mail and password, through its REST endpoint; only where the server says so.

export interface Firebase {
  address: string;
  apiKey: string;
}

/** Why somebody was not signed in: one of the reasons that the catalogue has a sentence for, or Firebase's own word. */
export class NotSignedIn extends Error {
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** How the server lets people sign in beside a token; null where it is by a token alone. */
export async function firebaseOf(server: string, signal: AbortSignal): Promise<Firebase | null> {
  const response = await fetch(`${server}/console/sign-in`, { signal });
  return response.ok ? ((await response.json()) as { firebase: Firebase | null }).firebase : null;
}

// Firebase answers one or the other, by whether the project tells who has an account.
const WRONG = ["INVALID_LOGIN_CREDENTIALS", "EMAIL_NOT_FOUND", "INVALID_PASSWORD", "INVALID_EMAIL"];

/** Throws NotSignedIn: `wrong`, `disabled`, `tooOften`, `secondFactor`, `unreachable`, or what Firebase says. */
export async function idToken({ address, apiKey }: Firebase, email: string, password: string): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`${address}/accounts:signInWithPassword?key=${encodeURIComponent(apiKey)}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email, password, returnSecureToken: true }),
      credentials: "omit",
      referrerPolicy: "no-referrer",
    });
  } catch {
    throw new NotSignedIn("unreachable");
  }
  const answer = (await response.json().catch(() => ({}))) as { idToken?: string; error?: { message?: string } };
  if (response.ok && answer.idToken) return answer.idToken;
  // With a second factor there is an answer, and no token in it.
  if (response.ok) throw new NotSignedIn("secondFactor");
  const said = answer.error?.message ?? String(response.status);
  const [code = said] = said.split(" ");
  if (WRONG.includes(code)) throw new NotSignedIn("wrong");
  if (code === "USER_DISABLED") throw new NotSignedIn("disabled");
  throw new NotSignedIn(code === "TOO_MANY_ATTEMPTS_TRY_LATER" ? "tooOften" : said);
}
