"""What is signed verifies with the library of the standard."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from pharus.fields import new_id
from plugins.webhooks import signing

BODY = '{"type":"vendor.created","data":{"name":"Ada & Söhne 🧼"}}'.encode()


def test_request_verifies_with_either_secret_and_with_no_other() -> None:
    ids = [new_id() for _ in range(3)]
    secrets = [signing.secret(id) for id in ids]
    assert [signing.secret(id) for id in ids] == secrets
    assert len(set(secrets)) == 3
    assert all(re.fullmatch("whsec_[0-9A-Za-z+/]{43}=", each) for each in secrets)
    headers = signing.headers(secrets[:2], "evt_1", datetime.now(UTC), BODY)
    for each in secrets[:2]:
        assert Webhook(each).verify(BODY, headers) == {"type": "vendor.created", "data": {"name": "Ada & Söhne 🧼"}}
    for secret, body, changed in (
        (secrets[2], BODY, {}),
        (secrets[0], BODY + b" ", {}),
        (secrets[0], BODY, {"webhook-id": "evt_2"}),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, {**headers, **changed})


def test_request_of_long_ago_does_not_verify() -> None:
    secret = signing.secret(new_id())
    headers = signing.headers([secret], "evt_1", datetime.now(UTC) - timedelta(minutes=6), BODY)
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(secret).verify(BODY, headers)
