"""Installs what the settings ask for in a process that serves: metrics, traces, both, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from handlers.telemetry import tracing
from handlers.workers.renderers import Renderers
from handlers.workers.threads import Workers
from pharus import instrumentation, migrations
from pharus.config import Settings
from plugins.platform import outbox, purge

# What is looked at, and what it means, by the name of its metric.
States = Mapping[str, tuple[str, Callable[[], int]]]


class Telemetry:
    """What is told about this process. Nothing of it is imported unless it is asked for."""

    def __init__(self, settings: Settings, document: Mapping[str, Any], states: States, stored: States) -> None:
        """ConfigurationError when traces are asked for and cannot be sent."""
        self._sampler = None
        self._tracing = tracing.create(document)
        observers: list[instrumentation.Observer] = [] if self._tracing is None else [self._tracing]
        if settings.metrics_port:
            import prometheus_client

            from handlers.telemetry.metrics import Metrics
            from handlers.telemetry.sampling import Sampler

            metrics = Metrics(prometheus_client.REGISTRY)
            self._sampler = Sampler(metrics, states, stored)
            observers.append(metrics)
        instrumentation.observe(*observers)

    def start(self) -> None:
        if self._sampler is not None:
            self._sampler.start()

    def close(self, timeout: float) -> None:
        """Send what is still to be sent."""
        if self._sampler is not None:
            self._sampler.close(timeout)
        if self._tracing is not None:
            self._tracing.close(timeout)


def states(workers: Workers, renderers: Renderers) -> States:
    """Of this process."""
    return {
        "queue_waiting": ("Requests that wait for a worker thread.", lambda: workers.waiting),
        "threads_busy": ("Worker threads that work.", lambda: workers.busy),
        "threads": ("Worker threads that there are.", lambda: workers.count),
        "files_waiting": ("Files (PDFs) that wait to be made.", lambda: renderers.waiting),
        "files_running": ("Files (PDFs) that are being made.", lambda: renderers.running),
        "connections": ("Connections of clients that are open.", _connections),
        "database_connections": ("Connections to PostgreSQL that are open.", instrumentation.count_connections),
    }


def stored(known: Sequence[migrations.Migration]) -> States:
    """Of the whole installation, as the database has it."""
    return {
        "migrations_pending": ("Migrations that are not applied.", lambda: len(migrations.pending(known))),
        "mails_waiting": ("Mails that wait to be sent.", outbox.waiting),
        "purges_waiting": ("Deleted organizations that still have rows.", purge.waiting),
    }


def _connections() -> int:
    try:
        from handlers.http.uvicorn_internals import Protocol
    except ImportError:
        # Windows, where nothing bounds and counts them.
        return 0
    return Protocol.count()
