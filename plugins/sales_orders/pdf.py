"""Packing slips, delivery notes and credit notes, as they go to the customer (docs/rules.md, Sales orders)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from pharus import pdf
from pharus.fields import to_cents
from pharus.files import Rendering
from pharus.pdf.paper import MOST_CODE_CHARACTERS, MOST_NAME_CHARACTERS, Party, cut, money, party_lines, size_for

_TEMPLATE = Path(__file__).parent / "templates" / "document.html"
# What identifies a shipment may have 255 characters, which no column of details holds.
_MOST_DETAIL_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a part of the page in percent; numbers stand at the right."""

    label: str
    width: int
    is_number: bool = True


CODE, NAME = Column("Code", 20, is_number=False), Column("Description", 40, is_number=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDocument:
    """What is printed. Each row begins with code and name of the item, and has a text for each column."""

    title: str
    number: str
    organization: Party
    parties: Sequence[tuple[str, Party]]
    details: Sequence[tuple[str, str]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    totals: Sequence[tuple[str, str]] = field(default_factory=tuple)
    notes: str | None = None
    is_signed: bool = False


def rendering(document: PrintedDocument) -> Rendering:
    """The response of an operation."""
    return Rendering(f"{document.number}.pdf", "application/pdf", pdf.document, (_TEMPLATE, _context(document)))


def total(amounts: Sequence[Decimal]) -> str:
    """The sum of what is printed."""
    return money(sum(map(to_cents, amounts), Decimal(0)))


def _context(document: PrintedDocument) -> dict[str, Any]:
    return {
        "paper": size_for(document.organization),
        "title": document.title,
        "number": document.number,
        "organization": party_lines(document.organization),
        "parties": [(label, party_lines(party)) for label, party in document.parties],
        "details": [(label, cut(text, _MOST_DETAIL_CHARACTERS)) for label, text in document.details],
        "columns": [(column.label, column.width, column.is_number) for column in document.columns],
        "rows": [
            [cut(code, MOST_CODE_CHARACTERS), cut(name, MOST_NAME_CHARACTERS), *others]
            for code, name, *others in document.rows
        ],
        "totals": list(document.totals),
        "notes": [line for line in (document.notes or "").splitlines() if line.strip()],
        "is_signed": document.is_signed,
    }
