import sys
import unicodedata

import pytest

from pharus.invisible import is_ignorable, is_visible

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("character", ["a", "é", "漢", "ก", "1", "-", "→", "😀", "\u0301", "½", "\u1100"])
def test_what_leaves_ink_is_visible(character: str) -> None:
    assert is_visible(character)
    assert not is_ignorable(character)


@pytest.mark.parametrize(
    "character", [" ", "\xa0", "\u2003", "\u3000", "\u2028", "\n", "\x00", "\ud800", "\ue000", "\ufffe", "\u2800"]
)
def test_spaces_and_what_has_no_meaning_are_not_visible(character: str) -> None:
    assert not is_visible(character)


@pytest.mark.parametrize(
    "character",
    [
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u00ad",
        "\u3164",
        "\u115f",
        "\uffa0",
        "\ufe0f",
        "\U000e0041",
        "\U000e0100",
        "\u17b4",
    ],
)
def test_what_a_renderer_draws_nothing_for_is_ignorable(character: str) -> None:
    assert is_ignorable(character)
    assert not is_visible(character)


def test_every_format_character_that_is_drawn_is_none_of_text() -> None:
    """The others belong to numbers, verses and hieroglyphs: they enclose what follows."""
    drawn = [
        character
        for character in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(character) == "Cf" and not is_ignorable(character)
    ]
    names = [unicodedata.name(each) for each in drawn]
    assert all(name.startswith(("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "INTERLINEAR")) for name in names), names
