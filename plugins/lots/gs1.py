"""What the symbols on the label of a lot say, and what any label says that was scanned, in the words of GS1
(docs/rules.md, Lots).

An element is a number of GS1 for what it says (01 the item, 10 the lot, 17 the last good day, 91 what is the company's
own) and its value. biip knows them all; it is imported with the first scan, because that takes long.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import UUID

from pharus.gtins import is_gtin

if TYPE_CHECKING:
    from biip.gs1_element_strings import GS1ElementStrings

Elements = list[tuple[str, str]]

# What a barcode of GS1 can hold as the code of a lot (General Specifications, section 7.11), and for how many years
# around now two digits say which year it is (section 7.12).
_LOT_CODE = re.compile(r"[!\"%-?A-Z_a-z]{1,20}")
_YEARS = 49

_ITEM, _LOT, _BEST_BEFORE, _EXPIRY, _OWN = "01", "10", "15", "17", "91"
# An id as digits: half as wide as letters.
_OWN_DIGITS = 39
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_OF_GS1 = ("]C1", "]d2", "]e0", "]J1", "]Q3")
_SEPARATOR = "\x1d"
_MOST_CODE_CHARACTERS = 60
_OWN_LINK = re.compile(r"/api/lots/([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})/?")


class Unreadable(ValueError):
    """Why a text is no scan, as a sentence."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a scan says: of an item and its lot; or the lot itself, by its id; or only a text, which may be a code.
    `gtin` has 14 digits."""

    gtin: str | None = None
    lot_code: str | None = None
    best_before: date | None = None
    lot_id: str | None = None
    text: str | None = None


def elements(lot_id: str, code: str, best_before: date | None, gtin: str | None, today: date) -> Elements:
    """What the barcode of a label says. Without a GTIN, or of a code that no barcode of GS1 can hold, it is what is our
    own, which GS1 leaves to whoever prints it."""
    own = (_OWN, str(UUID(lot_id).int).zfill(_OWN_DIGITS))
    if gtin is None:
        return [own]
    is_near = best_before is not None and abs(best_before.year - today.year) <= _YEARS
    dated = [(_EXPIRY, f"{best_before:%y%m%d}")] if is_near else []
    return [(_ITEM, gtin.zfill(14)), *dated, (_LOT, code) if _LOT_CODE.fullmatch(code) else own]


def printed(of_label: Elements) -> str:
    """As it is printed below a barcode.

    >>> printed([("01", "09520123456788"), ("10", "A-1")])
    '(01)09520123456788(10)A-1'
    """
    return "".join(f"({number}){value}" for number, value in of_label)


def link(lot_id: str, of_label: Elements, api_url: str) -> str:
    """What the QR code of a label says: a GS1 Digital Link, or where the server has the lot."""
    said = dict(of_label)
    if _ITEM not in said or _LOT not in said:
        return f"{api_url}/api/lots/{lot_id}"
    path = f"https://id.gs1.org/{_ITEM}/{said[_ITEM]}/{_LOT}/{quote(said[_LOT], safe='')}"
    return f"{path}?{_EXPIRY}={said[_EXPIRY]}" if _EXPIRY in said else path


def read(code: str) -> Scan:
    """What a scanner gave, or somebody has typed: an element string with or without the name of the symbology and FNC1,
    or as it is printed below a barcode; a GS1 Digital Link; what our own labels say; a GTIN; a code. Unreadable."""
    text = code.strip(" \t\r\n")
    symbology = _SYMBOLOGY.match(text)
    rest = text[symbology.end() :] if symbology else text
    if rest.lower().startswith(("http://", "https://")):
        return _of_link(rest)
    is_gs1 = _SEPARATOR in rest or (symbology is not None and symbology[0] in _OF_GS1)
    try:
        return _of_elements(_parsed(rest), None if is_gs1 or len(rest) > _MOST_CODE_CHARACTERS else rest)
    except Unreadable:
        if is_gs1 or not 1 <= len(rest) <= _MOST_CODE_CHARACTERS:
            raise
    return Scan(gtin=rest.zfill(14) if is_gtin(rest) else None, text=rest)


def _of_link(text: str) -> Scan:
    from biip import ParseError
    from biip.gs1_digital_link_uris import GS1DigitalLinkURI

    own = _OWN_LINK.search(text)
    if own is not None and own.end() == len(text):
        return Scan(lot_id=own[1].lower())
    try:
        return _of_elements(GS1DigitalLinkURI.parse(text).element_strings, None)
    # Of a port or an address in brackets that is none it is a ValueError of the standard library.
    except (ParseError, ValueError) as error:
        raise Unreadable("is a link, and neither a GS1 Digital Link nor one to a lot") from error


def _parsed(text: str) -> "GS1ElementStrings":
    from biip import ParseError
    from biip.gs1_messages import GS1Message

    try:
        if text.startswith("("):
            return GS1Message.parse_hri(text).element_strings
        return GS1Message.parse(text.strip(_SEPARATOR)).element_strings
    except (ParseError, ValueError) as error:
        raise Unreadable("is no element string of GS1") from error


def _of_elements(found: Iterable, text: str | None) -> Scan:  # type: ignore[type-arg]
    said = {element.ai.ai: element for element in reversed(list(found))}
    item, lot, own = said.get(_ITEM), said.get(_LOT), said.get(_OWN)
    until = said.get(_EXPIRY) or said.get(_BEST_BEFORE)
    if item is not None and item.gtin is None:
        raise Unreadable("has a GTIN whose last digit is wrong")
    lot_id = _id_of(own.value) if own is not None else None
    if item is None and lot is None and lot_id is None:
        raise Unreadable("names neither an item nor a lot")
    return Scan(
        gtin=item.value if item is not None else None,
        lot_code=lot.value if lot is not None else None,
        best_before=until.date if until is not None else None,
        lot_id=lot_id,
        text=text,
    )


def _id_of(digits: str) -> str | None:
    if len(digits) != _OWN_DIGITS or not (digits.isascii() and digits.isdigit()) or int(digits) >= 2**128:
        return None
    return str(UUID(int=int(digits)))
