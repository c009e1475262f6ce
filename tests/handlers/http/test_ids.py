from typing import Any

import pytest

from handlers.http import ids
from handlers.http.validation import BodyValidator, ParameterValidator, Schemas
from tests.contract.judging import document

pytestmark = pytest.mark.no_database

ID = "0193A0F2-8F60-7000-8000-00000000000A"
LOW = ID.lower()

TREE = {
    "type": "object",
    "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "name": {"type": "string"},
        "parent": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Tree"}]},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
        "ids": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Id"}, {"type": "integer"}]}},
        "labels": {"type": "object", "properties": {"text": {"type": "string"}}},
    },
    "oneOf": [{"required": ["id"]}, {"properties": {"other": {"type": "string", "format": "uuid", "nullable": True}}}],
}
DOCUMENT = {"components": {"schemas": {"Id": {"type": "string", "format": "uuid"}, "Tree": TREE}}}
lowered = ids.reader(DOCUMENT, {"$ref": "#/components/schemas/Tree"})


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"id": ID, "name": ID, "unknown": ID}, {"id": LOW, "name": ID, "unknown": ID}),
        ({"parent": {"parent": {"id": ID}}}, {"parent": {"parent": {"id": LOW}}}),
        ({"children": [{"children": [{"other": ID}]}]}, {"children": [{"children": [{"other": LOW}]}]}),
        ({"ids": [ID, 7], "labels": {"text": ID}}, {"ids": [LOW, 7], "labels": {"text": ID}}),
        ({"parent": None, "other": None, "children": []}, {"parent": None, "other": None, "children": []}),
    ],
)
def test_ids_are_brought_to_small_letters_wherever_they_are_and_nothing_else_is(value: Any, expected: Any) -> None:
    assert lowered(value) == expected


def test_every_id_of_every_body_of_the_document_is_found() -> None:
    order = BodyValidator(Schemas(document()), {"$ref": "#/components/schemas/PurchaseOrderCreate"})
    body = order.lower_ids({"vendorId": ID, "shipToLocationId": ID, "notes": ID, "items": [{"materialId": ID}]})
    assert body == {"vendorId": LOW, "shipToLocationId": LOW, "notes": ID, "items": [{"materialId": LOW}]}


def test_ids_in_path_and_query_are_brought_to_small_letters() -> None:
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"$ref": "#/components/schemas/Id"}},
        {"name": "vendor", "in": "query", "schema": {"type": "string", "format": "uuid"}},
        {"name": "q", "in": "query", "schema": {"type": "string"}},
    ]
    read = ParameterValidator(Schemas(DOCUMENT), parameters).read
    assert read({"id": ID}, {"vendor": ID, "q": ID}) == ({"id": LOW, "vendor": LOW, "q": ID}, [])
    _, found = read({"id": "NO"}, {})
    assert [problem.path for problem in found] == ["path/id"]
