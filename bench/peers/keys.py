"""Idempotency keys by hand, as each peer uses them: the key's row, with the response, is committed with the work. A row
that is there has the response to the same request, and refuses another one. Two requests at once meet at the primary
key, and one is refused.

The table is Pharus's own, reached as pharus_platform. A key is that of a token: so it is found before the caller is.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

HEADER = "Idempotency-Key"
REPLAYED = {"Idempotency-Replayed": "true"}
POINTER = f"header/{HEADER}"
NO_KEY = "must be 1 to 255 visible characters of ASCII"
OTHER_REQUEST = "was sent with another request"

FIND = "SELECT fingerprint, body FROM idempotency_key WHERE digest = %s"
# The last statement of its transaction.
KEEP = """
SET LOCAL ROLE pharus_platform;
INSERT INTO idempotency_key (digest, org_id, operation, fingerprint, attempt, status, body)
VALUES (%s, %s, %s, %s, gen_random_uuid(), 201, %s)"""

_FORM = re.compile("[!-~]{1,255}")


@dataclass(frozen=True, slots=True)
class Key:
    """`fingerprint` is of what was asked."""

    digest: bytes
    operation: str
    fingerprint: bytes

    def row(self, org_id: Any, response: bytes) -> tuple[Any, ...]:
        return self.digest, org_id, self.operation, self.fingerprint, response


def read(sent: str, token_hash: bytes, path: str, content: bytes) -> Key | None:
    """The key that was sent with a POST to this path; None when it is none."""
    if not _FORM.fullmatch(sent):
        return None
    operation = f"POST {path}"
    digest = hashlib.sha256(token_hash + sent.encode()).digest()
    return Key(digest, operation, hashlib.sha256(operation.encode() + b"\0" + content).digest())
