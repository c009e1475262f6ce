"""/metrics, for Prometheus, on a port of its own: whoever reaches it sees how busy this server is, and nothing else.

With one process the library keeps the numbers in memory. With several (`pharus serve --workers`) each writes its own
into small mapped files, and the process that supervises them adds those up for whoever asks: a scrape that reached one
worker or another by chance would say something else each time (docs/adr/0032).
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pharus.config import Settings
from pharus.errors import ConfigurationError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

# The library's own name; it reads it when it is imported.
_FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def serve(settings: Settings, workers: int) -> None:
    """Answer from now on, on a thread of this process. Before the first worker starts. ConfigurationError when nobody
    may listen there."""
    os.environ.pop(_FOLDER, None)
    if not settings.metrics_port:
        return
    if workers > 1:
        folder = tempfile.mkdtemp(prefix="pharus-metrics-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ[_FOLDER] = folder
    import prometheus_client

    try:
        prometheus_client.start_http_server(settings.metrics_port, settings.metrics_host, registry(workers))
    except OSError as error:
        raise ConfigurationError(
            f"Cannot listen on {settings.metrics_host}, port {settings.metrics_port} (PHARUS_METRICS_PORT): "
            f"{error.strerror or error}."
        ) from error


def registry(workers: int) -> "CollectorRegistry":
    """Where the numbers of this server are found: those of this process, or those of its workers."""
    from prometheus_client import REGISTRY, CollectorRegistry

    if workers == 1:
        return REGISTRY
    found = CollectorRegistry()
    found.register(_Workers(Path(os.environ[_FOLDER])))
    return found


class _Workers:
    """The sum over all workers that there are and, of what has happened, that there ever were."""

    def __init__(self, folder: Path) -> None:
        from prometheus_client import CollectorRegistry, multiprocess

        self._folder = folder
        # It ships no types.
        self._library: Any = multiprocess
        self._collector = self._library.MultiProcessCollector(CollectorRegistry(), str(folder))

    def collect(self) -> "Iterator[Metric]":
        # Whoever has ended holds no thread and no connection any more.
        for pid in {file.stem.rpartition("_")[2] for file in self._folder.glob("gauge_live*.db")}:
            if not _is_running(int(pid)):
                self._library.mark_process_dead(int(pid), str(self._folder))
        yield from self._collector.collect()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
