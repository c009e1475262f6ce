"""The bulk import of units: those that materials and SKUs get beside the ones that they have."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pharus import bulk
from pharus.bulk import RowError
from pharus.db import current, db
from pharus.errors import Conflict, PharusError, Problem
from pharus.fields import new_ids
from pharus.schemas import BulkImportResult
from plugins.materials.rules import unit_key
from plugins.units import rules
from plugins.units.items import ITEMS, ItemUnits
from plugins.units.schemas import ItemUnitImport

# Of one item, as the document says.
_MOST = 100


def units(given: Sequence[ItemUnitImport], *, mode: str, dry_run: bool) -> BulkImportResult:
    rows: list[dict[str, Any]] = [{} for _ in given]
    # In the order of the rows, whatever table each goes to.
    ids = new_ids(len(rows))
    found: list[RowError] = []
    of_tables = {table: _rows_of(given, f"{table}Id") for table in ITEMS}
    for table, indexes in of_tables.items():
        items, stored, column = ITEMS[table]
        named = [{column: given[index][f"{table}Id"]} for index in indexes]  # type: ignore[literal-required]
        found += [
            each._replace(row=indexes[each.row])
            for each in bulk.unknown_references(stored, named, column, items, range(len(named)))
        ]
        known = _locked(table, [each[column] for each in named])
        taken = _taken(table, known)
        counts = Counter(item for item, _ in taken)
        first: dict[tuple[str, str], int] = {}
        for index, names in zip(indexes, named, strict=True):
            id = names[column].lower()
            if id not in known:
                continue
            key = (id, unit_key(given[index]["unit"]))
            if key in taken or first.setdefault(key, index) < index:
                found.append(RowError(index, "/unit", Conflict("the item has this unit already"), first.get(key)))
                continue
            counts[id] += 1
            if counts[id] > _MOST:
                found.append(RowError(index, "/unit", Conflict(f"the item would have more than {_MOST} units")))
            found += _wrong(index, given[index])
            try:
                further = rules.further_unit(known[id], given[index])
                rows[index] = {**stored.values_of(further), **names, "id": ids[index]}
            except PharusError as refusal:
                found.append(RowError(index, "/unit", refusal))

    def insert(good: Sequence[int]) -> list[str]:
        for _, further_units, column in ITEMS.values():
            further_units.insert_many([rows[index] for index in good if column in rows[index]])
        return [ids[index] for index in good]

    return bulk.import_rows(len(rows), insert, mode=mode, dry_run=dry_run, row_errors=found)


def _rows_of(given: Sequence[ItemUnitImport], key: str) -> list[int]:
    """The indexes of the rows that name an item by this key, in their order."""
    return [index for index, row in enumerate(given) if row.get(key) is not None]


def _wrong(index: int, row: ItemUnitImport) -> list[RowError]:
    if unit_key(row["unit"]) != unit_key(row.get("baseUnit", "")):
        return []
    return bulk.wrong_by_itself(index, [Problem("/baseUnit", "is the unit itself")])


def _locked(table: str, ids: Iterable[str]) -> dict[str, ItemUnits]:
    """The items by id, without their further units. Locked, in the order of their ids, as when one's units are
    replaced."""
    rows = db.rows(
        f"SELECT id, unit, density FROM {table} WHERE org_id = %s AND id = ANY(%s::uuid[]) ORDER BY id FOR UPDATE",
        (current().org_id, sorted(set(ids))),
    )
    return {id: ItemUnits(unit, density) for id, unit, density in rows}


def _taken(table: str, ids: Iterable[str]) -> set[tuple[str, str]]:
    """The units that the items have: (id, key of the unit)."""
    _, stored, column = ITEMS[table]
    text = f"SELECT {column}, unit FROM {stored.table} WHERE org_id = %s AND {column} = ANY(%s::uuid[])"
    return {(id, unit_key(unit)) for id, unit in db.rows(text, (current().org_id, list(ids)))}
