"""The operations of the plugin, in the order of the document."""

from typing import Unpack

from pharus.db import current
from pharus.errors import InvalidTransition
from pharus.listing import Listing, Order, Paging, name_of

from pharus_inspections.records import inspections
from pharus_inspections.rules import OPEN
from pharus_inspections.schemas import InspectionsDecision, InspectionsInspection, InspectionsInspectionPage

_inspections = Listing(
    inspections,
    Order(("created_at", "id"), descending=True),
    {"status": "status = %s"},
    sorts={"createdAt": ("created_at", "id")},
    names={"materialName": name_of("material", "inspections_inspection", "material_id")},
)


def inspections_list_inspections(status: str | None = None, **paging: Unpack[Paging]) -> InspectionsInspectionPage:
    return _inspections.page({"status": status}, **paging)


def inspections_get_inspection(id: str) -> InspectionsInspection:
    return inspections.get(id)


def inspections_decide_inspection(id: str, body: InspectionsDecision) -> InspectionsInspection:
    before = inspections.get(id, lock=True)
    if before["status"] not in OPEN:
        raise InvalidTransition(f"the inspection is {before['status']} already")
    status = "passed" if body["passed"] else "failed"
    values = {"status": status, "notes": body.get("notes"), "decided_at": current().now}
    return inspections.update(id, values)
