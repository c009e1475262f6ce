"""Scripts whose letters join, stack or change places, for a renderer that draws one character after another.

HarfBuzz lays out each word with its font. What it makes of a cluster of letters (a syllable, a letter with its marks,
a ligature) becomes one glyph in a font of the document's own; in the text, one character replaces the
cluster, its slot. So lines break between clusters only, widths are right, and the renderer puts clusters in
right-to-left order as it does letters.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import uharfbuzz as hb

from pharus.pdf import fonts
from pharus.pdf.composition import Glyph, Shape, compose
from pharus.pdf.xhtml2pdf_internals import EmbeddedFont

# Characters that may replace a cluster, by the direction in which its letters run: when a line is put in order, a
# slot must go where the letters would. No shipped font has any of them.
_SLOTS = {
    "L": [(0xE000, 0xF8FF)],
    "R": [(0x10800, 0x10CFF)],
    "AL": [(0x10EC0, 0x10EFF), (0x10F30, 0x10F6F), (0x1EC70, 0x1ECBF), (0x1ED00, 0x1ED4F), (0x1EE00, 0x1EEFF)],
}

# Unicode's combining class of the sign that takes away a letter's vowel.
_VIRAMA = 9

# A letter with all that belongs to it is shorter and narrower in every script. What is not is drawn in pieces, each on
# its own: a line breaks between them, and no glyph can be as wide as sixty syllables.
_LONGEST = 16
_WIDEST_EMS = 8


class Cluster(NamedTuple):
    text: str
    shape: Shape

    @property
    def direction(self) -> str:
        """How its first letter runs. A mark alone runs to the right: HarfBuzz draws it on a circle."""
        return next((each for each in map(unicodedata.bidirectional, self.text) if each in _SLOTS), "L")


class Slots:
    """The slots of one document, each given away once."""

    def __init__(self) -> None:
        self._free = {direction: _characters(direction) for direction in _SLOTS}

    def take(self, direction: str) -> str | None:
        return next(self._free[direction], None)


class Shaper:
    """The clusters of one font in one document."""

    def __init__(self, name: str, slots: Slots) -> None:
        self.name = name
        self._slots = slots
        self._words: dict[str, str] = {}
        self._taken: dict[Cluster, str] = {}

    @property
    def is_used(self) -> bool:
        return bool(self._taken)

    def shape(self, word: str) -> str:
        """The word with a slot for each cluster; the word as it is when the document has used up all slots."""
        if word not in self._words:
            self._words[word] = self._shape(word)
        return self._words[word]

    def font(self, name: str) -> EmbeddedFont:
        """The font that draws the slots given away so far."""
        shapes = {ord(slot): cluster.shape for cluster, slot in self._taken.items()}
        texts = {ord(slot): cluster.text for cluster, slot in self._taken.items()}
        return EmbeddedFont(name, compose(fonts.path(self.name), shapes), ascii_readable=False, texts=texts)

    def _shape(self, word: str) -> str:
        slots: list[str] = []
        for cluster in clusters(self.name, word):
            slot = self._taken.get(cluster) or self._slots.take(cluster.direction)
            if slot is None:
                return word
            self._taken[cluster] = slot
            slots.append(slot)
        return "".join(slots)


def clusters(name: str, word: str) -> list[Cluster]:
    """The clusters of a word set in this font, in the order in which they are read. What is not drawn is in none."""
    found: list[Cluster] = []
    for cluster in _shaped(name, word):
        # A letter whose vowel is taken away begins a conjunct with the next one; no line breaks inside of it.
        joins = bool(found) and _belong_together(found[-1].text, cluster.text)
        found += _pieces(name, _joined(found.pop(), cluster) if joins else cluster)
    return found


def _pieces(name: str, cluster: Cluster) -> Iterator[Cluster]:
    text, shape = cluster
    widest = _WIDEST_EMS * _font(name).face.upem
    is_wide = shape.advance > widest or any(abs(glyph.x) > widest for glyph in shape.glyphs)
    if len(text) == 1 or (len(text) <= _LONGEST and not is_wide):
        yield cluster
        return
    length = min(_LONGEST, len(text) // 2)
    for start in range(0, len(text), length):
        for piece in _shaped(name, text[start : start + length]):
            yield from _pieces(name, piece)


def _shaped(name: str, word: str) -> Iterator[Cluster]:
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    font = _font(name)
    hb.shape(font, buffer)
    # HarfBuzz names each glyph's cluster by the letter it begins with. The glyphs of one are adjacent.
    highest = font.face.upem
    glyphs: dict[int, list[Glyph]] = {}
    advances: dict[int, int] = {}
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen = advances.setdefault(info.cluster, 0)
        drawn = glyphs.setdefault(info.cluster, [])
        # Marks on marks on marks climb over the lines above and below. No script needs this many.
        if abs(position.y_offset) <= highest:
            drawn.append(Glyph(info.codepoint, pen + position.x_offset, position.y_offset))
        advances[info.cluster] = pen + position.x_advance
    for start, end in pairwise([*sorted(glyphs), len(word)]):
        yield Cluster(word[start:end], Shape(tuple(glyphs[start]), advances[start]))


def _belong_together(first: str, second: str) -> bool:
    return unicodedata.combining(first[-1]) == _VIRAMA and len(first) + len(second) <= _LONGEST


def _joined(first: Cluster, second: Cluster) -> Cluster:
    advance = first.shape.advance
    moved = (Glyph(glyph.id, glyph.x + advance, glyph.y) for glyph in second.shape.glyphs)
    return Cluster(first.text + second.text, Shape((*first.shape.glyphs, *moved), advance + second.shape.advance))


@cache
def _font(name: str) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(fonts.path(name)))))


def _characters(direction: str) -> Iterator[str]:
    for first, last in _SLOTS[direction]:
        for character in map(chr, range(first, last + 1)):
            # In these ranges a character that Unicode has not assigned yet runs like the others.
            if unicodedata.bidirectional(character) in ("", direction):
                yield character
