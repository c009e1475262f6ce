// A form that the description of a body draws: names, what is needed, choices, decimals, days, references.
import { useId, useRef, useState } from "preact/hooks";
import type { Field } from "../description.ts";
import { typeable, typed } from "../format.ts";
import { FIELDS } from "../generated/operations.ts";
import { referenceOf } from "../references.ts";
import type { Reference } from "../references.ts";
import { useSession } from "../session.ts";
import { choiceLabel, fieldLabel, TEXTS } from "../texts.ts";
import { Button, Problem } from "./basics.tsx";
import { Picker } from "./picker.tsx";
import { useSubmit } from "./submit.ts";
import type { Sending } from "./submit.ts";
import { digits } from "./values.tsx";

export type Body = Record<string, unknown>;

export interface FormProps<Answer> {
  /** The name of the body's schema. */
  schema: string;
  /** Only these keys, in this order; else all but lists and objects. */
  keys?: readonly string[] | undefined;
  /** What is there. A change sends what differs. */
  record?: Body | undefined;
  /** What the fields begin with, where nothing is there. */
  initial?: Body | undefined;
  /** What is sent besides. */
  fixed?: Body | undefined;
  /** What a key names, where its name does not say it. */
  references?: Readonly<Record<string, Reference>> | undefined;
  submitLabel?: string | undefined;
  send: (body: any, sending: Sending) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onCancel?: (() => void) | undefined;
}

export function fieldsOf(schema: string, keys?: readonly string[]): Field[] {
  const fields = FIELDS[schema] ?? [];
  if (keys === undefined) return fields.filter((each) => each.of === undefined);
  return keys.map((key) => fields.find((each) => each.key === key)).filter((each) => each !== undefined);
}

export function Form<Answer>(props: FormProps<Answer>) {
  const { schema, keys, record, initial, fixed, references, submitLabel, send, onDone, onCancel } = props;
  const { manner } = useSession();
  const fields = fieldsOf(schema, keys);
  const start = Object.fromEntries(
    fields.map((each) => [each.key, textOf(each, (record ?? initial ?? {})[each.key], manner.locale)]),
  );
  const [texts, setTexts] = useState<Record<string, string>>(start);
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const { isBusy, problems, submit } = useSubmit(send, onDone);
  const element = useRef<HTMLFormElement>(null);

  async function onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    const { body, mistakes } = read(fields, texts, record === undefined ? null : start, manner.locale);
    setWrong(mistakes);
    if (Object.keys(mistakes).length === 0) await submit({ ...body, ...fixed });
    setTimeout(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  }

  return (
    <form ref={element} class="form" noValidate onSubmit={(event) => void onSubmit(event)}>
      <div class="fields">
        {fields.map((field) => (
          <FieldRow
            key={field.key}
            field={field}
            isChange={record !== undefined}
            value={texts[field.key] ?? ""}
            reference={references?.[field.key]}
            mistake={wrong[field.key] ?? problems?.fields[`/${field.key}`]}
            onChange={(text) => setTexts((before) => ({ ...before, [field.key]: text }))}
          />
        ))}
      </div>
      <Problem problems={problems} />
      <div class="buttons">
        {onCancel && <Button onClick={onCancel}>{TEXTS.actions.cancel}</Button>}
        <Button type="submit" look="primary" isBusy={isBusy}>
          {submitLabel ?? TEXTS.actions.save}
        </Button>
      </div>
    </form>
  );
}

interface FieldRowProps {
  field: Field;
  value: string;
  reference?: Reference | undefined;
  mistake?: string | undefined;
  /** Of what is there already: nothing has to be said. */
  isChange?: boolean;
  onChange: (text: string) => void;
}

/** A name, its input, and what is to be said of it. */
export function FieldRow({ field, value, reference, mistake, isChange, onChange }: FieldRowProps) {
  const id = useId();
  const notes = [field.hint && `${id}-hint`, mistake && `${id}-mistake`].filter(Boolean).join(" ") || undefined;
  return (
    <div class={`field ${field.kind}`}>
      <label for={id}>
        {fieldLabel(field.key)}
        {!field.required && !isChange && <span class="optional">{TEXTS.form.optional}</span>}
      </label>
      <FieldInput
        id={id}
        field={field}
        value={value}
        reference={reference}
        describedBy={notes}
        isInvalid={mistake !== undefined}
        onChange={onChange}
      />
      {mistake && (
        <p id={`${id}-mistake`} class="mistake">
          {mistake}
        </p>
      )}
      {field.hint && (
        <p id={`${id}-hint`} class="hint">
          {field.hint}
        </p>
      )}
    </div>
  );
}

interface FieldInputProps extends Omit<FieldRowProps, "mistake" | "isChange"> {
  id?: string;
  label?: string;
  describedBy?: string | undefined;
  isInvalid?: boolean;
}

export function FieldInput({ id, label, field, value, reference, describedBy, isInvalid, onChange }: FieldInputProps) {
  const common = {
    id,
    name: field.key,
    "aria-label": label,
    "aria-describedby": describedBy,
    "aria-invalid": isInvalid,
    "aria-required": field.required,
  };
  const found = reference ?? (field.kind === "reference" ? referenceOf(field.key) : null);
  if (found !== null) {
    return (
      <Picker
        {...(id === undefined ? {} : { id })}
        {...(label === undefined ? {} : { label })}
        reference={found}
        value={value}
        describedBy={describedBy}
        isInvalid={isInvalid ?? false}
        required={field.required}
        onChange={(choice) => onChange(choice?.id ?? "")}
      />
    );
  }
  if (field.kind === "choice" || field.kind === "flag") {
    const choices = field.choices ?? ["true", "false"];
    return (
      <select {...common} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {(!field.required || value === "") && <option value="">{TEXTS.form.nothing}</option>}
        {choices.map((each) => (
          <option key={each} value={each}>
            {field.kind === "flag" ? (each === "true" ? TEXTS.form.yes : TEXTS.form.no) : choiceLabel(each)}
          </option>
        ))}
      </select>
    );
  }
  if (field.kind === "long") {
    return (
      <textarea
        {...common}
        rows={3}
        maxLength={field.longest}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    );
  }
  if (field.kind === "day") {
    return <input {...common} type="date" value={value} onInput={(event) => onChange(event.currentTarget.value)} />;
  }
  const isNumber = field.kind === "decimal" || field.kind === "integer";
  return (
    <input
      {...common}
      type="text"
      inputMode={isNumber ? "decimal" : undefined}
      autocomplete="off"
      maxLength={field.kind === "text" ? field.longest : undefined}
      value={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function textOf(field: Field, value: unknown, locale: string): string {
  if (value === null || value === undefined) return "";
  if (field.kind === "decimal" || field.kind === "integer") return typeable(digits(value), locale);
  if (Array.isArray(value)) return value.join(", ");
  if (field.kind === "day") return (value instanceof Date ? value.toISOString() : String(value)).slice(0, 10);
  return String(value);
}

/** The body that the texts make, and what is wrong with which. Of a change (`before`) only what differs. */
export function read(
  fields: readonly Field[],
  texts: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>> | null,
  locale: string,
): { body: Body; mistakes: Record<string, string> } {
  const body: Body = {};
  const mistakes: Record<string, string> = {};
  for (const field of fields) {
    const text = (texts[field.key] ?? "").trim();
    if (before !== null && text === (before[field.key] ?? "")) continue;
    if (text === "") {
      if (field.required) mistakes[field.key] = TEXTS.errors.needed;
      // A change says that there is nothing any more; what is new does not mention it.
      else if (before !== null) body[field.key] = null;
      continue;
    }
    const value = valueOf(field, text, locale);
    if (value === undefined) mistakes[field.key] = mistakeOf(field, locale);
    else body[field.key] = value;
  }
  return { body, mistakes };
}

function valueOf(field: Field, text: string, locale: string): unknown {
  if (field.kind === "flag") return text === "true";
  if (field.kind === "list") return text.split(/[\s,]+/).filter(Boolean);
  if (field.kind === "decimal") return typed(text, locale) ?? undefined;
  if (field.kind === "integer") return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
  return text;
}

function mistakeOf(field: Field, locale: string): string {
  return field.kind === "integer" ? TEXTS.errors.noInteger : TEXTS.errors.noDecimal(typeable(".", locale));
}
