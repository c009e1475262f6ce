"""The samples of the guides as text. That they run, and tell the stories, is in tests/guides/test_samples.py."""

from collections.abc import Callable
from pathlib import Path

import pytest

from codegen.arazzo import Step, load
from codegen.client_operations import client_operations
from codegen.guide_samples import Samples
from codegen.operations import operations
from pharus.openapi import Document

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def samples() -> Callable[[str], Samples]:
    """Those of a story, from its beginning."""
    document = Document.load(ROOT / "openapi.yaml")
    stories = {story.name: story for story in load(ROOT / "docs" / "guides", operations(document))}
    methods = client_operations(document)
    return lambda name: Samples(document, methods, stories[name])


def _step(samples: Samples, id: str) -> Step:
    return next(step for step in samples.story.steps if step.id == id)


def test_curl_sends_the_body_and_keeps_what_is_needed(samples: Callable[[str], Samples]) -> None:
    buy = samples("buy")
    assert buy.curl(_step(buy, "addAVendor")) == (
        'curl -sS --fail-with-body "$PHARUS_URL/api/vendors" \\\n'
        '  -H "Authorization: Bearer $PHARUS_TOKEN" \\\n'
        '  -H "Content-Type: application/json" \\\n'
        "  -o answer.json \\\n"
        "  --data-binary @- <<END\n"
        '{"name": "Sample Oils and Butters", "term": "Net 30"}\n'
        "END\n"
        "VENDOR_ID=$(jq -r .id answer.json)"
    )


def test_curl_does_not_stop_at_what_is_to_be_refused(samples: Callable[[str], Samples]) -> None:
    undo = samples("undo")
    assert undo.curl(_step(undo, "beRefused")) == (
        'curl -sS -X DELETE "$PHARUS_URL/api/purchase-order-receipts/$FIRST_RECEIPT_ID" \\\n'
        '  -H "Authorization: Bearer $PHARUS_TOKEN"'
    )


def test_python_sends_decimals(samples: Callable[[str], Samples]) -> None:
    make = samples("make")
    assert make.python_begin() == (
        "import os\n"
        "from decimal import Decimal\n"
        "\n"
        "from pharus_client import Client\n"
        "\n"
        'url = os.environ["PHARUS_URL"]\n'
        'client = Client(url, os.environ["PHARUS_TOKEN"])'
    )
    assert make.python(_step(make, "orderTheSoap")) == (
        "production_order = client.production_orders.create_production_order(\n"
        "    {\n"
        '        "status": "Production",\n'
        '        "locationId": location_id,\n'
        '        "items": [{"skuId": sku_id, "quantity": 200, "productionCost": Decimal("0.5")}],\n'
        "    }\n"
        ")\n"
        'production_order_id = production_order["productionOrder"]["id"]'
    )


def test_python_catches_what_is_to_be_refused(samples: Callable[[str], Samples]) -> None:
    undo = samples("undo")
    assert "from pharus_client import Client, refusals\n" in undo.python_begin()
    assert undo.python(_step(undo, "beRefused")) == (
        "try:\n"
        "    client.purchase_orders.delete_purchase_order_receipt(first_receipt_id)\n"
        "except refusals.Conflict as refused:\n"
        "    print(refused, refused.details)"
    )


def test_python_takes_the_first_page_and_knows_flags(samples: Callable[[str], Samples]) -> None:
    undo = samples("undo")
    undo.python_begin()
    asked = undo.python(_step(undo, "readWhatHappened"))
    assert asked.endswith('.list_materials_ledger_entries(event_type="REVERSE_RECEIVE", count=True).first())')


def test_python_makes_a_client_where_it_is_first_used(samples: Callable[[str], Samples]) -> None:
    sign_in = samples("first-sign-in")
    sign_in.python_begin()
    invite, look = _step(sign_in, "inviteAColleague"), _step(sign_in, "seeWhoIsIn")
    made = 'owner = Client(url, os.environ["ID_TOKEN"], organization=organization_id)\n'
    assert sign_in.python(invite).startswith(made)
    assert sign_in.python(look) == "print(owner.platform.list_members())"
