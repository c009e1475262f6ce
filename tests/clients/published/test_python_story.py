"""The published client tells the matrix's story against the real server, and books once what it sends twice."""

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from pharus_client import AsyncClient, Client, File, refusals
from pharus_client.models import MaterialsAdjustment, Vendor
from tests import factories
from tests.clients import protocol
from tests.clients.published.conftest import PYTHON
from tests.clients.relay import Relay
from tests.contract.judging import conforms, judge
from tests.server import Server
from tests.waiting import wait_until

# The first paper takes longer than httpx waits by itself on a busy machine. The client would ask again, and nobody
# would judge the answer that it did not wait for.
_SECONDS = 60


@pytest.fixture
def token(organization: factories.Organization) -> str:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    return factories.make_api_token(organization.id, user.id)


@pytest.fixture
def client(server: Server, token: str) -> Iterator[Client]:
    http = httpx.Client(event_hooks={"response": [_judge]}, trust_env=False, timeout=_SECONDS)
    with Client(server.address, token, http=http) as calling:
        yield calling


def _judge(answer: httpx.Response) -> None:
    answer.read()
    conforms(answer)


async def _judge_async(answer: httpx.Response) -> None:
    await answer.aread()
    conforms(answer)


def _judge_all(relay: Relay, address: str) -> None:
    for each in relay.exchanges():
        judge(each.method, each.target.partition("?")[0], each.status, each.headers, each.received, address=address)


def test_example_tells_the_story_to_the_last_digit(server: Server, token: str) -> None:
    story = protocol.Story()
    with Relay(server.address) as relay:
        told = subprocess.run(
            [sys.executable, str(PYTHON / "examples" / "story.py"), *story.arguments(relay.address, token)],
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PYTHON / "src"), "NO_PROXY": "*"},
            check=False,
        )
    assert told.returncode == 0, told.stderr
    _judge_all(relay, server.address)
    assert protocol.read(told.stdout) == story.expected()


def test_lost_answer_is_asked_for_again_and_booked_once(server: Server, token: str, client: Client) -> None:
    location = client.locations.create_location({"name": "Example workshop"})["id"]
    material_type = client.materials.create_material_type({"name": "Raw materials"})["id"]
    oil = client.materials.create_material({"code": "OIL-1", "name": "Oil", "typeId": material_type})["id"]
    body: MaterialsAdjustment = {"materialId": oil, "locationId": location, "quantity": Decimal("0.3")}
    with Relay(server.address, losing=2) as relay, Client(relay.address, token) as through_relay:
        entry = through_relay.materials_inventory.adjust_materials_inventory(body)
    _judge_all(relay, server.address)
    assert [each.status for each in relay.exchanges()] == [201, 201, 201]
    assert entry["quantity"] == Decimal("0.3")
    (row,) = client.materials_inventory.get_materials_summary(material_id=oil)["data"]
    assert row["onHand"] == Decimal("0.3")


def test_change_of_a_version_that_has_passed_is_refused(client: Client) -> None:
    vendor = client.vendors.get_vendor(client.vendors.create_vendor({"name": "Sample Oils"})["id"])
    client.vendors.update_vendor(vendor["id"], {"term": "Net 30"}, if_match=vendor)
    with pytest.raises(refusals.PreconditionFailed) as refused:
        client.vendors.update_vendor(vendor["id"], {"term": "Net 45"}, if_match=vendor)
    assert (refused.value.status, refused.value.code) == (412, "precondition_failed")
    assert refused.value.request_id
    assert client.vendors.get_vendor(vendor["id"])["term"] == "Net 30"


def test_record_that_has_not_changed_is_answered_as_it_was(client: Client) -> None:
    vendor = client.vendors.get_vendor(client.vendors.create_vendor({"name": "Sample Oils"})["id"])
    assert client.vendors.get_vendor(vendor["id"], if_none_match=vendor) is vendor
    client.vendors.update_vendor(vendor["id"], {"name": "Other Oils"})
    assert client.vendors.get_vendor(vendor["id"], if_none_match=vendor)["name"] == "Other Oils"


def test_refusal_has_the_details_of_the_document(client: Client) -> None:
    with pytest.raises(refusals.ValidationFailed) as refused:
        client.vendors.create_vendor({"name": ""})
    assert [problem["path"] for problem in refused.value.details] == ["/name"]


def test_file_is_uploaded_and_paper_comes_as_bytes(client: Client) -> None:
    vendor = client.vendors.create_vendor({"name": "Sample Oils"})["id"]
    material_type = client.materials.create_material_type({"name": "Raw materials"})["id"]
    oil = client.materials.create_material({"code": "OIL-1", "name": "Oil", "typeId": material_type})["id"]
    order = client.purchase_orders.create_purchase_order(
        {
            "vendorId": vendor,
            "targetType": "materials",
            "status": "Planning",
            "items": [{"materialId": oil, "quantity": 1}],
        }
    )
    order_id = order["purchaseOrder"]["id"]
    document = client.documents.upload_document(
        {"file": File("note.txt", b"Example", "text/plain"), "entityType": "purchase_order", "entityId": order_id}
    )
    assert document["name"] == "note.txt"
    assert client.purchase_orders.get_purchase_order_pdf(order_id).startswith(b"%PDF")


def test_async_client_walks_pages_and_keeps_types(server: Server, token: str) -> None:
    async def names() -> list[Vendor]:
        http = httpx.AsyncClient(event_hooks={"response": [_judge_async]}, trust_env=False, timeout=_SECONDS)
        async with AsyncClient(server.address, lambda: token, http=http) as client:
            for name in ("Alder", "Birch", "Cedar"):
                await client.vendors.create_vendor({"name": name})
            page = await client.vendors.list_vendors(limit=2, count=True).first()
            assert page["total"] == {"count": 3, "atLeast": False}
            return [vendor async for vendor in client.vendors.list_vendors(limit=2, is_active=True)]

    found = asyncio.run(names())
    assert [vendor["name"] for vendor in found] == ["Alder", "Birch", "Cedar"]
    assert all(vendor["createdAt"].tzinfo is not None for vendor in found)


def test_log_of_events_is_read_on_from_where_one_was(client: Client) -> None:
    feed = client.events.list_events(types=["vendor.*"], limit=2)
    assert list(feed) == []
    made = [client.vendors.create_vendor({"name": name})["id"] for name in ("Alder", "Birch", "Cedar")]
    # Until transactions of other tests no longer hold them back: pages would be of other sizes.
    wait_until(lambda: len(list(client.events.list_events(after=feed.cursor, types=["vendor.*"]))) == len(made))
    followed = client.events.list_events(after=feed.cursor, types=["vendor.*"], limit=2)
    assert [event["recordId"] for event in itertools.islice(followed.follow(wait=0), len(made))] == made
    # It goes on only after the last event of a page.
    rest = client.events.list_events(after=followed.cursor, types=["vendor.*"])
    assert [event["recordId"] for event in rest] == made[2:]
    assert list(client.events.list_events(after=rest.cursor, types=["vendor.*"])) == []


def test_async_client_follows_what_comes(server: Server, token: str) -> None:
    async def follow() -> list[str]:
        http = httpx.AsyncClient(event_hooks={"response": [_judge_async]}, trust_env=False, timeout=_SECONDS)
        found: list[str] = []
        async with AsyncClient(server.address, token, http=http) as client:
            await client.vendors.create_vendor({"name": "Alder"})
            feed = client.events.list_events(types=["vendor.created"])
            async for event in feed.follow(wait=0, pause=0.01):
                found.append(str((event["after"] or {})["name"]))
                if len(found) == 2:
                    break
                await client.vendors.create_vendor({"name": "Birch"})
        return found

    assert asyncio.run(follow()) == ["Alder", "Birch"]


def test_example_and_client_lie_where_they_are_published() -> None:
    assert Path(sys.modules["pharus_client"].__file__ or "").is_relative_to(PYTHON)
