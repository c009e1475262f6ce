"""The lookup lists (material types, SKU types, customer types, segments, brokers, order channels), once.

Each list is a table `CALL make_tenant_table(…)` with the columns of `LookupModel`, a name that
`make_unique_text` makes unique, and one `Lookups`. An entry in use can be renamed and deactivated, not deleted
(docs/rules.md, Master data).
"""

import peewee

from pharus import ordering
from pharus.db import TenantModel, current, db
from pharus.errors import InvalidTransition
from pharus.fields import InstantField
from pharus.listing import flag
from pharus.records import Records
from pharus.schemas import (
    BulkImportResult,
    DeletedId,
    Lookup,
    LookupBulkImport,
    LookupCreate,
    LookupList,
    LookupUpdate,
)

_SAMPLE = 10


class LookupModel(TenantModel):
    """The columns of every lookup list."""

    name = peewee.CharField(max_length=100)
    sort_order = peewee.IntegerField()
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()


class Lookups:
    """The operations of one lookup list; the handlers of its domain only name it."""

    def __init__(self, model: type[LookupModel]) -> None:
        self.records = Records(model, Lookup)
        self._table = self.records.table

    def create(self, body: LookupCreate) -> Lookup:
        """Active and last in the order. Conflict when the name is taken, in any letter case."""
        return self.records.insert({**self.records.values_of(body), "sort_order": ordering.next_position(self._table)})

    def all(self) -> LookupList:
        """By sortOrder, the deactivated ones too."""
        return {"data": self.records.select("ORDER BY sort_order, id")}

    def update(self, id: str, body: LookupUpdate) -> Lookup:
        if "sortOrder" in body:
            ordering.make_room(self._table, id, body["sortOrder"])
        return self.records.update(id, self.records.values_of(body))

    def delete(self, id: str) -> DeletedId:
        self.records.delete(id)
        return {"deletedId": id}

    def bulk_import(self, body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
        """Behind those that there are, in the order of the rows."""
        return ordering.bulk_import(self.records, body["rows"], mode=mode, dry_run=flag(dry_run) is True)

    def usage(self, id: str, table: str, column: str) -> tuple[int, list[str]]:
        """How many records of `table` name the entry in `column`, and the ids of up to 10 of them, in
        the order of their list. NotFound."""
        self.records.get(id)
        used = f"FROM {table} WHERE org_id = %s AND {column} = %s"
        count, sample = db.row(
            f"SELECT (SELECT count(*) {used}), ARRAY(SELECT id {used} ORDER BY sort_key, id LIMIT {_SAMPLE})",
            (current().org_id, id) * 2,
        )
        return count, sample

    def reactivate(self, id: str) -> Lookup:
        """InvalidTransition when it is active already."""
        if self.records.get(id, lock=True)["isActive"]:
            raise InvalidTransition(f"the {self.records.entity} is active already")
        return self.records.update(id, {"is_active": True})
