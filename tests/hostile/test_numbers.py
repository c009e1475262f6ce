"""Every number of every body, written in every way that JSON has for it: as good as written plainly."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from pharus import openapi
from tests.api import Api
from tests.contract.judging import document

Pointer = tuple[str | int, ...]
# Stands for the number in a body until it is JSON: no parser of ours would write 2e0.
_MARK = "the number"


def cases() -> Iterator[Any]:
    """Each place of a number in the examples of each body."""
    for path, method, operation in openapi.operations(document()):
        content = openapi.dereference(document(), operation.get("requestBody", {})).get("content", {})
        if "application/json" not in content:
            continue
        media = content["application/json"]
        for name, example in media.get("examples", {}).items():
            for pointer, is_decimal in numbers(media["schema"], example["value"], ()):
                place = f"{operation['operationId']}/{name}/{'/'.join(map(str, pointer))}"
                yield pytest.param(method.upper(), path, example["value"], pointer, is_decimal, id=place)


def numbers(schema: Any, value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, bool]]:
    """Pointers, and whether a decimal is asked for."""
    schema = openapi.dereference(document(), schema)
    while len(schema.get("allOf", ())) == 1:
        # A component with a description of its own.
        schema = openapi.dereference(document(), schema["allOf"][0])
    forms = [schema.get("type"), *(form.get("type") for form in schema.get("oneOf", []))]
    if isinstance(value, int | float) and not isinstance(value, bool) and {"integer", "number"} & {*forms}:
        yield pointer, "number" in forms
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from numbers(schema.get("properties", {}).get(name, {}), entry, (*pointer, name))
    # The entries of an array are alike.
    if isinstance(value, list) and value:
        yield from numbers(schema.get("items", {}), value[0], (*pointer, 0))


@pytest.mark.parametrize(("method", "path", "example", "pointer", "is_decimal"), [*cases()])
def test_number_is_taken_however_it_is_written(
    method: str, path: str, example: Any, pointer: Pointer, is_decimal: bool, owner: Api
) -> None:
    forms = ["2", "2.0", "2e0", "20E-1", "0.2e+1", *(['"2"', '"2.0"', '"2.50"'] if is_decimal else [])]
    statuses = {text: send(owner, method, path, example, pointer, text) for text in forms}
    # Whether what the body names exists is the same question for all of them: 404, 409, or it works.
    assert len(set(statuses.values())) == 1, statuses
    assert statuses["2"] < 500
    if statuses["2"] != 403:
        for text in ["2.5" if not is_decimal else "2.5000001", '"2e0"', '"02"', '"two"', "true"]:
            assert send(owner, method, path, example, pointer, text) == 422, text


def send(owner: Api, method: str, path: str, example: Any, pointer: Pointer, text: str) -> int:
    body = copy.deepcopy(example)
    place = body
    for step in pointer[:-1]:
        place = place[step]
    place[pointer[-1]] = _MARK
    content = json.dumps(body).replace(json.dumps(_MARK), text)
    mode = "?mode=partial&dryRun=true" if "bulk-import" in path else ""
    while "{" in path:
        before, _, rest = path.partition("{")
        path = f"{before}01935d6c-7b1a-7c3e-8f00-000000000001{rest.partition('}')[2]}"
    response = owner.request(method, path + mode, content=content, headers={"Content-Type": "application/json"})
    if mode and response.status_code == 200:
        return max(status(result) for result in response.json()["results"])
    return response.status_code


def status(result: dict[str, Any]) -> int:
    codes = {"validation_failed": 422, "not_found": 404, "conflict": 409}
    return codes[result["error"]["code"]] if "error" in result else 200
