from __future__ import annotations

from codegen.reach import usages
from tests.codegen.documents import document, operation, ref


def test_usages_follow_properties_items_values_and_alternatives() -> None:
    schemas = {
        "Unused": {"type": "object"},
        "Whole": {
            "properties": {
                "one": ref("One"),
                "many": {"type": "array", "items": ref("Item")},
                "map": {"type": "object", "additionalProperties": ref("Value")},
                "either": {"oneOf": [ref("Left"), ref("Right")]},
            }
        },
        **{name: {"type": "string"} for name in ("One", "Item", "Value", "Left", "Right")},
    }
    found = usages(document(schemas, operation("getThing", "Things", response="Whole")))
    assert list(found) == ["Whole", "One", "Item", "Value", "Left", "Right"]
    assert {direction for usage in found.values() for direction in usage.directions} == {"response"}


def test_usages_end_in_a_schema_that_contains_itself() -> None:
    schemas = {"Tree": {"properties": {"children": {"type": "array", "items": ref("Tree")}}}}
    found = usages(document(schemas, operation("getThing", "Things", response="Tree")))
    assert found["Tree"].domains == {"things"}


def test_usages_do_not_follow_error_responses() -> None:
    schemas = {"Error": {"properties": {"code": {"type": "string"}}}}
    assert usages(document(schemas, operation("getThing", "Things", error="Error"))) == {}


def test_usages_do_not_count_a_part_of_an_all_of_but_what_its_properties_name() -> None:
    schemas = {
        "Base": {"properties": {"kind": ref("Kind")}},
        "Kind": {"type": "string", "enum": ["a"]},
        "Whole": {"allOf": [ref("Base"), {"properties": {"id": {"type": "string"}}}]},
    }
    assert list(usages(document(schemas, operation("getThing", "Things", response="Whole")))) == ["Kind", "Whole"]


def test_usages_gather_domains_and_directions() -> None:
    schemas = {"Kind": {"type": "string", "enum": ["a"]}}
    first = operation("createThing", "Things", request="Kind")
    second = operation("getPlace", "Places", response="Kind")
    usage = usages(document(schemas, first, second))["Kind"]
    assert usage.domains == {"things", "places"}
    assert usage.directions == {"request", "response"}
