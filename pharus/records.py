"""The records of one table as the contract shows them, each operation one statement.

`Records(Vendor, schemas.Vendor)` takes the columns to read from the keys of the response type itself: a key that the
document gains and the table lacks refuses to start. SQL text is built once per shape of statement and rows become
dictionaries straight from the driver's tuples; building queries and model instances would cost more than PostgreSQL
needs to answer.

Column names in the SQL come from the models, never from a request.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast, is_typeddict

import peewee

from pharus import pacing, rowsets
from pharus.db import TenantModel, current, db
from pharus.errors import Conflict, InUse, NotFound
from pharus.fields import (
    SQL_TYPES,
    BusinessDateField,
    as_it_is,
    as_stored,
    business_date,
    canonical_sql,
    new_id,
    new_ids,
)
from pharus.hooks import hooks, references
from pharus.names import camel, snake
from pharus.row_dicts import dicts
from pharus.shown import Shown

T = TypeVar("T")

Values = Mapping[str, Any]

# What only the database knows.

# As many rows are inserted column by column.
_MANY = 100


class Records(Generic[T]):
    """`shape` is the TypedDict of one record. `renamed` maps a key of it to the column where they differ.

    `requested` maps a key of request bodies to a key of the shape where the contract names them differently
    (`typeId` → `materialTypeId`).
    """

    def __init__(
        self,
        model: type[TenantModel],
        shape: type[T],
        *,
        renamed: Mapping[str, str] | None = None,
        requested: Mapping[str, str] | None = None,
    ) -> None:
        assert is_typeddict(shape)
        self.model = model
        self.table: str = model._meta.table_name
        self.entity = self.table.replace("_", " ")
        columns: Mapping[str, Any] = model._meta.columns
        # What only lists show, where they are asked for it, is none of the record's.
        self.keys: tuple[str, ...] = tuple(_required(shape))
        self.columns: tuple[str, ...] = tuple((renamed or {}).get(key, snake(key)) for key in self.keys)
        missing = [column for column in self.columns if column not in columns]
        if missing:
            raise TypeError(f"{model.__name__} has no column {', '.join(missing)} that {shape.__name__} shows")
        self.column_of = dict(zip(self.keys, self.columns, strict=True))
        asked = {key: self.column_of[shown] for key, shown in (requested or {}).items()}
        self._named = {**self.column_of, **asked}
        self._asked = {column: key for key, column in asked.items()}
        # How a text of a request becomes the value of its column.
        self._reads: tuple[tuple[str, Callable[[str], Any]], ...] = tuple(
            (name, business_date) for name, field in columns.items() if isinstance(field, BusinessDateField)
        )
        self._timestamps = tuple(name for name in ("created_at", "updated_at") if name in columns)
        self._casts = tuple(
            "::text" if isinstance(columns[column], peewee.BigIntegerField) else "" for column in self.columns
        )
        self.selected = self.selected_as("")
        # The same where rows are only shown: decimals as the texts that answers carry.
        self.shown = ", ".join(
            canonical_sql(column) if isinstance(columns[column], peewee.DecimalField) else f"{column}{cast}"
            for column, cast in zip(self.columns, self._casts, strict=True)
        )
        # What a row has where an insert does not name the column; of the others only the database knows.
        self._unnamed = {
            column: field.default
            for column, field in columns.items()
            if field.null or not (field.default is None or callable(field.default))
        }
        self._defaults = {column: default for column, default in self._unnamed.items() if default is not None}
        # A whole row, in one order: whatever a request names, a table has one text that inserts.
        self._blank: dict[str, Any] = {column: self._unnamed.get(column) for column in columns}
        self._required = frozenset(columns) - self._unnamed.keys()
        self._as_stored = {column: as_stored(columns[column]) for column in self.columns}
        # What an answer shows of a row, and what is stored otherwise than it is given; most columns keep it.
        self._shows = itemgetter(*self.columns)
        self._converts = tuple(
            (key, stored)
            for key, column in self.column_of.items()
            if (stored := self._as_stored[column]) is not as_it_is
        )
        # Those that can be inserted column by column.
        self._types = {
            name: SQL_TYPES[field.field_type] for name, field in columns.items() if field.field_type in SQL_TYPES
        }
        self._texts: dict[tuple[str, ...], str] = {}

    # From a request

    def values_of(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The columns' values that a request body names; keys of the body that are no column are left out.

        Business dates come out as dates.
        """
        named = self._named
        values = {column: value for key, value in body.items() if (column := named.get(key)) is not None}
        for column, read in self._reads:
            value = values.get(column)
            if value is not None:
                values[column] = read(value)
        return values

    def asked_as(self, column: str) -> str:
        """The key under which request bodies name the column."""
        return self._asked.get(column, camel(column))

    # Reading

    def row(self, values: Sequence[Any]) -> T:
        """The record of one row of the selected columns."""
        return cast(T, dict(zip(self.keys, values, strict=False)))

    def record(self, stored: Values) -> T:
        """The record of a row whose columns are known by name: of one that was just written."""
        return cast(T, {key: stored[column] for key, column in self.column_of.items()})

    def selected_as(self, alias: str) -> str:
        """The columns to select where a statement joins this table under a name; `row` reads them."""
        prefix = f"{alias}." if alias else ""
        return ", ".join(f"{prefix}{column}{cast}" for column, cast in zip(self.columns, self._casts, strict=True))

    def get(self, id: str, *, lock: bool = False) -> T:
        """The record of the current organization; NotFound when it has none with this id.

        With `lock` the row is locked until the transaction ends: who changes it next waits.
        """
        text = f"SELECT {self.selected} FROM {self.table} WHERE org_id = %s AND id = %s"
        unit = current()
        lock = lock or unit.locks_reads
        record = self._one(db.prepared(text + " FOR UPDATE" if lock else text, (unit.org_id, id)), id)
        if lock:
            unit.locked.add((self.table, id))
        return record

    def of(self, column: str, id: str, *, order: str = "id") -> list[T]:
        """All records that belong to another one: whose `column` has its id."""
        text = f"SELECT {self.selected} FROM {self.table} WHERE org_id = %s AND {column} = %s ORDER BY {order}"
        return self.records_of(db.prepared(text, (current().org_id, id)))

    def select(self, rest: str = "", parameters: Sequence[Any] = ()) -> list[T]:
        """All records of the current organization; `rest` goes behind the WHERE clause's first condition."""
        text = f"SELECT {self.selected} FROM {self.table} WHERE org_id = %s {rest}"
        return self.rows(text, (current().org_id, *parameters))

    def rows(self, text: str, parameters: Sequence[Any]) -> list[T]:
        """The records of a statement whose rows begin with the selected columns."""
        return self.records_of(db.rows(text, parameters))

    def records_of(self, rows: Iterable[Sequence[Any]]) -> list[T]:
        """Like `row` for many."""
        return cast(list[T], dicts(self.keys, rows))

    def shown_of(self, rows: Iterable[Sequence[Any]]) -> list[Shown[T]]:
        """The rows of the columns `shown`, for a response and for nothing else."""
        return cast(list[Shown[T]], self.records_of(rows))

    def require(self, ids: Iterable[str], *, active: bool = True, kept: Collection[str] = ()) -> dict[str, T]:
        """The records with these ids, by id. NotFound names the first that does not exist, else Conflict the first
        that is deactivated: new work must not name it (docs/rules.md, Master data). Those in `kept` were there
        before and may stay."""
        requested = list(dict.fromkeys(ids))
        if not requested:
            return {}
        text = f"SELECT {self.selected} FROM {self.table} WHERE org_id = %s AND id = ANY(%s::uuid[])"
        rows = db.prepared(text, (current().org_id, rowsets.array(requested)))
        found = {cast(Any, record)["id"]: record for record in self.records_of(rows)}
        for id in requested:
            if id not in found:
                raise self.not_found(id)
        for id in requested:
            if active and id not in kept and not cast(Any, found[id])["isActive"]:
                raise Conflict(f"the {self.entity} {id} is deactivated")
        return found

    # Writing

    def insert(self, values: Values) -> T:
        """Insert one record and return it; Conflict when it is a duplicate, at the end of the unit at the latest.

        Where the values and the model say all that there is to show, the statement goes along with the next one.
        """
        complete = self._complete(values)
        record = self._known(complete)
        if record is None:
            complete = dict(sorted(complete.items()))
            return self.row(db.row(self._insert_text(tuple(complete)), tuple(complete.values())))
        row = self._whole(complete)
        text = self._insert_text(tuple(row), returning=False)
        if row is complete or list in map(type, row.values()):
            db.defer(text, tuple(row.values()))
        else:
            db.defer_prepared(text, tuple(row.values()))
        return record

    def insert_many(self, rows: Iterable[Values]) -> list[str]:
        """Insert all rows in a number of statements that does not grow with them (but for `pharus/pacing.py`), and
        return their ids in order. What is refused is raised at the end of the unit at the latest.

        A column that only other rows name gets the default of the model.
        """
        rows = list(rows)
        if len(rows) >= _MANY and (named := set(chain.from_iterable(rows))) <= self._types.keys():
            return self._insert_columns(rows, named)
        complete = [self._complete(values) for values in rows]
        self._insert_all(complete)
        return [values["id"] for values in complete]

    def insert_all(self, rows: Iterable[Values]) -> list[T]:
        """Like `insert_many`; returns the records."""
        complete = [self._complete(values) for values in rows]
        records = [record for values in complete if (record := self._known(values)) is not None]
        if len(records) == len(complete):
            self._insert_all(complete)
            return records
        stored = self.records_of(self._insert_all(complete, f" RETURNING {self.selected}"))
        by_id = {cast(Any, record)["id"]: record for record in stored}
        return [by_id[values["id"]] for values in complete]

    def update(self, id: str, values: Values) -> T:
        """Change the columns named and return the record; nothing named, nothing changed. NotFound, Conflict."""
        if not values:
            return self.get(id)
        unit = current()
        # In an order that is not the request's: there is one text for each set of columns.
        changed = dict(sorted(values.items()))
        if "updated_at" in self._timestamps:
            changed["updated_at"] = unit.now
        key = ("update", *changed)
        text = self._texts.get(key)
        if text is None:
            assignments = ", ".join(f"{column} = %s" for column in changed)
            text = self._texts[key] = (
                f"UPDATE {self.table} SET {assignments} WHERE org_id = %s AND id = %s RETURNING {self.selected}"
            )
        return self._one(db.rows(text, (*changed.values(), unit.org_id, id)), id)

    def update_locked(self, before: T, values: Values) -> T:
        """Like `update` of a record that this transaction has read and locked (`get`): what it will be is known, and
        the statement goes along with the next one. When it finds no row, that one raises, and `run` begins anew."""
        known = cast(dict[str, Any], before)
        unit = current()
        if (self.table, known["id"]) not in unit.locked:
            raise RuntimeError(f"this unit of work has not locked the {self.entity}: get(id, lock=True)")
        changed = {**values, "updated_at": unit.now} if "updated_at" in self._timestamps else dict(values)
        assignments = ", ".join(f"{column} = %s" for column in changed)
        text = (
            f"WITH changed AS (UPDATE {self.table} SET {assignments} WHERE org_id = %s AND id = %s RETURNING id) "
            "SELECT require_change(count(*)) FROM changed"
        )
        db.defer(text, (*changed.values(), unit.org_id, known["id"]))
        return cast(
            T,
            {
                key: self._stored(column, changed[column]) if column in changed else known[key]
                for key, column in self.column_of.items()
            },
        )

    def delete(self, id: str) -> None:
        """Delete the record unless something refers to it: InUse with the counts by kind, NotFound.

        The row is locked first, so that nobody begins to refer to it between the count and the deletion.
        """
        self.get(id, lock=True)
        counts = references(self.table, id)
        if any(counts.values()):
            raise InUse(f"the {self.entity} is in use", counts)
        hooks().record_deleted(table=self.table, id=id)
        db.execute_sql(f"DELETE FROM {self.table} WHERE org_id = %s AND id = %s", (current().org_id, id))

    def not_found(self, id: str) -> NotFound:
        return NotFound(f"no {self.entity} with the id {id}")

    # Private

    def _one(self, rows: Sequence[Sequence[Any]], id: str) -> T:
        if not rows:
            raise self.not_found(id)
        return self.row(rows[0])

    def _complete(self, values: Values) -> dict[str, Any]:
        unit = current()
        complete = {**self._defaults, "org_id": unit.org_id, "id": new_id(), **values}
        for column in self._timestamps:
            complete[column] = unit.now
        return complete

    def _known(self, complete: Values) -> T | None:
        """The record that a row with these values will be; None when only the database knows."""
        try:
            record = dict(zip(self.keys, self._shows({**self._unnamed, **complete}), strict=True))
        except KeyError:
            return None
        for key, stored in self._converts:
            value = record[key]
            if value is not None:
                record[key] = stored(value)
        return cast(T, record)

    def _stored(self, column: str, value: Any) -> Any:
        return None if value is None else self._as_stored[column](value)

    def _insert_all(self, complete: Sequence[Values], returning: str = "") -> Sequence[Sequence[Any]]:
        """Without `returning` the statement is deferred."""
        if not complete:
            return []
        named = dict.fromkeys(chain.from_iterable(complete))
        columns = self._whole(named)
        text = rowsets.insertion(self.table, columns) + returning
        stored: list[Sequence[Any]] = []
        for rows in pacing.steps(complete):
            values = (rowsets.parameter(rows),)
            if returning:
                stored += db.rows(text, values)
            elif columns is named:
                db.defer(text, values)
            else:
                db.defer_prepared(text, values)
        return stored

    def _insert_columns(self, rows: Sequence[Values], named: Collection[str]) -> list[str]:
        """The statements are deferred."""
        unit = current()
        same = {**self._defaults, "org_id": unit.org_id, **dict.fromkeys(self._timestamps, unit.now)}
        columns: dict[str, list[Any]] = {"id": new_ids(len(rows))}
        if "id" in named:
            columns["id"] = [values.get("id", id) for values, id in zip(rows, columns["id"], strict=True)]
        for column in sorted({*named} - {"id", *self._timestamps}):
            default = same.pop(column, None)
            columns[column] = [values.get(column, default) for values in rows]
        text = rowsets.column_insertion(self.table, {column: self._types[column] for column in columns}, same)
        for step in pacing.steps(range(len(rows))):
            of_step = (rowsets.column_parameter(values[step[0] : step[-1] + 1]) for values in columns.values())
            db.defer(text, (*same.values(), *of_step))
        return columns["id"]

    def _whole(self, named: dict[str, Any]) -> dict[str, Any]:
        """All columns of the table, with what an insert gives to those that are not named; `named` itself where only
        the database knows that."""
        if not self._required <= named.keys():
            return named
        return {**self._blank, **named}

    def _insert_text(self, columns: tuple[str, ...], *, returning: bool = True) -> str:
        key = (*columns, "returning") if returning else columns
        text = self._texts.get(key)
        if text is None:
            text = f"INSERT INTO {self.table} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"
            self._texts[key] = text = f"{text} RETURNING {self.selected}" if returning else text
        return text


def _required(shape: type[Any]) -> list[str]:
    """The keys that every record has. `__required_keys__` does not know where annotations are texts, and to evaluate
    those takes the names of the module that each comes from."""
    texts = {key: getattr(hint, "__forward_arg__", str(hint)) for key, hint in shape.__annotations__.items()}
    return [key for key, text in texts.items() if "NotRequired[" not in text]


def shown(column: str) -> str:
    """The contract's name of a column."""
    return camel(column)
