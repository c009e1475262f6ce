import time
import tracemalloc
from decimal import Decimal
from typing import Any

import pytest

from handlers.http.body_schema import Findings
from handlers.http.parsing import parse_json
from handlers.http.validation import BodyValidator, Schemas
from pharus.errors import MOST_PROBLEMS, Problem

pytestmark = pytest.mark.no_database

DECIMAL = {
    "oneOf": [
        {"type": "number", "nullable": True, "minimum": 0, "maximum": 1000, "multipleOf": 0.000001},
        {"type": "string", "x-decimal": True, "pattern": r"^(0|[1-9][0-9]{0,2})(\.[0-9]{1,6})?$"},
    ]
}
LINE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["quantity"],
    "properties": {
        "quantity": {"type": "integer", "minimum": 1, "maximum": 10},
        "price": DECIMAL,
        "unit": {"type": "string", "maxLength": 5},
        "either": {"type": "string"},
    },
    "not": {"required": ["unit", "either"]},
}
ORDER = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "count": {"type": "integer", "nullable": True},
        "name": {"type": "string", "maxLength": 10},
        "lines": {"type": "array", "minItems": 1, "maxItems": 1000, "items": {"$ref": "#/components/schemas/Line"}},
        "tags": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
}
VALIDATOR = BodyValidator(
    Schemas({"components": {"schemas": {"Line": LINE, "Order": ORDER}}}), {"$ref": "#/components/schemas/Order"}
)


def looked_at(body: Any) -> Findings:
    findings = Findings()
    if not VALIDATOR.is_valid(body):
        VALIDATOR.look(body, findings)
    return findings


def converted(text: str) -> Any:
    return VALIDATOR.convert(parse_json(text.encode(), "application/json"))


@pytest.mark.parametrize("text", ["2", "2.0", "2e0", "20e-1", "0.2E1"])
def test_integer_is_one_however_it_is_written(text: str) -> None:
    body = converted(f'{{"count": {text}, "lines": [{{"quantity": {text}}}], "tags": {{"a": {text}}}}}')
    assert looked_at(body).problems == []
    for number in (body["count"], body["lines"][0]["quantity"], body["tags"]["a"]):
        assert (type(number), number) == (int, 2)


@pytest.mark.parametrize("text", ["2.5", '"2"', "true", "1e-1"])
def test_what_is_no_integer_stays_what_it_is_and_is_refused(text: str) -> None:
    assert looked_at(converted(f'{{"count": {text}}}')).problems == [("/count", "must be an integer or null")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"12.5"', "12.5"),
        ('"1.50"', "1.50"),
        ('"0"', "0"),
        ('"0.000001"', "0.000001"),
        ('"999.999999"', "999.999999"),
        ("12.5", "12.5"),
        ("1e2", "100"),
        ("7", "7"),
    ],
)
def test_decimal_is_a_number_or_the_text_of_one(text: str, value: str) -> None:
    body = converted(f'{{"lines": [{{"quantity": 1, "price": {text}}}]}}')
    assert looked_at(body).problems == []
    price = body["lines"][0]["price"]
    assert isinstance(price, Decimal | int)
    assert str(price if text != "1e2" else int(price)) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('"1e2"', "without an exponent"),
        ('"01"', "must be a number, or a text that is one"),
        ('"-0"', "must be a number, or a text that is one"),
        ('".5"', "must be a number, or a text that is one"),
        ('"5."', "must be a number, or a text that is one"),
        ('" 5"', "must be a number, or a text that is one"),
        ('"5\\n"', "must be a number, or a text that is one"),
        ('"\\u0665"', "must be a number, or a text that is one"),
        ('"0.0000001"', "with at most 6 decimals"),
        ('"-1"', "must be at least 0"),
        ('"1001"', "must be at most 1000"),
        ("1001", "must be at most 1000"),
    ],
)
def test_text_that_is_no_plain_decimal_or_is_out_of_bounds_is_refused(text: str, message: str) -> None:
    [problem] = looked_at(converted(f'{{"lines": [{{"quantity": 1, "price": {text}}}]}}')).problems
    assert problem.path == "/lines/0/price"
    assert message in problem.message


def test_first_problems_are_named_and_the_others_counted() -> None:
    findings = looked_at({"lines": [{"quantity": 0, "unit": "too long", "colour": 1}] * 1000})
    assert len(findings.problems) == MOST_PROBLEMS
    assert findings.omitted == 3000 - MOST_PROBLEMS
    assert findings.problems[:3] == [
        ("/lines/0/quantity", "must be at least 1"),
        ("/lines/0/unit", "must have at most 5 characters"),
        ("/lines/0/colour", "is not known here"),
    ]


def test_entries_behind_the_most_that_are_allowed_are_not_looked_at() -> None:
    assert looked_at({"lines": [{"quantity": 1}] * 1000 + [0] * 500}).problems == [
        ("/lines", "must have at most 1000 entries")
    ]


def test_what_a_whole_object_must_be_is_asked_of_it_as_well() -> None:
    assert looked_at({"lines": [{"quantity": 1, "unit": "a", "either": "b"}]}).problems == [
        ("/lines/0", "has a value that is not allowed here")
    ]
    long = {"quantity": 1, "unit": "a", "either": "b" * 100_000}
    assert looked_at({"lines": [long]}).problems == [("/lines/0", "has a value that is not allowed here")]


@pytest.mark.parametrize(
    "body",
    [
        {"lines": [0] * 300_000},
        {"lines": [{}] * 130_000},
        {"lines": [{"quantity": [0] * 300, "price": {"a": 1}, "unit": "x" * 300, "b": 1}] * 1000},
        {"name": "x" * 8_000_000},
        {"name": [0] * 400_000},
        {"name": {"a": ["x" * 1_000_000]}},
        {f"k{number}": 0 for number in range(10_000)},
        {"x" * 8_000_000: 0},
        [[0] * 1000] * 400,
    ],
    ids=[
        "wrong entries",
        "empty entries",
        "all wrong",
        "long text",
        "array",
        "object",
        "keys",
        "long key",
        "no object",
    ],
)
def test_no_body_makes_many_errors(body: Any) -> None:
    looked_at({"lines": [{"quantity": "x"}]})
    tracemalloc.start()
    started = time.process_time()
    findings = looked_at(body)
    seconds = time.process_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert findings
    assert len(findings.problems) <= MOST_PROBLEMS
    assert sum(len(problem.path) + len(problem.message) for problem in findings.problems) < 40_000
    assert peak < 20_000_000
    assert seconds < 1


def test_findings_count_what_they_do_not_keep() -> None:
    findings = Findings(2)
    assert not findings
    findings.extend([Problem(f"/{number}", "is wrong") for number in range(5)], omitted=3)
    assert findings
    assert [path for path, _ in findings.problems] == ["/0", "/1"]
    assert findings.omitted == 6
