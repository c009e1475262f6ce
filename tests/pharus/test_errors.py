import inspect
import re

import pytest

from handlers import spec
from pharus import errors
from pharus.errors import InUse, Invalid, PharusError, Problem, RateLimited, Refused, ServiceUnavailable

CLASSES = [
    each
    for _, each in inspect.getmembers(errors, inspect.isclass)
    if issubclass(each, PharusError) and each is not PharusError
]


@pytest.mark.parametrize("error", CLASSES)
def test_error_has_the_status_and_code_that_the_tree_in_the_docstring_draws(error: type[PharusError]) -> None:
    assert errors.__doc__ is not None
    [line] = re.findall(rf"^ +{error.__name__} .*$", errors.__doc__, re.MULTILINE)
    if error is not Refused:
        assert re.search(rf"\b{error.code}\b", line)
        status = re.search(rf"{error.__name__} +(\d+)", line)
        assert status is not None
        assert error.status == int(status[1])


def test_codes_are_those_of_the_document() -> None:
    codes = set(spec.load()["components"]["schemas"]["ErrorCode"]["enum"])
    assert {error.code for error in CLASSES} | {"method_not_allowed", "internal_error"} == codes


def test_invalid_lists_all_problems_in_its_details() -> None:
    error = Invalid([Problem("/name", "is required"), Problem("query/limit", "must be at least 1")])
    assert error.details == [
        {"path": "/name", "message": "is required"},
        {"path": "query/limit", "message": "must be at least 1"},
    ]


def test_in_use_carries_the_counts() -> None:
    assert InUse("the vendor is in use", {"poCount": 2}).details == {"references": {"poCount": 2}}


def test_errors_that_pass_say_when_to_try_again() -> None:
    assert RateLimited("too many", 30).retry_after == 30
    assert ServiceUnavailable("busy").retry_after == 1
