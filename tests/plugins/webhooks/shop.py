"""An organization whose events are delivered, and a process that delivers them, one round at a time."""

import asyncio
import ssl
from dataclasses import dataclass, field
from typing import Any

from pharus.db import db, unit_of_work
from plugins.purchase_orders import operations as purchase_orders
from plugins.vendors import operations as vendors
from plugins.webhooks import batches, claims, delivering
from plugins.webhooks.claims import Claim
from plugins.webhooks.guard import Guard
from plugins.webhooks.sending import Sender
from tests import factories
from tests.pharus.acting import owner_of
from tests.waiting import wait_until

LOCAL = Guard(["127.0.0.1/32"])
# To read the certificates of the system takes longer than to send a hundred requests.
TLS = ssl.create_default_context()


@dataclass
class Shop:
    org_id: str = field(default_factory=lambda: factories.make_organization().id)

    def endpoint(self, url: str, *types: str, **columns: Any) -> str:
        """From now on. The id."""
        given = {"url": url, "event_types": list(types) or ["vendor.*"], **columns}
        id = factories.make_webhook_endpoint(self.org_id, **given)
        # What was before it would be sent, too, as long as another test holds back the log.
        settled()
        (horizon,) = db.row("SELECT event_horizon()")
        factories.make_webhook_progress(self.org_id, endpoint_id=id, transaction_id=horizon)
        return id

    def vendor(self, name: str) -> str:
        with unit_of_work(owner_of(self.org_id)):
            return vendors.create_vendor({"name": name})["id"]

    def rename(self, id: str, name: str) -> None:
        with unit_of_work(owner_of(self.org_id)):
            vendors.update_vendor(id, {"name": name})

    def import_vendors(self, count: int) -> None:
        with unit_of_work(owner_of(self.org_id)):
            rows: Any = [{"name": f"Vendor {number:05}"} for number in range(count)]
            vendors.bulk_import_vendors({"rows": rows}, "atomic", "false")

    def import_history(self) -> None:
        """An order of years ago, and in the same import one that is planned today."""
        item = {"materialId": factories.make_material(self.org_id), "quantity": 1}
        planned: Any = {
            "vendorId": factories.make_vendor(self.org_id),
            "targetType": "materials",
            "status": "Planning",
            "items": [item],
        }
        past = {**planned, "history": True, "status": "Paid", "poNumber": "7", "placedAt": "2021-03-04"}
        with unit_of_work(owner_of(self.org_id)):
            purchase_orders.bulk_import_purchase_orders({"rows": [planned, past]}, "atomic", "false")

    def run(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        cursor = db.execute_sql(sql, parameters)
        return list(cursor.fetchall()) if cursor.description else []

    def waiting(self, endpoint: str) -> list[tuple[Any, ...]]:
        """Of each event that was not taken: type, attempts, whether it was given up. In order."""
        return self.run(
            "SELECT event_type, attempts, gave_up_at IS NOT NULL FROM webhook_delivery WHERE endpoint_id = %s "
            "ORDER BY transaction_id, seq, number",
            endpoint,
        )

    def make_due(self) -> None:
        """As if the time of all that waits had come."""
        self.run("UPDATE webhook_delivery SET due_at = now() WHERE org_id = %s AND due_at > now()", self.org_id)
        self.run("UPDATE webhook_progress SET due_at = now() WHERE org_id = %s", self.org_id)

    def age(self, interval: str) -> None:
        """As if so much time had passed."""
        for table, column in (
            *(("webhook_delivery", name) for name in ("created_at", "due_at", "gave_up_at")),
            *(("webhook_progress", name) for name in ("due_at", "claimed_until", "failing_since")),
        ):
            self.run(f"UPDATE {table} SET {column} = {column} - %s::interval WHERE org_id = %s", interval, self.org_id)


def settled() -> None:
    """Until no transaction of another test holds back the log."""
    wait_until(lambda: db.row("SELECT event_horizon() > coalesce(max(transaction_id), 0) FROM event")[0])


def work(guard: Guard = LOCAL, seconds: float = 5) -> int:
    """Serve every endpoint until nothing is left to be sent at once. How many batches that were."""
    settled()
    return rounds(guard, seconds)


def rounds(guard: Guard = LOCAL, seconds: float = 5) -> int:
    """The same with what can be read of the log now."""
    return asyncio.run(_work(guard, seconds))


async def _work(guard: Guard, seconds: float) -> int:
    sender, count = Sender(guard, seconds=seconds, tls=TLS), 0
    try:
        while found := claims.claim(10, []).claims:
            assert count < 1000, "it does not come to an end"
            count += sum(await asyncio.gather(*(_serve(sender, each) for each in found)))
    finally:
        await sender.close()
    return count


async def _serve(sender: Sender, claim: Claim) -> int:
    count, is_more = 0, True
    while is_more and (batch := batches.take(claim)) is not None:
        count += 1
        is_more = batches.note(batch, await delivering.deliver(sender, batch))
    claims.release([claim])
    return count
