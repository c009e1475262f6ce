"""Bulk imports of the methods and links of contacts: the rules of `rules.py`, for thousands of rows at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pharus import bulk
from pharus.bulk import RowError
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, Problem
from pharus.records import Records
from pharus.schemas import BulkImportResult
from plugins.contacts import rules
from plugins.contacts.records import all_links, all_methods, contacts
from plugins.contacts.schemas import ContactLinkImport, ContactMethodImport
from plugins.customers.records import customers
from plugins.vendors.records import vendors

Values = dict[str, Any]
# What at most one of is primary, and what comes once: columns.
_OF_METHODS = ("contact_id", "method_type")
_OF_LINKS = ("customer_id", "vendor_id")
_ENTITIES: Mapping[str, Records[Any]] = {"customer_id": customers, "vendor_id": vendors}


def methods(given: Sequence[ContactMethodImport], *, mode: str, dry_run: bool) -> BulkImportResult:
    rows = [all_methods.values_of(row) for row in given]
    found = bulk.wrong_references(all_methods, rows, {"contact_id": contacts}, "true")
    for index, values in enumerate(rows):
        try:
            values["value"] = rules.method_value(values["method_type"], values["value"])
        except Invalid as refusal:
            found += bulk.wrong_by_itself(index, refusal.problems)
        if values.get("is_primary") and values.get("is_active") is False:
            problem = Problem("/isPrimary", "must not be true for a method that is deactivated")
            found += bulk.wrong_by_itself(index, [problem])
    _lock("contact", [row["contact_id"] for row in rows])
    stored = _stored("contact_method", ("contact_id",), (*_OF_METHODS, "value", "is_active"), rows)
    message = "another method of the contact has this type and value"
    found += _twice(rows, (*_OF_METHODS, "value"), {tuple(each[:3]) for each in stored}, "/value", message)
    found += _primary_twice(rows, _OF_METHODS, "another row is the primary method of this contact and type")
    has_active = {tuple(each[:2]) for each in stored if each[3]}

    def insert(good: Sequence[int]) -> list[str]:
        chosen = [rows[index] for index in good]
        _unset_primary("contact_method", _OF_METHODS, chosen)
        has_one = has_active | {_key(row, _OF_METHODS) for row in chosen if row.get("is_primary")}
        for row in chosen:
            if row.get("is_active") is not False and _key(row, _OF_METHODS) not in has_one:
                row["is_primary"] = True
                has_one.add(_key(row, _OF_METHODS))
        return all_methods.insert_many(chosen)

    return bulk.import_rows(len(rows), insert, mode=mode, dry_run=dry_run, row_errors=found)


def links(given: Sequence[ContactLinkImport], accept_deactivated: str, *, mode: str, dry_run: bool) -> BulkImportResult:
    rows = [all_links.values_of(row) for row in given]
    found = bulk.wrong_references(all_links, rows, {"contact_id": contacts, **_ENTITIES}, accept_deactivated)
    for column, named in _ENTITIES.items():
        _lock(named.table, [row[column] for row in rows if row.get(column) is not None])
    stored = _stored("contact_link", _OF_LINKS, (*_OF_LINKS, "contact_id"), rows)
    message = "the contact is linked to this customer or vendor already"
    found += _twice(rows, (*_OF_LINKS, "contact_id"), set(map(tuple, stored)), "/contactId", message)
    found += _primary_twice(rows, _OF_LINKS, "another row is the primary link of this customer or vendor")

    def insert(good: Sequence[int]) -> list[str]:
        chosen = [rows[index] for index in good]
        _unset_primary("contact_link", _OF_LINKS, chosen)
        return all_links.insert_many(chosen)

    return bulk.import_rows(len(rows), insert, mode=mode, dry_run=dry_run, row_errors=found)


def _key(row: Mapping[str, Any], columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(row.get(column) for column in columns)


def _lock(table: str, ids: Iterable[str]) -> None:
    """Held until the transaction ends, and taken in the order of the ids: of two imports one waits."""
    text = f"SELECT FROM {table} WHERE org_id = %s AND id = ANY(%s::uuid[]) ORDER BY id FOR NO KEY UPDATE"
    db.execute_sql(text, (current().org_id, sorted(set(ids))))


def _stored(table: str, owners: Sequence[str], columns: Sequence[str], rows: Sequence[Values]) -> Sequence[Any]:
    """The columns of what is stored of the records that the rows name in `owners`."""
    asked = [sorted({row[owner] for row in rows if row.get(owner) is not None}) for owner in owners]
    conditions = " OR ".join(f"{owner} = ANY(%s::uuid[])" for owner in owners)
    text = f"SELECT {', '.join(columns)} FROM {table} WHERE org_id = %s AND ({conditions})"
    return db.rows(text, (current().org_id, *asked))


def _twice(
    rows: Sequence[Values], columns: Sequence[str], stored: set[tuple[Any, ...]], pointer: str, message: str
) -> list[RowError]:
    """Rows that say what a row before them says, or a record."""
    first: dict[tuple[Any, ...], int] = {}
    found = []
    for index, row in enumerate(rows):
        key = _key(row, columns)
        if key in stored:
            found.append(RowError(index, pointer, Conflict(message)))
        elif first.setdefault(key, index) < index:
            found.append(RowError(index, pointer, Conflict(message), first[key]))
    return found


def _primary_twice(rows: Sequence[Values], columns: Sequence[str], message: str) -> list[RowError]:
    first: dict[tuple[Any, ...], int] = {}
    return [
        RowError(index, "/isPrimary", Conflict(message), first[_key(row, columns)])
        for index, row in enumerate(rows)
        if row.get("is_primary") and first.setdefault(_key(row, columns), index) < index
    ]


def _unset_primary(table: str, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Before others become primary: the database refuses two at any moment."""
    keys = {_key(row, columns) for row in rows if row.get("is_primary")}
    if not keys:
        return
    unit = current()
    conditions = " AND ".join(f"{table}.{column} IS NOT DISTINCT FROM given.{column}" for column in columns)
    types = {"method_type": "text[]"}
    arrays = ", ".join(f"%s::{types.get(column, 'uuid[]')}" for column in columns)
    db.execute_sql(
        f"UPDATE {table} SET is_primary = false, updated_at = %s FROM unnest({arrays}) AS given ({', '.join(columns)}) "
        f"WHERE {table}.org_id = %s AND is_primary AND {conditions}",
        (unit.now, *map(list, zip(*keys, strict=True)), unit.org_id),
    )
