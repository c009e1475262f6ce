"""The log of events beside the tables: what it says of an organization, and what the rows say that it should say."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

import orjson

from pharus.db import db, unit_of_work
from plugins.events import reading
from plugins.events.reading import BEGINNING, Event
from plugins.events.search import Filter
from tests.api import Api
from tests.pharus.acting import owner_of
from tests.waiting import wait_until

Json = dict[str, Any]
# Table, id, and what else names a row that has no id of its own.
Key = tuple[str, ...]
State = dict[Key, dict[str, Any]]


class Logged(NamedTuple):
    type: str
    record_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    parent_type: str | None = None
    parent_id: str | None = None
    user_id: str | None = None
    token_id: str | None = None
    request_id: str | None = None
    key_hash: bytes | None = None

    @property
    def table(self) -> str:
        return self.type.partition(".")[0]


def events(org_id: str, after: int = 0) -> list[Logged]:
    """All of the organization behind a `seq`, in the order in which they were written."""
    rows = db.rows(
        "SELECT type, record_id, record_ids, parent_type, parent_id, parent_ids, before, after, user_id, "
        "token_id, request_id, key_hash FROM event WHERE org_id = %s AND seq > %s ORDER BY seq",
        (org_id, after),
    )
    found = []
    for type, id, ids, parent_type, parent_id, parent_ids, before, after_text, *origin in rows:
        was, became = (None if text is None else orjson.loads(text) for text in (before, after_text))
        if ids is None:
            found.append(Logged(type, id, was, became, parent_type, parent_id, *origin))
        else:
            for number, each in enumerate(ids):
                values = (_of_record(many, number) for many in (was, became))
                found.append(Logged._make((type, each, *values, parent_type, parent_ids[number], *origin)))
    return found


def _of_record(many: Any, number: int) -> Any:
    if isinstance(many, dict):
        return {name: values[number] for name, values in many.items() if values[number] is not None}
    return None if many is None else many[number]


def last(org_id: str) -> int:
    """The `seq` of the organization's last event."""
    return int(db.row("SELECT coalesce(max(seq), 0) FROM event WHERE org_id = %s", (org_id,))[0])


@cache
def logged_columns() -> dict[str, tuple[str, ...]]:
    """Which columns of which tables are in the log."""
    rows = db.rows(
        "SELECT relname, obj_description(tgfoid)::json->'shows' FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname = 'event_insert'",
        (),
    )
    return {table: tuple(columns) for table, columns in rows}


@cache
def _types(table: str) -> dict[str, str]:
    return dict(
        db.rows(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = %s::regclass",
            (table,),
        )
    )


@cache
def _named_by(table: str) -> tuple[str, ...]:
    """What else than an id names a row."""
    columns = [
        name
        for (name,) in db.rows(
            "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey) "
            "WHERE indrelid = %s::regclass AND indisprimary ORDER BY attnum",
            (table,),
        )
    ]
    return () if "id" in columns else tuple(name for name in columns if name != "org_id")


def state(org_id: str) -> State:
    """The rows of the organization in all tables that are logged, as far as events show them."""
    rows: State = {}
    for table, columns in logged_columns().items():
        shown = " AND is_stored" if table == "document" else ""
        org = "id" if table == "organization" else "org_id"
        for (row,) in db.rows(f"SELECT to_jsonb(t)::text FROM {table} AS t WHERE {org} = %s{shown}", (org_id,)):
            values = orjson.loads(row)
            named_by = _named_by(table)
            record = values.get("id") or next(
                (values[name] for name in named_by if len(str(values[name])) == 36), org_id
            )
            key = (table, record, *(str(values[name]) for name in named_by))
            rows[key] = {name: _value(_types(table)[name], values[name]) for name in columns}
    return rows


def replay(rows: State, happened: Iterable[Logged]) -> State:
    """What becomes of the rows. AssertionError when an event does not fit to what was before it."""
    rows = {key: dict(values) for key, values in rows.items()}
    for event in happened:
        table = event.table
        columns = logged_columns()[table]
        before, after = (_columns(table, values) for values in (event.before, event.after))
        named_by = _named_by(table)
        key = (table, event.record_id, *(str((after or before)[name]) for name in named_by))
        if event.type.endswith(".created"):
            assert key not in rows, event
            rows[key] = {name: after.get(name) for name in columns}
        elif event.type.endswith(".deleted"):
            assert rows.pop(key) == {name: before.get(name) for name in columns}, event
        else:
            assert set(before) == set(after) > set(named_by), event
            for name in before:
                assert rows[key][name] == before[name], (event, name)
                assert before[name] != after[name] or name in named_by, event
            rows[key].update(after)
    return rows


def _columns(table: str, values: dict[str, Any] | None) -> dict[str, Any]:
    """The members of an event under the names of their columns."""
    types = _types(table)
    found = {}
    for name in logged_columns()[table]:
        first, *others = name.split("_")
        member = first + "".join(other.capitalize() for other in others)
        if values is not None and member in values:
            found[name] = _value(types[name], values[member])
    assert values is None or len(found) == len(values), values
    return found


def _value(type: str, value: Any) -> Any:
    if value is None:
        return None
    if type == "numeric":
        return Decimal(str(value))
    return datetime.fromisoformat(value) if type == "timestamp with time zone" else value


def differing(one: State, other: State) -> list[Any]:
    """Where two states differ."""
    return [(key, one.get(key), other.get(key)) for key in sorted({*one, *other}) if one.get(key) != other.get(key)]


def types_of(happened: Sequence[Logged]) -> list[str]:
    return [event.type for event in happened]


def follow(api: Api, after: str = "", **query: Any) -> tuple[list[Json], str]:
    """What is behind, page by page until one is not full, and where the log goes on."""
    found: list[Json] = []
    limit = query.setdefault("limit", 100)
    while True:
        page = api.get("/api/events", after=after, **query).json()
        after = page["next"]
        found += page["data"]
        if len(page["data"]) < limit:
            return found, after


def seen(api: Api, count: int, after: str = "", **query: Any) -> list[Json]:
    """So many events, as soon as transactions of other tests no longer hold them back."""

    def look() -> list[Json]:
        events, _ = follow(api, after, **query)
        return events if len(events) >= count else []

    return wait_until(look)


def feed(org_id: str) -> list[Event]:
    """The whole feed, in pages, once other tests no longer hold it back."""
    written = len(events(org_id))

    def look() -> list[Event]:
        found: list[Event] = []
        with unit_of_work(owner_of(org_id)):
            while page := reading.read(Filter(), found[-1].position if found else BEGINNING, 200).events:
                found += page
        return found if len(found) == written else []

    return wait_until(look)
