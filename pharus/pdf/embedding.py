"""A font as it goes into a PDF, with what one gets when copying from it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import TTFont

_MEANING = re.compile(r"^<([0-9A-F]{2})> <([0-9A-F]{4,6})>$", re.MULTILINE)


class EmbeddedFont(TTFont):
    """ReportLab's TrueType font under a name of ours.

    `texts` says what those characters stand for that mean something else than themselves: whoever searches the PDF or
    copies from it finds the text that was written, not the place its shape has in the font.
    """

    def __init__(
        self, name: str, source: Path | BinaryIO, *, ascii_readable: bool, texts: Mapping[int, str] | None = None
    ) -> None:
        super().__init__(name, str(source) if isinstance(source, Path) else source, asciiReadable=ascii_readable)
        # ReportLab takes two fonts whose faces have one name for the same font.
        self.face.name = name.encode("ascii")
        self._texts = texts or {}

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
