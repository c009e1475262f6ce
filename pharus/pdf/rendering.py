"""HTML → PDF: composes the document in characters and fonts that xhtml2pdf draws right. For worker processes only."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from operator import itemgetter

from pharus.invisible import is_ignorable
from pharus.pdf import fonts
from pharus.pdf.shaping import Shaper, Slots
from pharus.pdf.xhtml2pdf_internals import print_pages, register, unregister

_REPLACEMENT = "\ufffd"
_KEYCAP = "\N{COMBINING ENCLOSING KEYCAP}"

# Characters without a shape that say how those around them join, or which of its shapes the one before has; outside
# of a shaped word they mean nothing.
_JOINERS = "\u034f\u180b-\u180f\u200c\u200d\ufe00-\ufe0f"
# Characters without a shape that the renderer understands: spaces, and what keeps one text's direction from another's.
_KEPT = "\t\n\r\u2066\u2067\u2068\u2069"

# What is no text: tags with their attributes, the title (which goes into the file's properties), styles.
_MARKUP = r"(?is:<title\b.*?</title>|<style\b.*?</style>|<[^>]*>)"

# A font that is made for one document has a name of its own: xhtml2pdf remembers by name what a font can draw.
_made = itertools.count(1)


def render(html: str) -> bytes:
    """The PDF of an HTML document. A character that no font has is drawn as the letters it is a form of, or as U+FFFD.

    RuntimeError when it cannot be made; xhtml2pdf's own errors go through.
    """
    with _composed(html) as (composed, families):
        return print_pages(composed, families)


@contextmanager
def _composed(html: str) -> Iterator[tuple[str, list[str]]]:
    """The document in characters that can be drawn one after another, and the font families that draw them."""
    characters = set(html)
    drawn_by = {each: fonts.font_of(each) for each in characters if not _is_invisible(each)}
    html = html.translate({ord(each): _substitute(each) for each, name in drawn_by.items() if name is None})
    families = sorted({fonts.TEXT, *(name or fonts.TEXT for name in drawn_by.values())}, key=fonts.rank)
    slots = Slots()
    shapers = {name: Shaper(name, slots) for name in families}
    html = _shaped(html, {each: shapers[name] for each, name in drawn_by.items() if name is not None})
    html = html.translate({ord(each): None for each in characters if _is_invisible(each) and each not in _KEPT})
    made = {f"{name}-{next(_made)}": shaper for name, shaper in shapers.items() if shaper.is_used}
    try:
        for name, shaper in made.items():
            font = shaper.font(name)
            register(name, font, font)
        yield html, [*families, *made]
    finally:
        for name in made:
            unregister(name)


def _shaped(html: str, shapers: Mapping[str, Shaper]) -> str:
    """The document with those words shaped that need it: of a script's own font, or a letter with marks on it."""
    letters = [each for each in shapers if _is_shaped(each, shapers[each].name)]
    marks = [each for each in shapers if each not in letters and _category(each) == "M"]
    words = [rf"[{_set(letters)}][{_set(letters)}{_JOINERS}]*"] if letters else []
    words += [rf"\w[{_set(marks)}]+"] if marks else []
    # A digit in a key: the one emoji that begins with a character of texts.
    words = [rf"[0-9#*]\ufe0f?{_KEYCAP}", *words] if _KEYCAP in shapers else words
    if not words:
        return html

    def shape(found: re.Match[str]) -> str:
        if found[0][0] == "<":
            return found[0]
        if found[0][-1] == _KEYCAP:
            return shapers[_KEYCAP].shape(found[0])
        parts = itertools.groupby(_with_shaper(found[0], shapers), key=itemgetter(0))
        return "".join(shaper.shape("".join(each for _, each in part)) for shaper, part in parts)

    return re.sub("|".join((_MARKUP, *words)), shape, html)


def _with_shaper(word: str, shapers: Mapping[str, Shaper]) -> Iterator[tuple[Shaper, str]]:
    """Each character with its shaper: a joiner goes with the letter before it, one that comes first with the next."""
    shaper = next(shapers[each] for each in word if each in shapers)
    for each in word:
        shaper = shapers.get(each, shaper)
        yield shaper, each


def _substitute(character: str) -> str:
    """What is drawn for a character that no font has: the letters it stands for, as of the bold ones of formulas."""
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if compatible.isascii() and compatible.isalnum() else _REPLACEMENT


def _is_shaped(character: str, font: str) -> bool:
    return font == fonts.EMOJI or (fonts.is_shaped(font) and _category(character) in "LM")


def _category(character: str) -> str:
    return unicodedata.category(character)[0]


def _set(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, characters))


def _is_invisible(character: str) -> bool:
    """Controls, formats, fillers, and what chooses between the shapes of a character."""
    return unicodedata.category(character) in ("Cc", "Cf") or is_ignorable(character)
