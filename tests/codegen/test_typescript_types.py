from __future__ import annotations

import pytest

from codegen.typescript_types import Property, TypeScriptDefiner, array, literal, property_name, union
from pharus.openapi import Document, InvalidDocument, Schema
from tests.codegen.documents import document, ref

pytestmark = pytest.mark.no_database
DECIMAL: Schema = {"type": "string", "pattern": "^[0-9.]+$"}
AMOUNT: Schema = {"oneOf": [{"type": "string", "x-decimal": True}, {"type": "number"}]}


def _document(**schemas: Schema) -> Document:
    return document({"DecimalString": DECIMAL, **schemas})


def _types(definer: TypeScriptDefiner) -> dict[str, str]:
    (declaration, *_) = definer.declarations
    return {each.key: each.type for each in declaration.properties}


def test_answer_has_decimals_and_instants_and_says_where() -> None:
    thing: Schema = {
        "properties": {
            "onHand": ref("DecimalString"),
            "cost": {**DECIMAL, "nullable": True},
            "at": {"type": "string", "format": "date-time"},
            "day": {"type": "string", "format": "date"},
            "count": {"type": "integer"},
            "lines": {"type": "array", "items": ref("Line")},
        },
        "required": ["onHand"],
    }
    line: Schema = {"properties": {"quantity": DECIMAL}}
    definer = TypeScriptDefiner(_document(Thing=thing, Line=line), "Thing", "response")
    assert _types(definer) == {
        "onHand": "Decimal",
        "cost": "Decimal | null",
        "at": "Instant",
        "day": "string",
        "count": "number",
        "lines": "Line[]",
    }
    assert definer.shapes == {"Thing": {"onHand": "decimal", "cost": "decimal", "at": "instant", "lines": "Line"}}
    assert definer.symbols == {"Decimal", "Instant", "Line"}
    assert definer.declarations[0].properties[0] == Property("onHand", False, "Decimal", "")


def test_request_takes_no_number_for_a_decimal() -> None:
    thing: Schema = {
        "properties": {
            "quantity": AMOUNT,
            "at": {"type": "string", "format": "date-or-date-time", "nullable": True},
            "file": {"type": "string", "format": "binary"},
            "kind": {"type": "string", "enum": ["a", 'b"', None]},
            "items": {"type": "array", "items": AMOUNT},
        }
    }
    assert _types(TypeScriptDefiner(_document(Thing=thing), "Thing", "request")) == {
        "quantity": "DecimalInput | undefined",
        "at": "Moment | null | undefined",
        "file": "File | undefined",
        "kind": '"a" | "b\\"" | null | undefined',
        "items": "readonly DecimalInput[] | undefined",
    }


def test_object_written_in_place_gets_the_name_of_its_key() -> None:
    thing: Schema = {"properties": {"total": {"properties": {"value": DECIMAL}}, "facts": {"type": "object"}}}
    definer = TypeScriptDefiner(_document(Thing=thing), "Thing", "response")
    assert [each.name for each in definer.declarations] == ["Thing", "ThingTotal"]
    assert _types(definer) == {"total": "ThingTotal", "facts": "Record<string, unknown>"}
    assert definer.shapes == {"Thing": {"total": "ThingTotal"}, "ThingTotal": {"value": "decimal"}}


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ({"type": "number"}, "loses digits"),
        (AMOUNT, "loses digits"),
        ({"oneOf": [DECIMAL, {"type": "integer"}]}, "which of several forms"),
        ({"type": "object", "additionalProperties": DECIMAL}, "values of a map"),
        ({"enum": [1.5]}, "no type in TypeScript"),
    ],
)
def test_answer_that_cannot_be_read_exactly_is_refused(declared: Schema, words: str) -> None:
    thing: Schema = {"properties": {"value": declared}}
    with pytest.raises(InvalidDocument, match=words):
        TypeScriptDefiner(_document(Thing=thing), "Thing", "response")


def test_enum_is_an_alias() -> None:
    definer = TypeScriptDefiner(_document(Kind={"enum": ["a", "b"]}), "Kind", "request")
    assert [(each.name, each.alias) for each in definer.declarations] == [("Kind", '"a" | "b"')]


def test_texts_are_written_as_the_language_needs_them() -> None:
    assert union(["null", "string", "string"]) == "string | null"
    assert array("string | null", is_read_only=True) == "readonly (string | null)[]"
    assert [literal(value) for value in (True, 3, 'a"\\')] == ["true", "3", '"a\\"\\\\"']
    assert [property_name(key) for key in ("a1", "a-b")] == ["a1", '"a-b"']
