"""What a workload says of itself."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

# Stands in a body for a number that differs from request to request; as many digits as the load generator writes.
COUNTER = "#" * 9

# Who asks: a member, a viewer, a member whose token was revoked, somebody with a token nobody issued, or nobody.
Caller = Literal["member", "viewer", "revoked", "stranger", "nobody"]

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


@dataclass(frozen=True, slots=True)
class Check:
    """One request whose answer all peers must agree on, and its status.

    For a refusal the status, the code and the places of all problems must agree; the sentences may differ.
    `repeat` sends it twice and compares the second answer; `follow` asks for the next page as well.
    """

    name: str
    status: int
    method: str
    path: str
    body: Any = None
    caller: Caller = "member"
    repeat: bool = False
    follow: bool = False

    @property
    def content(self) -> bytes | None:
        """The body as sent; bytes are sent as they are, so that a check can send what is not JSON."""
        return self.body if self.body is None or isinstance(self.body, bytes) else orjson.dumps(self.body)


@dataclass(frozen=True, slots=True)
class Workload:
    """One measured request, sent by a member of an organization of its own.

    prepare    brings the organization's rows to where every run starts; it gets a cursor inside the organization and
               the organization's id
    tables     tables vacuumed and analysed after that
    volatile   keys of an answer that differ by nature, with what their values look like
    """

    name: str
    title: str
    method: str
    path: str
    status: int
    prepare: Callable[[Any, str], None]
    tables: tuple[str, ...]
    checks: tuple[Check, ...]
    body: Any = None
    volatile: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def request(self, token: str) -> tuple[str, str | None]:
        """The request as text, cut where the counter belongs; the second part is None when it has none."""
        head = [f"{self.method} {self.path} HTTP/1.1", "host: 127.0.0.1", f"authorization: Bearer {token}"]
        if self.body is None:
            return "\r\n".join([*head, "accept: application/json", "", ""]), None
        body = orjson.dumps(self.body).decode()
        head += ["content-type: application/json", f"content-length: {len(body.encode())}"]
        before, mark, after = "\r\n".join([*head, "", body]).partition(COUNTER)
        return before, after if mark else None
