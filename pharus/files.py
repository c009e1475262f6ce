"""An answer that is a file. Who makes it is in `handlers/workers/renderers.py` or `handlers/http/streaming.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def _as_it_is(content: bytes, is_last: bool) -> bytes:
    return content


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a handler returns instead of an answer when its answer is a file that takes long to make.

    `function(*arguments)` gives the file's bytes. It runs in another process once the transaction has committed, so it
    is a function of a module and its arguments are plain data; it has no database and no actor. `name` is what the
    caller's browser saves the file as.
    """

    name: str
    media_type: str
    function: Callable[..., bytes]
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Streamed:
    """What a handler returns instead of an answer when its answer is a file that is too long to be held.

    `part(position)` gives what comes next and the position behind it, None at the end; it begins with None. Each part
    is a unit of work of its own, opened by the same caller, and is sent before the next one is made. `write` makes its
    bytes, behind the unit and once for each part, whether it is the last one.
    """

    name: str
    media_type: str
    part: Callable[[Any], tuple[Any, Any]]
    write: Callable[[Any, bool], bytes] = _as_it_is

    def written(self, part: tuple[Any, Any]) -> tuple[bytes, Any]:
        content, position = part
        return self.write(content, position is None), position
