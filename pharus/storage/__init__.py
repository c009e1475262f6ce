"""Where files are kept: in a folder of this machine, or in a bucket of Google Cloud Storage.

Both speak of the same `Store`, and `create_store` is the only place that knows which one runs. A path names a file in
either of them, with `/` between its parts.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Protocol

from pharus.config import Settings
from pharus.errors import ConfigurationError
from pharus.storage.local import LocalStore

__all__ = ["LocalStore", "Store", "create_store", "install", "store"]


class Store(Protocol):
    """Any method raises whatever the disk or the network raises; what was asked for may then be done or not."""

    @property
    def id(self) -> str:
        """The same for every process that reaches these files, and for no other."""

    def put(self, path: str, content: BinaryIO, media_type: str) -> None:
        """Keep the content, from its beginning. It is seen at the path once it is whole, and never in part."""

    def get(self, path: str, target: BinaryIO) -> None:
        """Write the content of the file into the target. FileNotFoundError when it is not there."""

    def delete(self, path: str) -> None:
        """Delete the file, or with a `/` at the end of the path every file below it. One that is not there is fine."""

    def url(self, path: str, name: str, media_type: str, expires: datetime) -> str:
        """Where anybody may download the file until then, under this name."""

    def paths(self, below: str = "") -> Iterator[str]:
        """The paths of all files that begin so."""

    def tidy(self) -> None:
        """Remove what interrupted work has left behind."""


def create_store(settings: Settings) -> Store:
    """The store that `settings.storage` names. ConfigurationError when it cannot be used as it is configured."""
    if settings.storage == "local":
        return LocalStore(settings.data / "documents", settings.api_url)
    if not settings.storage_bucket:
        raise ConfigurationError("PHARUS_STORAGE_BUCKET is missing; PHARUS_STORAGE=gcs needs the name of the bucket.")
    # The libraries of Google cost a quarter of a second and 30 MB, which a server with a folder need not pay.
    from pharus.storage.gcs import GcsStore

    return GcsStore(settings.storage_bucket, settings.firebase_project)


_installed: Store | None = None


def install(chosen: Store) -> None:
    """Make this the store of the process. Done once at start."""
    global _installed
    _installed = chosen


def store() -> Store:
    if _installed is None:
        raise RuntimeError("no store is installed yet")
    return _installed
