"""The files: `NNNN_name.sql` in the folder `migrations` of a package: the kernel's, then each plugin's."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from pharus.errors import ConfigurationError
from pharus.migrations import compatibility


@dataclass(frozen=True, slots=True)
class Migration:
    """`prefix` is what the tables must begin with that it makes or changes; None for ours, which may do anything."""

    source: str
    name: str
    sql: str
    prefix: str | None = None

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()

    @property
    def old_servers_work(self) -> bool:
        """Whether servers that do not know it go on working once it is applied."""
        return not compatibility.breaks_old_servers(self.sql)


def read(sources: Sequence[str], prefixes: Mapping[str, str] | None = None) -> list[Migration]:
    """All migrations of the packages named (`pharus`, `plugins.vendors`, …), in the order they are applied.

    `prefixes` says what the tables of the packages of others begin with.
    """
    return [migration for source in sources for migration in _read_source(source, (prefixes or {}).get(source))]


def _read_source(source: str, prefix: str | None) -> list[Migration]:
    folder: Traversable = files(source) / "migrations"
    if not folder.is_dir():
        return []
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    for entry in found:
        if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", entry.name):
            raise ConfigurationError(f"The migration {entry.name} of {source} must be named NNNN_name.sql.")
    return [Migration(source, entry.name, entry.read_text(encoding="utf-8"), prefix) for entry in found]
