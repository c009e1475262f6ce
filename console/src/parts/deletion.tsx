// A button for what is not done by one click: it asks once more, and says what the server has against it.
import { useState } from "preact/hooks";
import { TEXTS } from "../texts.ts";
import { Button, Dialog, Problem } from "./basics.tsx";
import { useSubmit } from "./submit.ts";
import type { Sending } from "./submit.ts";

interface DeleteButtonProps {
  /** What it is called, if not Delete. */
  label?: string;
  /** What is asked. */
  text?: string;
  look?: "danger" | "quiet";
  send: (sending: Sending) => Promise<unknown>;
  onDone: () => void;
}

export function DeleteButton({ label = TEXTS.actions.delete, text = TEXTS.form.sure, look = "danger", send, onDone }: DeleteButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { isBusy, problems, clear, submit } = useSubmit(
    (_: null, sending) => send(sending),
    () => {
      setIsAsking(false);
      onDone();
    },
  );
  const close = () => {
    setIsAsking(false);
    clear();
  };
  return (
    <>
      <Button look={look} onClick={() => setIsAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <Dialog title={label} onClose={close}>
          <p>{text}</p>
          <Problem problems={problems} />
          <div class="buttons">
            <Button onClick={close}>{TEXTS.actions.cancel}</Button>
            <Button look="danger" isBusy={isBusy} onClick={() => void submit(null)}>
              {label}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
