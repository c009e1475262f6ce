// Choosing a record by its code or name, from the keyboard or with a scanner, which types a code and Enter.
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { isExactly, remember, resolve, search } from "../references.ts";
import type { Choice, Reference } from "../references.ts";
import { TEXTS } from "../texts.ts";
import { nameOf } from "./values.tsx";

interface PickerProps {
  reference: Reference;
  /** The id of what is chosen. */
  value: string;
  onChange: (choice: Choice | null) => void;
  id?: string;
  label?: string;
  describedBy?: string | undefined;
  isInvalid?: boolean;
  required?: boolean | undefined;
  /** After a choice: where the focus goes next. */
  onChosen?: () => void;
  autoFocus?: boolean | undefined;
}

const WAIT_MILLISECONDS = 120;

export function Picker(props: PickerProps) {
  const { reference, value, onChange, label, describedBy, isInvalid, required, onChosen, autoFocus } = props;
  const ownId = useId();
  const id = props.id ?? ownId;
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [options, setOptions] = useState<Choice[] | null>(null);
  const [active, setActive] = useState(0);
  const asked = useRef<AbortController | null>(null);
  const timer = useRef<number | undefined>(undefined);

  useEffect(() => {
    if (value === "" || value === chosen?.id) {
      if (value === "") show(null);
      return;
    }
    resolve(reference, [value]).then((names) => show(names.get(value) ?? { id: value, name: value }));
  }, [value, reference]);

  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, []);

  // In the top layer, so that no window in front cuts it off.
  useEffect(() => {
    const [field, shown] = [input.current, list.current];
    if (field === null || shown === null || options === null) return;
    if (!shown.matches(":popover-open")) shown.showPopover();
    const { left, bottom, top, width } = field.getBoundingClientRect();
    const isAbove = bottom + shown.offsetHeight > innerHeight && top > shown.offsetHeight;
    Object.assign(shown.style, {
      left: `${left}px`,
      top: `${isAbove ? top - shown.offsetHeight : bottom}px`,
      minWidth: `${width}px`,
    });
    shown.children[active]?.scrollIntoView({ block: "nearest" });
  }, [options, active]);

  function show(choice: Choice | null): void {
    setChosen(choice);
    setText(choice === null ? "" : nameOf(choice));
  }

  async function find(sought: string): Promise<Choice[]> {
    asked.current?.abort();
    const asking = new AbortController();
    asked.current = asking;
    try {
      const found = await search(reference, sought, asking.signal);
      if (asking.signal.aborted) return [];
      setActive(0);
      setOptions(found);
      return found;
    } catch {
      return [];
    }
  }

  function close(): void {
    clearTimeout(timer.current);
    asked.current?.abort();
    setOptions(null);
  }

  function choose(choice: Choice | null): void {
    if (choice !== null) remember(choice);
    show(choice);
    close();
    onChange(choice);
    if (choice !== null) onChosen?.();
  }

  /** What the text names: exactly, or, with Enter, the best there is. It goes on although the field was left. */
  async function settle({ isExact }: { isExact: boolean }): Promise<void> {
    const sought = text.trim();
    const atHand = options?.[active];
    close();
    const lowered = sought.toLocaleLowerCase();
    const isAtHand = atHand !== undefined && isExactly(atHand, lowered);
    const found = isAtHand ? [atHand] : await search(reference, sought).catch(() => []);
    const exact = found.find((each) => isExactly(each, lowered));
    const best = found.find((each) => each.id === atHand?.id) ?? found[0];
    const choice = exact ?? (isExact ? undefined : best);
    if (choice !== undefined) choose(choice);
    else if (isExact) show(chosen);
    else setOptions(found);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const isOpen = options !== null;
    const count = options?.length ?? 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) void find("");
      else if (count > 0) setActive((active + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Enter" && (isOpen || isChanged())) {
      event.preventDefault();
      event.stopPropagation();
      const selected = options?.[active];
      if (isOpen && selected !== undefined && !isChanged()) choose(selected);
      else if (text.trim() !== "") void settle({ isExact: false });
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  }

  function isChanged(): boolean {
    return text !== (chosen === null ? "" : nameOf(chosen));
  }

  function onBlur(): void {
    if (!isChanged()) close();
    else if (text.trim() === "") choose(null);
    else void settle({ isExact: true });
  }

  return (
    <span class="picker">
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        data-chosen={chosen?.id}
        autocomplete="off"
        spellcheck={false}
        aria-expanded={options !== null}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={options?.[active] && `${id}-${active}`}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        aria-required={required}
        placeholder={TEXTS.form.type}
        value={text}
        onInput={(event) => {
          const typed = event.currentTarget.value;
          setText(typed);
          clearTimeout(timer.current);
          timer.current = setTimeout(() => void find(typed.trim()), WAIT_MILLISECONDS);
        }}
        onMouseDown={() => options === null && void find("")}
        onKeyDown={onKeyDown}
        onBlur={onBlur}
      />
      <ul ref={list} id={`${id}-list`} role="listbox" popover="manual" aria-label={label ?? TEXTS.search.label} hidden={options === null}>
        {options?.map((each, at) => (
          <li
            key={each.id}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(each);
            }}
          >
            {each.code !== undefined && <code>{each.code}</code>}
            <span>{each.name}</span>
          </li>
        ))}
        {options?.length === 0 && (
          <li role="option" aria-selected={false} aria-disabled="true" class="none">
            {TEXTS.form.noMatch}
          </li>
        )}
      </ul>
    </span>
  );
}
