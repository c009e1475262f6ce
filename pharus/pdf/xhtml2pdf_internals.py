"""xhtml2pdf and ReportLab, in the only module that imports them: HTML to pages, and the fonts they are set in.

Fonts that know what their glyphs mean take names that the two libraries do not document:
tests/pharus/pdf/test_xhtml2pdf_internals.py lists each, and pyproject.toml bounds the versions. For worker processes
only: importing this takes half a second and 40 MB.
"""

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont
from xhtml2pdf import default, pisa
from xhtml2pdf.config.resources import ResourceAccessPolicy

# No folder at all, so no file may be read, and nothing may be fetched. The fonts are registered, not fetched. Who runs
# this limits its time.
_POLICY = ResourceAccessPolicy.server(None, allow_remote=False, max_render_seconds=None)

_MEANING = re.compile(r"^<([0-9A-F]{2})> <([0-9A-F]{4,6})>$", re.MULTILINE)


class EmbeddedFont(TTFont):
    """ReportLab's TrueType font under a name of ours.

    `texts` says what those characters mean that mean something else than themselves: text that is searched in the PDF
    or copied from it is what was written, not the place its shape has in the font.
    """

    def __init__(
        self, name: str, source: Path | BinaryIO, *, ascii_readable: bool, texts: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(name, str(source) if isinstance(source, Path) else source, asciiReadable=ascii_readable)
        # ReportLab takes two fonts whose faces have one name for the same font.
        self.face.name = name.encode("ascii")
        self._texts = texts or {}

    def has(self, character: str) -> bool:
        """Whether the font draws this character."""
        return ord(character) in self.face.charToGlyph

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        known = set(doc.idToObject)
        super().addObjects(doc)
        for name in set(doc.idToObject) - known:
            if name.startswith("toUnicodeCMap:"):
                stream = doc.idToObject[name]
                stream.content = _MEANING.sub(self._meaning, stream.content)

    def _meaning(self, line: re.Match[str]) -> str:
        """The text of one code in UTF-16, as the PDF reference wants it; ReportLab writes no surrogates."""
        code = int(line[2], 16)
        text = self._texts.get(code, chr(code))
        return f"<{line[1]}> <{text.encode('utf-16-be', 'replace').hex().upper()}>"


def register(family: str, regular: EmbeddedFont, bold: EmbeddedFont) -> None:
    """Make a family known under this name; italic is drawn upright."""
    for each in (regular, bold):
        pdfmetrics.registerFont(each)
    for italic in (0, 1):
        addMapping(family, 0, italic, regular.fontName)
        addMapping(family, 1, italic, bold.fontName)
    default.DEFAULT_FONT[family.lower()] = family


def unregister(family: str) -> None:
    """Forget a family that was made for one document."""
    if default.DEFAULT_FONT.pop(family.lower(), None):
        pdfmetrics.getFont(family).unregister()


def code128_modules(value: str) -> int:
    """How many of its thinnest bars the Code 128 symbol of this text is wide, without what is left free beside it."""
    symbol = Code128(value, barWidth=1, quiet=0)
    return int(symbol.width)


def print_pages(html: str, families: Sequence[str]) -> bytes:
    """The PDF of an HTML document, set in the first of the registered font families that has a character.

    RuntimeError when it cannot be made; xhtml2pdf's own errors go through.
    """
    file = io.BytesIO()
    names = ", ".join(f'"{family}"' for family in families)
    result = pisa.pisaDocument(
        html,
        file,
        # A word wider than its column is broken: it would cover what is beside it.
        default_css=f"{default.DEFAULT_CSS}\nhtml {{ font-family: {names}; overflow-wrap: break-word; }}",
        encoding="utf-8",
        # Large documents would be kept in temporary files otherwise.
        capacity=-1,
        resource_policy=_POLICY,
    )
    if result.err:
        raise RuntimeError(f"the document cannot be rendered: {result.log}")
    return file.getvalue()
