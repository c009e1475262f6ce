"""What the checks of a deployment read out of a document that they have never seen before."""

from collections.abc import Iterator

import pytest

from contract.calling import Call, examples
from contract.document import Place
from contract.entities import Entities, places_in
from tests.contract.judging import declared

pytestmark = pytest.mark.no_database

DOCUMENT = declared()
ENTITIES = Entities(DOCUMENT)


def named() -> Iterator[tuple[str, str, str | None]]:
    """(operation, place, collection) of each id in the examples of our document."""
    for operation in DOCUMENT.operations:
        for call in examples(operation):
            for place in places_in(call):
                yield operation.id, str(place), ENTITIES.of(call, place)


def test_entity_of_every_id_in_the_document_is_told_by_its_name() -> None:
    found = list(named())
    assert len(found) > 150
    assert [(operation, place) for operation, place, collection in found if collection is None] == []


@pytest.mark.parametrize(
    ("operation", "place", "collection"),
    [
        ("getVendor", "path/id", "/api/vendors"),
        ("createMaterial", "body/typeId", "/api/material-types"),
        ("createSku", "body/typeId", "/api/sku-types"),
        ("createCustomer", "body/segmentId", "/api/customer-segments"),
        ("createCustomer", "body/parentId", "/api/customers"),
        ("createBom", "body/items/1/materialId", "/api/materials"),
        ("createMaterialsTransfer", "body/sourceLocationId", "/api/locations"),
        ("addContactMethod", "path/id", "/api/contacts"),
        ("updateContactMethod", "path/id", "/api/contact-methods"),
        ("removeMember", "path/userId", "/api/organizations/current/members"),
        ("createApiToken", "body/orgId", "organization"),
        ("createSalesOrder", "body/channelId", "/api/order-channels"),
    ],
)
def test_entity_is_the_collection(operation: str, place: str, collection: str) -> None:
    assert (operation, place, collection) in set(named())


def test_id_beside_a_type_is_of_that_type() -> None:
    operation = DOCUMENT.operation("createContactLink")
    assert operation is not None
    for entity in ("vendor", "customer"):
        call = Call(operation, body={"entityType": entity, "entityId": "x"})
        assert ENTITIES.of(call, Place("body", ("entityId",))) == f"/api/{entity}s"


def test_name_that_says_nothing_has_no_entity() -> None:
    operation = DOCUMENT.operation("createVendor")
    assert operation is not None
    assert ENTITIES.of(Call(operation, body={"colourId": "x"}), Place("body", ("colourId",))) is None


def test_path_of_a_request_is_found_in_the_document() -> None:
    assert DOCUMENT.route("/api/vendors/7") == "/api/vendors/{id}"
    assert DOCUMENT.route("/api/vendors/bulk-import") == "/api/vendors/bulk-import"
    assert DOCUMENT.route("/api/vendors/7/8") is None


def test_place_is_read_and_written_where_there_is_one() -> None:
    operation = DOCUMENT.operation("createBom")
    assert operation is not None
    call = examples(operation)[0]
    place = Place("body", ("items", 1, "materialId"))
    assert call.write(place, "x")
    assert call.copy().read(place) == "x"
    assert not call.write(Place("body", ("items", 99, "materialId")), "x")
    assert call.read(Place("body", ("nothing", "here"))) is None
