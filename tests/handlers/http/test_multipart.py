"""The body of an upload by itself; over a socket it is tried in tests/plugins/documents."""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.http import multipart
from handlers.http.multipart import Form, Parts
from handlers.http.validation import Schemas
from pharus.errors import (
    ConfigurationError,
    Malformed,
    PayloadTooLarge,
    PharusError,
    Problem,
    ServiceUnavailable,
    UnsupportedMediaType,
)
from pharus.uploads import Upload

pytestmark = pytest.mark.no_database

BOUNDARY = "example-boundary"
MOST = 1000
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["file", "kind"],
    "properties": {
        "file": {"type": "string", "format": "binary", "minLength": 1, "x-max-bytes": MOST},
        "kind": {"type": "string", "enum": ["label", "list"]},
        "note": {"type": "string", "maxLength": 20},
    },
}


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return Form(Schemas({}), SCHEMA, tmp_path / "uploads")


def part(disposition: str, content: bytes, *headers: str) -> bytes:
    head = "".join(f"{line}\r\n" for line in (f"Content-Disposition: {disposition}", *headers))
    return f"--{BOUNDARY}\r\n{head}\r\n".encode() + content + b"\r\n"


def field(name: str, value: str) -> bytes:
    return part(f'form-data; name="{name}"', value.encode())


def file(content: bytes = b"soap", name: str = "label.txt", field_name: str = "file", *headers: str) -> bytes:
    return part(f'form-data; name="{field_name}"; filename="{name}"', content, *headers)


def body(*parts: bytes) -> bytes:
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def read(
    form: Form, pieces: Iterable[bytes], content_type: str = f"multipart/form-data; boundary={BOUNDARY}"
) -> tuple[dict[str, Any], list[Problem]]:
    """What the handler would get; an Upload as its name, media type and content. Everything is closed again."""

    async def chunks() -> AsyncIterator[bytes]:
        for piece in pieces:
            yield piece

    async def run() -> Parts:
        return await form.read(chunks(), {b"content-type": content_type.encode("latin-1")})

    parts = asyncio.run(run())
    try:
        values, problems = form.body(parts)
        return {name: _shown(value) for name, value in values.items()}, problems
    finally:
        parts.close()
        assert all(each.closed for each in parts._opened)


def _shown(value: Any) -> Any:
    if not isinstance(value, Upload):
        return value
    value.content.seek(0)
    content = value.content.read()
    assert len(content) == value.size
    return value.name, value.media_type, content


def problems(form: Form, *parts: bytes) -> list[tuple[str, str]]:
    return [tuple(problem) for problem in read(form, [body(*parts)])[1]]


def test_file_without_a_limit_refuses_to_start(tmp_path: Path) -> None:
    schema = {"type": "object", "properties": {"scan": {"type": "string", "format": "binary"}}}
    with pytest.raises(ConfigurationError, match=r"scan .* needs an x-max-bytes"):
        Form(Schemas({}), schema, tmp_path)


def test_parts_come_in_any_order_and_with_whatever_in_them(form: Form) -> None:
    content = b"\r\n--example-boundar\r\n--\0\xff" * 20
    sent = [file(content, "a \u00fc.pdf", "file", "Content-Type: application/pdf"), field("kind", "label")]
    for parts in (sent, sent[::-1]):
        values, found = read(form, [body(*parts)])
        assert found == []
        assert values == {"file": ("a \u00fc.pdf", "application/pdf", content), "kind": "label"}


@given(cuts=st.lists(st.integers(1, 60), min_size=1))
def test_body_is_the_same_in_whatever_pieces_it_comes(cuts: list[int]) -> None:
    content = b"soap\r\n--\r\n\r\n--example" * 3
    whole = body(file(content), field("kind", "list"), field("note", "\u00e9\u20ac"))

    def pieces() -> Iterator[bytes]:
        start = turn = 0
        while start < len(whole):
            end = start + cuts[turn % len(cuts)]
            yield whole[start:end]
            start, turn = end, turn + 1

    folder = Path(tempfile.gettempdir())
    form = Form(Schemas({}), SCHEMA, folder)
    parts = Parts(BOUNDARY.encode(), {"file": MOST}, frozenset(SCHEMA["properties"]), folder)
    for piece in pieces():
        parts.write(piece)
    parts.finish()
    values, found = form.body(parts)
    assert (_shown(values["file"])[2], values["kind"], values["note"], found) == (content, "list", "\u00e9\u20ac", [])
    parts.close()


@pytest.mark.parametrize(
    ("content_type", "error"),
    [
        ("application/json", UnsupportedMediaType),
        ("", UnsupportedMediaType),
        ("multipart/mixed; boundary=x", UnsupportedMediaType),
        ("multipart/form-data", Malformed),
        ("multipart/form-data; boundary=", Malformed),
        ('multipart/form-data; boundary=""', Malformed),
        ("multipart/form-data; boundary=" + "x" * 71, Malformed),
        ("multipart/form-data; boundary=another", Malformed),
    ],
)
def test_content_type_must_name_a_form_and_its_boundary(
    form: Form, content_type: str, error: type[PharusError]
) -> None:
    with pytest.raises(error):
        read(form, [body(file(), field("kind", "label"))], content_type)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no form at all",
        b"--",
        file(),
        body(file())[:-6],
        b"--example-boundary\r\nContent-Disposition: form-data; name=x",
        b"--example-boundary\r\nno header\r\n\r\nx\r\n--example-boundary--",
        b"--example-boundary\r\n\r\nno headers\r\n--example-boundary--",
        body(part("attachment; name=x", b"x")),
        body(part("form-data", b"x")),
        body(part('form-data; name="kind"', b"\xff")),
        body(part('form-data; name="kind"', b"a\0b")),
        body(b'--example-boundary\r\nContent-Disposition: form-data; name="\xff"\r\n\r\nx\r\n'),
        body(b'--example-boundary\r\nContent-Disposition: form-data; name="file"; filename="\xff"\r\n\r\nx\r\n'),
        body(file(name="a\0b.txt")),
        body(file(b"c29hcA==", "a", "file", "Content-Transfer-Encoding: base64")),
        body(file(b"x", "a", "file", "Content-Type: text/plain", "Content-Type: text/html")),
        body(file(b"x", "a" * 70_000)),
        body(*[field(f"f{number}", "") for number in range(101)]),
        b"--example-boundary\r\n" + b"X: y\r\n" * 1000,
    ],
)
def test_body_that_is_no_form_is_malformed_and_leaves_nothing(form: Form, content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Malformed):
        read(form, [content])
    assert list(tmp_path.rglob("*")) in ([], [tmp_path / "uploads"])


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([], [("/file", "is required"), ("/kind", "is required")]),
        ([file()], [("/kind", "is required")]),
        ([field("kind", "label")], [("/file", "is required")]),
        ([file(b""), field("kind", "label")], [("/file", "must not be empty")]),
        ([field("file", "soap"), field("kind", "label")], [("/file", "must be sent as a file, with its name")]),
        ([file(name=""), field("kind", "label")], [("/file", "must be sent as a file, with its name")]),
        ([file(), field("kind", "poster")], [("/kind", "must be one of label, list")]),
        ([file(), file(b"label", field_name="kind")], [("/kind", "must be a value, not a file")]),
        ([file(), field("kind", "label"), field("kind", "list")], [("/kind", "is given more than once")]),
        ([file(), file(), field("kind", "label")], [("/file", "is given more than once")]),
        ([file(), field("kind", "label"), field("colour", "red")], [("/colour", "is not known here")]),
        ([file(), field("kind", "label"), file(field_name="other")], [("/other", "is not known here")]),
        ([file(), field("kind", "label"), field("a/b~", "")], [("/a~1b~0", "is not known here")]),
        ([file(), field("kind", "label"), field("note", "x" * 21)], [("/note", "must have at most 20 characters")]),
    ],
)
def test_what_is_wrong_with_the_parts_is_told_with_its_place(
    form: Form, parts: list[bytes], found: list[tuple[str, str]]
) -> None:
    assert sorted(problems(form, *parts)) == sorted(found)


def test_file_of_the_limit_is_taken_and_one_byte_more_is_too_large(form: Form) -> None:
    values, found = read(form, [body(file(b"x" * MOST), field("kind", "label"))])
    assert (len(values["file"][2]), found) == (MOST, [])
    with pytest.raises(PayloadTooLarge, match="1000"):
        read(form, [body(file(b"x" * (MOST + 1)), field("kind", "label"))])


@pytest.mark.parametrize("part_of_it", [field("kind", "x" * 20_000), file(b"x" * 2_000_000, field_name="other")])
def test_what_is_around_the_file_must_not_be_large_either(form: Form, part_of_it: bytes) -> None:
    with pytest.raises(PayloadTooLarge):
        read(form, [body(part_of_it)])


def test_body_that_is_refused_is_read_to_its_end(form: Form) -> None:
    """So that a client that reads nothing before it has sent all gets its response."""
    left = [b"x" * 1_000_000] * 20

    def pieces() -> Iterator[bytes]:
        yield file(b"x" * (MOST + 1))
        while left:
            yield left.pop()

    with pytest.raises(PayloadTooLarge):
        read(form, pieces())
    assert left == []


def test_body_that_never_ends_is_given_up(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "_MOST_BYTES_DISCARDED", 3_000_000)
    left = [b"x" * 1_000_000] * 20
    with pytest.raises(PayloadTooLarge):
        read(form, itertools.chain([file(b"x" * 2 * MOST)], (left.pop() for _ in range(20))))
    assert left != []


def test_body_that_does_not_arrive_in_time_is_malformed(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multipart, "_SECONDS", 0.05)

    async def run() -> None:
        async def chunks() -> AsyncIterator[bytes]:
            yield file()
            await asyncio.sleep(60)

        await form.read(chunks(), {b"content-type": f"multipart/form-data; boundary={BOUNDARY}".encode()})

    with pytest.raises(Malformed, match="did not arrive"):
        asyncio.run(run())


def test_client_that_goes_leaves_nothing(form: Form, tmp_path: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield file(b"x" * 500)[:-10]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        read(form, pieces())
    assert list(tmp_path.rglob("*")) in ([], [tmp_path / "uploads"])


def test_disk_that_is_full_is_told_to_the_caller_as_trouble_of_the_server(
    form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(multipart.tempfile, "TemporaryFile", refuse)
    with pytest.raises(ServiceUnavailable):
        read(form, [body(file(), field("kind", "label"))])
