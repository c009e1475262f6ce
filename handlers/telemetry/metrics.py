"""What Prometheus reads of this server: names, labels and meanings. docs/operations/watch.md lists them for people.

Each request is counted once, when it has been answered, from what its `Work` has gathered on the way. What is a state
and not an event (who waits, who is open) is looked at by `handlers/telemetry/sampling.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from time import perf_counter
from typing import Literal

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from pharus.instrumentation import Event, Work

_REQUEST_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_QUEUE_SECONDS = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30)
_FILE_SECONDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

# What is asked for at no path of the document: health, reference page, links to files, and what does not exist.
_NO_OPERATION = "none"
# Operations and statuses are few; methods and paths, which callers invent, are no labels.
_MOST_SERIES = 4096

# How the processes of one server are put together: they add up, or say the same.
Together = Literal["livesum", "livemax", "livemin"]


class Metrics:
    """The observer that counts. One in each process that serves."""

    wants_statements = False

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry
        operation = ["operation"]
        requests = Counter(
            "pharus_requests", "Requests answered; status 0: nobody waited.", [*operation, "status"], registry=registry
        )
        seconds = Histogram(
            "pharus_request_seconds",
            "From the head of a request to the end of its response.",
            operation,
            buckets=_REQUEST_SECONDS,
            registry=registry,
        )
        round_trips = Counter("pharus_sql_round_trips", "Round trips to PostgreSQL.", operation, registry=registry)
        sql_seconds = Counter("pharus_sql_seconds", "Time spent waiting for PostgreSQL.", operation, registry=registry)
        self._queue_seconds = Histogram(
            "pharus_queue_seconds",
            "What a request waits for a worker thread.",
            buckets=_QUEUE_SECONDS,
            registry=registry,
        )
        self._files = Histogram(
            "pharus_file_seconds",
            "What is done with files: made (PDFs), kept, removed.",
            ["step"],
            buckets=_FILE_SECONDS,
            registry=registry,
        )
        self._file_failures = Counter("pharus_file_failures", "What could not be done.", ["step"], registry=registry)
        self._events: dict[Event, Counter] = {
            "ledger_entries": Counter(
                "pharus_ledger_entries", "Entries committed to a ledger.", ["ledger"], registry=registry
            ),
            "webhooks": Counter("pharus_webhooks", "Webhooks delivered or failed.", ["outcome"], registry=registry),
            "mails": Counter("pharus_mails", "Mails sent, failed or dropped.", ["outcome"], registry=registry),
            "organizations_purged": Counter(
                "pharus_organizations_purged", "Deleted organizations whose rows are gone.", registry=registry
            ),
            "plugin_jobs": Counter(
                "pharus_plugin_jobs", "Jobs of plugins done, failed or given up.", ["outcome"], registry=registry
            ),
            "transactions_begun_anew": Counter(
                "pharus_transactions_begun_anew",
                "Transactions that others were in the way of.",
                ["sqlstate"],
                registry=registry,
            ),
        }
        # To find a series takes the library longer than to count in it.
        self._of_status = lru_cache(_MOST_SERIES)(requests.labels)
        self._of_operation = lru_cache(_MOST_SERIES)(
            lambda id: (seconds.labels(id), round_trips.labels(id), sql_seconds.labels(id))
        )

    def gauge(self, name: str, meaning: str, together: Together = "livesum") -> Gauge:
        """A state, of all processes together."""
        return Gauge(f"pharus_{name}", meaning, registry=self._registry, multiprocess_mode=together)

    def counter(self, name: str, meaning: str) -> Counter:
        return Counter(f"pharus_{name}", meaning, registry=self._registry)

    # What an observer is told

    def request_began(self, work: Work, method: str, headers: list[tuple[bytes, bytes]]) -> None:
        return

    def request_ended(self, work: Work, method: str, status: int, seconds: float) -> None:
        operation = work.operation or _NO_OPERATION
        self._of_status(operation, status).inc()
        taken, round_trips, sql_seconds = self._of_operation(operation)
        taken.observe(seconds)
        if work.round_trips:
            round_trips.inc(work.round_trips)
            sql_seconds.inc(work.sql_seconds)
        if work.waiting_since:
            self._queue_seconds.observe(work.queue_seconds)

    def statement_ended(self, describe: object, seconds: float, error: BaseException | None) -> None:
        return

    @contextmanager
    def step(self, name: str, file: str) -> Iterator[None]:
        started = perf_counter()
        try:
            yield
        except Exception:
            self._file_failures.labels(name).inc()
            raise
        finally:
            self._files.labels(name).observe(perf_counter() - started)

    def count(self, event: Event, amount: int, label: str) -> None:
        counter = self._events[event]
        (counter.labels(label) if label else counter).inc(amount)
