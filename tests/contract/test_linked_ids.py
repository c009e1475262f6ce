"""Schemathesis infers links from names; where one leads elsewhere than the document's own, its 404 is no failure."""

from pathlib import Path

import pytest

from contract.document import Document, Operation
from contract.fuzzing import Plan, run
from contract.linked_ids import LinkedIds
from tests.contract.judging import declared, note_judged
from tests.contract.seed_data import tenants
from tests.server import Server

SKU, LINE = "01935d6c-7b1a-7c3e-8f00-00000000aaaa", "01935d6c-7b1a-7c3e-8f00-00000000bbbb"
BOM = {"outputSkuId": SKU, "items": [{"id": LINE}]}


def _operation(id: str) -> Operation:
    found = declared().operation(id)
    assert found is not None
    return found


@pytest.mark.no_database
@pytest.mark.parametrize("target", ["replaceBom", "deleteBom", "getSkuBom"])
def test_link_of_the_document_says_which_id_names_what_was_made(target: str) -> None:
    linked = LinkedIds(declared())
    linked.note(_operation("createBom"), 201, BOM)
    assert linked.lead_elsewhere(_operation("createBom"), _operation(target), {"id": LINE})
    assert not linked.lead_elsewhere(_operation("createBom"), _operation(target), {"id": SKU})


@pytest.mark.no_database
@pytest.mark.parametrize("body", [None, {}, {"outputSkuId": None}, [1]])
def test_answer_without_such_an_id_leads_nowhere(body: object) -> None:
    linked = LinkedIds(declared())
    linked.note(_operation("createBom"), 201, body)
    assert linked.lead_elsewhere(_operation("createBom"), _operation("replaceBom"), {"id": SKU})


@pytest.mark.no_database
def test_pointer_goes_into_lists() -> None:
    linked = LinkedIds(declared())
    linked.note(_operation("createPurchaseOrder"), 201, {"purchaseOrder": {"id": SKU}, "items": [{"id": LINE}]})
    made_by = _operation("createPurchaseOrder")
    assert not linked.lead_elsewhere(made_by, _operation("removePurchaseOrderItem"), {"id": LINE})
    assert linked.lead_elsewhere(made_by, _operation("getPurchaseOrder"), {"id": LINE})


@pytest.mark.no_database
def test_where_the_document_has_no_link_nothing_is_excused() -> None:
    linked = LinkedIds(Document({**declared().content}))
    assert not linked.lead_elsewhere(_operation("createVendor"), _operation("getCustomer"), {"id": LINE})


@pytest.mark.long
def test_sequences_of_boms_are_clean(unlimited_server: Server, environment: dict[str, str], tmp_path: Path) -> None:
    """Among others createBom, and then replaceBom with the id of one of its lines: there is no such BOM."""
    address = unlimited_server.address
    made = tenants.make(address, environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"]))
    operations = ("createBom", "replaceBom", "deleteBom")
    plan = Plan(1, 40, 2, hooks="tests.contract.seed_data.hooks", phases=("stateful",), operations=operations)
    result = run(plan, tenants.state(made), tmp_path)
    note_judged(made.address, result.judged)
    assert result.is_clean, result.output
    assert result.counts["replaceBom"].get("404", 0) > 0, (
        "the inferred link was not followed; let this test have another seed"
    )
