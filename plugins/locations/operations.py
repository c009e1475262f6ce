"""The operations of the locations domain, in the order of the document."""

from typing import cast

from pharus import ordering
from pharus.deactivation import with_what_it_holds
from pharus.hooks import references
from pharus.listing import flag
from pharus.schemas import BulkImportResult, DeletedId
from plugins.locations import rules
from plugins.locations.records import locations
from plugins.locations.schemas import (
    Location,
    LocationBulkImport,
    LocationCreate,
    LocationInUse,
    LocationList,
    LocationReferences,
    LocationUpdate,
)


def create_location(body: LocationCreate) -> Location:
    return locations.insert({**locations.values_of(body), "sort_order": ordering.next_position("location")})


def list_locations() -> LocationList:
    return {"data": locations.select("ORDER BY sort_order, id")}


def update_location(id: str, body: LocationUpdate) -> Location:
    if "sortOrder" in body:
        ordering.make_room("location", id, body["sortOrder"])
    return with_what_it_holds(locations.table, locations.update(id, locations.values_of(body)))


def delete_location(id: str) -> DeletedId:
    locations.delete(id)
    return {"deletedId": id}


def bulk_import_locations(body: LocationBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return ordering.bulk_import(locations, body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def check_location_in_use(id: str) -> LocationInUse:
    locations.get(id)
    counts = rules.all_kinds(references("location", id))
    return {"inUse": any(counts.values()), "references": cast(LocationReferences, counts)}
