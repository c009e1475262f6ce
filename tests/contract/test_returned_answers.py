"""Every operation that changes a record × the record as it was answered: sent back whole it changes nothing, with one
value changed it changes that, and what cannot be written is refused where it is another."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract.calling import Call, examples
from contract.document import Operation
from pharus import openapi
from tests.api import Api, pointers
from tests.contract import calls, stored_rows
from tests.contract.conftest import Tally
from tests.contract.judging import document
from tests.contract.seed_data import tenants
from tests.contract.seed_data.preparation import Preparation
from tests.server import Server

# They replace what they name, and take their own keys only; the document says so under Changes.
_OWN_KEYS_ONLY = {"updateMemberRole", "replaceBom", "replaceMaterialUnits", "replaceSkuUnits"}
_CHANGING = [each for each in calls.operations() if each.method in ("PATCH", "PUT") and each.id not in _OWN_KEYS_ONLY]
# Other values of these are refused by the record that the test has, whatever their name: its lines are of materials.
_REFUSED = {
    "updatePurchaseOrder": ["purchaseOrder/targetType"],
    # A unit alone says nothing, and its line is in stock units.
    "updatePurchaseOrderItem": ["skuId", "unit", "unitQuantity", "pricePerUnit"],
    "updateSalesOrderItem": ["unit", "unitQuantity", "pricePerUnit"],
    "updateWorkOrderItem": ["item/unit", "item/unitQuantity"],
    "updateProductionOrderItem": ["item/unit", "item/unitQuantity"],
}
# Where the record names none: of which table its neighbours are.
_TABLES = {"segmentId": "customer_segment", "parentId": "customer"}
# What a null becomes, and a text of one of these forms.
_BY_FORMAT = {
    "gtin": "09520123456788",
    "date": "2026-02-03",
    "date-time": "2026-02-03T04:05:06Z",
    "uuid": "01935d6c-7b1a-7c3e-8f00-0000000000ff",
    "email": "somebody@example.com",
}


@dataclass
class Changing:
    """One such operation, and the record that it may change."""

    api: Api
    operation: Operation
    call: Call

    @property
    def path(self) -> str:
        return self.operation.path.format(**self.call.path_parameters)

    @property
    def schema(self) -> Mapping[str, Any]:
        return _folded(self.operation.body["schema"])

    @property
    def writable(self) -> set[str]:
        return set(self.schema["properties"])

    @property
    def requested_as(self) -> Mapping[str, str]:
        names: Mapping[str, str] = self.schema.get("x-answer-names", {})
        return names

    def answer(self) -> Any:
        """The record, by GET of the path, or by the operation itself, of which nothing is asked."""
        has_get = "get" in document()["paths"][self.operation.path]
        response = self.api.get(self.path) if has_get else self.change({})
        assert response.status_code == 200, response.text
        return response.json()

    def change(self, body: Any) -> httpx.Response:
        return self.api.request(self.operation.method, self.path, json=body)

    def is_record(self, value: Any) -> bool:
        """Whether it is the object that an answer has for the record."""
        return isinstance(value, dict) and any(self.requested_as.get(name, name) in self.writable for name in value)

    def keys(self, answer: Any) -> list[tuple[str, ...]]:
        """Where the answer has a value: at its top, and in the record inside of it."""
        inner = [name for name, value in answer.items() if name not in self.writable and self.is_record(value)]
        found = [(name,) for name in answer if name not in inner]
        return found + [(name, key) for name in inner for key in answer[name]]

    def is_writable(self, place: tuple[str, ...]) -> bool:
        return self.requested_as.get(place[-1], place[-1]) in self.writable

    def records_beside(self, name: str, id: Any) -> list[str]:
        """Others of the table that the record with this id is in."""
        table = stored_rows.table_of(id) if isinstance(id, str) else _TABLES.get(name)
        ids = stored_rows.ids_of(str(self.api.org_id), table, 5) if table is not None else []
        return [other for other in ids if other != id]

    def example(self, name: str) -> Any:
        return (self.call.body or {}).get(name)


@pytest.fixture(scope="module")
def alice(server: Server, environment: dict[str, str], database_url: str) -> tenants.Tenants:
    return tenants.make(server.address, database_url, Path(environment["PHARUS_DATA"]))


@pytest.fixture
def changing(server: Server, alice: tenants.Tenants, request: pytest.FixtureRequest) -> Changing:
    operation: Operation = request.param
    call = examples(operation)[0]
    # With all keys that any of the examples has.
    call.body = {key: value for example in examples(operation) for key, value in example.body.items()}
    Preparation(alice).prepare(operation, call, steady=True)
    token = alice.alice.owner.authorization.removeprefix("Bearer ")
    return Changing(Api(server.address, token, alice.alice.org_id), operation, call)


each_operation = pytest.mark.parametrize("changing", _CHANGING, ids=lambda operation: operation.id, indirect=True)


@each_operation
def test_answer_sent_back_changes_nothing(changing: Changing, alice: tenants.Tenants) -> None:
    answer = changing.answer()
    stored = stored_rows.fingerprint(alice.alice.org_id)
    records = [value for value in answer.values() if changing.is_record(value)]
    for sent in (answer, *records):
        response = changing.change(sent)
        assert response.status_code == 200, response.text
        assert stored_rows.changed(stored, stored_rows.fingerprint(alice.alice.org_id)) == []
    now = changing.answer()
    assert _without_last_login(now) == _without_last_login(answer)


@each_operation
def test_what_cannot_be_written_is_refused_where_it_is_another(changing: Changing, tally: Tally) -> None:
    answer = changing.answer()
    read_only = [place for place in changing.keys(answer) if not changing.is_writable(place)]
    read_only = [place for place in read_only if place[-1] != "lastLoginAt"]
    assert read_only or changing.operation.id in ("updateAccountingSettings", "updateLotSettings")
    for place in read_only:
        sent = copy.deepcopy(answer)
        _write(sent, place, _another(_read(answer, place)))
        response = changing.change(sent)
        assert response.status_code == 422, f"{place}: {response.text}"
        assert [path for path in pointers(response) if path.startswith("/" + "/".join(place))], response.text
        assert "cannot be written" in response.text
    assert _without_last_login(changing.answer()) == _without_last_login(answer)
    tally("returned keys", len(read_only))


@each_operation
def test_each_value_is_taken_under_the_name_of_the_answer(changing: Changing, tally: Tally) -> None:
    answer = changing.answer()
    writable = [place for place in changing.keys(answer) if changing.is_writable(place)]
    assert writable
    # What decides on the changes after it comes last: an order that ends is closed.
    writable.sort(key=lambda place: place[-1] in ("status", "orderStatus", "requiresIfMatch"))
    refused = []
    for place in writable:
        sent = copy.deepcopy(changing.answer())
        before = _read(sent, place)
        name = changing.requested_as.get(place[-1], place[-1])
        others = changing.records_beside(name, before)
        for value in [*others, *_values(before, changing.example(name), changing.schema["properties"][name])]:
            _write(sent, place, value)
            response = changing.change(sent)
            if response.status_code == 409 and "allowed" in response.json()["error"].get("details", {}):
                _write(sent, place, response.json()["error"]["details"]["allowed"][0])
                response = changing.change(sent)
            if response.status_code == 200:
                break
            # It was understood, and this record does not allow it.
            said = ("the order is of materials", "how much of the unit is it?")
            understood = response.status_code in (404, 409) or any(each in response.text for each in said)
            assert understood, f"{place}: {response.text}"
        else:
            refused.append("/".join(place))
            continue
        assert _read(changing.answer(), place) != before, f"{place} is as it was"
    assert refused == _REFUSED.get(changing.operation.id, [])
    tally("returned keys", len(writable))


@pytest.mark.no_database
def test_every_key_that_requests_call_otherwise_is_in_the_table() -> None:
    """Else one would have to know that `materialTypeId` is sent as `typeId`."""
    missing = []
    for operation in _CHANGING:
        schema = _folded(operation.body["schema"])
        answers = [operation.declared]
        if (get := document()["paths"][operation.path].get("get")) is not None:
            answers.append(get)
        names = set().union(*map(_answered, answers))
        known = names | set(schema.get("x-answer-names", {}).values())
        missing += [f"{operation.id} {name}" for name in schema["properties"] if name not in known]
        assert set(schema.get("x-answer-names", {})) <= names, f"{operation.id}: nothing is answered under such a name"
    # Another name for placedAt, which answers have.
    assert missing == ["updateWorkOrder orderDate", "updateProductionOrder orderDate"]


def _answered(declared: Mapping[str, Any]) -> set[str]:
    """The keys of an answer, and those of the objects in it."""
    success = openapi.dereference(document(), declared["responses"]["200"])
    properties = _folded(success["content"][openapi.JSON]["schema"])["properties"]
    inner = [_folded(each).get("properties", {}) for each in properties.values()]
    return set(properties).union(*inner)


def _folded(schema: Any) -> Mapping[str, Any]:
    known = openapi.Document(document())
    while "$ref" in schema or "allOf" in schema:
        schema = known.fold(known.follow(schema))
    folded: Mapping[str, Any] = schema
    return folded


def _read(answer: Any, place: tuple[str, ...]) -> Any:
    for name in place:
        answer = answer[name]
    return answer


def _write(answer: Any, place: tuple[str, ...], value: Any) -> None:
    _read(answer, place[:-1])[place[-1]] = value


def _another(value: Any) -> Any:
    """A value of the same form that is another one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, list | dict):
        return [*value, {}] if isinstance(value, list) else {**value, "more": 1}
    if value is None:
        return "x"
    if isinstance(value, str) and value[10:11] == "T" and value.endswith("Z"):
        return "2020-01-01T00:00:00Z"
    return value + ("x" if isinstance(value, str) else 1)


def _values(before: Any, example: Any, schema: Any) -> Iterator[Any]:
    """Other values that the key may take: that of an example, and then what its schema allows."""
    schema = _folded(schema)
    forms = [_folded(form) for form in (schema, *schema.get("anyOf", ()), *schema.get("oneOf", ()))]
    if example is not None and example != before and str(example) != before:
        yield example
    for form in forms:
        yield from (option for option in form.get("enum", ()) if option not in (before, None))
    if isinstance(before, bool):
        yield not before
    elif isinstance(before, dict):
        yield {name: f"Other {name}" for name in before}
    elif isinstance(before, int) or any("x-decimal" in form or form.get("type") == "integer" for form in forms):
        yield (
            max(7, schema.get("minimum", 7))
            if before is None
            else str(float(before) + 1)
            if isinstance(before, str)
            else before + 1
        )
    elif schema.get("type") == "object":
        yield {"Origin": "Elsewhere"}
    elif schema.get("maxLength") == 2:
        yield "NO"
    else:
        formats = {form.get("format") for form in forms}
        yield from (other for name, other in _BY_FORMAT.items() if name in formats)
        if "date-or-date-time" in formats:
            yield _BY_FORMAT["date"]
        if not formats & {"uuid", "gtin", "date", "date-time", "date-or-date-time"} and not any(
            "enum" in form for form in forms
        ):
            yield "Elsewhere" if before is None else f"{before}x"


def _without_last_login(answer: Any) -> Any:
    """Which asking changes."""
    if isinstance(answer, dict):
        return {name: _without_last_login(value) for name, value in answer.items() if name != "lastLoginAt"}
    return answer
