"""The webhooks of a workload whose writes are delivered: a receiver beside the server, and whether it got each of them.

Of every write one request must come, signed with the endpoint's secret; the servers must say the same of the record.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson
from standardwebhooks import Webhook, WebhookVerificationError

from bench.database import Database
from bench.figures import Deliveries
from bench.processes import running
from bench.receiver import Received
from bench.workloads.workload import Workload

# What takes longer than that to be delivered is lost.
_MOST_SECONDS = 120.0
_LOOK_SECONDS = 0.05


class NotDelivered(Exception):
    """Writes of which no request came, or more than one, or one that is not signed."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """`environment` is what servers are told: the peers where to send, Pharus that it may."""

    url: str
    secret: str
    database: Database
    workload: Workload

    @property
    def environment(self) -> Mapping[str, str]:
        return {
            "BENCH_WEBHOOK_URL": f"{self.url}/hook",
            "BENCH_WEBHOOK_SECRET": self.secret,
            "PHARUS_WEBHOOK_ALLOW": "127.0.0.1",
            "PHARUS_WEBHOOK_DELIVERY": "on",
        }

    def wait(self) -> list[Received]:
        """All requests, once there is one of each record that the organization has. NotDelivered when one is missing,
        came twice, or is not signed."""
        expected = self.database.ids(self.workload)
        deadline = time.monotonic() + _MOST_SECONDS
        with httpx.Client(base_url=self.url, trust_env=False, timeout=30) as client:
            seen = -1
            while True:
                count = int(client.get("/count").content)
                if count != seen and count >= len(expected):
                    received = [Received(**each) for each in orjson.loads(client.get("/requests").content)]
                    events = [self._event(each) for each in received]
                    times = Counter(event["data"]["recordId"] for event in events)
                    if more := [id for id in expected if times[id] > 1]:
                        raise NotDelivered(f"{self.workload.name}: {len(more)} came more than once, {more[0]} is one")
                    if all(times[id] for id in expected):
                        return received
                if time.monotonic() > deadline:
                    raise NotDelivered(f"{self.workload.name}: {count} requests came, of {len(expected)} records")
                seen = count
                time.sleep(_LOOK_SECONDS)

    def said(self) -> list[Any]:
        """What the requests say of the records, made comparable, in the order of their names."""
        keys = self.workload.compared
        assert isinstance(keys, tuple)
        return sorted(
            (
                {
                    "type": event["type"],
                    **{key: event["data"]["after"][key] for key in keys if key in event["data"]["after"]},
                }
                for event in map(self._event, self.wait())
            ),
            key=orjson.dumps,
        )

    def _event(self, received: Received) -> Any:
        try:
            event: Any = Webhook(self.secret).verify(received.body, dict(received.headers))
        except WebhookVerificationError as error:
            raise NotDelivered(f"{self.workload.name}: a request is not signed: {error}") from error
        return event


@contextmanager
def receiving(database: Database, workload: Workload, folder: Path) -> Iterator[Receiver | None]:
    """A receiver of what happens from now on in the workload's organization; None where nothing is to be delivered."""
    if workload.webhook is None:
        yield None
        return
    with running(("bench.receiver", "{port}"), {}, folder / "receiver.log", ("/count", {})) as process:
        secret = database.open_endpoint(workload, f"{process.url}/hook")
        try:
            yield Receiver(process.url, secret, database, workload)
        finally:
            database.close_endpoint(workload)


def deliveries(received: Sequence[Received], began: float, seconds: float) -> Deliveries:
    """Of the requests that came since the beginning of a measured time."""
    ended = began + seconds
    late = [each.at - ended for each in received if each.at > ended]
    meanwhile = sum(began <= each.at <= ended for each in received)
    return Deliveries(meanwhile / seconds, len(late), max(late, default=0.0))
