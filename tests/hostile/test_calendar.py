"""The first and the last moments that a calendar knows, in every date of every body and query: never a 500."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from pharus import openapi
from tests.api import Api
from tests.contract.judging import document

DAYS = ["0001-01-01", "9999-12-31", "2024-02-29", "2023-02-29", "1970-01-01", "0000-01-01"]
MOMENTS = [
    f"{day}T{clock}{offset}"
    for day in ("0001-01-01", "9999-12-31")
    for clock in ("00:00:00", "23:59:59.999999", "23:59:59.999999999", "23:59:60")
    for offset in ("Z", "+00:00", "+14:00", "-14:00", "+23:59", "-23:59")
]
LOWER = ["2026-01-01t00:00:00z", "2016-12-31T23:59:60Z", "2026-01-01T00:00:00.1234567+01:00"]
TEXTS = [*DAYS, *MOMENTS, *LOWER]


def queries() -> Iterator[tuple[str, str]]:
    for path, method, operation in openapi.operations(document()):
        for reference in operation.get("parameters", ()):
            parameter = openapi.dereference(document(), reference)
            if method == "get" and parameter["in"] == "query" and is_date(parameter["schema"]):
                yield path, parameter["name"]


def bodies() -> Iterator[tuple[str, str, str, Any, tuple[str | int, ...]]]:
    """Each place of a date in the examples of each body."""
    for path, method, operation in openapi.operations(document()):
        content = openapi.dereference(document(), operation.get("requestBody", {})).get("content", {})
        for media in content.values():
            for example in media.get("examples", {}).values():
                for pointer in dates(media["schema"], example["value"], ()):
                    yield operation["operationId"], method, path, example["value"], pointer


def dates(schema: Any, value: Any, pointer: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    schema = openapi.dereference(document(), schema)
    if isinstance(value, str) and is_date(schema):
        yield pointer
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from dates(schema.get("properties", {}).get(name, {}), entry, (*pointer, name))
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from dates(schema.get("items", {}), entry, (*pointer, index))


def is_date(schema: Any) -> bool:
    schema = openapi.dereference(document(), schema)
    return any(form.get("format") in ("date", "date-time") for form in [schema, *schema.get("anyOf", [])])


@pytest.mark.parametrize(("path", "name"), [*queries()])
def test_edge_of_the_calendar_in_a_query(path: str, name: str, owner: Api) -> None:
    for text in TEXTS:
        response = owner.get(with_ids(path), **{name: text})
        assert response.status_code in (200, 404, 422), (text, response.text)


@pytest.mark.parametrize(
    ("operation", "method", "path", "example", "pointer"),
    [pytest.param(*case, id=f"{case[0]}/{'/'.join(map(str, case[4]))}") for case in bodies()],
)
def test_edge_of_the_calendar_in_a_body(
    operation: str, method: str, path: str, example: Any, pointer: tuple[str | int, ...], owner: Api
) -> None:
    for text in TEXTS:
        body = copy.deepcopy(example)
        place = body
        for step in pointer[:-1]:
            place = place[step]
        place[pointer[-1]] = text
        response = owner.request(method.upper(), with_ids(path), json=body)
        assert response.status_code < 500, (text, response.text)


def with_ids(path: str) -> str:
    for _ in range(path.count("{")):
        before, _, rest = path.partition("{")
        path = before + "01935d6c-7b1a-7c3e-8f00-000000000001" + rest.partition("}")[2]
    return path
