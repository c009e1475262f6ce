// Files become records: the API reads them; here one chooses what they are, and looks at what it says first.
import { ApiError } from "pharus-client";
import type { BulkImportResult } from "pharus-client/models";
import { useState } from "preact/hooks";
import type { Call } from "../description.ts";
import { FIELDS, OPERATIONS } from "../generated/operations.ts";
import { tell } from "../live.ts";
import { Button, Head, Problem, say, Section } from "../parts/basics.tsx";
import { useSubmit } from "../parts/submit.ts";
import type { Sending } from "../parts/submit.ts";
import { PagedTable } from "../parts/table.tsx";
import { may, save, upload } from "../session.ts";
import type { OperationId } from "../session.ts";
import { choiceLabel, TEXTS } from "../texts.ts";

const IMPORTS = (Object.keys(OPERATIONS) as OperationId[]).filter((each) => each.startsWith("bulkImport"));

interface Settings {
  mode: "atomic" | "partial";
  decimalSeparator: string;
  thousandsSeparator: string;
  dateOrder: string;
  unknownColumns: string;
}

interface Row {
  place: string;
  message: string;
}

export function ImportPage() {
  const offered = IMPORTS.filter((each) => may(each));
  const [operation, setOperation] = useState<OperationId>(offered[0] ?? "bulkImportVendors");
  const [file, setFile] = useState<File | null>(null);
  const [settings, setSettings] = useState<Settings>({
    mode: "atomic",
    decimalSeparator: "",
    thousandsSeparator: "",
    dateOrder: "",
    unknownColumns: "",
  });
  const [report, setReport] = useState<{ text: string; rows: readonly Row[] } | null>(null);
  const { isBusy, problems, submit } = useSubmit(
    async ({ dryRun }: { dryRun: boolean; file: string; settings: Settings }, { idempotencyKey }: Sending) => {
      if (file === null) throw new Error(TEXTS.import.noFile);
      const query = { ...settings, ...(dryRun && { dryRun: "true" }) };
      try {
        return { dryRun, result: (await upload(OPERATIONS[operation].path, query, file, idempotencyKey)) as BulkImportResult };
      } catch (error) {
        // What is wrong in which cell is a report, too.
        setReport({ text: TEXTS.import.refused, rows: rowsOf(error) });
        throw error;
      }
    },
    ({ dryRun, result }) => {
      const bad = result.results.filter((each) => each.status === "error");
      const good = result.results.length - bad.length;
      setReport({
        text: dryRun ? TEXTS.import.wouldStore(good) : TEXTS.import.stored(good),
        rows: bad.map((each) => ({ place: `${TEXTS.import.row} ${each.index + 1}`, message: each.error?.message ?? "" })),
      });
      if (!dryRun) {
        say(TEXTS.import.stored(good));
        tell("*");
      }
    },
  );
  const set = (key: keyof Settings) => (event: { currentTarget: { value: string } }) =>
    setSettings((before) => ({ ...before, [key]: event.currentTarget.value }));
  const send = (dryRun: boolean) => void submit({ dryRun, file: file === null ? "" : `${file.name}/${file.size}/${file.lastModified}/${operation}`, settings });
  return (
    <>
      <Head title={TEXTS.navigation.import}>
        <Button onClick={() => save(template(operation))}>{TEXTS.import.template}</Button>
      </Head>
      <section class="panel">
        <div class="fields">
          <div class="field">
            <label for="import-what">{TEXTS.import.what}</label>
            <select
              id="import-what"
              value={operation}
              onChange={(event) => {
                setOperation(event.currentTarget.value as OperationId);
                setReport(null);
              }}
            >
              {offered.map((each) => (
                <option key={each} value={each}>
                  {nameOf(each)}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="import-file">{TEXTS.import.file}</label>
            <input
              id="import-file"
              type="file"
              accept=".csv,.xlsx,text/csv"
              onChange={(event) => {
                setFile(event.currentTarget.files?.[0] ?? null);
                setReport(null);
              }}
            />
          </div>
          <Choice id="import-mode" label={TEXTS.import.mode} value={settings.mode} choices={TEXTS.import.modes} onChange={set("mode")} />
          <Choice id="import-decimal" label={TEXTS.import.decimal} value={settings.decimalSeparator} choices={TEXTS.import.decimals} onChange={set("decimalSeparator")} />
          <Choice id="import-thousands" label={TEXTS.import.thousands} value={settings.thousandsSeparator} choices={TEXTS.import.thousandsChoices} onChange={set("thousandsSeparator")} />
          <Choice id="import-dates" label={TEXTS.import.dates} value={settings.dateOrder} choices={TEXTS.import.dateOrders} onChange={set("dateOrder")} />
          <Choice id="import-unknown" label={TEXTS.import.unknown} value={settings.unknownColumns} choices={TEXTS.import.unknowns} onChange={set("unknownColumns")} />
        </div>
        <Problem problems={problems} />
        <div class="buttons final">
          <Button isBusy={isBusy} disabled={file === null} onClick={() => send(true)}>
            {TEXTS.import.check}
          </Button>
          <Button look="primary" isBusy={isBusy} disabled={file === null} onClick={() => send(false)}>
            {TEXTS.navigation.import}
          </Button>
        </div>
      </section>
      {report !== null && (
        <Section title={report.text}>
          {report.rows.length > 0 && (
            <PagedTable
              caption={report.text}
              rows={report.rows}
              keyOf={(_, at) => String(at)}
              columns={[{ key: "place", label: TEXTS.import.place }, { key: "message", isWide: true }]}
            />
          )}
        </Section>
      )}
    </>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  choices: Readonly<Record<string, string>>;
  onChange: (event: { currentTarget: { value: string } }) => void;
}

function Choice({ id, label, value, choices, onChange }: ChoiceProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={onChange}>
        {Object.entries(choices).map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** The problems of a refusal, by cell where the server names one. */
function rowsOf(error: unknown): Row[] {
  if (!(error instanceof ApiError) || !Array.isArray(error.details)) return [];
  return error.details.map((each: { cell?: string; row?: number; path?: string; message?: string }) => ({
    place: each.cell ?? (each.row === undefined ? (each.path ?? "") : `${TEXTS.import.row} ${each.row}`),
    message: each.message ?? "",
  }));
}

function nameOf(operation: OperationId): string {
  return choiceLabel(operation.slice("bulkImport".length).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());
}

/** An empty file with the columns that the import knows. */
function template(operation: OperationId): File {
  const { body = "" }: Call = OPERATIONS[operation];
  const rows = FIELDS[body]?.find(({ key }) => key === "rows")?.of ?? "";
  const columns = (FIELDS[rows] ?? []).flatMap(({ key, of }) =>
    of === undefined ? [key] : (FIELDS[of] ?? []).map((each) => `${key}.${each.key}`),
  );
  return new File([`${columns.join(",")}\r\n`], `${operation}.csv`, { type: "text/csv" });
}
