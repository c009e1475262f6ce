// The page of a list, which a description makes: filters, columns, order, pages, files, views that are kept.
import { Pages } from "pharus-client";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useData } from "../data.ts";
import type { Call } from "../description.ts";
import { OPERATIONS } from "../generated/operations.ts";
import type { Reference } from "../references.ts";
import { go, to, useRoute } from "../router.ts";
import { call, download, save, useSession } from "../session.ts";
import type { OperationId } from "../session.ts";
import { fieldLabel, choiceLabel, TEXTS } from "../texts.ts";
import { Button, Failed, Problem, Unread } from "./basics.tsx";
import { Picker } from "./picker.tsx";
import { useSubmit } from "./submit.ts";
import { Pager, Table } from "./table.tsx";
import type { Column } from "./table.tsx";
import { SavedViews } from "./views.tsx";

export interface Filter {
  /** The parameter of the list. */
  key: string;
  kind: "text" | "choice" | "reference" | "day" | "active";
  label?: string;
  choices?: readonly string[];
  reference?: Reference;
}

export interface ListDescription {
  operation: OperationId;
  title: string;
  columns: readonly Column[];
  filters?: readonly Filter[];
  /** The tables whose changes it shows. */
  tables: readonly string[];
  /** The page of a row. */
  open?: (row: any) => string | null;
  /** Parameters that are always sent. */
  fixed?: Readonly<Record<string, unknown>>;
  /** Ids in the path. */
  ids?: readonly string[];
  sort?: string;
}

const ROWS = 50;
const TYPING_MILLISECONDS = 250;

export function List({ list, path, children }: { list: ListDescription; path: string; children?: ComponentChildren }) {
  const { query } = useRoute();
  const asked = optionsOf(list, query);
  return (
    <>
      <div class="bar">
        <Filters list={list} query={query} onChange={(next) => go(to(path, next), { replace: true })} />
        <div class="buttons">
          {children}
          <SavedViews path={path} query={query} />
          <Export operation={list.operation} query={asked} ids={list.ids ?? []} />
        </div>
      </div>
      <Rows
        key={JSON.stringify([list.operation, list.ids, asked])}
        list={list}
        asked={asked}
        isFiltered={Object.keys(query).some((each) => each !== "sort")}
        onSort={(sort) => go(to(path, { ...query, sort }), { replace: true })}
      />
    </>
  );
}

type Query = Readonly<Record<string, string>>;

/** What the address says, as the operation takes it. */
function optionsOf(list: ListDescription, query: Query): Record<string, unknown> {
  const options: Record<string, unknown> = { ...list.fixed };
  for (const { key, kind } of list.filters ?? []) {
    const text = query[key];
    if (text) options[key] = kind === "active" ? text === "true" : text;
  }
  const sort = query["sort"] ?? list.sort;
  return sort === undefined ? options : { ...options, sort };
}

interface RowsProps {
  list: ListDescription;
  asked: Record<string, unknown>;
  isFiltered: boolean;
  onSort: (sort: string) => void;
}

/** The rows of one page. The cursors of the pages before are kept, so that one can go back. */
function Rows({ list, asked, isFiltered, onSort }: RowsProps) {
  const [cursors, setCursors] = useState<readonly (string | undefined)[]>([undefined]);
  const cursor = cursors[cursors.length - 1];
  const key = JSON.stringify([list.operation, list.ids, asked, cursor]);
  const { value, ...reading } = useData(key, (signal) => read(list, asked, cursor, signal), list.tables);
  if (value === undefined) return <Unread {...reading} />;
  const from = (cursors.length - 1) * ROWS + 1;
  const { data, nextCursor, total } = value;
  const isPaged = nextCursor !== null || cursors.length > 1;
  return (
    <div class={reading.isLoading ? "stale" : undefined}>
      {reading.error !== null && <Failed error={reading.error} onRetry={reading.reload} />}
      <Table
        caption={list.title}
        columns={list.columns}
        rows={data}
        open={list.open}
        sort={asked["sort"] as string | undefined}
        onSort={onSort}
        empty={isFiltered ? TEXTS.table.emptyFiltered : TEXTS.table.empty}
      />
      {data.length > 0 && (isPaged || total !== undefined) && (
        <Pager
          from={from}
          count={data.length}
          total={total?.count ?? null}
          isAtLeast={total?.atLeast ?? false}
          onPrevious={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : null}
          onNext={nextCursor === null ? null : () => setCursors([...cursors, nextCursor])}
        />
      )}
    </div>
  );
}

interface Page {
  data: any[];
  nextCursor: string | null;
  total?: { count: number; atLeast: boolean };
}

/** One page; all of it of a list that has no pages. */
async function read(
  list: ListDescription,
  asked: Record<string, unknown>,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page> {
  const parameters: Call["query"] = (OPERATIONS[list.operation] as Call).query ?? [];
  const has = (name: string) => parameters.includes(name);
  const options = {
    ...asked,
    ...(has("limit") && { limit: ROWS }),
    ...(has("expand") && { expand: "names" }),
    ...(has("count") && { count: true }),
    signal,
  };
  const answer = call(list.operation, ...(list.ids ?? []), options);
  if (!(answer instanceof Pages)) return { nextCursor: null, ...(await answer) };
  return (cursor === undefined ? answer.first() : answer.from(cursor)) as Promise<Page>;
}

function Filters({ list, query, onChange }: { list: ListDescription; query: Query; onChange: (query: Query) => void }) {
  const filters = list.filters ?? [];
  const set = (key: string, text: string) => onChange({ ...query, [key]: text });
  const isAny = filters.some(({ key }) => query[key]);
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      {filters.map((filter) => (
        <FilterField key={filter.key} filter={filter} text={query[filter.key] ?? ""} onChange={(text) => set(filter.key, text)} />
      ))}
      {isAny && (
        <Button look="quiet" onClick={() => onChange(query["sort"] ? { sort: query["sort"] } : {})}>
          {TEXTS.table.clear}
        </Button>
      )}
    </form>
  );
}

function FilterField({ filter, text, onChange }: { filter: Filter; text: string; onChange: (text: string) => void }) {
  const label = filter.label ?? (filter.key === "q" ? TEXTS.search.label : fieldLabel(filter.key));
  if (filter.kind === "text") return <Typed label={label} text={text} onChange={onChange} />;
  if (filter.kind === "reference" && filter.reference) {
    return (
      <label>
        <span>{label}</span>
        <Picker reference={filter.reference} value={text} onChange={(choice) => onChange(choice?.id ?? "")} />
      </label>
    );
  }
  if (filter.kind === "day") {
    return (
      <label>
        <span>{label}</span>
        <input type="date" value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      </label>
    );
  }
  const choices = filter.kind === "active" ? ["true", "false"] : (filter.choices ?? []);
  const names = { true: TEXTS.table.active, false: TEXTS.table.inactive };
  return (
    <label>
      <span>{label}</span>
      <select value={text} onChange={(event) => onChange(event.currentTarget.value)}>
        <option value="">{TEXTS.table.all}</option>
        {choices.map((each) => (
          <option key={each} value={each}>
            {filter.kind === "active" ? names[each as "true"] : choiceLabel(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A text that is sent when somebody has stopped typing. */
function Typed({ label, text, onChange }: { label: string; text: string; onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return;
    const timer = setTimeout(() => onChange(typed), TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label>
      <span>{label}</span>
      <input type="search" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
    </label>
  );
}

interface ExportProps {
  operation: OperationId;
  query: Readonly<Record<string, unknown>>;
  ids?: readonly string[];
}

/** Links to the same rows, all of them, as files. */
export function Export({ operation, query, ids = [] }: ExportProps) {
  const { isFile, path }: Call = OPERATIONS[operation];
  useSession();
  const { isBusy, problems, submit } = useSubmit(async (format: string) => {
    const texts = Object.entries(query).map(([key, value]) => [key, String(value)]);
    const rest = [...ids];
    return download(path.replace(/\{\w+\}/g, () => encodeURIComponent(rest.shift() ?? "")), { ...Object.fromEntries(texts), format });
  }, save);
  if (!isFile) return null;
  return (
    <>
      <span class="export" role="group" aria-label={TEXTS.actions.export}>
        <Button isBusy={isBusy} onClick={() => void submit("csv")}>
          {TEXTS.actions.csv}
        </Button>
        <Button isBusy={isBusy} onClick={() => void submit("xlsx")}>
          {TEXTS.actions.xlsx}
        </Button>
      </span>
      <Problem problems={problems} />
    </>
  );
}
