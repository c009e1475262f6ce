// Which lots so much of an item is: new ones by their codes where it comes in, some of those that there are where it leaves.
import type { Field } from "../description.ts";
import { lotOf } from "../references.ts";
import type { Choice } from "../references.ts";
import { TEXTS } from "../texts.ts";
import { fieldsOf, read } from "./form.tsx";
import type { Body } from "./form.tsx";
import { isEmpty, Lines, newLine } from "./lines.tsx";
import type { Line } from "./lines.tsx";
import { nameOf } from "./values.tsx";

export type Way = "in" | "out";

const KEYS = {
  in: { schema: "ReceivedLot", keys: ["code", "quantity", "bestBefore", "supplierLot", "madeOn"], needed: "code" },
  out: { schema: "LotQuantity", keys: ["lotId", "quantity"], needed: "lotId" },
} as const;

function fieldsFor(way: Way): Field[] {
  const { schema, keys, needed } = KEYS[way];
  return fieldsOf(schema, keys).map((each) => ({ ...each, hint: "", required: each.key === needed || each.key === "quantity" }));
}

/** The lots as a body has them, undefined when none is named: then the server finds or makes them. Mistakes by `0/code`. */
export function lotBodies(way: Way, lines: readonly Line[], locale: string) {
  const lots: Body[] = [];
  const mistakes: Record<string, string> = {};
  for (const [at, line] of lines.entries()) {
    if (isEmpty(line)) continue;
    const { body, mistakes: own } = read(fieldsFor(way), line.texts, null, locale);
    for (const [key, text] of Object.entries(own)) mistakes[`${at}/${key}`] = text;
    lots.push(body);
  }
  return { lots: lots.length > 0 ? lots : undefined, mistakes };
}

interface LotLinesProps {
  way: Way;
  item: "materialId" | "skuId";
  choice: Choice;
  lines: readonly Line[] | undefined;
  onChange: (lines: readonly Line[]) => void;
  mistakes: Readonly<Record<string, string>>;
}

const NONE: readonly Line[] = [newLine()];

export function LotLines({ way, item, choice, lines = NONE, onChange, mistakes }: LotLinesProps) {
  const title = TEXTS.lots.of(nameOf(choice));
  return (
    <fieldset class="lots">
      <legend>{title}</legend>
      <p class="hint">{TEXTS.lots.hints[way](choice.unit ?? TEXTS.orders.stockUnits)}</p>
      <Lines
        caption={title}
        fields={fieldsFor(way)}
        lines={lines}
        onChange={onChange}
        references={{ lotId: lotOf(item, choice.id) }}
        mistake={(at, key) => mistakes[`${at}/${key}`]}
      />
    </fieldset>
  );
}
