import unicodedata
from pathlib import Path

import pytest

from pharus.pdf import fonts

pytestmark = pytest.mark.no_database

FOLDER = Path(fonts.path("any")).parent

# Blocks that fonts of 2020 have whole; some scripts have got letters since.
WHOLE = {
    "Latin": [(0x20, 0x7E), (0xA0, 0x24F), (0x1E00, 0x1EFF)],
    "Greek": [(0x386, 0x3CE), (0x1F00, 0x1FBC)],
    "Cyrillic": [(0x400, 0x52F)],
    "Hebrew": [(0x5B0, 0x5EA)],
    "Arabic": [(0x620, 0x6FF)],
    "Devanagari": [(0x900, 0x97F)],
    "Bengali": [(0x985, 0x9E3)],
    "Tamil": [(0xB82, 0xBFA)],
    "Thai": [(0xE01, 0xE5B)],
    "Khmer": [(0x1780, 0x17E9)],
    "Georgian": [(0x10D0, 0x10FF)],
    "Armenian": [(0x531, 0x587)],
    "Ethiopic": [(0x1200, 0x137C)],
    "Hangul": [(0xAC00, 0xD7A3)],
    "Kana": [(0x3041, 0x3094), (0x30A1, 0x30F6)],
    "Han": [(0x3400, 0x4DB5), (0x4E00, 0x9FA5)],
}


def assigned(first: int, last: int) -> list[str]:
    return [chr(code) for code in range(first, last + 1) if unicodedata.category(chr(code)) != "Cn"]


@pytest.mark.parametrize("script", WHOLE)
def test_every_character_of_a_script_has_a_font(script: str) -> None:
    missing = [each for block in WHOLE[script] for each in assigned(*block) if fonts.font_of(each) is None]
    assert missing == []


@pytest.mark.parametrize("name", sorted(file.stem for file in FOLDER.glob("*.ttf") if "Bold" not in file.stem))
def test_font_is_asked_for_the_letters_it_has(name: str) -> None:
    """A wrong block in the table would leave a script without its font, or a font that is never used."""
    letters = [
        chr(code)
        for code in fonts.font(name).face.charToGlyph
        if unicodedata.category(chr(code))[0] == "L" and code > 0x24F
    ]
    if name in ("DejaVuSans", fonts.EMOJI):
        return
    own = [each for each in letters if fonts.font_of(each) == name]
    assert len(own) > len(letters) * 0.6, f"{len(own)} of {len(letters)}"


def test_font_of_letters_and_symbols() -> None:
    drawn_by = {each: fonts.font_of(each) for each in "aЖ€₹א漢한→😀☎\ue000\U00010800\U0001f9f4\U0001fae8\ufffd"}
    assert drawn_by == {
        **dict.fromkeys("aЖ€₹\ufffd", "NotoSans"),
        "א": "NotoSansHebrew",
        **dict.fromkeys("漢한→", "WenQuanYiMicroHei"),
        # The last is younger than Python 3.11's tables.
        **dict.fromkeys("😀☎\U0001f9f4\U0001fae8", "NotoEmoji"),
        **dict.fromkeys("\ue000\U00010800", None),
    }


def test_every_emoji_is_asked_of_the_font_of_emoji() -> None:
    elsewhere = {
        chr(code): fonts.font_of(chr(code))
        for code in fonts.font(fonts.EMOJI).face.charToGlyph
        if 0x1F000 <= code < 0xE0000 and fonts.font_of(chr(code)) != fonts.EMOJI
    }
    assert elsewhere == {}


def test_every_font_comes_with_its_licence() -> None:
    licences = "".join(file.read_text(encoding="utf-8") for file in FOLDER.glob("LICENSE-*.txt"))
    for file in FOLDER.glob("*.ttf"):
        family = "NotoSerif" if file.name.startswith("NotoSerif") else "NotoSans"
        assert file.name in licences or (file.name.startswith(family) and f"{family}*.ttf" in licences)
