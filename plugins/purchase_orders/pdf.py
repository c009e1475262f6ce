"""A purchase order as one sends it to the vendor (docs/rules.md, Purchase orders)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pharus.currency import UNNAMED, Currency
from pharus.files import Rendering
from pharus.pdf import printed
from pharus.pdf.paper import MOST_CODE_CHARACTERS, Party, printed_day, printed_quantity
from pharus.pdf.printed import CODE, NAME, POSITION, TERMS, UNIT, Column, PrintedDocument

_ZERO = Decimal(0)

# What the vendor must not take for an order. No other status is the vendor's business.
_MARKS = {"Planning": "Draft: not an order yet", "Cancelled": "Cancelled"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """`supplier_code` is what the vendor calls the item."""

    code: str
    name: str
    quantity: Decimal
    unit_cost: Decimal
    supplier_code: str | None = None
    unit: str = ""


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
    terms: str | None = None
    currency: Currency = UNNAMED


def rendering(order: PrintedOrder) -> Rendering:
    """The response of `get_purchase_order_pdf`."""
    return printed.rendering(_document(order))


def _document(order: PrintedOrder) -> PrintedDocument:
    """Each amount is rounded before it is added, so that the paper adds up."""
    currency = order.currency
    amounts = [currency.rounded(line.quantity * line.unit_cost) for line in order.lines]
    costs = [
        (label, currency.rounded(cost))
        for label, cost in (
            ("Shipping", order.shipping_costs),
            ("Setup", order.setup_costs),
            ("Other costs", order.other_costs),
        )
    ]
    subtotal = sum(amounts, _ZERO)
    total = subtotal + sum((cost for _, cost in costs), _ZERO)
    return PrintedDocument(
        title="Purchase order",
        number=order.number,
        mark=_MARKS.get(order.status),
        organization=order.organization,
        parties=[("Vendor", order.vendor), ("Ship to", order.ship_to)],
        details=[
            ("Order date", printed_day(order.placed_at)),
            ("Ship date", printed_day(order.ship_date)),
            ("Requested for", printed_day(order.expected_delivery_date)),
            (TERMS, order.terms),
            ("Currency", currency.code),
        ],
        columns=(
            POSITION,
            replace(CODE, width=13) if any(line.supplier_code for line in order.lines) else CODE,
            Column("Your code", 13, is_number=False, most=MOST_CODE_CHARACTERS),
            NAME,
            Column("Quantity", 11),
            UNIT,
            Column("Unit cost", 11),
            Column("Amount", 14),
        ),
        rows=[
            (
                str(position),
                line.code,
                line.supplier_code or "",
                line.name,
                printed_quantity(line.quantity),
                line.unit,
                currency.price(line.unit_cost),
                currency.amount(amount),
            )
            for position, (line, amount) in enumerate(zip(order.lines, amounts, strict=True), start=1)
        ],
        totals=[("Subtotal", currency.amount(subtotal)), *((label, currency.amount(cost)) for label, cost in costs)],
        grand_total=(currency.named("Total"), currency.amount(total)),
        notes=order.notes,
    )
