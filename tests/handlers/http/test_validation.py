from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.http.parsing import parse_json
from handlers.http.validation import BodyValidator, ParameterValidator, Schemas, rewrite
from pharus.errors import ConfigurationError
from tests.contract.judging import document

THING = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5},
        "size": {"type": "string", "enum": ["small", "large"], "nullable": True},
        "parent": {"nullable": True, "allOf": [{"$ref": "#/components/schemas/Thing"}]},
        "count": {"type": "integer", "minimum": 1, "maximum": 10},
        "price": {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": True},
        "ratio": {"type": "number", "minimum": 0, "exclusiveMinimum": False, "multipleOf": 0.01},
        "id": {"type": "string", "format": "uuid"},
        "at": {"type": "string", "format": "date-time"},
        "day": {"type": "string", "format": "date", "nullable": True},
        "mail": {"type": "string", "format": "email"},
        "code": {"type": "string", "pattern": "^[a-z]+$"},
        "items": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"$ref": "#/components/schemas/Thing"}},
        "a/b~c": {"type": "integer"},
    },
}
DOCUMENT = {"components": {"schemas": {"Thing": THING}}}


def problems(body: str) -> list[tuple[str, str]]:
    value = parse_json(body.encode(), "application/json")
    return sorted(tuple(problem) for problem in validator.problems(value))


validator = BodyValidator(Schemas(DOCUMENT), {"$ref": "#/components/schemas/Thing"})


@pytest.mark.parametrize(
    ("body", "path", "message"),
    [
        ("{}", "/name", "is required"),
        ("[]", "", "must be an object"),
        ("null", "", "must be an object"),
        ('{"name": ""}', "/name", "must have at least 1 character"),
        ('{"name": "secret"}', "/name", "must have at most 5 characters"),
        ('{"name": null}', "/name", "must be a string"),
        ('{"name": "a", "size": "middle"}', "/size", "must be one of small, large, null"),
        ('{"name": "a", "count": 0}', "/count", "must be at least 1"),
        ('{"name": "a", "count": 11}', "/count", "must be at most 10"),
        ('{"name": "a", "count": 1.5}', "/count", "must be an integer"),
        ('{"name": "a", "count": true}', "/count", "must be an integer"),
        ('{"name": "a", "count": "1"}', "/count", "must be an integer"),
        ('{"name": "a", "price": 0}', "/price", "must be more than 0"),
        ('{"name": "a", "price": 9}', "/price", "must be less than 9"),
        ('{"name": "a", "ratio": 0.001}', "/ratio", "must be a multiple of 0.01"),
        ('{"name": "a", "id": "7"}', "/id", "must be a uuid"),
        ('{"name": "a", "at": "2026-01-01T00:00:00"}', "/at", "must be a date-time"),
        ('{"name": "a", "at": "0000-01-01T00:00:00Z"}', "/at", "has a value that is not allowed here"),
        ('{"name": "a", "mail": "nobody"}', "/mail", "must be an email"),
        ('{"name": "a", "code": "A1"}', "/code", "must match ^[a-z]+$"),
        ('{"name": "a", "items": []}', "/items", "must have at least 1 entry"),
        ('{"name": "a", "colour": 1}', "/colour", "is not known here"),
        ('{"name": "a", "items": [{"name": "b"}, {"nme": 1, "name": "c"}]}', "/items/1/nme", "is not known here"),
        ('{"name": "a", "x/y~z": 1}', "/x~1y~0z", "is not known here"),
        ('{"name": "a", "a/b~c": "1"}', "/a~1b~0c", "must be an integer"),
    ],
)
def test_problem_has_a_pointer_and_a_sentence(body: str, path: str, message: str) -> None:
    assert problems(body) == [(path, message)]


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "a", "size": null}',
        '{"name": "a", "size": "large"}',
        '{"name": "a", "day": null}',
        '{"name": "a", "day": "2026-02-28"}',
        '{"name": "a", "parent": null}',
        '{"name": "a", "parent": {"name": "b", "parent": {"name": "c", "parent": null}}}',
        '{"name": "a", "price": 0.01}',
        '{"name": "a", "price": 8.99}',
        '{"name": "a", "ratio": 0}',
        '{"name": "a", "ratio": 19.99}',
        '{"name": "a", "count": 1e1}',
        '{"name": "äöüß😀"}',
        '{"name": "a", "id": "01935d6c-7b1a-7c3e-8f00-000000000100", "at": "2026-01-01T00:00:00Z"}',
        '{"name": "a", "code": "abc", "mail": "ada@example.com", "items": [{"name": "b"}], "a/b~c": 1}',
    ],
)
def test_valid_body_has_no_problem(body: str) -> None:
    assert problems(body) == []


def test_all_problems_are_told_at_once() -> None:
    found = problems('{"count": 0, "price": 9, "x": 1, "y": 2, "items": [{}, {"name": 5}, {"name": "c"}]}')
    assert [path for path, _ in found] == [
        "/count",
        "/items",
        "/items/0/name",
        "/items/1/name",
        "/name",
        "/price",
        "/x",
        "/y",
    ]


def test_problem_does_not_repeat_the_offending_value() -> None:
    secret = "hunter2" * 1000
    for body in (
        f'{{"name": "{secret}"}}',
        f'{{"name": "a", "size": "{secret}"}}',
        f'{{"name": "a", "code": "{secret}"}}',
        f'{{"name": "a", "id": "{secret}"}}',
        f'{{"name": ["{secret}"]}}',
        f'{{"name": "a", "parent": "{secret}"}}',
    ):
        found = problems(body)
        assert found
        assert all("hunter2" not in message for _, message in found)
    [(path, _)] = problems(f'{{"name": "a", "{"k" * 5000}": 1}}')
    assert len(path) <= 201


def test_nullable_reference_that_is_neither_null_nor_valid_is_one_problem() -> None:
    assert [path for path, _ in problems('{"name": "a", "parent": {"name": 5}}')] == ["/parent"]


@pytest.mark.parametrize(
    ("text", "is_valid"),
    [
        ("1", True),
        ("0.000001", True),
        ("12.345678", True),
        ("999999999999.999999", True),
        ("123456789012.123456", True),
        ("1.50", True),
        ("1e3", True),
        ("0", False),
        ("0.0", False),
        ("-1", False),
        ("0.0000001", False),
        ("1.1234567", False),
        ("123456789012.1234567", False),
        ("1000000000000", False),
        ("999999999999.9999999", False),
        ('"1"', False),
        ("null", False),
        ("true", False),
    ],
)
def test_quantity_of_the_document(text: str, is_valid: bool) -> None:
    quantity = BodyValidator(Schemas(document()), {"$ref": "#/components/schemas/Quantity"})
    found = quantity.problems(parse_json(text.encode(), "application/json"))
    assert (found == []) is is_valid, found


@given(st.decimals(min_value="0.000001", max_value="999999999999.999999", places=6, allow_nan=False))
def test_quantity_takes_every_amount_that_the_column_holds(amount: Decimal) -> None:
    assert QUANTITY.problems(parse_json(f"{amount:f}".encode(), "application/json")) == []


NAMES = BodyValidator(Schemas(document()), {"$ref": "#/components/schemas/VendorCreate"})


def test_name_that_is_far_too_long_is_not_composed_and_is_too_long() -> None:
    body = {"name": "e\u0301" * 100_000}
    assert NAMES.convert(body)["name"] == "e\u0301" * 100_000
    assert [problem.message for problem in NAMES.problems(body)] == ["must have at most 255 characters"]
    assert NAMES.convert({"name": " " * 255 + "e\u0301" * 200})["name"] == "\u00e9" * 200


QUANTITY = BodyValidator(Schemas(document()), {"$ref": "#/components/schemas/Quantity"})


@given(
    st.decimals(min_value="0.0000001", max_value="999999.9999999", places=7, allow_nan=False).filter(
        lambda amount: amount != round(amount, 6)
    )
)
def test_quantity_refuses_every_seventh_decimal(amount: Decimal) -> None:
    assert QUANTITY.problems(parse_json(f"{amount:f}".encode(), "application/json")) != []


@pytest.mark.parametrize(
    ("schema", "rewritten"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"enum": ["a", None], "type": "string", "nullable": True}, {"enum": ["a", None], "type": ["string", "null"]}),
        ({"$ref": "#/x", "nullable": True}, {"anyOf": [{"$ref": "#/x"}, {"type": "null"}]}),
        ({"minimum": 0, "exclusiveMinimum": True}, {"exclusiveMinimum": 0}),
        ({"minimum": 0, "exclusiveMinimum": False}, {"minimum": 0}),
        ({"maximum": 9, "exclusiveMaximum": True, "example": 5, "default": 1}, {"exclusiveMaximum": 9}),
        # A property may well be called as a keyword is.
        (
            {"properties": {"nullable": {"type": "string", "nullable": True}, "example": {"type": "integer"}}},
            {"properties": {"nullable": {"type": ["string", "null"]}, "example": {"type": "integer"}}},
        ),
        (
            {"items": {"allOf": [{"type": "string", "nullable": True}]}},
            {"items": {"type": ["string", "null"]}},
        ),
    ],
)
def test_rewrite(schema: Any, rewritten: Any) -> None:
    before = repr(schema)
    assert rewrite(schema) == rewritten
    assert repr(schema) == before, "the document was changed"


@pytest.mark.parametrize("form", ["date", "date-time"])
def test_date_that_may_be_null_takes_null_and_no_year_zero(form: str) -> None:
    validator = Schemas({}).compile({"type": "string", "format": form, "nullable": True})
    clock = "T00:00:00Z" if form == "date-time" else ""
    assert validator.is_valid(None)
    assert validator.is_valid(f"2026-01-01{clock}")
    assert not validator.is_valid(f"0000-01-01{clock}")


PARAMETERS = [
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}},
    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}},
    {"name": "mode", "in": "query", "required": True, "schema": {"type": "string", "enum": ["atomic", "partial"]}},
]
ID = "01935d6c-7b1a-7c3e-8f00-000000000100"


def test_parameters_are_typed_and_defaulted() -> None:
    parameters = ParameterValidator(Schemas({}), PARAMETERS)
    assert parameters.read({"id": ID}, {"mode": "atomic"}) == ({"id": ID, "limit": 100, "mode": "atomic"}, [])
    assert parameters.read({"id": ID}, {"mode": "atomic", "limit": "7"})[0]["limit"] == 7


def test_parameters_all_problems_are_told_with_their_places() -> None:
    values, found = ParameterValidator(Schemas({}), PARAMETERS).read({"id": "7"}, {"limit": "0", "sort": "x"})
    assert values == {}
    assert sorted(found) == [
        ("path/id", "must be a uuid"),
        ("query/limit", "must be at least 1"),
        ("query/mode", "is required"),
        ("query/sort", "is not known here"),
    ]


@pytest.mark.parametrize("text", ["", " 5", "1_0", "5.5", "٤", "many", "9" * 30])
def test_parameter_that_is_no_integer_is_refused(text: str) -> None:
    _, found = ParameterValidator(Schemas({}), PARAMETERS).read({"id": ID}, {"mode": "atomic", "limit": text})
    assert found == [("query/limit", "must be an integer")]


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        ({"name": "X-Trace", "in": "header", "schema": {"type": "string"}}, "X-Trace is in header"),
        ({"name": "ids", "in": "query", "schema": {"type": "array"}}, "ids is of type array"),
    ],
)
def test_parameter_that_cannot_be_read_refuses_to_start(parameter: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        ParameterValidator(Schemas({}), [parameter])


def test_parameter_of_several_is_read_between_commas() -> None:
    ids = {"type": "array", "minItems": 1, "maxItems": 2, "items": {"$ref": "#/components/schemas/Id"}}
    document = {"components": {"schemas": {"Id": {"type": "string", "format": "uuid"}}}}
    parameters = ParameterValidator(
        Schemas(document), [{"name": "ids", "in": "query", "explode": False, "schema": ids}]
    )
    assert parameters.read({}, {}) == ({}, [])
    assert parameters.read({}, {"ids": f"{ID.upper()},{ID}"}) == ({"ids": [ID, ID]}, [])
    assert parameters.read({}, {"ids": f"{ID},7"}) == ({}, [("query/ids/1", "must be a uuid")])
    assert parameters.read({}, {"ids": ",".join([ID] * 3)}) == ({}, [("query/ids", "must have at most 2 entries")])
