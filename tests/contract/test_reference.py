"""Does openapi.yaml hold the reference, exactly? `operations.json` is the reference as data.

Only the tags that openapi.yaml has already are compared; each of them completely.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from codegen.narrowing import displaced
from pharus import openapi
from pharus.spreadsheets.columns import NOT_IN_LISTS
from tests.contract.judging import document

Schema = dict[str, Any]

# Only openapi.yaml itself: what external plugins add is theirs.
_TAGS = {tag["name"] for tag in document()["tags"]}
_REFERENCE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "operations.json").read_text(encoding="utf-8"))
_PRESENT = [operation for operation in _REFERENCE if operation["tag"] in _TAGS]

# A POST creates and answers 201, but for these (docs/rules.md, Success).
_POST_ANSWERS_200 = {
    "createUser",
    "findOrCreateContact",
    "acceptInvitation",
    "declineInvitation",
    "reactivateOrderChannel",
    "resendInvitation",
    # Decisions about a lot.
    "allowExpiredLot",
    "holdLot",
    "rejectLot",
    "releaseLot",
}


class Declared(NamedTuple):
    path: str
    method: str
    operation: dict[str, Any]


_DECLARED = {
    operation["operationId"]: Declared(route, method.upper(), operation)
    for route, method, operation in openapi.operations(document())
}


def test_reference_is_whole() -> None:
    assert len(_REFERENCE) == 183
    assert len({operation["tag"] for operation in _REFERENCE}) == 15
    assert _PRESENT, "openapi.yaml shares no tag with the reference"


@pytest.mark.parametrize("tag", sorted(_TAGS & {operation["tag"] for operation in _REFERENCE}))
def test_tag_has_all_operations_of_the_reference(tag: str) -> None:
    expected = {operation["operationId"] for operation in _REFERENCE if operation["tag"] == tag}
    assert expected, f"the reference has no tag {tag}"
    found = {name for name, declared in _DECLARED.items() if tag in declared.operation["tags"]}
    assert expected - found == set()


def test_operations_have_a_tag_of_the_list() -> None:
    for name, declared in _DECLARED.items():
        assert set(declared.operation["tags"]) <= _TAGS, name


def test_success_status_follows_the_rule() -> None:
    wrong = {}
    for name, declared in _DECLARED.items():
        creates = declared.method == "POST" and not (
            name in _POST_ANSWERS_200 or name.startswith(("bulkImport", "reopen"))
        )
        successes = [status for status in declared.operation["responses"] if str(status).startswith("2")]
        if successes != ["201" if creates else "200"]:
            wrong[name] = successes
    assert wrong == {}


def test_every_operation_is_as_the_reference_has_it() -> None:
    found = {reference["operationId"]: _differences(reference) for reference in _PRESENT}
    assert {name: differences for name, differences in found.items() if differences} == {}


def test_differences_are_found() -> None:
    """The comparison itself sees a bound that is looser, a field that is missing and a wrong role."""
    reference = json.loads(json.dumps(next(each for each in _REFERENCE if each["operationId"] == "createLocation")))
    reference["role"] = "owner"
    reference["request"]["fields"]["name"]["maxLength"] = 99
    reference["request"]["fields"]["colour"] = {"type": "string"}
    reference["request"]["required"].append("city")
    reference["request"]["fields"]["name"] = reference["request"]["fields"].pop("name")
    reference["response_sample"]["colour"] = "string"
    assert set(_differences(reference)) == {
        "the role is admin, not owner",
        "the body has no colour",
        "the body's name: maxLength is 100, not 99",
        "the body's city is required in only one of the two",
        "the body's name stands before what the reference has",
        "the answer has no colour",
    }


def _differences(reference: dict[str, Any]) -> list[str]:
    declared = _DECLARED.get(reference["operationId"])
    if declared is None:
        return ["it is missing"]
    found: list[str] = []
    operation = declared.operation
    if (declared.method, declared.path) != (reference["method"], reference["path"]):
        found.append(f"it is at {declared.method} {declared.path}")
    if operation["x-minimum-role"] != reference["role"]:
        found.append(f"the role is {operation['x-minimum-role']}, not {reference['role']}")
    found += _parameter_differences(reference, operation)
    if "request" in reference:
        found += _body_differences(reference["request"], operation)
    found += _answer_differences(reference, operation)
    return found


def _parameter_differences(reference: dict[str, Any], operation: Schema) -> list[str]:
    found: list[str] = []
    parameters = {each["name"]: each for each in map(_followed, operation.get("parameters", ()))}
    for place in ("path", "query"):
        for name, expected in reference.get(f"{place}_parameters", {}).items():
            parameter = parameters.get(name)
            if parameter is None or parameter["in"] != place:
                found.append(f"the {place} has no {name}")
                continue
            found += _leaf_differences(f"the parameter {name}", expected, _leaf(parameter["schema"]))
            required = place == "path" or name in reference.get("query_required", ())
            if bool(parameter.get("required")) != required:
                found.append(f"the parameter {name} is required in only one of the two")
    known = [*reference.get("path_parameters", {}), *reference.get("query_parameters", {})]
    return found + _order_differences("the parameter", known, parameters)


def _body_differences(request: dict[str, Any], operation: Schema) -> list[str]:
    content = _followed(operation.get("requestBody", {})).get("content", {}).get(request["content_type"])
    if content is None:
        return [f"it takes no {request['content_type']}"]
    found = _field_differences("the body", request["fields"], request["required"], content["schema"])
    if "row" in request:
        properties, _ = _members(content["schema"])
        row = _followed(properties["rows"])["items"]
        found += _field_differences("a row", request["row"]["fields"], request["row"]["required"], row)
    return found


def _answer_differences(reference: dict[str, Any], operation: Schema) -> list[str]:
    answer: Schema = next(
        (_followed(each) for code, each in operation["responses"].items() if str(code).startswith("2")), {}
    )
    content = answer.get("content", {})
    if "response_sample" not in reference:
        return [] if content else ["the answer has no content"]
    properties, required = _members(content.get("application/json", {}).get("schema", {}))
    found = [f"the answer has no {name}" for name in reference["response_sample"] if name not in properties]
    # Keys are always present (docs/rules.md, Values), but for what a list has to be asked for, and for what the answer
    # about one record has when there is something to say.
    asked_for = {"total"} | {name for name, each in properties.items() if "x-asked-for" in each or NOT_IN_LISTS in each}
    return found + [f"the answer may lack {name}" for name in properties if name not in {*required, *asked_for}]


def _field_differences(where: str, fields: dict[str, Schema], required: list[str], schema: Schema) -> list[str]:
    found: list[str] = []
    properties, demanded = _members(schema)
    for name, expected in fields.items():
        if name not in properties:
            found.append(f"{where} has no {name}")
            continue
        got = _leaf(properties[name], expected.get("type"))
        if name == "quantity" and "unitQuantity" in properties:
            # Null where it is said in another unit, which the reference does not know (docs/adr/0059).
            got = {key: value for key, value in got.items() if key != "nullable"}
        found += _leaf_differences(f"{where}'s {name}", expected, got)
    for name in sorted((set(required) ^ demanded) & (set(fields) | set(required))):
        if name in properties:
            found.append(f"{where}'s {name} is required in only one of the two")
    return found + _order_differences(f"{where}'s", fields, properties)


def _order_differences(where: str, known: Iterable[str], declared: Iterable[str]) -> list[str]:
    """What we added stands behind: a generated client may be given values by their place."""
    name = displaced(known, declared)
    return [] if name is None else [f"{where} {name} stands before what the reference has"]


def _leaf_differences(where: str, expected: Schema, got: Schema) -> list[str]:
    found: list[str] = []
    if bool(got.get("nullable")) != bool(expected.get("nullable")):
        found.append(f"{where} is nullable in only one of the two")
    for key, value in expected.items():
        if key == "nullable":
            continue
        # OpenAPI 3.0 writes an exclusive bound as a flag beside the bound.
        expected = True if key == "exclusiveMinimum" else value
        actual = [each for each in got.get(key, ()) if each is not None] if key == "enum" else got.get(key)
        if actual != expected:
            found.append(f"{where}: {key} is {actual}, not {expected}")
    return found


def _members(schema: Schema) -> tuple[dict[str, Schema], set[str]]:
    """The properties and the required names of an object schema, those of its allOf among them."""
    schema = _followed(schema)
    properties, required = dict(schema.get("properties", {})), set(schema.get("required", ()))
    for part in schema.get("allOf", ()):
        more, demanded = _members(part)
        properties |= more
        required |= demanded
    return properties, required


def _leaf(schema: Schema, type_name: str | None = None) -> Schema:
    """One dict of a value's schema: what is beside a combination wins over what is inside, and of the alternatives
    that of the type, such as the number where a text is taken as well."""
    result = dict(_followed(schema))
    for combination in ("allOf", "oneOf", "anyOf"):
        for part in sorted(result.get(combination, ()), key=lambda part: part.get("type") != type_name):
            for key, value in _leaf(part).items():
                result.setdefault(key, value)
    return result


def _followed(node: Any) -> Any:
    return openapi.dereference(document(), node)
