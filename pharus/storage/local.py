"""Files in a folder of this machine. Servers on several machines need a folder that they share."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from pharus.fields import new_id
from pharus.storage import links

# Where the server answers to a link; `handlers/http/downloads.py` does.
FILES_PATH = "/api/files"

_PIECE_BYTES = 1024 * 1024
_FOLDER_MODE = 0o700
# A copy that is older than this belongs to a process that has ended.
_LEFT_BEHIND_SECONDS = 3600
# A folder that has become empty goes, and may do so just as somebody puts a file into it.
_ATTEMPTS = 10


class LocalStore:
    """`address` is where clients reach the server: links begin with it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder = folder
        self._incoming = folder / ".incoming"
        self._address = address.rstrip("/")
        self._id: str | None = None

    @property
    def id(self) -> str:
        """Kept in a file of the folder; the first who needs it makes it."""
        if self._id is None:
            self.folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            file = self.folder / ".id"
            if not file.exists():
                with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix=".") as made:
                    made.write(f"folder:{new_id()}")
                    made.flush()
                    os.fsync(made.fileno())
                    # Another process may be first; a link never takes the place of a file.
                    with suppress(FileExistsError):
                        file.hardlink_to(made.name)
                _sync(self.folder)
            self._id = file.read_text()
        return self._id

    def put(self, path: str, content: BinaryIO, media_type: str) -> None:
        """A copy, on the disk as a whole, is renamed; then the folders are on the disk as well."""
        target = self.file(path)
        self._incoming.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        content.seek(0)
        with tempfile.NamedTemporaryFile(dir=self._incoming, delete=False) as copy:
            try:
                shutil.copyfileobj(content, copy, _PIECE_BYTES)
                copy.flush()
                os.fsync(copy.fileno())
                _rename(Path(copy.name), target)
            except BaseException:
                Path(copy.name).unlink(missing_ok=True)
                raise
        for folder in self._folders_of(target):
            _sync(folder)

    def get(self, path: str, target: BinaryIO) -> None:
        with self.file(path).open("rb") as opened:
            shutil.copyfileobj(opened, target, _PIECE_BYTES)

    def delete(self, path: str) -> None:
        target = self.file(path.removesuffix("/"))
        if path.endswith("/"):
            # Another process may be at the same: what it has taken under our hands is gone, which is all we want.
            while target.exists():
                with suppress(FileNotFoundError):
                    shutil.rmtree(target)
        else:
            target.unlink(missing_ok=True)
        for folder in self._folders_of(target):
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                # Not empty: what was deleted must not come back after a loss of power.
                _sync(folder)
                return
        _sync(self.folder)

    def url(self, path: str, name: str, media_type: str, expires: datetime) -> str:
        return f"{self._address}{FILES_PATH}/{links.write(links.Link(path, name, media_type), expires)}"

    def paths(self, below: str = "") -> Iterator[str]:
        for folder, folders, files in os.walk(self.folder.joinpath(*below.split("/")[:-1])):
            # What begins with a dot is the store's own.
            folders[:] = [name for name in folders if not name.startswith(".")]
            for file in files:
                path = Path(folder, file).relative_to(self.folder).as_posix()
                if path.startswith(below) and not file.startswith("."):
                    yield path

    def tidy(self) -> None:
        if not self._incoming.exists():
            return
        for copy in self._incoming.iterdir():
            try:
                if copy.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS:
                    copy.unlink()
            except FileNotFoundError:
                continue

    def file(self, path: str) -> Path:
        """Where the file of this path lies. ValueError for a path that leads out of the folder, or into its middle."""
        parts = path.split("/")
        if any(part == "" or part.startswith(".") or "\0" in part or "\\" in part for part in parts):
            raise ValueError(f"{path!r} is no path of a store")
        return self.folder.joinpath(*parts)

    def _folders_of(self, target: Path) -> list[Path]:
        """From the file's own one up, this store's own folder left out."""
        return [folder for folder in target.parents if folder != self.folder and folder.is_relative_to(self.folder)]


def _rename(copy: Path, target: Path) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            target.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            copy.replace(target)
        except (FileExistsError, FileNotFoundError):
            # The folder has gone between two of these steps.
            if attempt == _ATTEMPTS:
                raise
        else:
            return


def _sync(folder: Path) -> None:
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        # Somebody else has removed it, and with it all that was in it.
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
