from __future__ import annotations

from typing import Any

import pytest

from codegen.reach import Direction
from codegen.types import Definer
from pharus.openapi import InvalidDocument
from tests.codegen.documents import document, ref

DECIMAL = "^-?[0-9]+$"
BIGINT = "^(0|-?[1-9][0-9]*)$"
COMPONENTS: dict[str, Any] = {
    "DecimalString": {"type": "string", "pattern": DECIMAL},
    "BigintString": {"type": "string", "pattern": BIGINT},
    "Timestamp": {"type": "string", "format": "date-time"},
    "Optional": {"type": "string", "nullable": True},
    "Kind": {"type": "string", "enum": ["a", "b"]},
    "Place": {"properties": {"id": {"type": "string"}}},
    "MaybePlace": {"nullable": True, "properties": {"id": {"type": "string"}}},
    "Alias": {"allOf": [ref("Place")]},
}


def type_of(schema: dict[str, Any], direction: Direction) -> str:
    """The type of a required property with this schema."""
    owner = {"properties": {"value": schema}, "required": ["value"]}
    return Definer(document({**COMPONENTS, "Owner": owner}), "Owner", direction).definitions[0].fields[0][1]


def refusal(schemas: dict[str, Any]) -> str:
    """The sentence with which the first component is refused."""
    with pytest.raises(InvalidDocument) as refused:
        Definer(document(schemas), next(iter(schemas)), "request")
    return str(refused.value)


@pytest.mark.parametrize(
    ("schema", "in_request", "in_response"),
    [
        ({"type": "string"}, "str", "str"),
        ({"type": "string", "format": "uuid"}, "str", "str"),
        ({"type": "string", "format": "date"}, "str", "datetime.date"),
        ({"type": "string", "format": "date-time"}, "str", "datetime.datetime"),
        ({"type": "string", "format": "binary"}, "Upload", "bytes"),
        (ref("Timestamp"), "str", "datetime.datetime"),
        (ref("DecimalString"), "str", "Decimal"),
        ({"type": "string", "nullable": True, "pattern": DECIMAL}, "str | None", "Decimal | None"),
        (ref("BigintString"), "str", "str"),
        ({"type": "number"}, "Decimal | int", "Decimal | int"),
        ({"type": "integer"}, "int", "int"),
        ({"type": "boolean"}, "bool", "bool"),
        ({}, "object", "object"),
        ({"type": "object"}, "dict[str, object]", "dict[str, object]"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "dict[str, int]", "dict[str, int]"),
        ({"type": "array", "items": ref("Place")}, "list[Place]", "list[Place]"),
        ({"type": "array", "items": {"type": "string", "nullable": True}}, "list[str | None]", "list[str | None]"),
        ({"type": "integer", "nullable": True}, "int | None", "int | None"),
        ({"allOf": [ref("Place")], "nullable": True}, "Place | None", "Place | None"),
        (ref("MaybePlace"), "MaybePlace | None", "MaybePlace | None"),
        (ref("Optional"), "str | None", "str | None"),
        (ref("Alias"), "Place", "Place"),
        (ref("Kind"), "Kind", "Kind"),
        ({"enum": ["a", None, "b"], "nullable": True}, 'Literal["a", "b"] | None', 'Literal["a", "b"] | None'),
        ({"type": "integer", "enum": [1, 2]}, "Literal[1, 2]", "Literal[1, 2]"),
        ({"anyOf": [ref("Place"), {"enum": [None]}]}, "Place | None", "Place | None"),
        ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, "Decimal | int", "Decimal | int"),
    ],
)
def test_type_of_a_value(schema: dict[str, Any], in_request: str, in_response: str) -> None:
    assert type_of(schema, "request") == in_request
    assert type_of(schema, "response") == in_response


def test_property_that_is_not_required_may_be_absent() -> None:
    owner = {
        "properties": {"sent": {"type": "string"}, "perhaps": {"type": "string", "nullable": True}},
        "required": ["sent"],
    }
    fields = Definer(document({"Owner": owner}), "Owner", "request").definitions[0].fields
    assert fields == [("sent", "str"), ("perhaps", "NotRequired[str | None]")]


def test_all_of_becomes_one_typed_dict() -> None:
    schemas = {
        "Whole": {"allOf": [ref("Base"), {"properties": {"note": {"type": "string"}}, "required": ["note"]}]},
        "Base": {"properties": {"id": {"type": "string"}}, "required": ["id"]},
    }
    definitions = Definer(document(schemas), "Whole", "response").definitions
    assert [(one.name, one.fields) for one in definitions] == [("Whole", [("id", "str"), ("note", "str")])]


def test_object_written_in_place_is_named_after_its_owner_and_key() -> None:
    line = {"properties": {"sku": {"type": "string"}}, "required": ["sku"]}
    owner = {"properties": {"lines": {"type": "array", "items": line}}, "required": ["lines"]}
    definitions = Definer(document({"Owner": owner}), "Owner", "request").definitions
    assert [(one.name, one.fields) for one in definitions] == [
        ("Owner", [("lines", "list[OwnerLinesItem]")]),
        ("OwnerLinesItem", [("sku", "str")]),
    ]


def test_alternatives_of_objects_become_a_union() -> None:
    schemas = {"Either": {"oneOf": [ref("Left"), {"properties": {"id": {"type": "string"}}}]}}
    left = {"Left": {"properties": {"id": {"type": "string"}}}}
    definitions = Definer(document(schemas | left), "Either", "request").definitions
    assert [(one.name, one.union) for one in definitions] == [("Either", "Left | EitherOption2"), ("EitherOption2", "")]


def test_alternatives_that_only_say_what_is_required_leave_the_object_one() -> None:
    line = {
        "properties": {"materialId": {"type": "string"}, "skuId": {"type": "string"}},
        "oneOf": [{"required": ["materialId"]}, {"required": ["skuId"]}],
    }
    definitions = Definer(document({"Line": line}), "Line", "request").definitions
    assert [key for key, _ in definitions[0].fields] == ["materialId", "skuId"]
    assert len(definitions) == 1


def test_enum_that_makes_a_line_too_long_gets_a_name() -> None:
    values = [f"a_rather_long_value_number_{n}" for n in range(5)]
    owner = {"properties": {"kind": {"type": "string", "enum": values, "nullable": True}}}
    definer = Definer(document({"Owner": owner}), "Owner", "request")
    assert definer.definitions[0].fields == [("kind", "NotRequired[OwnerKind | None]")]
    assert definer.definitions[1].values == [f'"{value}"' for value in values]


def test_symbols_are_those_the_definitions_need() -> None:
    owner = {
        "properties": {"at": ref("Timestamp"), "kind": ref("Kind"), "sum": ref("DecimalString")},
        "required": ["at", "kind", "sum"],
    }
    definer = Definer(document({**COMPONENTS, "Owner": owner}), "Owner", "response")
    assert definer.symbols == {"datetime", "decimal.Decimal", "typing.TypedDict", "Kind"}


@pytest.mark.parametrize("key", ["class", "first-name", "__secret"])
def test_property_that_is_no_python_name_is_refused(key: str) -> None:
    assert key in refusal({"Owner": {"properties": {key: {"type": "string"}}}})


def test_component_that_is_no_python_name_is_refused() -> None:
    assert "'Sales-Order'" in refusal({"Sales-Order": {"properties": {"id": {"type": "string"}}}})


def test_nested_name_that_a_component_has_is_refused() -> None:
    owner = {"properties": {"place": {"properties": {"id": {"type": "string"}}}}}
    assert "OwnerPlace would be defined twice" in refusal({"Owner": owner, "OwnerPlace": {"type": "string"}})


def test_list_that_contains_itself_is_refused() -> None:
    schemas = {"Owner": {"properties": {"tree": ref("Tree")}}, "Tree": {"type": "array", "items": ref("Tree")}}
    assert "Tree contains itself" in refusal(schemas)


def test_enum_of_fractions_is_refused() -> None:
    assert "0.5" in refusal({"Share": {"type": "number", "enum": [0.5]}})


def test_properties_beside_alternatives_with_properties_are_refused() -> None:
    owner = {"properties": {"id": {"type": "string"}}, "oneOf": [{"properties": {"a": {"type": "string"}}}]}
    assert "Owner has properties and alternatives" in refusal({"Owner": owner})
