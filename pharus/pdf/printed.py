"""A paper of the trade, of whatever kind of order: who it is from and for, a table, what the table adds up to.

Its look is in printed.html and style.html.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pharus import pdf
from pharus.files import Rendering
from pharus.pdf.paper import MOST_CODE_CHARACTERS, MOST_NAME_CHARACTERS, Party, cut, party_lines, size_for

_TEMPLATE = Path(__file__).parent / "printed.html"
# What identifies a shipment may have 255 characters, and three such would be longer than a page. Terms of payment are
# not cut.
_MOST_DETAIL_CHARACTERS = 120
TERMS, _MOST_TERMS_CHARACTERS = "Terms", 255
# As many rows are one table: the renderer lays a table out anew for each page that it is on.
_ROWS_OF_A_TABLE = 20
# As many rows stay with the head of their group, and with the totals.
_KEPT_TOGETHER = 2


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is a part of the page in percent, 0 what the others leave. Numbers stand at the right. A text that is
    longer than `most` is cut."""

    label: str
    width: int = 0
    is_number: bool = True
    most: int = 0


POSITION = Column("#", 4, is_number=False)
CODE = Column("Code", 18, is_number=False, most=MOST_CODE_CHARACTERS)
NAME = Column("Description", is_number=False, most=MOST_NAME_CHARACTERS)
UNIT = Column("Unit", 7, is_number=False, most=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDocument:
    """What is printed. Each row has a text for each column; a column of which no row has a text is left out unless it
    is in `blank`: that one is written on by hand. Rows in `groups` are the heads of those behind them.

    `mark` says what the reader must not overlook. `totals` are printed below the table, and in bold the `grand_total`.
    `signed` is the sentence that somebody signs.
    """

    title: str
    number: str
    organization: Party
    parties: Sequence[tuple[str, Party | None]]
    details: Sequence[tuple[str, str | None]]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    groups: Collection[int] = ()
    blank: Collection[str] = ()
    totals: Sequence[tuple[str, str]] = ()
    grand_total: tuple[str, str] | None = None
    mark: str | None = None
    notes: str | None = None
    signed: str | None = None


def rendering(document: PrintedDocument) -> Rendering:
    """The response of an operation."""
    return Rendering(f"{document.number}.pdf", "application/pdf", pdf.document, (_TEMPLATE, context(document)))


def context(document: PrintedDocument) -> dict[str, Any]:
    """What the template prints, as text."""
    shown = [
        index
        for index, column in enumerate(document.columns)
        if column.label in document.blank or any(row[index] for row in document.rows)
    ]
    columns = _widened([document.columns[index] for index in shown])
    rows = [
        [
            cut(row[index], column.most) if column.most else row[index]
            for index, column in zip(shown, columns, strict=True)
        ]
        for row in document.rows
    ]
    return {
        "paper": size_for(document.organization),
        "title": document.title,
        "number": document.number,
        "mark": document.mark,
        "organization": party_lines(document.organization),
        "parties": [(label, party_lines(party) if party else None) for label, party in document.parties],
        "details": [
            (label, cut(text, _MOST_TERMS_CHARACTERS if label == TERMS else _MOST_DETAIL_CHARACTERS))
            for label, text in document.details
            if text
        ],
        "columns": [(column.label, column.width, _class_of(column, document.blank)) for column in columns],
        **_tables(rows, frozenset(document.groups)),
        "totals": list(document.totals),
        "grand_total": document.grand_total,
        "notes": [line for line in (document.notes or "").splitlines() if line.strip()],
        "signed": document.signed,
    }


def _widened(columns: Sequence[Column]) -> list[Column]:
    """The columns with a width each: what is left goes to those without one."""
    left = 100 - sum(column.width for column in columns)
    without = sum(not column.width for column in columns)
    return [column if column.width else replace(column, width=left // without) for column in columns]


def _class_of(column: Column, blank: Collection[str]) -> str:
    return "blank" if column.label in blank else "right" if column.is_number else "left"


def _tables(rows: Sequence[Sequence[str]], groups: frozenset[int]) -> dict[str, Any]:
    """The rows in tables, each row with whether it heads a group, and each table with whether it stays on one page. The
    last rows stay with the totals, and the head of their group with them."""
    last = max(len(rows) - _KEPT_TOGETHER, 0)
    if last - 1 in groups:
        last -= 1
    marked = [(index in groups, row) for index, row in enumerate(rows)]
    return {
        "tables": [(is_kept, marked[start:end]) for is_kept, start, end in _parts(last, groups)],
        "last_rows": marked[last:],
    }


def _parts(count: int, groups: frozenset[int]) -> Iterator[tuple[bool, int, int]]:
    """Where tables begin and end; the head of a group stays with the rows behind it."""
    start = 0
    while start < count:
        is_kept = start in groups
        longest = start + (1 + _KEPT_TOGETHER if is_kept else _ROWS_OF_A_TABLE)
        end = min((group for group in groups if group > start), default=count)
        end = min(end, longest, count)
        yield is_kept, start, end
        start = end
