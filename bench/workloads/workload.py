"""What a workload says of itself."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, Literal

import orjson

from bench.entities import Shape

# A request has it for a number that differs from run to run; as many digits as the load generator writes.
COUNTER = "#" * 9

# Two digits that take turns, as many as the workload has variants: the last ones of an id, for instance.
VARIANT = "@@"

# Who asks: a member, an administrator, a viewer, a member whose token was revoked, somebody with a token nobody
# issued, or nobody.
Caller = Literal["member", "admin", "viewer", "revoked", "stranger", "nobody"]

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z")


def taken(number: int) -> str:
    """What a later step has for the id that an earlier one's response held, the first taken being 0. As long as an
    id."""
    return f"<taken {number}>".ljust(36, ".")


@dataclass(frozen=True, slots=True)
class Check:
    """One request whose response all peers must agree on, and its status.

    For a refusal the status, the code and the pointers of all problems must agree; the sentences may differ.
    `repeat` sends it twice and compares the second response; `replay` sends it twice, and the second response must be
    the first one, byte for byte, marked as a replay; `follow` asks for the next page as well. `key` is sent as its
    Idempotency-Key.
    """

    name: str
    status: int
    method: str
    path: str
    body: Any = None
    caller: Caller = "member"
    repeat: bool = False
    follow: bool = False
    replay: bool = False
    key: str | None = None

    @property
    def content(self) -> bytes | None:
        """The body as sent; bytes are sent as they are, so that a check can send what is not JSON."""
        return self.body if self.body is None or isinstance(self.body, bytes) else orjson.dumps(self.body)


@dataclass(frozen=True, slots=True)
class Step:
    """One request and the status it is answered with. `takes` are JSON pointers to ids in the response, for the steps
    after it; `key` is its Idempotency-Key."""

    method: str
    path: str
    status: int
    body: Any = None
    takes: tuple[str, ...] = ()
    key: str | None = None

    def text(self, token: str) -> str:
        """The request as it is sent but for what differs from run to run."""
        head = [f"{self.method} {self.path} HTTP/1.1", "host: 127.0.0.1", f"authorization: Bearer {token}"]
        if self.key is not None:
            head.append(f"idempotency-key: {self.key}")
        if self.body is None:
            return "\r\n".join([*head, "accept: application/json", "", ""])
        body = orjson.dumps(self.body).decode()
        head += ["content-type: application/json", f"content-length: {len(body.encode())}"]
        return "\r\n".join([*head, "", body])


@dataclass(frozen=True, slots=True)
class Workload:
    """What is measured: the steps, one after the other, sent by one caller of an organization of its own.

    prepare        brings the organization's rows to where every run starts; it gets a cursor inside the organization
                   and the organization's id
    tables         tables vacuumed and analysed after that
    compared       what of the bodies is compared: the keys which the peers implement
    volatile       keys of a response that differ by nature, with what their values look like
    connections    the only numbers of connections that say something, where not all do
    most_requests  a run ends after as many, where each of them leaves much behind
    baseline       the rows of one request for PostgreSQL's own means: a COPY statement and what it reads, made from the
                   organization's id and a number that differs from call to call
    webhook        the type of the event that each request is delivered as, `<table>.<what has become of it>`
    """

    name: str
    title: str
    steps: tuple[Step, ...]
    prepare: Callable[[Any, str], None]
    tables: tuple[str, ...]
    checks: tuple[Check, ...]
    compared: Shape
    volatile: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    caller: Caller = "member"
    variants: int = 1
    connections: tuple[int, ...] | None = None
    most_requests: int | None = None
    baseline: Callable[[str, int], tuple[str, IO[str]]] | None = None
    webhook: str | None = None

    @property
    def is_write(self) -> bool:
        """Whether it changes something."""
        return any(step.method != "GET" for step in self.steps)


def render(text: bytes, number: int, variants: int, ids: list[bytes]) -> bytes:
    """The request of the run with that number."""
    text = text.replace(COUNTER.encode(), b"%09d" % number).replace(VARIANT.encode(), b"%02d" % (number % variants))
    for number, id in enumerate(ids):
        text = text.replace(taken(number).encode(), id)
    return text


def take(response: Any, pointer: str) -> bytes:
    """The id at a JSON pointer of a parsed response."""
    for part in pointer.split("/")[1:]:
        response = response[int(part)] if isinstance(response, list) else response[part]
    return str(response).encode()
