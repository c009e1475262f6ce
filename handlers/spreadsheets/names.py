"""Names beside ids in files, where the answer itself has none: what a page of rows names is looked up with the page, in
one statement for each table (docs/adr/0065)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pharus import hooks
from pharus.db import current, db
from pharus.naming import EVERYWHERE, Naming
from pharus.rowsets import array
from pharus.spreadsheets.columns import Column, Table, Type

_ID = "Id"
# How the names beside an id may end.
_ENDS = ("Name", "Code", "Number")


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside one column of ids: for each table that may have them, by its naming, the keys and the columns
    of the table."""

    path: tuple[str, ...]
    shown: Mapping[Naming, Sequence[tuple[str, str]]]


class Names:
    """Of one table of an answer: `table` has the columns of the names, `fill` what is in them."""

    def __init__(self, table: Table) -> None:
        known: dict[str, list[Naming]] = defaultdict(list)
        # What only imports of some paths call so is something else in other answers.
        for naming in (each for each in hooks.all_namings() if each.below == EVERYWHERE):
            for key in (*naming.keys, *naming.among):
                if naming not in known[key]:
                    known[key].append(naming)
        there = {column.path for column in table.columns}
        columns: list[Column] = []
        self._beside: list[_Beside] = []
        for column in table.columns:
            columns.append(column)
            *above, key = column.path or ("",)
            stem = key.removesuffix(_ID)
            is_named = any((*above, stem + end) in there for end in _ENDS)
            if column.type is not Type.TEXT or key not in known or is_named:
                continue
            shown = {
                naming: [(f"{stem}{word[:1].upper()}{word[1:]}", text) for word, text in naming.shown]
                for naming in known[key]
            }
            self._beside.append(_Beside(column.path, shown))
            added = dict.fromkeys((*above, name) for each in shown.values() for name, _ in each)
            columns += [Column(".".join(path), path, Type.TEXT) for path in added]
        self.table = replace(table, columns=tuple(columns))

    def fill(self, rows: Sequence[Any]) -> None:
        """Put the names into rows of the answer. In a unit of work."""
        asked: dict[Naming, set[str]] = defaultdict(set)
        places = [(beside, list(_holders(rows, beside.path))) for beside in self._beside]
        for beside, holders in places:
            ids = {id for holder in holders if (id := holder.get(beside.path[-1])) is not None}
            for naming in beside.shown if ids else ():
                asked[naming] |= ids
        texts = {naming: _texts(naming, ids) for naming, ids in asked.items()}
        for beside, holders in places:
            for holder in holders:
                for naming, shown in beside.shown.items():
                    found = texts.get(naming, {}).get(str(holder.get(beside.path[-1])))
                    if found is not None:
                        holder.update((name, text) for (name, _), text in zip(shown, found, strict=True))


def _holders(rows: Sequence[Any], path: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What has the last key of the path, in objects and lists of the rows."""
    for row in rows:
        held = [row]
        for key in path[:-1]:
            inner = [each.get(key) for each in held]
            held = [part for each in inner for part in (each if isinstance(each, list) else [each]) if part is not None]
        yield from held


def _texts(naming: Naming, ids: set[str]) -> dict[str, Sequence[Any]]:
    columns = ", ".join(column for _, column in naming.shown)
    text = f"SELECT id, {columns} FROM {naming.table} WHERE org_id = %s AND id = ANY(%s::uuid[])"
    return {id: found for id, *found in db.rows(text, (current().org_id, array(sorted(ids))))}
