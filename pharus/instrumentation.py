"""What is measured of the work of a process, and who is told of it.

The kernel and the plugins say what they do here and know nobody who listens. `handlers/telemetry/` installs observers
(metrics, traces) where the settings ask for them; without any, what is said goes nowhere and costs one comparison.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from contextvars import ContextVar
from threading import Lock
from time import perf_counter
from typing import Any, Literal, Protocol
from weakref import WeakSet

from pharus.identity import Actor

# What is counted, each with one label at most.
Event = Literal[
    "ledger_entries",  # written and committed; of which ledger
    "mails",  # sent, or not; with which outcome
    "organizations_purged",
    "plugin_jobs",  # run; with which outcome
    "webhooks",  # sent to a receiver, which took them or not
    "transactions_begun_anew",  # because of which SQLSTATE
]


class Work:
    """One request, from its head to the last byte of its response. It passes through several threads, one at a time."""

    __slots__ = (
        "actor",
        "operation",
        "problem",
        "queue_seconds",
        "request_id",
        "round_trips",
        "rows",
        "sql_seconds",
        "trace_id",
        "waited_seconds",
        "waiting_since",
    )

    def __init__(self, request_id: str) -> None:
        self.request_id = request_id
        # Of the caller's own trace or of ours; empty when neither is known.
        self.trace_id = ""
        self.operation = ""
        # Who it is, once they have been let in.
        self.actor: Actor | None = None
        # The code of the error body that answers it.
        self.problem = ""
        self.round_trips = 0
        self.sql_seconds = 0.0
        # That its statements returned or changed; of several in one round trip, those of the last one.
        self.rows = 0
        self.queue_seconds = 0.0
        # For something that its caller would wait for, with nothing to do.
        self.waited_seconds = 0.0
        self.waiting_since = 0.0

    def wait(self) -> None:
        """From now on it waits for a thread."""
        self.waiting_since = perf_counter()

    def begin(self) -> None:
        """A thread has taken it up."""
        self.queue_seconds += perf_counter() - self.waiting_since


# How the id of a request begins that a tool of an agent has made; the tool's name follows. Nobody else's may.
AGENT = "agent."


def tool_of(request_id: str | None) -> str | None:
    """The tool of an agent that has made the request; None for a request of anybody else."""
    if request_id is None or not request_id.startswith(AGENT):
        return None
    return request_id.removeprefix(AGENT).partition(".")[0]


# The request that is worked on here, in the event loop as in a worker thread; None beside the requests.
current: ContextVar[Work | None] = ContextVar("work", default=None)


def origin(key_hash: str = "") -> str:
    """What the event log has to say of the request that is worked on here: the SHA-256 of its idempotency key, in
    hexadecimal digits, its id, and its operation. A command has no id, and is its own operation."""
    work = current.get()
    return f"{key_hash}||" if work is None else f"{key_hash}|{work.request_id}|{work.operation}"


class Observer(Protocol):
    """Told of everything, by whatever thread it happens on. What it raises would fail the work: it raises nothing."""

    def request_began(self, work: Work, method: str, headers: list[tuple[bytes, bytes]]) -> None: ...

    def request_ended(self, work: Work, method: str, status: int, seconds: float) -> None: ...

    # Whether it is told of statements: there are several in each request.
    wants_statements: bool

    def statement_ended(self, describe: Callable[[], str], seconds: float, error: BaseException | None) -> None:
        """One round trip to PostgreSQL. `describe` makes the text, without values of callers."""

    def step(self, name: str, file: str) -> AbstractContextManager[None]:
        """Entered around what is done with a file."""

    def count(self, event: Event, amount: int, label: str) -> None: ...


# Of this process; set at its start, by `observe`.
observers: tuple[Observer, ...] = ()
statement_observers: tuple[Observer, ...] = ()


_connections: WeakSet[Any] = WeakSet()
_opening = Lock()


def observe(*installed: Observer) -> None:
    """From now on these are told, and no others."""
    global observers, statement_observers
    observers = installed
    statement_observers = tuple(observer for observer in installed if observer.wants_statements)


def count(event: Event, amount: int = 1, label: str = "") -> None:
    """Something that is worth counting has happened."""
    for observer in observers:
        observer.count(event, amount, label)


def step(name: str, file: str) -> AbstractContextManager[None]:
    """Around what is done with a file: it is made, kept, or removed."""
    return _told(name, file) if observers else nullcontext()


@contextmanager
def _told(name: str, file: str) -> Iterator[None]:
    with ExitStack() as stack:
        for observer in observers:
            stack.enter_context(observer.step(name, file))
        yield


def note_connection(connection: Any) -> None:
    """One to PostgreSQL was opened."""
    with _opening:
        _connections.add(connection)


def count_connections() -> int:
    """How many of this process are open."""
    with _opening:
        return sum(not connection.closed for connection in _connections)


def note_operation(id: str) -> None:
    """The request that is worked on here asks for this operation."""
    work = current.get()
    if work is not None:
        work.operation = id


def note_problem(code: str) -> None:
    """The request that is worked on here is answered with this error."""
    work = current.get()
    if work is not None:
        work.problem = code
