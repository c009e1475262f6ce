"""A purchase order as one sends it to the vendor (docs/rules.md, Purchase orders)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from pharus import pdf
from pharus.fields import canonical, to_cents
from pharus.files import Rendering
from pharus.pdf.paper import (
    MOST_CODE_CHARACTERS,
    MOST_NAME_CHARACTERS,
    Party,
    cut,
    money,
    party_lines,
    printed_day,
    size_for,
)

_TEMPLATE = Path(__file__).parent / "templates" / "purchase_order.html"

_ZERO = Decimal(0)


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
    amounts = [to_cents(line.quantity * line.unit_cost) for line in order.lines]
    costs = [
        (label, to_cents(cost))
        for label, cost in (
            ("Shipping", order.shipping_costs),
            ("Setup", order.setup_costs),
            ("Other costs", order.other_costs),
        )
    ]
    subtotal = sum(amounts, _ZERO)
    return {
        "paper": size_for(order.organization),
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
