"""What a request has for a plugin beside what is ours: its part `x-<plugin>`, as the plugin's document describes it.

The server hands the part to the plugin in `extension_given`, once the operation is done; whoever wants it before, in a
hook of the same request, asks here.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_given: ContextVar[Mapping[str, Any]] = ContextVar("extensions", default={})  # noqa: B039 - nobody changes it


def given(plugin: str) -> Any:
    """The part that the request that is worked on has for this plugin, read and validated; None where it has none, and
    beside the requests."""
    return _given.get().get(plugin)


@contextmanager
def of_request(parts: Mapping[str, Any]) -> Iterator[None]:
    """Within, the request has these parts, by plugin."""
    token = _given.set(parts)
    try:
        yield
    finally:
        _given.reset(token)
