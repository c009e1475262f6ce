"""The body of an upload: multipart/form-data, read piece by piece, with the file on the disk and never in memory.

What comes from the socket is parsed and written in threads, a piece at a time, so that the event loop is not held up.
"""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from handlers.http import parsing
from handlers.http.validation import BodyValidator, Schemas
from pharus import openapi
from pharus.errors import (
    ConfigurationError,
    Malformed,
    PayloadTooLarge,
    PharusError,
    Problem,
    ServiceUnavailable,
    UnsupportedMediaType,
)
from pharus.openapi import MULTIPART
from pharus.uploads import Upload

log = logging.getLogger("pharus.uploads")

# One thread call for so many bytes; the socket brings a quarter of it at once.
_PIECE_BYTES = 256 * 1024
_MOST_FIELD_BYTES = 16 * 1024
_MOST_PARTS = 100
# One of them holds the name of the file. Much too long a name is cut later on, and is no reason to refuse the file.
_MOST_HEADER_BYTES = 64 * 1024
# What the body may hold besides its files: fields, boundaries, headers of parts.
_MOST_BYTES_AROUND = 1024 * 1024
# As for other bodies: a caller who still sends gets to read the response only if we keep reading, up to here.
_MOST_BYTES_DISCARDED = 128 * 1024 * 1024
# 10 MB over a slow line take minutes. Nothing but a file on the disk waits with them.
_SECONDS = 600

# What the library says about a bad body the caller hears from us; in the log it would be noise that anybody can make.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


class Form:
    """How one operation reads its body, compiled from the schema of the body at start."""

    def __init__(self, schemas: Schemas, schema: Mapping[str, Any], folder: Path) -> None:
        self._validator = BodyValidator(schemas, schema)
        properties = openapi.dereference(schemas.document, schema)["properties"]
        declared = {name: openapi.dereference(schemas.document, each) for name, each in properties.items()}
        binary = {name: each for name, each in declared.items() if each.get("format") == "binary"}
        for name, each in binary.items():
            if not isinstance(each.get("x-max-bytes"), int):
                raise ConfigurationError(f"The file {name} of a {MULTIPART} body needs an x-max-bytes, a number.")
        # The bytes that each file may have.
        self._files = {name: int(each["x-max-bytes"]) for name, each in binary.items()}
        self._known = frozenset(declared)
        self._folder = folder

    async def read(self, chunks: AsyncIterator[bytes], headers: Mapping[bytes, bytes]) -> "Parts":
        """All parts of the body; the caller closes them. UnsupportedMediaType, Malformed, PayloadTooLarge."""
        parsing.refuse_encoded(headers)
        parts = Parts(_boundary(headers.get(b"content-type")), self._files, self._known, self._folder)
        refusal: PharusError | None = None
        size = 0
        try:
            async with asyncio.timeout(_SECONDS):
                async for piece in _joined(chunks):
                    size += len(piece)
                    if refusal is None:
                        try:
                            await asyncio.to_thread(parts.write, piece)
                        except PharusError as error:
                            refusal = error
                            parts.close()
                        except OSError:
                            log.exception("an upload cannot be written to the disk")
                            refusal = ServiceUnavailable("the server cannot take in files at the moment", 60)
                            parts.close()
                    elif size > _MOST_BYTES_DISCARDED:
                        break
            if refusal is None:
                parts.finish()
        except TimeoutError:
            refusal = Malformed(f"the body did not arrive within {_SECONDS} seconds")
        except BaseException:
            parts.close()
            raise
        if refusal is not None:
            parts.close()
            raise refusal
        return parts

    def body(self, parts: "Parts") -> tuple[dict[str, Any], list[Problem]]:
        """What the handler gets, a text for each field and an Upload for each file, and everything wrong with it."""
        self._validator.convert(parts.values)
        # To the schema a file is some text; what else is wrong with it the parts know.
        texts = {name: "file" if isinstance(value, Upload) else value for name, value in parts.values.items()}
        refused = {problem.path for problem in parts.problems}
        found = [problem for problem in self._validator.problems(texts) if problem.path not in refused]
        found = [*parts.problems, *found]
        return parts.values if found else self._validator.lower_ids(parts.values), found


class Parts:
    """The parts of one body, taken in by `write`."""

    def __init__(self, boundary: bytes, files: Mapping[str, int], known: frozenset[str], folder: Path) -> None:
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self._files, self._known, self._folder = files, known, folder
        self._opened: list[BinaryIO] = []
        self._most = sum(files.values()) + _MOST_BYTES_AROUND
        self._size = self._count = 0
        self._is_whole = False
        self._part = _Part()
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_end,
                "on_headers_finished": self._open,
                "on_part_data": self._data,
                "on_part_end": self._end,
                "on_end": self._whole,
            },
            max_header_size=_MOST_HEADER_BYTES,
        )

    def write(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._most:
            raise PayloadTooLarge(f"the body is larger than {self._most} bytes")
        try:
            self._parser.write(piece)
        except FormParserError:
            raise Malformed(f"the body is no {MULTIPART} of this boundary") from None

    def finish(self) -> None:
        """Malformed when the end is missing."""
        if not self._is_whole:
            raise Malformed("the body ends before its closing boundary")

    def close(self) -> None:
        """Forget the files; nothing of them stays on the disk."""
        for file in self._opened:
            with suppress(OSError):
                file.close()

    # What the parser calls

    def _begin(self) -> None:
        self._count += 1
        if self._count > _MOST_PARTS:
            raise Malformed(f"the body has more than {_MOST_PARTS} parts")
        self._part = _Part()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._part.header_name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._part.header_value += data[start:end]

    def _header_end(self) -> None:
        part = self._part
        name = part.header_name.lower()
        if name in part.headers:
            raise Malformed("a part has the same header twice")
        part.headers[name] = part.header_value
        part.header_name = part.header_value = b""

    def _open(self) -> None:
        """All headers of the part are there: what it is, and where its content goes."""
        part = self._part
        disposition, options = parse_options_header(part.headers.get(b"content-disposition"))
        if disposition != b"form-data" or b"name" not in options:
            raise Malformed("a part has no name: Content-Disposition: form-data; name=…")
        if part.headers.get(b"content-transfer-encoding", b"binary").strip().lower() not in _PLAIN_ENCODINGS:
            raise Malformed("a part is encoded; the parts of a form are sent as they are")
        part.name = _text(options[b"name"])
        pointer = f"/{part.name[:200].replace('~', '~0').replace('/', '~1')}"
        file_name = _text(options[b"filename"]) if b"filename" in options else None
        if part.name in self.values:
            self.problems.append(Problem(pointer, "is given more than once"))
        elif part.name in self._files:
            # Whatever is wrong with it, it is there.
            self.values[part.name] = ""
            if file_name:
                part.file_name = file_name
                part.file = self._new_file()
            else:
                self.problems.append(Problem(pointer, "must be sent as a file, with its name"))
        elif part.name in self._known and file_name is not None:
            self.values[part.name] = ""
            self.problems.append(Problem(pointer, "must be a value, not a file"))
        elif part.name in self._known:
            part.text = bytearray()
        else:
            self.values[part.name] = ""
            self.problems.append(Problem(pointer, "is not known here"))

    def _data(self, data: bytes, start: int, end: int) -> None:
        part = self._part
        part.size += end - start
        if part.file is not None:
            if part.size > self._files[part.name]:
                raise PayloadTooLarge(f"the file is larger than {self._files[part.name]} bytes")
            part.file.write(memoryview(data)[start:end])
        elif part.text is not None:
            if part.size > _MOST_FIELD_BYTES:
                raise PayloadTooLarge(f"a field is larger than {_MOST_FIELD_BYTES} bytes")
            part.text += data[start:end]

    def _end(self) -> None:
        part = self._part
        if part.file is not None:
            media_type = part.headers.get(b"content-type")
            self.values[part.name] = Upload(
                part.file_name, media_type.decode("latin-1") if media_type else None, part.size, part.file
            )
            if part.size == 0:
                self.problems.append(Problem(f"/{part.name}", "must not be empty"))
        elif part.text is not None:
            self.values[part.name] = _text(bytes(part.text))

    def _whole(self) -> None:
        self._is_whole = True

    def _new_file(self) -> BinaryIO:
        """A file without a name: it is gone with the process, however that ends."""
        self._folder.mkdir(parents=True, exist_ok=True)
        file: Any = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - `close` closes it
        self._opened.append(file)
        return file  # type: ignore[no-any-return]


class _Part:
    """The part that is being read."""

    __slots__ = ("file", "file_name", "header_name", "header_value", "headers", "name", "size", "text")

    def __init__(self) -> None:
        self.header_name = self.header_value = b""
        self.headers: dict[bytes, bytes] = {}
        self.name = self.file_name = ""
        self.size = 0
        self.file: BinaryIO | None = None
        self.text: bytearray | None = None


_PLAIN_ENCODINGS = (b"binary", b"8bit", b"7bit")


def _boundary(content_type: bytes | None) -> bytes:
    media_type, options = parse_options_header(content_type)
    if media_type.strip() != MULTIPART.encode():
        raise UnsupportedMediaType(f"the body must be sent as {MULTIPART}")
    boundary = options.get(b"boundary", b"")
    # RFC 2046 allows no more, and no line breaks.
    if not 0 < len(boundary) <= 70 or b"\r" in boundary or b"\n" in boundary:
        raise Malformed(f"the Content-Type names no boundary: {MULTIPART}; boundary=…")
    return boundary


def _text(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("the body is not UTF-8") from None
    if "\0" in text:
        raise Malformed("the body holds a NUL character")
    return text


async def _joined(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same bytes in fewer pieces."""
    waiting: list[bytes] = []
    size = 0
    async for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _PIECE_BYTES:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    yield b"".join(waiting)
