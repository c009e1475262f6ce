"""Markers are found wherever they are in a text."""

from hypothesis import given
from hypothesis import strategies as st

from contract.markers import Markers
from pharus.fields import new_id

_IDS = [new_id() for _ in range(4)]
_MARKERS = [*_IDS, "PO-7000001", "guest@example.com"]
_PIECES = st.lists(st.sampled_from([*_MARKERS, new_id(), "-", "a", "0", "A", '"', "é", *(id[:9] for id in _IDS)]))


@given(_PIECES)
def test_markers_are_those_that_the_text_holds(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert Markers(_MARKERS).found_in(text) == {marker for marker in _MARKERS if marker in text}


def test_id_that_begins_inside_of_another_one_is_found() -> None:
    first = "00000000-0000-4000-8000-0000aaaaaaaa"
    second = "aaaaaaaa-0000-4000-8000-000000000000"
    assert Markers([first, second]).found_in(first + second[8:]) == {first, second}
