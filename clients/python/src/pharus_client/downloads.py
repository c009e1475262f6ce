"""Lists and reports as CSV or XLSX files, read as they come: they may be of any length."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, NoReturn, Self, TypeAlias

import httpx

from pharus_client.errors import Unreachable
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Request

Form: TypeAlias = Literal["csv", "xlsx"]


class _Download:
    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer
        said = Message()
        said["Content-Disposition"] = answer.headers.get("Content-Disposition", "")
        # Never a path: it is where somebody may want to write.
        self.name = Path(said.get_filename("")).name.lstrip(".") or "download"
        self.media_type: str = answer.headers.get("Content-Type", "")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        try:
            yield
        except httpx.TransportError as error:
            raise Unreachable(f"GET {self._answer.url}: the file was cut: {error!r}", None) from error


class Download(_Download):
    """A file that is coming, to be read once: by iterating over its bytes, by `read()` or by `save()`.

    Use it as a context manager, which ends the request. What is cut off raises Unreachable.
    """

    def __iter__(self) -> Iterator[bytes]:
        with self._whole():
            yield from self._answer.iter_bytes()

    def read(self) -> bytes:
        return b"".join(self)

    def save(self, path: str | Path | None = None) -> Path:
        """Writes it to `path`, or to its `name` in the current folder. There is nothing under that name before all of
        it has come."""
        with _saving(Path(path or self.name)) as (file, target):
            for part in self:
                file.write(part)
        return target

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._answer.close()


class AsyncDownload(_Download):
    """The same for asyncio."""

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with self._whole():
            async for part in self._answer.aiter_bytes():
                yield part

    async def read(self) -> bytes:
        return b"".join([part async for part in self])

    async def save(self, path: str | Path | None = None) -> Path:
        """Writes it to `path`, or to its `name` in the current folder. There is nothing under that name before all of
        it has come."""
        with _saving(Path(path or self.name)) as (file, target):
            async for part in self:
                file.write(part)
        return target

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._answer.aclose()


@contextmanager
def _saving(target: Path) -> Iterator[tuple[BinaryIO, Path]]:
    part = target.with_name(f"{target.name}.part")
    try:
        with part.open("wb") as file:
            yield file, target
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def asked(
    form: Form, method: Callable[..., object], arguments: Sequence[object], named: Mapping[str, object]
) -> Request:
    """What the method of a list would send, as the request of a file; nothing is sent. TypeError for any other."""
    group: Any = type(getattr(method, "__self__", None))
    if group.__module__.startswith("pharus_client.api."):
        try:
            answer = getattr(group(_Asking()), method.__name__)(*arguments, **named)
            if isinstance(answer, Pages | AsyncPages):
                answer = answer.first()
            if inspect.iscoroutine(answer):
                answer.send(None)
        except _Asked as found:
            if found.request.method == "GET":
                return replace(found.request, query={**found.request.query, "format": form})
    raise TypeError("A file is made of a list or a report: name its method, such as client.vendors.list_vendors.")


class _Asked(Exception):
    def __init__(self, request: Request) -> None:
        self.request = request


class _Asking:
    """In the place of a transport: tells what it is to send."""

    def send(self, request: Request, shape: object) -> NoReturn:
        raise _Asked(request)
