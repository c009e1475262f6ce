// A table of rows. However many rows there are, no more of them are in the page than are shown.
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { decimal } from "../format.ts";
import { go } from "../router.ts";
import { useSession } from "../session.ts";
import { fieldLabel, TEXTS } from "../texts.ts";
import { Button } from "./basics.tsx";
import { NUMERIC, Value } from "./values.tsx";
import type { Kind } from "./values.tsx";

export interface Column<Row = any> {
  key: string;
  label?: string;
  kind?: Kind;
  /** In place of the row's value of that key. */
  value?: (row: Row) => unknown;
  /** Something else than a value: a button, say. */
  show?: (row: Row) => ComponentChildren;
  href?: (row: Row) => string | null;
  /** Takes the room that is left. */
  isWide?: boolean;
  /** Left out while no row has a value. */
  isRare?: boolean;
  /** What the list's `sort` calls it. */
  sort?: string;
  /** The text in the last row. */
  foot?: ComponentChildren;
}

interface TableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf?: (row: Row, at: number) => string;
  /** The order that the rows have: `name`, or `-name`. */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  empty?: string;
  /** Where the whole row leads to. */
  open?: ((row: Row) => string | null) | undefined;
}

export function Table<Row>(props: TableProps<Row>) {
  const { caption, rows, sort, onSort, empty, open } = props;
  const keyOf = props.keyOf ?? ((row: any, at: number) => String(row.id ?? at));
  if (rows.length === 0) return <p class="empty">{empty ?? TEXTS.table.empty}</p>;
  const columns = props.columns.filter((each) => !each.isRare || rows.some((row) => valueOf(row, each) !== null));
  const isFooted = columns.some((each) => each.foot !== undefined);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={classOf(column)} aria-sort={sortedAs(column, sort)}>
                {column.sort !== undefined && onSort ? (
                  <button type="button" class="sort" onClick={() => onSort(nextSort(column.sort ?? "", sort))}>
                    {column.label ?? fieldLabel(column.key)}
                    <span aria-hidden="true">{markOf(column, sort)}</span>
                  </button>
                ) : (
                  (column.label ?? fieldLabel(column.key))
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <Row key={keyOf(row, at)} row={row} columns={columns} open={open} />
          ))}
        </tbody>
        {isFooted && (
          <tfoot>
            <tr>
              {columns.map((column) => (
                <td key={column.key} class={classOf(column)}>
                  {column.foot}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Row<R>({ row, columns, open }: { row: R; columns: readonly Column<R>[]; open?: ((row: R) => string | null) | undefined }) {
  const address = open?.(row) ?? null;
  function onClick(event: MouseEvent): void {
    // What can be used by itself, and text that is being selected, keeps its meaning.
    if (event.target instanceof Element && event.target.closest("a, button, input, select, label")) return;
    if (address !== null && !getSelection()?.toString()) go(address);
  }
  return (
    <tr class={address === null ? undefined : "open"} onClick={address === null ? undefined : onClick}>
      {columns.map((column) => (
        <td key={column.key} class={classOf(column)} data-label={column.label ?? fieldLabel(column.key)}>
          <Cell row={row} column={column} />
        </td>
      ))}
    </tr>
  );
}

function Cell<R>({ row, column }: { row: R; column: Column<R> }) {
  if (column.show) return <>{column.show(row)}</>;
  const value = valueOf(row, column);
  const shown = <Value value={value} kind={column.kind ?? "text"} of={column.key} />;
  const address = column.href?.(row);
  return address ? <a href={address}>{shown}</a> : shown;
}

function valueOf<R>(row: R, column: Column<R>): unknown {
  return column.value ? column.value(row) : (row as Record<string, unknown>)[column.key];
}

function classOf({ kind, isWide }: Column): string {
  return [kind !== undefined && NUMERIC.has(kind) && "number", isWide && "widest"].filter(Boolean).join(" ");
}

function sortedAs({ sort }: Column, now: string | undefined): "ascending" | "descending" | undefined {
  if (sort === undefined || now?.replace(/^-/, "") !== sort) return undefined;
  return now.startsWith("-") ? "descending" : "ascending";
}

function markOf(column: Column, now: string | undefined): string {
  const sorted = sortedAs(column, now);
  return sorted === undefined ? " ↕" : sorted === "ascending" ? " ↑" : " ↓";
}

function nextSort(sort: string, now: string | undefined): string {
  return now === sort ? `-${sort}` : sort;
}

export const ROWS_OF_A_PAGE = 100;

/** A table of rows that are all here: a page of them at a time. */
export function PagedTable<Row>(props: TableProps<Row>) {
  const [page, setPage] = useState(0);
  const last = Math.max(0, Math.ceil(props.rows.length / ROWS_OF_A_PAGE) - 1);
  const at = Math.min(page, last) * ROWS_OF_A_PAGE;
  const shown = props.rows.slice(at, at + ROWS_OF_A_PAGE);
  return (
    <>
      <Table {...props} rows={shown} keyOf={(row, each) => props.keyOf?.(row, at + each) ?? String((row as any).id ?? at + each)} />
      {last > 0 && (
        <Pager
          from={at + 1}
          count={shown.length}
          total={props.rows.length}
          onPrevious={at > 0 ? () => setPage(Math.min(page, last) - 1) : null}
          onNext={page < last ? () => setPage(page + 1) : null}
        />
      )}
    </>
  );
}

interface PagerProps {
  from: number;
  count: number;
  total: number | null;
  isAtLeast?: boolean;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
}

export function Pager({ from, count, total, isAtLeast, onPrevious, onNext }: PagerProps) {
  const { locale } = useSession().manner;
  const write = (each: number) => decimal(String(each), locale);
  const all = total === null ? null : isAtLeast ? TEXTS.table.atLeast(write(total)) : write(total);
  return (
    <nav class="pager" aria-label={TEXTS.navigation.label}>
      <span>{TEXTS.table.rows(write(from), write(from + count - 1), all)}</span>
      <Button disabled={onPrevious === null} onClick={() => onPrevious?.()}>
        {TEXTS.actions.previous}
      </Button>
      <Button disabled={onNext === null} onClick={() => onNext?.()}>
        {TEXTS.actions.next}
      </Button>
    </nav>
  );
}
