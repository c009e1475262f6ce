"""Several processes, of which some end at the worst moment: nothing is lost, and no two serve one endpoint."""

import asyncio
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from pharus import db
from plugins.webhooks import batches, claims, delivering
from plugins.webhooks.batches import Batch
from plugins.webhooks.claims import Claim
from plugins.webhooks.delivering import Results
from plugins.webhooks.sending import Sender
from tests.plugins.webhooks.receiver import Receiver
from tests.plugins.webhooks.shop import LOCAL, TLS, Shop, rounds, settled, work

pytestmark = pytest.mark.usefixtures("own_database")

Run = Callable[..., Receiver]
NAMES = [f"Vendor {number:05}" for number in range(40)]


@pytest.fixture
def shop() -> Shop:
    return Shop()


def claimed(shop: Shop) -> Claim:
    settled()
    [claim] = [each for each in claims.claim(100, []).claims if each.org_id == shop.org_id]
    return claim


def taken(claim: Claim) -> Batch:
    batch = batches.take(claim)
    assert batch is not None
    return batch


def sent(batch: Batch) -> Results:
    async def send() -> Results:
        sender = Sender(LOCAL, tls=TLS)
        try:
            return await delivering.deliver(sender, batch)
        finally:
            await sender.close()

    return asyncio.run(send())


class Killed(BaseException):
    """Nothing that the process does behind it happens."""


@pytest.mark.parametrize("step", ["claimed", "taken", "sent", "noting"])
def test_process_that_is_killed_at_any_step_loses_nothing(
    shop: Shop, receivers: Run, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = receivers()
    shop.endpoint(receiver.url)
    shop.import_vendors(40)
    claim = claimed(shop)
    if step != "claimed":
        batch = taken(claim)
        if step != "taken":
            results = sent(batch)
            if step == "noting":
                commit = db._commit

                def kill(connection: object) -> None:
                    raise Killed

                with monkeypatch.context() as patch:
                    patch.setattr(db, "_commit", kill)
                    with pytest.raises(Killed):
                        batches.note(batch, results)
                assert db._commit is commit
    before = len(receiver.requests)
    work()
    assert len(receiver.requests) == before, "it is another's until its time is over"
    shop.age("61 seconds")
    work()
    counts = Counter(receiver.names())
    assert sorted(counts) == NAMES
    expected = {"claimed": 40, "taken": 40, "sent": 72, "noting": 72}[step]
    assert sum(counts.values()) == expected
    assert len({each.id for each in receiver.requests}) == 40


def test_process_that_comes_back_to_life_cannot_note_what_another_did_meanwhile(shop: Shop, receivers: Run) -> None:
    receiver = receivers()
    endpoint = shop.endpoint(receiver.url)
    shop.vendor("first")
    late = taken(claimed(shop))
    results = sent(late)
    shop.age("61 seconds")
    shop.vendor("second")
    work()
    position = shop.run("SELECT transaction_id, seq FROM webhook_progress WHERE endpoint_id = %s", endpoint)
    assert not batches.note(late, results)
    assert batches.take(late.claim) is None
    assert shop.run("SELECT transaction_id, seq FROM webhook_progress WHERE endpoint_id = %s", endpoint) == position
    assert sorted(receiver.names()) == ["first", "first", "second"]
    assert len(shop.run("SELECT id FROM webhook_attempt WHERE endpoint_id = %s", endpoint)) == 2


def test_several_processes_at_once_send_each_event_once_and_in_order(receivers: Run) -> None:
    shops = [Shop() for _ in range(4)]
    each_of = [receivers() for _ in shops]
    for shop, receiver in zip(shops, each_of, strict=True):
        shop.endpoint(receiver.url)
        id = shop.vendor("00")
        for version in range(1, 10):
            shop.rename(id, f"{version:02}")

    def process(_: int) -> None:
        rounds()
        db.disconnect()

    settled()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(process, range(4)))
    assert [receiver.names() for receiver in each_of] == [[f"{version:02}" for version in range(10)]] * 4


def test_organization_that_is_deleted_or_busy_is_left_alone(shop: Shop, receivers: Run) -> None:
    shop.endpoint(receivers().url)
    shop.vendor("one")
    settled()
    assert shop.org_id not in {each.org_id for each in claims.claim(100, [shop.org_id]).claims}
    shop.run("UPDATE organization SET is_active = false, purge_requested_at = now() WHERE id = %s", shop.org_id)
    assert shop.org_id not in {each.org_id for each in claims.claim(100, []).claims}


def test_role_that_looks_across_organizations_sees_no_content(shop: Shop) -> None:
    shop.endpoint("http://127.0.0.1/")
    for columns in ("before", "after", "type", "record_id", "user_id"):
        with pytest.raises(Exception, match="permission denied"), db.unit_of_work(claims.ANONYMOUS):
            db.db.send(f"SELECT {columns} FROM event")
    for table, column in (
        ("webhook_endpoint", "url"),
        ("webhook_endpoint", "secret_id"),
        ("webhook_delivery", "payload"),
    ):
        with pytest.raises(Exception, match="permission denied"), db.unit_of_work(claims.ANONYMOUS):
            db.db.send(f"SELECT {column} FROM {table}")
