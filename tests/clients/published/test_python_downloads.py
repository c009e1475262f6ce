"""Lists and reports as files, with the published client: as they come, whole, or not at all."""

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from pharus_client import AsyncClient, Client, Retries, Unreachable, refusals
from tests import factories
from tests.contract.judging import conforms
from tests.server import Server

ADDRESS = "http://server.example"


class Coming(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in parts, and may end before it is whole."""

    def __init__(self, *parts: bytes, is_cut: bool = False) -> None:
        self._parts = parts
        self._is_cut = is_cut

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts
        if self._is_cut:
            raise httpx.RemoteProtocolError("cut")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part


def answering(*answers: httpx.Response) -> tuple[Client, list[httpx.Request]]:
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return answers[len(requests) - 1]

    http = httpx.Client(transport=httpx.MockTransport(answer))
    return Client(ADDRESS, "token", http=http, retries=Retries(first_wait=0)), requests


def file(body: Coming, name: str = "vendors.csv") -> httpx.Response:
    said = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'}
    return httpx.Response(200, headers=said, stream=body)


@pytest.mark.no_database
def test_request_is_that_of_the_list_with_its_filters(tmp_path: Path) -> None:
    refused = httpx.Response(503, json={"error": {"code": "service_unavailable", "message": "No."}})
    client, requests = answering(refused, file(Coming(b"id,", b"name\r\n")), file(Coming()))
    with client.download("csv", client.vendors.list_vendors, q="oil", is_active=True) as found:
        assert (found.name, found.media_type) == ("vendors.csv", "text/csv; charset=utf-8")
        assert list(found) == [b"id,", b"name\r\n"]
    with client.download("xlsx", client.purchase_orders.list_purchase_order_items, "po-1") as found:
        assert found.read() == b""
    assert [str(each.url).removeprefix(ADDRESS) for each in requests] == [
        *["/api/vendors?isActive=true&q=oil&format=csv"] * 2,
        "/api/purchase-orders/po-1/items?format=xlsx",
    ]


@pytest.mark.no_database
def test_what_is_cut_off_is_nothing(tmp_path: Path) -> None:
    client, _ = answering(file(Coming(b"id\r\n", is_cut=True)))
    with client.download("csv", client.vendors.list_vendors) as found, pytest.raises(Unreachable, match="was cut"):
        found.save(tmp_path / "vendors.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("sent", "name"), [("../../etc/passwd", "passwd"), ("", "download"), ("a b.csv", "a b.csv"), ("..", "download")]
)
def test_name_of_a_file_is_no_path(sent: str, name: str) -> None:
    client, _ = answering(file(Coming(), sent))
    with client.download("csv", client.vendors.list_vendors) as found:
        assert found.name == name


@pytest.mark.no_database
def test_what_is_no_list_is_no_file() -> None:
    client, requests = answering()
    for wrong in (lambda: None, client.vendors.create_vendor, client.close):
        with pytest.raises(TypeError, match="list or a report"):
            client.download("csv", wrong, *([{"name": "Alder"}] if wrong == client.vendors.create_vendor else []))
    assert requests == []


@pytest.fixture
def token(organization: factories.Organization) -> str:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    for number in range(3):
        factories.make_vendor(organization.id, name=f"Vendor {number}")
    return factories.make_api_token(organization.id, user.id)


def test_server_sends_all_rows_and_refuses_what_has_no_file(server: Server, token: str, tmp_path: Path) -> None:
    http = httpx.Client(event_hooks={"response": [_judge]}, trust_env=False, timeout=60)
    with Client(server.address, token, http=http) as client:
        with client.download("csv", client.vendors.list_vendors, limit=1) as found:
            saved = found.save(tmp_path / "all.csv")
        rows = list(csv.DictReader(io.StringIO(saved.read_text(encoding="utf-8"), newline="")))
        assert [row["name"] for row in rows] == ["Vendor 0", "Vendor 1", "Vendor 2"]
        with client.download("xlsx", client.accounting.get_valuation) as found:
            assert found.read().startswith(b"PK")
        with pytest.raises(refusals.ValidationFailed):
            client.download("csv", client.vendors.get_vendor, rows[0]["id"])


def test_client_of_asyncio_does_the_same(server: Server, token: str, tmp_path: Path) -> None:
    async def download() -> list[str]:
        http = httpx.AsyncClient(event_hooks={"response": [_judge_async]}, trust_env=False, timeout=60)
        async with AsyncClient(server.address, token, http=http) as client:
            async with await client.download("csv", client.locations.list_locations) as found:
                assert found.name == "locations.csv"
                assert (await found.read()).startswith(b"id,")
            async with await client.download("csv", client.vendors.list_vendors) as found:
                saved = await found.save(tmp_path / "all.csv")
        return saved.read_text(encoding="utf-8").splitlines()

    assert len(asyncio.run(download())) == 4


def _judge(answer: httpx.Response) -> None:
    answer.read()
    conforms(answer)


async def _judge_async(answer: httpx.Response) -> None:
    await answer.aread()
    conforms(answer)
