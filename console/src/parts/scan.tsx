// A field for a barcode scanner, which types a code and Enter: each code counts once more.
import { useRef, useState } from "preact/hooks";
import { isExactly, remember, search } from "../references.ts";
import type { Choice, Reference } from "../references.ts";
import { TEXTS } from "../texts.ts";

interface ScanProps {
  reference: Reference;
  /** False when what was found has no place here. */
  onFound: (choice: Choice) => boolean;
  autoFocus?: boolean;
}

export function Scan({ reference, onFound, autoFocus }: ScanProps) {
  const [said, setSaid] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  // A scanner does not wait for answers: codes are looked up one after another.
  const before = useRef(Promise.resolve());

  async function look(code: string): Promise<void> {
    const lowered = code.toLocaleLowerCase();
    const found = (await search(reference, code)).find((each) => isExactly(each, lowered));
    if (found !== undefined) remember(found);
    const isFound = found !== undefined && onFound(found);
    setIsWrong(!isFound);
    setSaid(isFound ? TEXTS.orders.scanned(code) : TEXTS.orders.notOnOrder(code));
  }

  return (
    <span class="scan">
      <input
        type="text"
        autocomplete="off"
        spellcheck={false}
        autofocus={autoFocus}
        aria-label={TEXTS.orders.scan}
        placeholder={TEXTS.orders.scan}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          event.stopPropagation();
          const code = event.currentTarget.value.trim();
          event.currentTarget.value = "";
          if (code !== "") before.current = before.current.then(() => look(code), () => look(code));
        }}
      />
      <span role="status" class={isWrong ? "mistake" : "hint"}>
        {said}
      </span>
    </span>
  );
}
