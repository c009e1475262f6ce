// The bill of materials of a SKU: a tree with costs, and writing it.
import type { Bom } from "pharus-client/models";
import { useState } from "preact/hooks";
import { useData } from "../data.ts";
import { cost, decimal, money, typeable } from "../format.ts";
import { tell } from "../live.ts";
import { Button, Problem, say, Section, Unread } from "../parts/basics.tsx";
import { DeleteButton } from "../parts/deletion.tsx";
import { FieldRow, fieldsOf, read } from "../parts/form.tsx";
import type { Body } from "../parts/form.tsx";
import { isEmpty, Lines, newLine } from "../parts/lines.tsx";
import type { Line } from "../parts/lines.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { digits } from "../parts/values.tsx";
import { to } from "../router.ts";
import { may, useSession } from "../session.ts";
import { TEXTS } from "../texts.ts";
import { madeOf } from "./bom-cost.ts";
import type { Made, Node } from "./bom-cost.ts";

interface Sku {
  id: string;
  unit: string | null;
}

export function BomSection({ sku }: { sku: Sku }) {
  const { client, manner } = useSession();
  const [isEditing, setIsEditing] = useState(false);
  const { value, ...reading } = useData(`bom/${sku.id}`, (signal) => madeOf(sku.id, signal), [
    "bom",
    "bom_item",
    "sku",
  ]);
  const isKnown = value !== undefined;
  return (
    <Section
      title={TEXTS.items.bom}
      aside={
        isKnown &&
        !isEditing && (
          <>
            {may(value === null ? "createBom" : "replaceBom") && (
              <Button onClick={() => setIsEditing(true)}>
                {value === null ? TEXTS.items.writeBom : TEXTS.actions.edit}
              </Button>
            )}
            {value !== null && may("deleteBom") && (
              <DeleteButton
                send={(sending) => client.bom.deleteBom(sku.id, { ...sending, ifMatch: value.bom })}
                onDone={() => {
                  say(TEXTS.form.deleted(TEXTS.items.bom));
                  tell("bom", "sku");
                  reading.reload();
                }}
              />
            )}
          </>
        )
      }
    >
      {!isKnown && <Unread {...reading} />}
      {isKnown && isEditing && (
        <BomForm
          sku={sku}
          bom={value?.bom ?? null}
          onClose={() => setIsEditing(false)}
          onDone={() => {
            setIsEditing(false);
            say(TEXTS.form.saved);
            tell("bom");
            reading.reload();
          }}
        />
      )}
      {isKnown && !isEditing && value === null && <p class="empty">{TEXTS.items.noBom}</p>}
      {value && !isEditing && (
        <>
          <p class="hint">
            {TEXTS.items.batch(decimal(digits(value.bom.batchSize), manner.locale), sku.unit ?? "")}
            {!value.bom.yieldPercent.eq(100) && `, ${TEXTS.items.yields(decimal(digits(value.bom.yieldPercent), manner.locale))}`}
          </p>
          <Tree made={value} />
          <p class="total">
            {TEXTS.items.costOfBatch} <strong>{money(digits(value.batchCost), manner)}</strong> · {TEXTS.items.costOfOne}{" "}
            <strong>{cost(digits(value.unitCost), manner)}</strong> {manner.currency}
            {!value.isComplete && <small> {TEXTS.items.unknownCost}</small>}
          </p>
        </>
      )}
    </Section>
  );
}

function Tree({ made }: { made: Made }) {
  return (
    <ul class="tree">
      {made.nodes.map((node) => (
        <li key={node.item.id}>
          {node.made === null ? (
            <Input node={node} />
          ) : (
            <details>
              <summary>
                <Input node={node} isSummary />
              </summary>
              <a href={to(`skus/${node.item.inputSkuId}`)}>{node.choice?.code}</a>
              <Tree made={node.made} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What can be opened must hold nothing else that can be clicked. */
function Input({ node: { item, choice, unitCost, cost: all }, isSummary }: { node: Node; isSummary?: boolean }) {
  const { manner } = useSession();
  const path = item.materialId === null ? `skus/${item.inputSkuId}` : `materials/${item.materialId}`;
  const said = item.unit === null ? item.quantity : (item.unitQuantity ?? item.quantity);
  return (
    <span class="input">
      <code>
        {isSummary ? choice?.code : <a href={to(path)}>{choice?.code}</a>}
      </code>
      <span class="widest">{choice?.name}</span>
      <span class="number">
        {decimal(digits(said), manner.locale)} {item.unit}
        {!item.scrapPercent.isZero() && <small> {TEXTS.items.scrap(decimal(digits(item.scrapPercent), manner.locale))}</small>}
      </span>
      <span class="number quiet">{unitCost === null ? "–" : cost(digits(unitCost), manner)}</span>
      <span class="number">{all === null ? "–" : money(digits(all), manner)}</span>
    </span>
  );
}

interface BomFormProps {
  sku: Sku;
  bom: Bom | null;
  onClose: () => void;
  onDone: () => void;
}

const HEAD = ["batchSize", "yieldPercent"];

function BomForm({ sku, bom, onClose, onDone }: BomFormProps) {
  const { client, manner } = useSession();
  const head = fieldsOf("BomCreate", HEAD);
  const fields = fieldsOf("BomItemInput", ["materialId", "inputSkuId", "quantity", "unit", "scrapPercent"]).map((each) => ({
    ...each,
    hint: "",
    required: each.key === "quantity",
  }));
  const [texts, setTexts] = useState<Record<string, string>>({
    batchSize: typeable(bom ? digits(bom.batchSize) : "1", manner.locale),
    yieldPercent: typeable(bom ? digits(bom.yieldPercent) : "100", manner.locale),
  });
  const [lines, setLines] = useState<readonly Line[]>(() => linesOf(bom, manner.locale));
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({});
  const { isBusy, problems, submit } = useSubmit(
    (body: any, sending: Sending) =>
      bom === null
        ? client.bom.createBom(body, sending)
        : client.bom.replaceBom(sku.id, body, { ...sending, ifMatch: bom }),
    onDone,
  );
  const mistakes = { ...problems?.fields, ...wrong };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const { body, mistakes: ofHead } = read(head, texts, null, manner.locale);
        const items: Body[] = [];
        const found: Record<string, string> = Object.fromEntries(Object.entries(ofHead).map(([key, text]) => [`/${key}`, text]));
        for (const [at, line] of lines.filter((each) => !isEmpty(each)).entries()) {
          const { body: own, mistakes: ofLine } = read(fields, line.texts, null, manner.locale);
          for (const [key, text] of Object.entries(ofLine)) found[`/items/${at}/${key}`] = text;
          const { unit, quantity, ...others } = own;
          items.push(unit === undefined ? own : { ...others, quantity: null, unit, unitQuantity: quantity });
        }
        setWrong(found);
        // What by-products bear stays as it is.
        const kept = bom === null ? {} : { costSharePercent: digits(bom.costSharePercent), byProducts: byProductsOf(bom) };
        if (Object.keys(found).length === 0) void submit({ outputSkuId: sku.id, ...kept, ...body, items });
      }}
    >
      <div class="fields">
        {head.map((field) => (
          <FieldRow
            key={field.key}
            field={field}
            value={texts[field.key] ?? ""}
            mistake={mistakes[`/${field.key}`]}
            onChange={(text) => setTexts((before) => ({ ...before, [field.key]: text }))}
          />
        ))}
      </div>
      <Lines
        caption={TEXTS.items.bom}
        fields={fields}
        lines={lines}
        onChange={setLines}
        mistake={(at, key) => mistakes[`/items/${at}/${key}`] ?? (key === "materialId" ? mistakes[`/items/${at}`] : undefined)}
      />
      <Problem problems={problems} />
      <div class="buttons">
        <Button onClick={onClose}>{TEXTS.actions.cancel}</Button>
        <Button type="submit" look="primary" isBusy={isBusy}>
          {TEXTS.actions.save}
        </Button>
      </div>
    </form>
  );
}

function linesOf(bom: Bom | null, locale: string): Line[] {
  if (bom === null) return [newLine()];
  return bom.items.map((each) =>
    newLine({
      materialId: each.materialId ?? "",
      inputSkuId: each.inputSkuId ?? "",
      quantity: typeable(digits(each.unitQuantity ?? each.quantity), locale),
      unit: each.unit ?? "",
      scrapPercent: each.scrapPercent.isZero() ? "" : typeable(digits(each.scrapPercent), locale),
    }),
  );
}

function byProductsOf(bom: Bom): Body[] {
  return bom.byProducts.map((each) => ({
    byProductSkuId: each.byProductSkuId,
    quantity: digits(each.quantity),
    costSharePercent: digits(each.costSharePercent),
  }));
}
