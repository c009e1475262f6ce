"""A purchase order as one sends it to the vendor (docs/rules.md, Purchase orders)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from pharus import pdf
from pharus.fields import canonical
from pharus.files import Rendering

_TEMPLATE = Path(__file__).parent / "templates" / "purchase_order.html"

_CENT = Decimal("0.01")
_ZERO = Decimal(0)

# Where paper is Letter (Unicode CLDR, supplemental measurement data); everywhere else it is A4.
_LETTER = {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}

# An address is a few lines. Ten thousand characters, which the contract allows, would be pages of it.
_MOST_ADDRESS_LINES = 8
_MOST_LINE_CHARACTERS = 200
# The contract's longest code has 100 characters, its longest name 255. The last lines stay on the page of the totals,
# so they must fit on one page, whatever they hold.
MOST_CODE_CHARACTERS = 100
MOST_NAME_CHARACTERS = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who buys, who sells, where to: a name, and what is known of the address. `country` is two letters."""

    name: str
    address: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    code: str
    name: str
    quantity: Decimal
    unit_cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOrder:
    """What is printed, lines in their order. `ship_to` may be open still."""

    number: str
    status: str
    organization: Party
    vendor: Party
    ship_to: Party | None
    placed_at: date | None
    ship_date: date | None
    expected_delivery_date: date | None
    lines: Sequence[PrintedLine]
    shipping_costs: Decimal
    setup_costs: Decimal
    other_costs: Decimal
    notes: str | None


def rendering(order: PrintedOrder) -> Rendering:
    """The response of `get_purchase_order_pdf`."""
    return Rendering(f"{order.number}.pdf", "application/pdf", pdf.document, (_TEMPLATE, _context(order)))


def _context(order: PrintedOrder) -> dict[str, Any]:
    """What the template prints, as text. Each amount is rounded before it is added, so that the paper adds up."""
    amounts = [rounded(line.quantity * line.unit_cost) for line in order.lines]
    costs = [
        (label, rounded(cost))
        for label, cost in (
            ("Shipping", order.shipping_costs),
            ("Setup", order.setup_costs),
            ("Other costs", order.other_costs),
        )
    ]
    subtotal = sum(amounts, _ZERO)
    return {
        "paper": paper(order.organization),
        "number": order.number,
        "status": order.status,
        "organization": party_lines(order.organization),
        "vendor": party_lines(order.vendor),
        "ship_to": party_lines(order.ship_to) if order.ship_to else None,
        "dates": [
            (label, printed_day(day))
            for label, day in (
                ("Order date", order.placed_at),
                ("Ship date", order.ship_date),
                ("Expected delivery", order.expected_delivery_date),
            )
            if day
        ],
        "lines": [
            {
                "position": str(position),
                "code": cut(line.code, MOST_CODE_CHARACTERS),
                "name": cut(line.name, MOST_NAME_CHARACTERS),
                "quantity": canonical(line.quantity),
                "unit_cost": canonical(line.unit_cost),
                "amount": money(amount),
            }
            for position, (line, amount) in enumerate(zip(order.lines, amounts, strict=True), start=1)
        ],
        "totals": [("Subtotal", money(subtotal)), *((label, money(cost)) for label, cost in costs)],
        "total": money(subtotal + sum((cost for _, cost in costs), _ZERO)),
        "notes": [line for line in (order.notes or "").splitlines() if line.strip()],
    }


def money(value: Decimal) -> str:
    """Rounded half-up to cents, with separators.

    >>> money(Decimal("1234.565")), money(Decimal("0"))
    ('1,234.57', '0.00')
    """
    return f"{rounded(value):,}"


def paper(organization: Party) -> str:
    """The size of the organization's paper."""
    return "letter" if (organization.country or "").upper() in _LETTER else "a4"


def printed_day(day: date) -> str:
    return f"{day:%d %b %Y}".lstrip("0")


def rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def party_lines(party: Party) -> dict[str, Any]:
    region = " ".join(part for part in (party.state, party.zip_code) if part)
    lines = [
        *(party.address or "").splitlines(),
        ", ".join(part for part in (party.city, region) if part),
        (party.country or "").upper(),
        party.phone or "",
        party.email or "",
    ]
    lines = [cut(line.strip(), _MOST_LINE_CHARACTERS) for line in lines if line.strip()]
    if len(lines) > _MOST_ADDRESS_LINES:
        lines = [*lines[: _MOST_ADDRESS_LINES - 1], "…"]
    return {"name": cut(party.name, MOST_NAME_CHARACTERS), "lines": lines}


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
