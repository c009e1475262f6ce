"""How somebody writes numbers and days, and what they call the columns: what a file does not say of itself, and nobody
guesses."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pharus.errors import Invalid, Problem
from pharus.fields import canonical

# The values of `thousandsSeparator`.
_SEPARATORS = {"comma": ",", "point": ".", "space": " ", "apostrophe": "'"}
_SPACES = re.compile("[\u00a0\u202f\u2009]")
_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})", re.ASCII)
# Digits that a double of a spreadsheet keeps, whatever it was computed from.
_EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Settings:
    """`renamed` maps a head of the file to a column, or to nothing, which leaves it out."""

    decimal: str = "."
    thousands: str = ""
    order_of_dates: str = "iso"
    encoding: str = ""
    sheet: str = ""
    leaves_unknown_out: bool = False
    renamed: Mapping[str, str] = field(default_factory=dict)
    # Numbers of rows in the file; 0 for the first one that holds anything, and for the last one.
    head_row: int = 0
    last_row: int = 0

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Settings":
        """From the parameters of a request. Invalid when they contradict one another."""
        decimal = "," if given.get("decimalSeparator") == "comma" else "."
        thousands = _SEPARATORS.get(given.get("thousandsSeparator", ""), "")
        if thousands == decimal:
            raise Invalid([Problem("query/thousandsSeparator", "must differ from the decimal separator")])
        pairs = [pair.rpartition("=") for pair in given.get("columns", "").split(";") if pair.strip()]
        if any(not head.strip() for head, _, _ in pairs):
            raise Invalid([Problem("query/columns", "must be pairs head=column with ; between them")])
        return cls(
            decimal,
            thousands,
            given.get("dateOrder", "iso"),
            given.get("encoding", ""),
            given.get("sheet", ""),
            given.get("unknownColumns") == "ignore",
            {head.strip(): name.strip() for head, _, name in pairs},
            int(given.get("headRow", 0)),
            int(given.get("lastRow", 0)),
        )

    def holds(self, row: int) -> bool:
        """Whether a row of the file is one of the table: its head, or behind that."""
        return row >= self.head_row and (not self.last_row or row <= self.last_row)

    def number(self, text: str) -> str | None:
        """The number as JSON writes it; None for what is none in this way of writing."""
        plain = _SPACES.sub(" ", text).strip()
        whole, point, rest = plain.partition(self.decimal)
        if self.thousands and self.thousands in whole:
            first, *groups = whole.lstrip("-").split(self.thousands)
            if not (1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)):
                return None
            whole = ("-" if whole.startswith("-") else "") + first + "".join(groups)
        plain = f"{whole}.{rest}" if point else whole
        return plain if _PLAIN.fullmatch(plain) else None

    def day(self, text: str) -> str | None:
        """The day as ISO 8601 writes it; None for what is none in this order."""
        found = _DAY.fullmatch(text.strip())
        if found is None or self.order_of_dates == "iso":
            return None
        first, second, year = map(int, found.groups())
        day, month = (first, second) if self.order_of_dates == "dmy" else (second, first)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            return None


def number_of(value: float) -> str:
    """A number of a spreadsheet: what its cell shows, and not what its double has behind that."""
    return canonical(Decimal(format(value, f".{_EXACT_DIGITS}g")))
