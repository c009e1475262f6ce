// The small parts that every page has: heading, button, what went wrong, what was done, a window in front.
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Loaded } from "../data.ts";
import { problemsOf } from "../problems.ts";
import type { Problems } from "../problems.ts";
import { createStore, useStore } from "../store.ts";
import { TEXTS } from "../texts.ts";

interface HeadProps {
  title: string;
  /** Beside the title: a status, say. */
  beside?: ComponentChildren;
  /** Buttons. */
  children?: ComponentChildren;
}

export function Head({ title, beside, children }: HeadProps) {
  useEffect(() => {
    document.title = `${title} · ${TEXTS.product}`;
  }, [title]);
  return (
    <header class="head">
      <h1 tabIndex={-1}>{title}</h1>
      {beside}
      <div class="buttons">{children}</div>
    </header>
  );
}

interface ButtonProps {
  children: ComponentChildren;
  onClick?: () => void;
  look?: "primary" | "quiet" | "danger";
  type?: "button" | "submit";
  isBusy?: boolean;
  disabled?: boolean;
  label?: string;
}

export function Button({ children, onClick, look, type = "button", isBusy, disabled, label }: ButtonProps) {
  return (
    <button
      type={type}
      class={look}
      onClick={onClick}
      disabled={disabled || isBusy}
      aria-busy={isBusy}
      aria-label={label}
    >
      {children}
    </button>
  );
}

/** What the server has said against it, and the id under which its log has it. */
export function Problem({ problems, onRetry }: { problems: Problems | null; onRetry?: () => void }) {
  if (problems === null) return null;
  return (
    <div class="problem" role="alert">
      <p>{problems.message}</p>
      {problems.requestId !== null && (
        <p class="small">
          {TEXTS.errors.request} <code>{problems.requestId}</code>
        </p>
      )}
      {onRetry && <Button onClick={onRetry}>{TEXTS.actions.retry}</Button>}
    </div>
  );
}

/** In the place of a page that could not be read. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const problems = problemsOf(error);
  return <Problem problems={problems} onRetry={onRetry} />;
}

/** In the place of a page to which an address leads that one was not offered. */
export function NotAllowed() {
  return (
    <>
      <Head title={TEXTS.errors.notFound} />
      <p>{TEXTS.errors.notAllowed}</p>
    </>
  );
}

export function Loading() {
  return <div class="loading" role="status" aria-label="…" />;
}

/** In the place of what is not read yet, or could not be: `const { value, ...reading } = useData(…)`. */
export function Unread({ error, isLoading, reload }: Omit<Loaded<unknown>, "value">) {
  return isLoading ? <Loading /> : <Failed error={error} onRetry={reload} />;
}

const said = createStore<string>("");
let clearing: number | undefined;

/** Say for some seconds what was done. */
export function say(text: string): void {
  said.set(text);
  clearTimeout(clearing);
  clearing = setTimeout(() => said.set(""), 6000);
}

export function Said() {
  const text = useStore(said);
  return (
    <div class="said" role="status" aria-live="polite">
      {text && <p>{text}</p>}
    </div>
  );
}

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  wide?: boolean;
}

/** A window in front of the page. Escape closes it; while it is open, nothing else can be reached. */
export function Dialog({ title, onClose, children, wide }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={element} class={wide ? "wide" : ""} aria-labelledby="dialog-title" onClose={onClose}>
      <header>
        <h2 id="dialog-title">{title}</h2>
        <Button look="quiet" label={TEXTS.actions.close} onClick={onClose}>
          ×
        </Button>
      </header>
      <div class="body">{children}</div>
    </dialog>
  );
}

/** A part of a page with a heading of its own. */
export function Section({ title, aside, children }: { title: string; aside?: ComponentChildren; children: ComponentChildren }) {
  return (
    <section class="panel">
      <header>
        <h2>{title}</h2>
        <div class="buttons">{aside}</div>
      </header>
      {children}
    </section>
  );
}
