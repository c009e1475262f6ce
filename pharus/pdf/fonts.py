"""The shipped fonts: which one draws which characters. `pharus/fonts/README.md` says where they come from.

The first font that has a character draws it. The fonts of single scripts say in which blocks they are asked, so that
only those a document needs are read; the last two are asked for everything else.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pharus.pdf.xhtml2pdf_internals import EmbeddedFont, register

_FOLDER = Path(__file__).parent.parent / "fonts"

# What everything is set in; the only one that is shipped in bold too.
TEXT = "NotoSans"

# Pictures, in black: several characters may make one (a family, a flag), as letters make a ligature.
EMOJI = "NotoEmoji"

# The scripts in everyday use (Unicode Standard Annex 31, tables 5 and 7) that the text font does not have. They need
# shaping: letters that join, stack or change places.
_SCRIPTS = {
    "NotoSansHebrew": "0590-05FF FB1D-FB4F",
    "NotoSansArabic": "0600-06FF 0750-077F 0870-08FF FB50-FDFF FE70-FEFC",
    "NotoSansSyriac": "0700-074F 0860-086F",
    "NotoSansThaana": "0780-07BF",
    "NotoSansNKo": "07C0-07FF",
    "NotoSansMandaic": "0840-085F",
    "NotoSansHanifiRohingya": "10D00-10D3F",
    "NotoSansAdlam": "1E900-1E95F",
    "NotoSansArmenian": "0530-058F FB13-FB17",
    "NotoSansGeorgian": "10A0-10FF 1C90-1CBF 2D00-2D2F",
    "NotoSansDevanagari": "0900-097F A8E0-A8FF 1CD0-1CFF",
    "NotoSansBengali": "0980-09FF",
    "NotoSansGurmukhi": "0A00-0A7F",
    "NotoSansGujarati": "0A80-0AFF",
    "NotoSansOriya": "0B00-0B7F",
    "NotoSansTamil": "0B80-0BFF",
    "NotoSansTelugu": "0C00-0C7F",
    "NotoSansKannada": "0C80-0CFF",
    "NotoSansMalayalam": "0D00-0D7F",
    "NotoSansSinhala": "0D80-0DFF 111E0-111FF",
    "NotoSansThai": "0E00-0E7F",
    "NotoSansLao": "0E80-0EFF",
    "NotoSerifTibetan": "0F00-0FFF",
    "NotoSansMyanmar": "1000-109F A9E0-A9FF AA60-AA7F",
    "NotoSansEthiopic": "1200-139F 2D80-2DDF AB00-AB2F",
    "NotoSansCherokee": "13A0-13FF AB70-ABBF",
    "NotoSansCanadianAboriginal": "1400-167F 18B0-18FF",
    "NotoSansKhmer": "1780-17FF 19E0-19FF",
    "NotoSansMongolian": "1800-18AF",
    "NotoSansLimbu": "1900-194F",
    "NotoSansTaiLe": "1950-197F",
    "NotoSansNewTaiLue": "1980-19DF",
    "NotoSansTaiTham": "1A20-1AAF",
    "NotoSansBalinese": "1B00-1B7F",
    "NotoSansSundanese": "1B80-1BBF 1CC0-1CCF",
    "NotoSansBatak": "1BC0-1BFF",
    "NotoSansLepcha": "1C00-1C4F",
    "NotoSansOlChiki": "1C50-1C7F",
    "NotoSansTifinagh": "2D30-2D7F",
    "NotoSansYi": "A000-A4CF",
    "NotoSansLisu": "A4D0-A4FF",
    "NotoSansVai": "A500-A63F",
    "NotoSansBamum": "A6A0-A6FF 16800-16A3F",
    "NotoSansSylotiNagri": "A800-A82F",
    "NotoSansSaurashtra": "A880-A8DF",
    "NotoSansKayahLi": "A900-A92F",
    "NotoSansJavanese": "A980-A9DF",
    "NotoSansCham": "AA00-AA5F",
    "NotoSansTaiViet": "AA80-AADF",
    "NotoSansMeeteiMayek": "AAE0-AAFF ABC0-ABFF",
    "NotoSansOsage": "104B0-104FF",
    "NotoSansChakma": "11100-1114F",
    "NotoSansNewa": "11400-1147F",
    "NotoSansMiao": "16F00-16F9F",
    "NotoSerifNyiakengPuachueHmong": "1E100-1E14F",
    "NotoSansWancho": "1E2C0-1E2FF",
    EMOJI: "20E0-20EF 2600-27BF 2B00-2BFF 1F000-1FAFF",
}

# Chinese, Japanese, Korean; then symbols.
_OTHERS = ("WenQuanYiMicroHei", "DroidSansFallback", "DejaVuSans")

# Arabic letters of formulas, which DejaVu has: shaping.py has a better use for the characters.
_TAKEN = range(0x1EE00, 0x1EF00)


def font_of(character: str) -> str | None:
    """The name of the font that draws this character; None when none does."""
    script = _scripts().get(ord(character) >> 4)
    category = unicodedata.category(character)
    # Private characters mean something else in every font. Emoji are younger than the tables of Python.
    if category in ("Co", "Cs") or (category == "Cn" and script != EMOJI) or ord(character) in _TAKEN:
        return None
    asked = (TEXT, *([script] if script else []), *_OTHERS)
    return next((name for name in asked if font(name).has(character)), None)


def rank(name: str) -> int:
    """The rank of this font among those that are asked."""
    return (TEXT, *_SCRIPTS, *_OTHERS).index(name)


def is_shaped(name: str) -> bool:
    """Whether this font's letters must be shaped before they are drawn."""
    return name in _SCRIPTS


@cache
def font(name: str) -> EmbeddedFont:
    """A shipped font, known to ReportLab and xhtml2pdf as a family of its name."""
    regular = EmbeddedFont(name, path(name), ascii_readable=name == TEXT)
    bold = f"{TEXT}-Bold"
    register(name, regular, EmbeddedFont(bold, path(bold), ascii_readable=True) if name == TEXT else regular)
    return regular


def path(name: str) -> Path:
    return _FOLDER / f"{name}.ttf"


@cache
def _scripts() -> dict[int, str]:
    """Which script's font is asked, by the first digits of a character: blocks begin and end at multiples of 16."""
    return {row: name for name, blocks in _SCRIPTS.items() for row in _rows(blocks.split())}


def _rows(blocks: Iterable[str]) -> Iterable[int]:
    for block in blocks:
        first, last = block.split("-")
        yield from range(int(first, 16) >> 4, (int(last, 16) >> 4) + 1)
