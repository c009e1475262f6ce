"""The samples of the guides as text. That they run, and tell the stories, is in tests/guides/test_samples.py."""

from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.arazzo import Step, load
from codegen.client_operations import client_operations
from codegen.guide_curl import Curl
from codegen.guide_python import Python
from codegen.guide_samples import Program
from codegen.guide_typescript import TypeScript
from codegen.operations import operations
from pharus.openapi import Document

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def samples() -> Callable[[type[Program], str], Program]:
    """Those of a story, from its beginning."""
    document = Document.load(ROOT / "openapi.yaml")
    stories = {story.name: story for story in load(ROOT / "docs" / "guides", operations(document))}
    methods = client_operations(document)
    return lambda language, name: language(document, methods, stories[name])


def _step(program: Program, id: str) -> Step:
    return next(step for step in program.story.steps if step.id == id)


def test_curl_sends_the_body_and_keeps_what_is_needed(samples: Callable[[type[Program], str], Program]) -> None:
    buy = samples(Curl, "buy")
    assert buy.step(_step(buy, "addAVendor")) == (
        'curl -sS --fail-with-body "$PHARUS_URL/api/vendors" \\\n'
        '  -H "Authorization: Bearer $PHARUS_TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        "  -o answer.json \\\n"
        "  --data-binary @- <<END\n"
        '{"name": "Sample Oils and Butters", "term": "Net 30"}\n'
        "END\n"
        "VENDOR_ID=$(jq -r .id answer.json)"
    )


def test_curl_does_not_stop_at_what_is_to_be_refused(samples: Callable[[type[Program], str], Program]) -> None:
    undo = samples(Curl, "undo")
    assert undo.step(_step(undo, "beRefused")) == (
        'curl -sS -X DELETE "$PHARUS_URL/api/purchase-order-receipts/$FIRST_RECEIPT_ID" \\\n'
        '  -H "Authorization: Bearer $PHARUS_TOKEN"'
    )


def test_python_sends_decimals(samples: Callable[[type[Program], str], Program]) -> None:
    make = samples(Python, "make")
    assert make.begin() == (
        "import os\n"
        "from decimal import Decimal\n"
        "\n"
        "from pharus_client import Client\n"
        "\n"
        'url = os.environ["PHARUS_URL"]\n'
        'client = Client(url, os.environ["PHARUS_TOKEN"])'
    )
    assert make.step(_step(make, "orderTheSoap")) == (
        "production_order = client.production_orders.create_production_order(\n"
        "    {\n"
        '        "status": "Production",\n'
        '        "locationId": location_id,\n'
        '        "items": [{"skuId": sku_id, "quantity": 200, "productionCost": Decimal("0.5")}],\n'
        "    }\n"
        ")\n"
        'production_order_id = production_order["productionOrder"]["id"]'
    )


def test_python_catches_what_is_to_be_refused(samples: Callable[[type[Program], str], Program]) -> None:
    undo = samples(Python, "undo")
    assert "from pharus_client import Client, refusals\n" in undo.begin()
    assert undo.step(_step(undo, "beRefused")) == (
        "try:\n"
        "    client.purchase_orders.delete_purchase_order_receipt(first_receipt_id)\n"
        "except refusals.Conflict as refused:\n"
        "    print(refused, refused.details)"
    )


def test_python_takes_the_first_page_and_knows_flags(samples: Callable[[type[Program], str], Program]) -> None:
    undo = samples(Python, "undo")
    undo.begin()
    asked = undo.step(_step(undo, "readWhatHappened"))
    assert asked.endswith('.list_materials_ledger_entries(event_type="REVERSE_RECEIVE", count=True).first())')


def test_python_makes_a_client_where_it_is_first_used(samples: Callable[[type[Program], str], Program]) -> None:
    sign_in = samples(Python, "first-sign-in")
    sign_in.begin()
    invite, look = _step(sign_in, "inviteAColleague"), _step(sign_in, "seeWhoIsIn")
    made = 'owner = Client(url, os.environ["ID_TOKEN"], organization=organization_id)\n'
    assert sign_in.step(invite).startswith(made)
    assert sign_in.step(look) == "print(owner.platform.list_members())"


def test_typescript_sends_texts_for_decimals(samples: Callable[[type[Program], str], Program]) -> None:
    make = samples(TypeScript, "make")
    assert make.begin() == (
        'import { Client } from "pharus-client";\n'
        "\n"
        "const url = process.env.PHARUS_URL!;\n"
        "const client = new Client(url, process.env.PHARUS_TOKEN!);"
    )
    assert make.step(_step(make, "orderTheSoap")) == (
        "const productionOrderId = (await client.productionOrders.createProductionOrder({\n"
        '  status: "Production",\n'
        "  locationId,\n"
        '  items: [{ skuId, quantity: 200, productionCost: "0.5" }],\n'
        "})).productionOrder.id;"
    )


def test_typescript_catches_what_is_to_be_refused(samples: Callable[[type[Program], str], Program]) -> None:
    undo = samples(TypeScript, "undo")
    assert undo.begin().startswith('import { Client, refusals } from "pharus-client";\n')
    assert undo.step(_step(undo, "beRefused")) == (
        "try {\n"
        "  await client.purchaseOrders.deletePurchaseOrderReceipt(firstReceiptId);\n"
        "} catch (refused) {\n"
        "  if (!(refused instanceof refusals.Conflict)) throw refused;\n"
        "  console.log(refused.message, refused.details);\n"
        "}"
    )


def test_typescript_takes_the_first_page_and_knows_flags(samples: Callable[[type[Program], str], Program]) -> None:
    undo = samples(TypeScript, "undo")
    undo.begin()
    assert undo.step(_step(undo, "readWhatHappened")) == (
        "console.log(await client.materialsInventory.listMaterialsLedgerEntries({\n"
        '  eventType: "REVERSE_RECEIVE",\n'
        "  count: true,\n"
        "}).first());"
    )
