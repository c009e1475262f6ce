"""What a server really delivers verifies with the published client, and is what the feed has."""

import datetime

import pytest

from pharus_client import InvalidSignature, verify_webhook
from tests.clients.published.deliveries import NAMES, Delivered


def test_what_the_server_delivers_verifies_with_either_secret(delivered: Delivered) -> None:
    for secret in delivered.secrets:
        created, renamed = (verify_webhook(secret, each.headers, each.body) for each in delivered.requests)
        assert [created["type"], renamed["type"]] == ["vendor.created", "vendor.updated"]
        assert [created["data"]["id"], renamed["data"]["id"]] == [each.id for each in delivered.requests]
        assert created["data"]["recordId"] == renamed["data"]["recordId"]
        assert renamed["data"]["before"] == {"name": NAMES[0]}
        assert renamed["data"]["after"] == {"name": NAMES[1]}
        assert isinstance(created["timestamp"], datetime.datetime)
        assert created["timestamp"] == created["data"]["occurredAt"]


def test_what_was_changed_on_the_way_does_not_verify(delivered: Delivered) -> None:
    first, second = delivered.requests
    for headers, body in ((first.headers, second.body), (first.headers, first.body.replace(b"Ada", b"Eve"))):
        with pytest.raises(InvalidSignature):
            verify_webhook(delivered.secrets[0], headers, body)
