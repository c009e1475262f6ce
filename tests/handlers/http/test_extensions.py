"""Parts of plugins at the functions of operations. Over a socket: tests/example_plugin."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from handlers import spec
from handlers.http.extensions import extended
from handlers.spec import Fragment
from pharus import db, extensions, hooks, openapi
from pharus.external import External
from pharus.hooks import Plugins, hookimpl
from tests.handlers.test_extensions import PART
from tests.pharus.modules import module

Told = list[tuple[Any, ...]]
REF = {"$ref": "#/components/schemas/QualityPart"}
SECTION = {
    "requests": {"createSalesOrder": REF, "updateVendor": REF},
    "answers": {"SalesOrder": REF, "SalesOrderItem": REF, "Vendor": REF},
}
FRAGMENT = Fragment("quality", {"components": {"schemas": {"QualityPart": PART}}, "x-extends": SECTION})


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    told: Told = []

    @hookimpl
    def extension_given(operation_id: str, part: Any, answer: Any) -> None:
        told.append(("given", operation_id, part, answer))

    @hookimpl
    def extension_shown(component: str, records: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
        told.append(("shown", component, [record["id"] for record in records]))
        return {record["id"]: {"grade": f"{component} {record['id']}"} for record in records if record["id"] != "2"}

    def never(**arguments: Any) -> None:
        raise AssertionError("the part is of another plugin")

    other = module("z", given=hookimpl(lambda part: never(), specname="extension_given"))
    both = [External("quality", module("q", extension_given=extension_given, extension_shown=extension_shown))]
    monkeypatch.setattr(hooks, "_loaded", Plugins([], [*both, External("z", other)]))
    return told


def functions(answers: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    document = spec.load([FRAGMENT])
    ids = [operation["operationId"] for _, _, operation in openapi.operations(document)]
    return extended(document, {**dict.fromkeys(ids, _untouched), **answers})


def _untouched() -> None: ...


def test_a_page_is_shown_with_one_question_for_all_its_rows(told: Told, unit: db.Unit) -> None:
    page = {"data": [{"id": str(number)} for number in range(3)], "nextCursor": None}
    shown = functions({"listVendors": lambda **paging: page})["listVendors"](limit=3)
    assert told == [("shown", "Vendor", ["0", "1", "2"])]
    assert shown["data"] == [
        {"id": "0", "x-quality": {"grade": "Vendor 0"}}, {"id": "1", "x-quality": {"grade": "Vendor 1"}}, {"id": "2"},
    ]  # fmt: skip


def test_a_part_of_a_request_is_handed_to_its_plugin_and_to_nobody_else(told: Told, unit: db.Unit) -> None:
    seen: list[Any] = []

    def create(body: dict[str, Any]) -> dict[str, Any]:
        seen.extend([body, extensions.given("quality"), extensions.given("z")])
        return {"salesOrder": {"id": "7"}, "items": [{"id": "8"}, {"id": "9"}]}

    answer = functions({"createSalesOrder": create})["createSalesOrder"](
        body={"customerId": "1", "x-quality": {"grade": "A"}}
    )
    assert seen == [{"customerId": "1"}, {"grade": "A"}, None]
    assert told == [
        ("given", "createSalesOrder", {"grade": "A"}, answer),
        ("shown", "SalesOrder", ["7"]),
        ("shown", "SalesOrderItem", ["8", "9"]),
    ]
    assert answer["items"][1]["x-quality"] == {"grade": "SalesOrderItem 9"}
    assert extensions.given("quality") is None


def test_a_request_without_the_part_tells_nobody(told: Told, unit: db.Unit) -> None:
    functions({"updateVendor": lambda id, body: {"id": id}})["updateVendor"](id="5", body={"name": "Oils"})
    assert told == [("shown", "Vendor", ["5"])]


def test_an_operation_without_parts_is_the_function_itself() -> None:
    assert functions({})["listLocations"] is _untouched
    assert functions({})["listVendors"] is not _untouched


def test_what_is_no_answer_is_left_alone(told: Told, unit: db.Unit) -> None:
    """A file, or nothing yet."""
    made = object()
    assert functions({"listVendors": lambda: made})["listVendors"]() is made
    assert told == []
