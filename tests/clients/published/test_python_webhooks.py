"""The published client knows a request of Pharus from any other."""

import base64
import datetime
import hmac
import json

import pytest

from pharus_client import InvalidSignature, verify_webhook

pytestmark = pytest.mark.no_database

# The vector of the libraries of Standard Webhooks.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
NOW = 1614265330
HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": str(NOW),
    "webhook-signature": SIGNATURE,
}


def _verify(body: bytes = BODY, secret: str = SECRET, now: float = NOW, **changed: str) -> object:
    headers = {**HEADERS, **{f"webhook-{name}": value for name, value in changed.items()}}
    return verify_webhook(secret, headers, body, now=now)


def test_signature_of_the_standard_is_accepted() -> None:
    assert _verify() == {"test": 2432232314}


def test_one_signature_of_several_is_enough_and_the_case_of_headers_does_not_matter() -> None:
    other = "v1," + base64.b64encode(bytes(32)).decode()
    assert _verify(signature=f"v1a,AAAA {other} {SIGNATURE}")
    assert verify_webhook(SECRET, {name.title(): value for name, value in HEADERS.items()}, BODY, now=NOW)


@pytest.mark.parametrize(
    "changed", [{"id": "msg_1"}, {"timestamp": str(NOW + 1)}, {"signature": "v1,"}, {"signature": ""}]
)
def test_what_was_changed_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(InvalidSignature, match="No signature"):
        _verify(**changed)


def test_another_body_or_secret_is_refused() -> None:
    with pytest.raises(InvalidSignature):
        _verify(body=BODY + b" ")
    with pytest.raises(InvalidSignature):
        _verify(secret="whsec_" + base64.b64encode(bytes(24)).decode())


@pytest.mark.parametrize("signature", [SIGNATURE.replace("v1,", "v2,"), SIGNATURE.removeprefix("v1,"), "v1,ü"])
def test_signature_of_another_kind_is_refused(signature: str) -> None:
    with pytest.raises(InvalidSignature, match="No signature"):
        _verify(signature=signature)


@pytest.mark.parametrize("seconds", [301, -301])
def test_request_of_another_time_is_refused(seconds: int) -> None:
    with pytest.raises(InvalidSignature, match="not of now"):
        _verify(now=NOW + seconds)
    assert _verify(now=NOW + seconds / 2)


@pytest.mark.parametrize("timestamp", ["", "-1", "1614265330.0", "now"])
def test_timestamp_that_is_none_is_refused(timestamp: str) -> None:
    with pytest.raises(InvalidSignature, match="not of now"):
        _verify(timestamp=timestamp)


@pytest.mark.parametrize("missing", HEADERS)
def test_header_that_is_missing_is_named(missing: str) -> None:
    headers = {name: value for name, value in HEADERS.items() if name != missing}
    with pytest.raises(InvalidSignature, match=missing):
        verify_webhook(SECRET, headers, BODY, now=NOW)


@pytest.mark.parametrize("secret", ["whsec_", "whsec_?", ""])
def test_secret_that_is_none_is_an_error_of_the_caller(secret: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        _verify(secret=secret)


def test_delivery_has_the_event_of_the_feed() -> None:
    event = {"id": "1", "type": "vendor.created", "occurredAt": "2026-03-12T10:05:00Z", "after": {"name": "Söhne"}}
    body = json.dumps({"type": "vendor.created", "timestamp": "2026-03-12T10:05:00Z", "data": event}).encode()
    signed = b"msg_1.%d." % NOW + body
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signature = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(NOW), "webhook-signature": signature}
    delivery = verify_webhook(SECRET, headers, body, now=NOW)
    assert delivery["timestamp"] == datetime.datetime(2026, 3, 12, 10, 5, tzinfo=datetime.UTC)
    assert delivery["data"]["occurredAt"] == delivery["timestamp"]
    assert delivery["data"]["after"] == {"name": "Söhne"}
