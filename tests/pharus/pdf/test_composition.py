import pytest
from fontTools.ttLib import TTFont

from pharus.pdf import fonts
from pharus.pdf.composition import Glyph, Shape, compose

pytestmark = pytest.mark.no_database

THAI = fonts.path("NotoSansThai")
SLOT = 0xE000


def test_compose_puts_glyphs_where_the_shape_says() -> None:
    source = TTFont(THAI)
    order, cmap = source.getGlyphOrder(), source.getBestCmap()
    consonant, mark = (order.index(cmap[ord(letter)]) for letter in ("ก", "ิ"))
    file = compose(THAI, {SLOT: Shape((Glyph(consonant, 0, 0), Glyph(mark, -7, 42)), 600)})
    made = TTFont(file)
    name = made.getBestCmap()[SLOT]
    # Names of glyphs are not kept in a PDF's font, numbers are.
    parts = [(made.getGlyphID(part.glyphName), part.x, part.y) for part in made["glyf"][name].components]
    assert parts == [(consonant, 0, 0), (mark, -7, 42)]
    advance, bearing = made["hmtx"][name]
    assert (advance, bearing) == (600, made["glyf"][name].xMin)
    assert set(made.getBestCmap()) == {SLOT, ord(" ")}
    assert "GSUB" not in made


def test_compose_narrows_the_space_of_a_font_of_pictures() -> None:
    made = TTFont(compose(fonts.path(fonts.EMOJI), {}))
    assert made["hmtx"][made.getBestCmap()[ord(" ")]][0] <= made["head"].unitsPerEm * 0.3
    assert TTFont(fonts.path(fonts.EMOJI))["hmtx"]["space"][0] > made["head"].unitsPerEm


def test_compose_leaves_out_glyphs_without_a_drawing() -> None:
    source = TTFont(THAI)
    space = source.getGlyphOrder().index(source.getBestCmap()[ord(" ")])
    made = TTFont(compose(THAI, {SLOT: Shape((Glyph(space, 0, 0),), 0)}))
    assert made["glyf"][made.getBestCmap()[SLOT]].numberOfContours == 0
