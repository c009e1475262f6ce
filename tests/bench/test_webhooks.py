"""The receiver of the bench notices a write that is not delivered as it should be: a real process on loopback."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from standardwebhooks import Webhook

from bench import webhooks
from bench.figures import Deliveries
from bench.receiver import Received
from bench.webhooks import NotDelivered, Receiver
from bench.workloads import create_vendor_with_webhook, list_vendors

pytestmark = pytest.mark.no_database

SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSBlbmRwb2ludCwgMzIgYnl0ZXM="


@dataclass
class Tables:
    """A database that has these vendors."""

    vendors: list[str]
    opened: list[str] = field(default_factory=list)

    def ids(self, workload: Any) -> list[str]:
        return self.vendors

    def open_endpoint(self, workload: Any, url: str) -> str:
        self.opened.append(url)
        return SECRET

    def close_endpoint(self, workload: Any) -> None:
        self.opened.clear()


@pytest.fixture
def tables() -> Tables:
    return Tables(["a", "b"])


@pytest.fixture
def receiver(tables: Tables, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setattr(webhooks, "_MOST_SECONDS", 0.3)
    database: Any = tables
    with webhooks.receiving(database, create_vendor_with_webhook.WORKLOAD, tmp_path) as running:
        assert running is not None
        assert tables.opened == [running.environment["BENCH_WEBHOOK_URL"]]
        yield running
    assert tables.opened == []


def send(receiver: Receiver, *records: str, secret: str = SECRET, cut: int | None = None) -> None:
    """One request for each record, on one connection; `cut` sends the first one in two parts."""
    connection = http.client.HTTPConnection(receiver.url.removeprefix("http://"))
    for record in records:
        now = datetime.now(UTC)
        after = {"name": f"Vendor {record}", "sortKey": "not compared"}
        body = orjson.dumps({"type": "vendor.created", "data": {"recordId": record, "after": after}}).decode()
        connection.putrequest("POST", "/hook")
        signature = Webhook(secret).sign(f"event {record}", now, body)
        for name, value in (
            ("webhook-id", f"event {record}"),
            ("webhook-timestamp", str(int(now.timestamp()))),
            ("webhook-signature", signature),
            ("content-length", str(len(body))),
        ):
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(body.encode()[:cut])
        connection.send(b"" if cut is None else body.encode()[cut:])
        response = connection.getresponse()
        assert response.status == 204
        response.read()
    connection.close()


def test_requests_of_all_records_are_there(receiver: Receiver) -> None:
    send(receiver, "b", "a", "deleted since", cut=10)
    assert len(receiver.wait()) == 3
    names = [{"type": "vendor.created", "name": f"Vendor {record}"} for record in ("a", "b", "deleted since")]
    assert receiver.said() == names


def test_a_record_without_a_request_is_noticed(receiver: Receiver) -> None:
    send(receiver, "a", "another")
    with pytest.raises(NotDelivered, match="2 requests came, of 2 records"):
        receiver.wait()


def test_a_record_with_two_requests_is_noticed(receiver: Receiver) -> None:
    send(receiver, "a", "b", "a")
    with pytest.raises(NotDelivered, match="1 came more than once, a is one"):
        receiver.wait()


def test_a_request_with_another_signature_is_noticed(receiver: Receiver) -> None:
    send(receiver, "a", "b", secret="whsec_" + "YW5vdGhlciBzZWNyZXQ=")
    with pytest.raises(NotDelivered, match="is not signed"):
        receiver.wait()


def test_a_workload_without_webhooks_has_no_receiver(tables: Tables, tmp_path: Any) -> None:
    database: Any = tables
    with webhooks.receiving(database, list_vendors.WORKLOAD, tmp_path) as running:
        assert running is None


def test_deliveries_are_counted_from_the_beginning_of_the_measured_time() -> None:
    received = [Received(at, {}, "") for at in (9.0, 10.5, 11.0, 12.5, 13.0)]
    assert webhooks.deliveries(received, 10.0, 2.0) == Deliveries(1.0, 2, 1.0)
    assert webhooks.deliveries(received[:3], 10.0, 2.0) == Deliveries(1.0, 0, 0.0)
