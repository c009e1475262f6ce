// What changes something is sent with a key, and again with the same one: nothing is booked twice.
import { useRef, useState } from "preact/hooks";
import { problemsOf } from "../problems.ts";
import type { Problems } from "../problems.ts";

/** The options that each call that changes something is given. */
export interface Sending {
  idempotencyKey: string;
}

export interface Submit<Body> {
  isBusy: boolean;
  problems: Problems | null;
  clear(): void;
  submit(body: Body): Promise<void>;
}

/**
 * Sends with `send`, then calls `done`. What got no answer and is sent again unchanged has the key of the first time, so
 * that the server carries it out once; what is another request has another key.
 */
export function useSubmit<Body, Answer>(
  send: (body: Body, sending: Sending) => Promise<Answer>,
  done: (answer: Answer) => void,
): Submit<Body> {
  const [isBusy, setIsBusy] = useState(false);
  const [problems, setProblems] = useState<Problems | null>(null);
  const last = useRef<{ text: string; key: string } | null>(null);
  const busy = useRef(false);

  async function submit(body: Body): Promise<void> {
    // Two clicks come faster than the button is disabled.
    if (busy.current) return;
    busy.current = true;
    setIsBusy(true);
    setProblems(null);
    const text = JSON.stringify(body) ?? "";
    if (last.current?.text !== text) last.current = { text, key: crypto.randomUUID() };
    try {
      const answer = await send(body, { idempotencyKey: last.current.key });
      last.current = null;
      done(answer);
    } catch (error) {
      setProblems(problemsOf(error));
    } finally {
      busy.current = false;
      setIsBusy(false);
    }
  }

  return { isBusy, problems, clear: () => setProblems(null), submit };
}
