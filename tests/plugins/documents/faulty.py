"""`pharus` whose store fails, or whose process is killed, at the step that a file names: a real store, wrapped.

PHARUS_TEST_FAULTS is the file; tests write the names of faults into it, and none of them fails nothing.
"""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from handlers.cli import main
from pharus.storage import LocalStore
from plugins.documents import files

_FAULTS = Path(os.environ["PHARUS_TEST_FAULTS"])


class Failed(Exception):
    pass


def wrap(owner: Any, name: str) -> None:
    """Before and after the function there may be a fault, or the end: `before put`, `kill after put`."""
    function: Callable[..., Any] = getattr(owner, name)

    def wrapped(*arguments: Any) -> Any:
        _meet(f"before {name}")
        result = function(*arguments)
        _meet(f"after {name}")
        return result

    setattr(owner, name, wrapped)


def _meet(point: str) -> None:
    faults = _FAULTS.read_text().splitlines()
    if f"kill {point}" in faults:
        os.kill(os.getpid(), signal.SIGKILL)
    if point in faults:
        raise Failed(point)


wrap(LocalStore, "put")
wrap(LocalStore, "delete")
wrap(Path, "replace")
wrap(files, "_put")
wrap(files, "_show")
wrap(files, "_undo")

if __name__ == "__main__":
    main()
