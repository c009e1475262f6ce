"""Codes and names in the place of ids: what a file says of another record becomes its id, or a sentence why not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from pharus import hooks
from pharus.db import current, db
from pharus.naming import Naming
from pharus.spreadsheets.columns import Table, Type

_MOST_NAMED = 5

# For each key of a row that refers to a record: which records these are; None where only an id can be said.
Targets = Mapping[str, Naming | None]
# By the pointer of a value, why it is no reference.
Reasons = dict[str, str]


def targets_of(path: str, table: Table) -> Targets:
    """Of the rows of an import with this path."""
    known = [naming for naming in hooks.all_namings() if path.startswith(naming.below)]
    # What is said of fewer paths goes before what is said of more.
    named = {key: naming for naming in sorted(known, key=lambda each: len(each.below)) for key in naming.keys}
    keys = (column.path[-1] for column in table.columns if column.type is Type.REFERENCE)
    return {key: named.get(key) for key in keys}


def resolve(rows: list[dict[str, Any]], repeated: str | None, targets: Targets) -> Reasons:
    """Put ids in the place of what the rows say: of each reference a list of texts, of which the first that leads to a
    record counts. In a unit of work. One statement for each table and text of its records."""
    reasons: Reasons = {}
    texts: dict[Naming, set[str]] = defaultdict(set)
    references = list(_references(rows, repeated, targets))
    for _, holder, key in references:
        if (naming := targets[key]) is not None:
            texts[naming].update(holder[key])
    found = {naming: _find(naming, asked) for naming, asked in texts.items()}
    for pointer, holder, key in references:
        asked = holder[key]
        naming = targets[key]
        if naming is None:
            holder[key] = asked[0]
            continue
        ids = [found[naming].get(text, []) for text in asked]
        unique = next((each[0] for each in ids if len(each) == 1), None)
        holder[key] = asked[0] if unique is None else unique
        if unique is None and (several := next((each for each in ids if each), None)) is not None:
            more = ", …" if len(several) > _MOST_NAMED else ""
            named = ", ".join(several[:_MOST_NAMED]) + more
            reasons[pointer] = f"is what several of these are called, so name the id of one: {named} ({naming.entity})"
        elif unique is None and not _is_id(asked[0]):
            reasons[pointer] = f"no {naming.entity} is called {asked[-1][:100]!r}, by code or name"
    return reasons


def _references(
    rows: list[dict[str, Any]], repeated: str | None, targets: Targets
) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(pointer, what holds it, key) of each reference."""
    for index, row in enumerate(rows):
        entries = row.get(repeated) if repeated is not None else None
        holders = [(f"/rows/{index}", row)]
        if isinstance(entries, list):
            holders += [(f"/rows/{index}/{repeated}/{at}", entry) for at, entry in enumerate(entries)]
        for pointer, holder in holders:
            if isinstance(holder, dict):
                for key in holder.keys() & targets.keys():
                    if isinstance(holder[key], list):
                        yield f"{pointer}/{key}", holder, key


def _find(naming: Naming, asked: Iterable[str]) -> dict[str, list[str]]:
    """By each text the ids of the records that it names: as an id, else by the first text of a record."""
    texts = sorted(asked)
    ids = [text.lower() for text in texts if _is_id(text)]
    found: dict[str, list[str]] = {}
    if ids:
        known = {
            id
            for (id,) in db.rows(
                f"SELECT id FROM {naming.table} WHERE org_id = %s AND id = ANY(%s::uuid[])", (current().org_id, ids)
            )
        }
        found = {text: [text.lower()] for text in texts if text.lower() in known}
    for key in naming.by:
        left = [text for text in texts if text not in found and not _is_id(text)]
        if not left:
            break
        for text, id in db.rows(
            f"""
            SELECT asked, named.id
            FROM (SELECT asked, text_key(asked) AS asked_key FROM unnest(%s::text[]) AS asked) AS given
            JOIN {naming.table} AS named ON named.org_id = %s AND {key} = asked_key
            ORDER BY named.id
            """,
            (left, current().org_id),
        ):
            found.setdefault(text, []).append(id)
    return found


def _is_id(text: str) -> bool:
    try:
        return len(text) == 36 and str(UUID(text)) == text.lower()
    except ValueError:
        return False
