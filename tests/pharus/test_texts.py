import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.texts import WHITE_SPACE, is_plain, stored

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Soap", "Soap"),
        (" Soap, 50 g\t\n", "Soap, 50 g"),
        ("\xa0\u2003\u3000Café\u2028\x85", "Café"),
        ("Cafe\u0301", "Café"),
        ("\u1112\u1161\u11ab", "한"),
        ("\uff11\uff12", "\uff11\uff12"),
        ("a \xa0 b", "a \xa0 b"),
        ("\u3000", ""),
        # The control characters that Python takes for white space are none.
        ("\x1fa", "\x1fa"),
        ("é\x1f", "é\x1f"),
    ],
)
def test_stored_is_composed_and_trimmed(given: str, kept: str) -> None:
    assert stored(given) == kept


@given(st.text())
def test_stored_is_stored_as_it_is(text: str) -> None:
    once = stored(text)
    assert stored(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip(WHITE_SPACE)


@pytest.mark.parametrize(
    "text",
    [
        "Soap",
        "Přípravek",
        "様品 ㈱",
        "١٢٣ \uff11\uff12",
        "½ ™ №",
        "😀",
        "\U0001fae8",
        # Emoji and words that are spelled with joiners, and what chooses between shapes.
        "👨\u200d👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "👍🏽",
        "👩🏽\u200d🔬",
        "🇩🇪",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cشد",
        "श्\u200dर क्\u200cष",
        "ශ්\u200dරී",
        "葛\U000e0100飾",
        # Alone it is drawn on a circle.
        "\u0301",
        "Braille \u2801\u2800\u2803",
    ],
)
def test_plain_is_what_can_be_seen(text: str) -> None:
    assert is_plain(text)


@pytest.mark.parametrize(
    "character",
    [
        "\x00", "\x07", "\t", "\n", "\x7f", "\x85", "\u2028", "\u2029",
        "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u180e",
        "\u200e", "\u200f", "\u061c", "\u202a", "\u202e", "\u2066", "\u2069",
        "\u115f", "\u1160", "\u3164", "\uffa0", "\u17b4",
        "\U000e0001", "\U000e0041", "\ufff9",
    ],
    ids=lambda character: f"{ord(character):04X}",
)  # fmt: skip
def test_plain_is_nothing_with_what_cannot_be_seen_in_it(character: str) -> None:
    for text in (f"a{character}b", f"é{character}b", f"{character}é", f"é{character}", character):
        assert not is_plain(text), ascii(text)


@pytest.mark.parametrize(
    "text",
    [
        "\u2800",
        "\u2800\u2800",
        "\ue000",
        "\ufffe",
        "\ufe0f",
        "a \ufe0f",
        "\u200d🔥",
        "😀\u200d",
        "ab\u200cc",
        "شa\u200cش",
    ],
)
def test_plain_is_nothing_without_a_visible_character_or_with_a_joiner_that_joins_nothing(text: str) -> None:
    assert not is_plain(text)


def test_nothing_is_asked_of_a_text_that_is_empty() -> None:
    assert is_plain("")


def test_plain_texts_cost_next_to_nothing() -> None:
    texts = [f"Example shea butter, refined, drum of {number} kg" for number in range(20_000)]
    began = time.process_time()
    assert all(is_plain(stored(text)) for text in texts)
    assert (time.process_time() - began) / len(texts) < 5e-6
