"""The label of a lot, as a PDF (docs/rules.md, Lots)."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from pharus import pdf
from pharus.config import Settings
from pharus.db import current
from pharus.files import Rendering
from pharus.pdf.paper import cut, printed_day
from plugins.lots import gs1
from plugins.lots.records import item_of, lots
from plugins.platform.letterhead import letterhead

_TEMPLATE = Path(__file__).parent / "label.html"
# Says of a Code 128 symbol that it is one of GS1, where ReportLab reads it.
_FNC1 = "\xf1"
# Width and height, and how high the bars are, of one symbol or two, and how large the QR code, in millimetres.
_SIZES = {"100x50": (100, 50, 13, 6, 22), "100x150": (100, 150, 32, 24, 30), "a6": (105, 148, 32, 24, 30)}
# What the template leaves free at each side, and xhtml2pdf beside a symbol.
_MARGINS = 2 * (3 + 6.35)
# How thin and how thick the thinnest bar of a symbol may be (GS1 General Specifications, section 5.12).
_THINNEST, _THICKEST = 0.25, 0.495
# So much of names and codes is on a label of the smallest size.
_MOST_NAME_CHARACTERS, _MOST_CODE_CHARACTERS = 40, 26
# Long texts in wide letters are printed smaller.
_SCALES = (1, 0.8, 0.6)
# As many letters of a code are large.
_LARGE_CHARACTERS = 16

_api_url = Settings.api_url


def configure(settings: Settings) -> None:
    """Where the links of labels lead that are no GS1 Digital Links."""
    global _api_url
    _api_url = settings.api_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is printed; `says` is what the barcode says, `link` the QR code."""

    name: str
    item: str
    lot: str
    best_before: date | None
    made_on: date | None
    organization: str
    says: gs1.Elements
    link: str


def rendering(id: str, size: str, copies: int) -> Rendering:
    """The response of `get_lot_label_pdf`. NotFound."""
    lot = lots.get(id)
    item = item_of(lot)
    organization, _ = letterhead()
    says = gs1.elements(id, lot["code"], lot["bestBefore"], item["gtin"], current().today)
    label = Label(
        name=item["name"],
        item=item["materialCode" if lot["materialId"] is not None else "skuCode"],
        lot=lot["code"],
        best_before=lot["bestBefore"],
        made_on=lot["madeOn"],
        organization=organization.name,
        says=says,
        link=gs1.link(id, says, _api_url),
    )
    return Rendering("label.pdf", "application/pdf", draw, (label, size, copies))


def draw(label: Label, size: str, copies: int) -> bytes:
    """The PDF, a page for each copy. For a worker process."""
    from pypdf import PdfReader, PdfWriter

    from pharus.pdf.xhtml2pdf_internals import code128_modules

    width, height, bars, bars_of_two, qr = _SIZES[size]
    room = width - _MARGINS
    # What is too wide for one symbol are two: what the item is and until when it is good, and which lot.
    parts = [label.says]
    if code128_modules(_symbol(label.says)) * _THINNEST > room:
        parts = [label.says[:-1], label.says[-1:]]
    symbols = [
        (symbol, gs1.printed(part), min(_THICKEST, room / code128_modules(symbol)))
        for part in parts
        for symbol in (_symbol(part),)
    ]
    printed = {
        "width": width,
        "height": height,
        "qr": qr,
        "bars": bars if len(parts) == 1 else bars_of_two,
        "symbols": symbols,
        "name": cut(label.name, _MOST_NAME_CHARACTERS),
        "item": cut(label.item, _MOST_CODE_CHARACTERS),
        "lot": label.lot,
        "lot_size": 14 if len(label.lot) <= _LARGE_CHARACTERS else 6,
        "days": [
            (name, printed_day(day))
            for name, day in (("Best before", label.best_before), ("Made", label.made_on))
            if day is not None
        ],
        "organization": cut(label.organization, _MOST_CODE_CHARACTERS),
        "link": label.link,
    }
    for scale in _SCALES:
        (page, *more) = PdfReader(BytesIO(pdf.document(_TEMPLATE, {**printed, "scale": scale}))).pages
        if not more:
            break
    else:
        raise RuntimeError(f"the label of {label.lot} does not fit on {size}")
    # A page is laid out once: a hundred would take ten seconds.
    pages, content = PdfWriter(), BytesIO()
    for _ in range(copies):
        pages.add_page(page)
    pages.write(content)
    return content.getvalue()


def _symbol(says: gs1.Elements) -> str:
    # Only what comes last is of no fixed length, so nothing has to say where it ends.
    return _FNC1 + "".join(number + value for number, value in says)
