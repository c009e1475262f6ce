"""`pharus serve --uds PATH`: the file of a UNIX socket, for a proxy on the same machine."""

import fcntl
import os
import socket
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from handlers.server import BACKLOG
from pharus.errors import ConfigurationError

# Who runs the server and their group may connect, and nobody else: over the socket X-Forwarded-For is believed.
_MODE = 0o660


@contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """A listening socket, whose file is removed at the end. One that a killed server has left is replaced.

    ConfigurationError when nobody may listen there, somebody does already, or the file is no socket.
    """
    path = path.absolute()
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with _only_one_in(path.parent):
            _remove_stale(path)
            sock.bind(str(path))
            own = path.stat()
            path.chmod(_MODE)
            sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise ConfigurationError(f"Cannot listen on {path}: {error.strerror or error}.") from error
    except ConfigurationError:
        sock.close()
        raise
    sock.set_inheritable(True)
    try:
        yield sock
    finally:
        sock.close()
        with suppress(OSError), _only_one_in(path.parent):
            # Unless another server has it by now.
            if _is_same(path.stat(), own):
                path.unlink()


@contextmanager
def _only_one_in(folder: Path) -> Iterator[None]:
    """Of two servers that start at once, one looks and listens before the other looks."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _remove_stale(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISSOCK(mode):
        raise ConfigurationError(f"Cannot listen on {path}: there is a file of that name, and it is no socket.")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()
            return
    raise ConfigurationError(f"Cannot listen on {path}: another process does.")


def _is_same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_dev, one.st_ino) == (other.st_dev, other.st_ino)
