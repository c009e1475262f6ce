// A secret that is shown now, and never again.
import { TEXTS } from "../texts.ts";
import { Button, Dialog, say } from "./basics.tsx";

export function Secret({ title, secret, onClose }: { title: string; secret: string; onClose: () => void }) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{TEXTS.tokens.once}</p>
      <p>
        <code class="secret">{secret}</code>
      </p>
      <div class="buttons">
        <Button
          onClick={() =>
            void navigator.clipboard.writeText(secret).then(() => {
              say(TEXTS.tokens.copied);
            })
          }
        >
          {TEXTS.actions.copy}
        </Button>
        <Button look="primary" onClick={onClose}>
          {TEXTS.actions.close}
        </Button>
      </div>
    </Dialog>
  );
}
