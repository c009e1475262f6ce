"""manifest.json: what a backup holds, by name, size and checksum. It is written last: without it nothing is whole."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pharus.errors import ConfigurationError

FORMAT = 1
DUMP = "database.dump"
FILES = "files"

_NAME = "manifest.json"
_PIECE_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Content:
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`server` and `pg_dump` are major versions of PostgreSQL; `settings` are those of the database and of the roles in
    it: role or None, and `name=value`. `functions` are those that belong to a role of ours."""

    pharus: str
    made_at: str
    server: int
    pg_dump: int
    migrations: Sequence[tuple[str, str]]
    tables: Mapping[str, int]
    settings: Sequence[tuple[str | None, str]]
    functions: Mapping[str, str]
    database: Content
    files: Mapping[str, Content]

    def write(self, folder: Path) -> None:
        text = json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)
        (folder / _NAME).write_text(text + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of the backup in the folder, whose every file is what it says. ConfigurationError when not."""
    try:
        values: dict[str, Any] = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        if values.pop("format") != FORMAT:
            raise ConfigurationError("The backup was made by a later version of Pharus, in another format.")
        values["database"] = Content(**values["database"])
        values["files"] = {path: Content(**content) for path, content in values["files"].items()}
        manifest = Manifest(**values)
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigurationError(f"{folder} is no backup: it has no {_NAME}, which is written last.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"The {_NAME} of the backup cannot be read: {error}.") from error
    for path, content in {DUMP: manifest.database, **_in_files(manifest.files)}.items():
        if not (folder / path).is_file() or content_of(folder / path) != content:
            raise ConfigurationError(f"The backup is damaged: {path} is missing, or not what the manifest says.")
    return manifest


def content_of(file: Path) -> Content:
    digest, size = hashlib.sha256(), 0
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE_BYTES):
            digest.update(piece)
            size += len(piece)
    return Content(size, digest.hexdigest())


def _in_files(files: Mapping[str, Content]) -> dict[str, Content]:
    return {f"{FILES}/{path}": content for path, content in files.items()}
