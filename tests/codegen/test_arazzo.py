"""The reader of the workflows: what it takes, and that it passes over nothing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from codegen.arazzo import ORDER, SUFFIX, Criterion, Reference, load, parts
from codegen.operations import Operation, operations
from pharus.openapi import Document, InvalidDocument

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def known() -> list[Operation]:
    return operations(Document.load(ROOT / "openapi.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the workflows, to do harm to."""
    for name in ORDER:
        text = (ROOT / "docs" / "guides" / f"{name}{SUFFIX}").read_text(encoding="utf-8")
        (tmp_path / f"{name}{SUFFIX}").write_text(text, encoding="utf-8")
    return tmp_path


def test_story_is_read_whole(known: list[Operation]) -> None:
    buy = {story.name: story for story in load(ROOT / "docs" / "guides", known)}["buy"]
    assert (buy.title, buy.after, list(buy.inputs)) == ("Buy", "first-sign-in", ["pharusToken"])
    step = next(step for step in buy.steps if step.id == "receiveTheFirstPart")
    assert (step.title, step.caller, step.status) == ("Receive the first part", "client", 201)
    assert step.operation.operation_id == "createPurchaseOrderReceipt"
    assert [(each.name, each.place, each.value) for each in step.parameters] == [
        ("Authorization", "header", ("Bearer ", Reference(None, "pharusToken"))),
        ("id", "path", (Reference("orderTheMaterials", "purchaseOrderId"),)),
    ]
    line = {"poItemId": (Reference("orderTheMaterials", "oilLineId"),), "quantity": ("60",)}
    assert step.payload == {"externalId": ("DN-4711",), "items": [line]}
    assert step.criteria[1] == Criterion(
        ("purchaseOrder", "status"), "Partial", text="$response.body#/purchaseOrder/status == 'Partial'"
    )


def test_text_is_taken_apart() -> None:
    assert parts("Bearer {$inputs.token}!") == ("Bearer ", Reference(None, "token"), "!")
    assert parts("$steps.order.outputs.id") == (Reference("order", "id"),)
    assert parts("plain") == ("plain",)
    for wrong in ("$response.body#/id", "$steps.order", "{$inputs.a.outputs.b}", "cost $5"):
        with pytest.raises(InvalidDocument):
            parts(wrong)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        ({"onFailure": []}, "Nothing here knows onFailure"),
        ({"operationId": "createVendour"}, "There is no operation createVendour"),
        ({"successCriteria": [{"condition": "$statusCode > 200"}]}, "a criterion that the guides do not know"),
        ({"successCriteria": [{"condition": "$response.body#/id == '1'"}]}, "needs one criterion for its status"),
        ({"successCriteria": [{"condition": "$statusCode == $inputs.x"}]}, "There is no x of the inputs so far"),
        ({"outputs": {"locationId": "$response.body#/id"}}, "locationId is there twice"),
        ({"outputs": {"vendorId": "$response.header.ETag"}}, "no part of a response that the guides know"),
        ({"requestBody": {"payload": {"name": "$steps.pay.outputs.x"}}}, "There is no x of pay so far"),
    ],
)
def test_what_is_not_known_is_refused(
    harm: dict[str, Any], sentence: str, folder: Path, known: list[Operation]
) -> None:
    file = folder / f"buy{SUFFIX}"
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    content["workflows"][0]["steps"][1] |= harm
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(InvalidDocument, match=f"^buy{SUFFIX}: .*{sentence}"):
        load(folder, known)


def test_folder_holds_the_stories_and_no_other(folder: Path, known: list[Operation]) -> None:
    (folder / f"rent{SUFFIX}").write_text("", encoding="utf-8")
    with pytest.raises(InvalidDocument, match="rent"):
        load(folder, known)
