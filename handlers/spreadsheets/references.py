"""Codes and names in the place of ids: what a file says of another record becomes its id, or a sentence why not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from pharus.db import current, db
from pharus.spreadsheets.columns import Table, Type

_MOST_NAMED = 5


class _Named(NamedTuple):
    """A table, and the columns by which people know its records; the first in which a text is found decides."""

    table: str
    columns: tuple[str, ...] = ("name",)

    @property
    def entity(self) -> str:
        return self.table.replace("_", " ")


_LOCATION = _Named("location")
_SKU = _Named("sku", ("sku_code", "name"))
_TARGETS = {
    "vendorId": _Named("vendor"),
    "customerId": _Named("customer"),
    "parentId": _Named("customer"),
    "customerSegmentId": _Named("customer_segment"),
    "brokerId": _Named("broker"),
    "channelId": _Named("order_channel"),
    "locationId": _LOCATION,
    "shipToLocationId": _LOCATION,
    "workSiteLocationId": _LOCATION,
    "fulfillmentLocationId": _LOCATION,
    "materialId": _Named("material", ("material_code", "name")),
    "skuId": _SKU,
    "inputSkuId": _SKU,
    "outputSkuId": _SKU,
}
# What `typeId` and `segmentId` are depends on whose they are.
_OF_PATHS = {
    "/api/customers/": {"typeId": _Named("customer_type"), "segmentId": _Named("customer_segment")},
    "/api/materials/": {"typeId": _Named("material_type")},
    "/api/skus/": {"typeId": _Named("sku_type")},
}

# By the pointer of a value, why it is no reference.
Reasons = dict[str, str]


def targets_of(path: str, table: Table) -> dict[str, _Named]:
    """For each key of a row that refers to a record: to which table. What is in none is an id, and nothing else."""
    known = {**_TARGETS, **next((own for start, own in _OF_PATHS.items() if path.startswith(start)), {})}
    keys = (column.path[-1] for column in table.columns if column.type is Type.REFERENCE)
    return {key: known[key] for key in keys if key in known}


def resolve(rows: list[dict[str, Any]], repeated: str | None, targets: Mapping[str, _Named]) -> Reasons:
    """Put ids in the place of what the rows say: of each reference a list of texts, of which the first that leads to a
    record counts. In a unit of work. One statement for each table and column."""
    reasons: Reasons = {}
    texts: dict[_Named, set[str]] = defaultdict(set)
    for _, holder, key in _references(rows, repeated):
        if key in targets:
            texts[targets[key]].update(holder[key])
    found = {target: _find(target, sorted(asked)) for target, asked in texts.items()}
    for pointer, holder, key in _references(rows, repeated):
        asked = holder[key]
        target = targets.get(key)
        if target is None:
            holder[key] = asked[0]
            continue
        ids = [found[target].get(text, []) for text in asked]
        unique = next((each[0] for each in ids if len(each) == 1), None)
        holder[key] = asked[0] if unique is None else unique
        if unique is None and (several := next((each for each in ids if each), None)) is not None:
            more = ", …" if len(several) > _MOST_NAMED else ""
            named = ", ".join(several[:_MOST_NAMED]) + more
            reasons[pointer] = f"is what several of these are called, so name the id of one: {named} ({target.entity})"
        elif unique is None and not _is_id(asked[0]):
            reasons[pointer] = f"no {target.entity} is called {asked[-1][:100]!r}, by code or name"
    return reasons


def _references(rows: list[dict[str, Any]], repeated: str | None) -> Iterator[tuple[str, dict[str, Any], str]]:
    """(pointer, what holds it, key) of each reference."""
    for index, row in enumerate(rows):
        for key, value in row.items():
            if key == repeated:
                for at, entry in enumerate(value):
                    for inner, held in entry.items():
                        if isinstance(held, list):
                            yield f"/rows/{index}/{key}/{at}/{inner}", entry, inner
            elif isinstance(value, list):
                yield f"/rows/{index}/{key}", row, key


def _find(target: _Named, texts: list[str]) -> dict[str, list[str]]:
    """By each text the ids of the records that it names: as an id, else by the first column that has it."""
    org_id = current().org_id
    ids = [text.lower() for text in texts if _is_id(text)]
    found: dict[str, list[str]] = {}
    if ids:
        known = {
            id
            for (id,) in db.rows(
                f"SELECT id FROM {target.table} WHERE org_id = %s AND id = ANY(%s::uuid[])", (org_id, ids)
            )
        }
        found = {text: [text.lower()] for text in texts if text.lower() in known}
    for column in target.columns:
        left = [text for text in texts if text not in found and not _is_id(text)]
        if not left:
            break
        found |= ids_of_texts(target.table, f"text_key(named.{column}) = given.key", left)
    return found


def ids_of_texts(table: str, matches: str, texts: Sequence[str]) -> dict[str, list[str]]:
    """By each text that names any the ids of the records of the table that it names: those for which `matches` is true,
    an SQL expression of the record `named` and of what is `given`, its `text` and the `key` of it."""
    rows = db.rows(
        f"""
        SELECT given.text, named.id
        FROM (SELECT text, text_key(text) AS key FROM unnest(%s::text[]) AS text) AS given
        JOIN {table} AS named ON named.org_id = %s AND {matches}
        ORDER BY named.id
        """,
        (list(texts), current().org_id),
    )
    found: dict[str, list[str]] = {}
    for text, id in rows:
        found.setdefault(text, []).append(id)
    return found


def _is_id(text: str) -> bool:
    try:
        return len(text) == 36 and str(UUID(text)) == text.lower()
    except ValueError:
        return False
