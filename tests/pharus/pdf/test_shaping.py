import unicodedata

import pytest

from pharus.pdf import fonts, shaping
from pharus.pdf.shaping import Shaper, Slots

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("name", "word", "clusters"),
    [
        ("NotoSansDevanagari", "हिन्दी", ["हि", "न्दी"]),
        ("NotoSansDevanagari", "स्त्री", ["स्त्री"]),
        ("NotoSansThai", "ปั๊มน้ำ", ["ปั๊", "ม", "น้ำ"]),
        ("NotoSansArabic", "سلام", ["س", "لا", "م"]),
        ("NotoSansHebrew", "שָׁלוֹם", ["שָׁ", "ל", "וֹ", "ם"]),
        ("NotoSansKhmer", "ខ្មែរ", ["ខ្មែ", "រ"]),
        ("NotoSans", "ẹ́", ["ẹ́"]),
    ],
)
def test_clusters_are_what_is_read_as_one(name: str, word: str, clusters: list[str]) -> None:
    assert [cluster.text for cluster in shaping.clusters(name, word)] == clusters


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("NotoSansDevanagari", "क्" * 60 + "क"),
        ("NotoSerifTibetan", "ཀ" + "ྐ" * 300),
        ("NotoSansThai", "ก" + "ิ" * 253),
        ("NotoSans", "e" + "\u0301" * 5000),
        ("NotoEmoji", "\U0001f468\u200d" * 100),
    ],
)
def test_clusters_of_what_is_no_syllable_are_short_pieces_of_it_as_high_as_a_line(name: str, word: str) -> None:
    found = shaping.clusters(name, word)
    assert "".join(cluster.text for cluster in found) == word
    assert max(len(cluster.text) for cluster in found) <= 16
    em = fonts.font(name).face.unitsPerEm
    assert max(cluster.shape.advance for cluster in found) <= 8 * em
    assert all(abs(glyph.y) <= em for cluster in found for glyph in cluster.shape.glyphs)


def test_clusters_of_a_word_without_a_shape_are_none() -> None:
    assert shaping.clusters("NotoSansMongolian", "\u180b\u180c") == []


def test_clusters_draw_a_vowel_before_its_consonant_where_the_script_does() -> None:
    [cluster] = shaping.clusters("NotoSansDevanagari", "कि")
    drawn = [glyph.id for glyph in sorted(cluster.shape.glyphs, key=lambda glyph: glyph.x)]
    consonant = fonts.font("NotoSansDevanagari").face.charToGlyph[ord("क")]
    assert drawn.index(consonant) > 0


def test_clusters_of_arabic_take_the_form_of_their_place_in_the_word() -> None:
    shapes = [cluster.shape for cluster in shaping.clusters("NotoSansArabic", "ببب")]
    assert len(set(shapes)) == 3


def test_shape_gives_equal_clusters_one_slot_and_others_another() -> None:
    shaper = Shaper("NotoSansThai", Slots())
    first, second = shaper.shape("กกข"), shaper.shape("ขก")
    assert first[0] == first[1] == second[1]
    assert first[2] == second[0] != first[0]


@pytest.mark.parametrize(("name", "word"), [("NotoSansHebrew", "שלום"), ("NotoSansArabic", "شركة")])
def test_shape_of_letters_that_run_to_the_left_runs_to_the_left(name: str, word: str) -> None:
    slots = Shaper(name, Slots()).shape(word)
    expected = unicodedata.bidirectional(word[0])
    assert {unicodedata.bidirectional(each) or expected for each in slots} == {expected}


def test_shape_leaves_a_word_as_it_is_when_no_slots_are_left() -> None:
    slots = Slots()
    while slots.take("AL"):
        pass
    shaper = Shaper("NotoSansArabic", slots)
    assert shaper.shape("شركة") == "شركة"


def test_slots_are_many_and_no_shipped_font_has_them() -> None:
    for direction, least in (("L", 6000), ("R", 1000), ("AL", 400)):
        slots = Slots()
        given = []
        while slot := slots.take(direction):
            given.append(slot)
        assert len(set(given)) == len(given) >= least
        assert not any(fonts.font_of(slot) for slot in given)


def test_font_draws_each_slot_as_wide_as_its_cluster_and_knows_the_space() -> None:
    shaper = Shaper("NotoSansThai", Slots())
    slots = shaper.shape("ปั๊มน้ำ")
    font = shaper.font("test-thai")
    advances = [cluster.shape.advance for cluster in shaping.clusters("NotoSansThai", "ปั๊มน้ำ")]
    assert [font.stringWidth(slot, 1000) for slot in slots] == advances
    assert font.stringWidth(" ", 1000) == fonts.font("NotoSansThai").stringWidth(" ", 1000) > 0
