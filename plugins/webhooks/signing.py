"""The secrets of endpoints, and what is signed with them, by Standard Webhooks (https://www.standardwebhooks.com).

A secret follows from a random id and from what the installation signs with: so it can be made again for each delivery,
and neither a dump of the table nor the log of events holds one.
"""

import base64
import hmac
from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook

from pharus import signing


def secret(secret_id: str) -> str:
    key = hmac.digest(signing.secret(), f"webhook:{secret_id}".encode(), "sha256")
    return "whsec_" + base64.b64encode(key).decode()


def headers(secrets: Sequence[str], message_id: str, now: datetime, body: bytes) -> dict[str, str]:
    """Those that name, date and sign a request. With several secrets a receiver that knows one of them is content."""
    text = body.decode()
    signatures = [Webhook(each).sign(message_id, now, text) for each in secrets]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
