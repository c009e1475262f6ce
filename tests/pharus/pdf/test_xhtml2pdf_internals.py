import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pharus.pdf import fonts, xhtml2pdf_internals
from pharus.pdf.xhtml2pdf_internals import EmbeddedFont
from tests.internals import imported, require, require_parameters

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


INTERNALS = {
    "reportlab.graphics.barcode.code128.Code128": "it says how wide a symbol is",
    "reportlab.lib.fonts.addMapping": "a family has its bold and italic by it",
    "reportlab.pdfbase.pdfmetrics": "fonts are registered with it",
    "reportlab.pdfbase.pdfdoc.PDFDocument": "a font adds its objects to one",
    "reportlab.pdfbase.ttfonts.TTFont": "ours is made of it",
    "xhtml2pdf.default": "DEFAULT_FONT has the families that a style may name",
    "xhtml2pdf.pisa": "it makes the pages",
    "xhtml2pdf.config.resources.ResourceAccessPolicy": "it refuses files and the network",
}
ATTRIBUTES = {
    "reportlab.pdfbase.ttfonts.TTFont.addObjects": "ours overrides it to say what glyphs mean",
    "reportlab.pdfbase.ttfonts.TTFont.unregister": "a font of one document is forgotten by it",
    "reportlab.pdfbase.pdfmetrics.registerFont": "fonts are registered by it",
    "reportlab.pdfbase.pdfmetrics.getFont": "a font of one document is found by it",
    "xhtml2pdf.default.DEFAULT_FONT": "the families that a style may name",
    "xhtml2pdf.default.DEFAULT_CSS": "our style goes behind it",
    "xhtml2pdf.config.resources.ResourceAccessPolicy.server": "it makes the policy",
}


@pytest.mark.parametrize("path", [*INTERNALS, *ATTRIBUTES])
def test_library_has_the_name(path: str) -> None:
    require(path.split(".", maxsplit=1)[0], path, {**INTERNALS, **ATTRIBUTES}[path])


def test_every_name_that_is_imported_is_in_the_table() -> None:
    found = imported(xhtml2pdf_internals, "reportlab") | imported(xhtml2pdf_internals, "xhtml2pdf")
    assert found == INTERNALS.keys()


def test_libraries_take_the_parameters_that_are_passed() -> None:
    printing = ("default_css", "encoding", "capacity", "resource_policy")
    require_parameters("xhtml2pdf", "xhtml2pdf.pisa.pisaDocument", *printing)
    policy = "xhtml2pdf.config.resources.ResourceAccessPolicy"
    require_parameters("xhtml2pdf", policy, "allow_remote", "max_render_seconds")
    require_parameters("reportlab", "reportlab.graphics.barcode.code128.Code128", "value")
    require_parameters("reportlab", "reportlab.pdfbase.ttfonts.TTFont", "name", "filename", "asciiReadable")


def test_face_of_a_font_has_the_attributes_that_are_read_and_written() -> None:
    font = TTFont("test-internals", str(fonts.path("NotoSans")))
    assert ord("a") in font.face.charToGlyph, "the face of a TTFont no longer says which characters it draws"
    assert isinstance(font.face.name, bytes), "the face of a TTFont is no longer named by bytes"


def test_meaning_of_glyphs_is_written_where_ours_looks_for_it() -> None:
    canvas = Canvas(io.BytesIO())
    font = TTFont("test-internals", str(fonts.path("NotoSans")))
    pdfmetrics.registerFont(font)
    canvas.setFont(font.fontName, 12)
    canvas.drawString(72, 72, "a")
    document = canvas._doc
    known = set(document.idToObject)
    font.addObjects(document)
    font.unregister()
    (name,) = [each for each in set(document.idToObject) - known if each.startswith("toUnicodeCMap:")]
    assert xhtml2pdf_internals._MEANING.search(document.idToObject[name].content)
