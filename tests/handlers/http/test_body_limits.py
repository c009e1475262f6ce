import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.http.body_limits import MOST_DEPTH, MOST_VALUES, refuse_excess
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
