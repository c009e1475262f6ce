import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.http import body_limits
from handlers.http.body_limits import MOST_DEPTH, MOST_STRETCH_BYTES, MOST_VALUES, refuse_excess, refuse_stretches
from pharus.errors import Malformed, PayloadTooLarge

pytestmark = pytest.mark.no_database

# Texts that look like structure.
_TEXTS = st.text(st.sampled_from('[]{},"\\:a'), max_size=8)
_VALUES = st.recursive(
    st.none() | st.integers(0, 9) | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_depth_ends_at_the_limit(opening: bytes, closing: bytes) -> None:
    refuse_excess(opening * MOST_DEPTH + b"1" + closing * MOST_DEPTH)
    with pytest.raises(Malformed, match="nested too deeply"):
        refuse_excess(opening * (MOST_DEPTH + 1) + b"1" + closing * (MOST_DEPTH + 1))


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a":' * 100_000, b'{"a":[' * 100_000, b'["[]",' * 100_000])
def test_levels_that_never_close_are_deep(body: bytes) -> None:
    with pytest.raises(Malformed):
        refuse_excess(body)


@given(_VALUES, st.integers(0, 2), st.integers(MOST_DEPTH - 3, MOST_DEPTH + 3))
def test_depth_is_that_of_the_value_whatever_its_texts_hold(value: Any, beside: int, levels: int) -> None:
    for _ in range(levels):
        value = [*["[]"] * beside, value]
    body = json.dumps(value).encode()
    if _depth(value) > MOST_DEPTH:
        with pytest.raises(Malformed):
            refuse_excess(body)
    else:
        refuse_excess(body)


def _depth(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(_depth, inner), default=0)


@pytest.mark.parametrize("entry", [b"0", b'"[,{"', b'"\\""', b'"\\\\"'])
def test_number_of_values_ends_at_the_limit(entry: bytes) -> None:
    # The array itself counts twice, and there is a comma less than there are entries.
    refuse_excess(b"[" + b",".join([entry] * (MOST_VALUES - 1)) + b"]")
    with pytest.raises(PayloadTooLarge):
        refuse_excess(b"[" + b",".join([entry] * MOST_VALUES) + b"]")


def test_objects_and_arrays_count_twice() -> None:
    refuse_excess(b"[" + b",".join([b"{}"] * (MOST_VALUES // 3 - 1)) + b"]")
    with pytest.raises(PayloadTooLarge):
        refuse_excess(b"[" + b",".join([b"{}"] * (MOST_VALUES // 3 + 1)) + b"]")


def test_text_is_one_value_however_much_looks_like_structure_in_it() -> None:
    refuse_excess(b'{"notes":"' + b"[{," * 1_000_000 + b'"}')
    refuse_excess(b'{"notes":"' + b'\\",[' * 1_000_000 + b'"}')


_MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    "body",
    [
        b'{"name":"' + b"x" * 2 * _MEGABYTE + b'"}',
        b'{"name":"' + b"}" * 2 * _MEGABYTE + b'"}',
        b'{"name":"' + b'\\"}' * _MEGABYTE + b'"}',
        b'{"name":"' + b"\\\\" * _MEGABYTE + b'"}',
        b'{"name":"' + b"\\" * 2 * _MEGABYTE,
        b'{"' + b"x" * 2 * _MEGABYTE + b'":1}',
        b" " * 2 * _MEGABYTE + b"{}",
        b"[" + b"1" * 2 * _MEGABYTE + b"]",
        b"[" + b"null," * _MEGABYTE + b"null]",
        b"[" + b'"},{",' * _MEGABYTE + b"null]",
        b'"' * 2 * _MEGABYTE,
    ],
    ids=[
        *("text", "text of ends", "text of marks", "text of strokes", "unfinished", "key", "blanks", "number"),
        *("array", "array of texts", "empty texts"),
    ],
)
def test_what_would_hold_the_parser_too_long_is_refused(body: bytes) -> None:
    with pytest.raises(PayloadTooLarge):
        refuse_stretches([body])
    chunks = [body[start : start + 60_001] for start in range(0, len(body), 60_001)]
    with pytest.raises(PayloadTooLarge):
        refuse_stretches(chunks)


def test_import_of_many_objects_is_not_refused_however_large_it_is() -> None:
    row = {"code": 'a"b\\', "name": "}", "notes": "\u00e9" * 10_000}
    body = json.dumps({"rows": [row] * 130}).encode()
    assert len(body) > 7 * _MEGABYTE
    refuse_stretches([body])


@given(
    _VALUES,
    _VALUES,
    st.sampled_from(["x", "}", '"', "\\", '\\"}']),
    st.integers(0, 60),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_stretch_is_that_between_two_ends_of_objects_whatever_the_pieces(
    before: Any, behind: Any, character: str, times: int, chunk: int, piece: int
) -> None:
    body = json.dumps([before, {"a": character * times}, behind]).encode()
    longest = _longest_stretch(body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body_limits, "_PIECE_BYTES", piece)
        patch.setattr(body_limits, "MOST_STRETCH_BYTES", longest)
        chunks = [body[start : start + chunk] for start in range(0, len(body), chunk)]
        refuse_stretches(chunks)
        # Not counted are the rest of the piece with the first end, and the piece with the second.
        patch.setattr(body_limits, "MOST_STRETCH_BYTES", longest - 2 * piece - 2)
        if longest > 2 * piece + 2:
            with pytest.raises(PayloadTooLarge):
                refuse_stretches(chunks)


def _longest_stretch(body: bytes) -> int:
    longest = current = 0
    inside = escaped = False
    for byte in body.decode():
        current += 1
        longest = max(longest, current)
        if escaped:
            escaped = False
        elif byte == "\\":
            escaped = True
        elif byte == '"':
            inside = not inside
        elif byte == "}" and not inside:
            current = 0
    return longest


def test_largest_object_of_the_document_fits_into_a_stretch() -> None:
    row = {f"text{number}": "\U0001f9fc" * 10_000 for number in range(8)}
    assert len(json.dumps(row)) < MOST_STRETCH_BYTES
