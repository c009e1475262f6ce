"""Requests that Pharus has sent to an endpoint, for clients that verify them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pharus.fields import new_id
from plugins.webhooks import signing
from tests.plugins.webhooks import receiver
from tests.plugins.webhooks.receiver import Received
from tests.plugins.webhooks.shop import Shop, work

NAMES = ("Ada & S\u00f6hne \U0001f9fc", 'Line one\nline "two"')


@dataclass(frozen=True)
class Delivered:
    """`secrets` are the endpoint's own and the one before, each of which is enough."""

    secrets: tuple[str, str]
    requests: list[Received]


def deliver() -> Delivered:
    """The creation of a vendor and a change of its name, as they arrived while the secret was being replaced."""
    shop, (own, previous) = Shop(), (new_id(), new_id())
    ends = datetime.now(UTC) + timedelta(hours=1)
    with receiver.running() as running:
        shop.endpoint(running.url, secret_id=own, previous_secret_id=previous, previous_secret_ends_at=ends)
        shop.rename(shop.vendor(NAMES[0]), NAMES[1])
        work()
    assert running.names() == list(NAMES)
    return Delivered((signing.secret(own), signing.secret(previous)), running.taken)
