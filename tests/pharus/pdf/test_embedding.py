import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from pharus.pdf import fonts
from pharus.pdf.embedding import EmbeddedFont

pytestmark = pytest.mark.no_database


def copied(font: EmbeddedFont, text: str) -> str:
    """What is copied from a page that has this text on it."""
    pdfmetrics.registerFont(font)
    file = io.BytesIO()
    canvas = Canvas(file)
    canvas.setFont(font.fontName, 12)
    canvas.drawString(72, 72, text)
    canvas.save()
    font.unregister()
    return PdfReader(io.BytesIO(file.getvalue())).pages[0].extract_text().strip()


def embedded(name: str, path: Path, **options: object) -> EmbeddedFont:
    return EmbeddedFont(name, path, ascii_readable=False, **options)  # type: ignore[arg-type]


def test_text_copied_from_a_page_is_what_a_character_stands_for() -> None:
    font = embedded("test-texts", fonts.path("NotoSans"), texts={ord("x"): "क्षे"})
    assert copied(font, "axa") == "aक्षेa"


def test_text_beyond_the_first_plane_is_copied_whole() -> None:
    assert copied(embedded("test-planes", fonts.path("NotoSansAdlam")), "𞤀𞤣") == "𞤀𞤣"


def test_two_fonts_of_one_file_are_two_fonts() -> None:
    first, second = (embedded(name, fonts.path("NotoSansThai")) for name in ("test-a", "test-b"))
    for font in (first, second):
        pdfmetrics.registerFont(font)
        assert pdfmetrics.getFont(font.fontName) is font
        font.unregister()
