"""A font of one document's own: glyphs put together of those of a shipped font."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

# What a PDF needs of a font. The tables of shaping have done their work.
_NEEDED = {"GlyphOrder", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post", "glyf", "loca"}


class Glyph(NamedTuple):
    """A glyph of the font, by number, and its position, in the font's units."""

    id: int
    x: int
    y: int


class Shape(NamedTuple):
    """What is drawn as one, and how far from its beginning the next one begins."""

    glyphs: tuple[Glyph, ...]
    advance: int


def compose(file: Path, shapes: Mapping[int, Shape]) -> io.BytesIO:
    """The font with these shapes for these characters, the space between words, and no other characters."""
    made = io.BytesIO()
    with TTFont(file, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        characters = {ord(" "): _space(font)}
        for character, shape in shapes.items():
            characters[character] = _add(font, f"shape{character:X}", shape)
        font["maxp"].maxComponentElements = max((len(shape.glyphs) for shape in shapes.values()), default=0)
        font["maxp"].maxComponentDepth += 1
        for table in set(font.keys()) - _NEEDED:
            del font[table]
        font["cmap"] = newTable("cmap")
        font["cmap"].tableVersion = 0
        font["cmap"].tables = [_table(characters)]
        font.save(made, reorderTables=None)
    made.seek(0)
    return made


def _space(font: TTFont) -> str:
    """The glyph of the space, as wide as between words of letters: the one of emoji is as wide as a picture."""
    name: str = font.getBestCmap()[ord(" ")]
    widest = font["head"].unitsPerEm * 3 // 10
    font["hmtx"][name] = (min(font["hmtx"][name][0], widest), 0)
    return name


def _add(font: TTFont, name: str, shape: Shape) -> str:
    glyf, order = font["glyf"], font.getGlyphOrder()
    pen = TTGlyphPen(glyf)
    for glyph in shape.glyphs:
        if glyf[order[glyph.id]].numberOfContours:
            pen.addComponent(order[glyph.id], (1, 0, 0, 1, glyph.x, glyph.y))
    drawn = pen.glyph()
    drawn.recalcBounds(glyf)
    glyf[name] = drawn
    # The left bearing must be where the drawing begins, or a viewer moves it there.
    font["hmtx"][name] = (max(0, shape.advance), getattr(drawn, "xMin", 0))
    return name


def _table(characters: dict[int, str]) -> CmapSubtable:
    """Full Unicode: some of the characters lie beyond the first 65,536."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language, table.cmap = 3, 10, 0, characters
    return table
