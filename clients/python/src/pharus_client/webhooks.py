"""Whether a request that came to an endpoint of yours is from Pharus: its signature, by Standard Webhooks
(https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import datetime
import hmac
import time
from collections.abc import Mapping
from typing import TypedDict, cast

from pharus_client.errors import PharusError
from pharus_client.models import Event
from pharus_client.values import from_json

# How far the clocks of both sides may differ; what is older may be a request that somebody has recorded.
TOLERANCE_SECONDS = 300.0

_PREFIX = "whsec_"


class Delivery(TypedDict):
    """The body of a request; `data` is the event as the feed has it."""

    type: str
    timestamp: datetime.datetime
    data: Event


class InvalidSignature(PharusError):
    """The request is not from Pharus, or it is an old one."""


def verify_webhook(
    secret: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    tolerance: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> Delivery:
    """The delivery in `body`, which is what came over the network, byte by byte. Raises InvalidSignature.

    A delivery may come again: its `data["id"]` is then the same.
    """
    given = {name.lower(): value for name, value in headers.items()}
    try:
        identifier, timestamp, signatures = (given[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
    except KeyError as missing:
        raise InvalidSignature(f"The request has no header {missing.args[0]}.") from None
    if not timestamp.isdecimal() or abs((time.time() if now is None else now) - int(timestamp)) > tolerance:
        raise InvalidSignature("The request is not of now.")
    signed = b".".join((identifier.encode(), timestamp.encode(), body))
    expected = "v1," + base64.b64encode(hmac.digest(_key(secret), signed, "sha256")).decode()
    # While a secret is replaced there is a signature for each of the two.
    if not any(hmac.compare_digest(expected.encode(), each.encode()) for each in signatures.split()):
        raise InvalidSignature("No signature of the request is that of this secret.")
    return cast("Delivery", from_json(body, Delivery))


def _key(secret: str) -> bytes:
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not key:
        raise ValueError(f"A secret is {_PREFIX} and base64.")
    return key
