// Lines that are typed in: from cell to cell with Enter, and from the last one to a new line.
import { useRef } from "preact/hooks";
import type { Field } from "../description.ts";
import type { Reference } from "../references.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { Button } from "./basics.tsx";
import { FieldInput } from "./form.tsx";

export interface Line {
  /** The same for as long as the line is there. */
  key: number;
  texts: Readonly<Record<string, string>>;
}

let lastKey = 0;

export function newLine(texts: Readonly<Record<string, string>> = {}): Line {
  lastKey += 1;
  return { key: lastKey, texts };
}

export function isEmpty(line: Line): boolean {
  return Object.values(line.texts).every((text) => text.trim() === "");
}

interface LinesProps {
  caption: string;
  fields: readonly Field[];
  lines: readonly Line[];
  onChange: (lines: readonly Line[]) => void;
  references?: Readonly<Record<string, Reference>>;
  mistake: (at: number, key: string) => string | undefined;
  /** A column that is computed. */
  amount?: { label: string; of: (line: Line) => string };
}

export function Lines({ caption, fields, lines, onChange, references, mistake, amount }: LinesProps) {
  const body = useRef<HTMLTableSectionElement>(null);

  function set(key: number, name: string, text: string): void {
    onChange(lines.map((each) => (each.key === key ? { ...each, texts: { ...each.texts, [name]: text } } : each)));
  }

  function focus(row: number, cell: number): void {
    // After the page has the new line.
    setTimeout(() => {
      const found = body.current?.rows[row]?.querySelectorAll<HTMLInputElement>("input, select, textarea")[cell];
      found?.focus();
      if (found instanceof HTMLInputElement) found.select();
    });
  }

  function next(row: number, cell: number): void {
    if (cell + 1 < fields.length) focus(row, cell + 1);
    else {
      if (row + 1 === lines.length) onChange([...lines, newLine()]);
      focus(row + 1, 0);
    }
  }

  return (
    <div class="scroll lines">
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {fields.map((each) => (
              <th key={each.key} scope="col" class={each.kind === "reference" ? "widest" : each.kind}>
                {fieldLabel(each.key)}
              </th>
            ))}
            {amount && (
              <th scope="col" class="number">
                {amount.label}
              </th>
            )}
            <th scope="col">
              <span class="unseen">{TEXTS.actions.remove}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {lines.map((line, row) => (
            <tr key={line.key}>
              {fields.map((field, cell) => {
                const wrong = mistake(row, field.key);
                const label = `${fieldLabel(field.key)} ${row + 1}`;
                return (
                  <td
                    key={field.key}
                    data-label={fieldLabel(field.key)}
                    onKeyDown={(event) => {
                      if (event.key !== "Enter" || event.defaultPrevented) return;
                      event.preventDefault();
                      next(row, cell);
                    }}
                  >
                    <FieldInput
                      field={field}
                      label={label}
                      value={line.texts[field.key] ?? ""}
                      reference={references?.[field.key]}
                      isInvalid={wrong !== undefined}
                      describedBy={wrong === undefined ? undefined : `mistake-${line.key}-${field.key}`}
                      onChange={(text) => {
                        set(line.key, field.key, text);
                        // Who has gone on meanwhile is not taken back.
                        const isHere = document.activeElement?.getAttribute("aria-label") === label;
                        if (field.kind === "reference" && text !== "" && isHere) focus(row, cell + 1);
                      }}
                    />
                    {wrong !== undefined && (
                      <p id={`mistake-${line.key}-${field.key}`} class="mistake">
                        {wrong}
                      </p>
                    )}
                  </td>
                );
              })}
              {amount && (
                <td class="number" data-label={amount.label}>
                  {amount.of(line)}
                </td>
              )}
              <td>
                <Button
                  look="quiet"
                  label={`${TEXTS.actions.remove} ${row + 1}`}
                  onClick={() => onChange(lines.length > 1 ? lines.filter((each) => each !== line) : [newLine()])}
                >
                  ×
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Button
        onClick={() => {
          onChange([...lines, newLine()]);
          focus(lines.length, 0);
        }}
      >
        + {TEXTS.actions.addLine}
      </Button>
    </div>
  );
}
