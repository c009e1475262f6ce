import pytest

from handlers.http.problem_messages import at_least, at_most, escape, must_be, problems_of
from handlers.http.validation import Schemas

pytestmark = pytest.mark.no_database


def test_errors_of_a_value_within_a_body_have_pointers_into_the_body() -> None:
    schema = {
        "type": "object",
        "required": ["a/b"],
        "properties": {"c": {"type": "array", "items": {"type": "integer"}}},
    }
    errors = Schemas({}).compile(schema).iter_errors({"c": [1, "x"]})
    assert sorted(problem for error in errors for problem in problems_of(error, "/rows/3")) == [
        ("/rows/3/a~1b", "is required"),
        ("/rows/3/c/1", "must be an integer"),
    ]


def test_sentences() -> None:
    assert must_be(["object"]) == "must be an object"
    assert must_be(["string", "null"]) == "must be a string or null"
    assert at_least(1, "entry", "entries") == "must have at least 1 entry"
    assert at_most(2, "entry", "entries") == "must have at most 2 entries"


@pytest.mark.parametrize(("part", "escaped"), [("a/b~c", "a~1b~0c"), (5, "5"), ("~1", "~01")])
def test_pointers_are_escaped(part: str | int, escaped: str) -> None:
    assert escape(part) == escaped
