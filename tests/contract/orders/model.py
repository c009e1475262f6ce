"""What the rules of orders say (docs/rules.md), in plain Python: no SQL, no ledger, nothing of the server.

The model keeps what is on hand and derives everything else from the orders: what is on order, in demand, allocated.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["purchase_order", "work_order", "production_order", "sales_order"]


class Refused(Exception):
    """The rules do not allow it; nothing has changed."""


class Place(NamedTuple):
    """Where something lies: an item at a location, both by number."""

    item: str
    location: int


class Quantities(NamedTuple):
    on_hand: Decimal = Decimal(0)
    on_order: Decimal = Decimal(0)
    demand: Decimal = Decimal(0)
    allocated: Decimal = Decimal(0)


Recipe = Mapping[str, Decimal]

_MAKING = {
    "Draft": ("Entered", "Placed", "Cancelled"),
    "Entered": ("Draft", "Placed", "Production", "Cancelled"),
    "Placed": ("Entered", "Production", "Cancelled"),
    "Production": ("Placed", "In Transit", "Cancelled"),
    "In Transit": ("Production", "Cancelled"),
    "Partial": ("In Transit", "Completed", "Cancelled"),
    "Received": ("Completed",),
    "Completed": (),
    "Cancelled": (),
}
STEPS: Mapping[Kind, Mapping[str, Sequence[str]]] = {
    "purchase_order": {
        "Planning": ("Placed", "Cancelled"),
        "Placed": ("Planning", "In Transit", "Cancelled"),
        "In Transit": ("Placed", "Cancelled"),
        "Partial": ("In Transit", "Received", "Cancelled"),
        "Received": ("Paid",),
        "Paid": (),
        "Cancelled": (),
    },
    "work_order": _MAKING,
    "production_order": _MAKING,
    "sales_order": {
        "Received": ("Entered", "Rejected", "In-Dispute"),
        "Entered": ("Received", "Shipped", "Rejected", "In-Dispute"),
        "Shipped": ("Invoiced", "Rejected", "In-Dispute"),
        "Invoiced": ("Paid", "Rejected", "In-Dispute"),
        "Paid": ("Completed", "In-Dispute"),
        "In-Dispute": ("Rejected",),
        "Rejected": (),
        "Completed": (),
    },
}
_RECEIVABLE = {
    "purchase_order": {"Placed", "In Transit", "Partial", "Received"},
    "work_order": {"Entered", "Placed", "Production", "In Transit", "Partial", "Received"},
    "production_order": {"Entered", "Placed", "Production", "In Transit", "Partial", "Received"},
    "sales_order": set(),
}
# Not to be entered again once something was received; where deleting the last receipt leads.
_NOT_WITH_RECEIPTS = {("purchase_order", "Planning"), ("work_order", "Placed"), ("production_order", "Placed")}
_WITHOUT_RECEIPTS = {"purchase_order": "Placed", "work_order": "Production", "production_order": "Production"}
_MADE = {"Received", "Completed", "Cancelled"}
_ENDED: Mapping[Kind, set[str]] = {
    "purchase_order": {"Received", "Paid", "Cancelled"},
    "work_order": _MADE,
    "production_order": _MADE,
    "sales_order": {"Paid", "Completed", "Rejected"},
}
# At which an order may be imported that was done before the organization came here.
_HISTORY: Mapping[Kind, set[str]] = {
    **_ENDED,
    "sales_order": {"Shipped", "Invoiced", "Paid", "Completed", "Rejected"},
}
_BEFORE_SALES = {"Paid": "Invoiced", "Completed": "Paid"}
_ON_ORDER = {"Placed", "In Transit", "Partial", "Entered", "Production"}
_SHIPPED = {"Shipped", "Invoiced", "Paid", "Completed"}


@dataclass
class Line:
    """Its inputs say how much of each item one unit takes, its by-products how much comes out with one."""

    item: str
    quantity: Decimal
    inputs: Recipe = field(default_factory=dict)
    by_products: Recipe = field(default_factory=dict)
    id: str = ""


@dataclass
class Receipt:
    """How much came of each line, by its number; `accept_over`: however much more than was ordered. What was used and
    scrapped of an input and what came of a by-product, where that is not what was planned, by the line and the item."""

    quantities: dict[int, Decimal]
    accept_over: bool = False
    used: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    scrapped: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    came: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    id: str = ""


@dataclass
class Shipment:
    """How much left of each item, and from where, unless from where the order says."""

    quantities: dict[str, Decimal]
    location: int | None = None
    id: str = ""


@dataclass
class Return:
    """How much came back of what a shipment shipped: of each item, what is kept and what is written off. Without a
    shipment, of what the status has shipped."""

    shipment: Shipment | None
    kept: dict[str, Decimal]
    written_off: dict[str, Decimal]
    location: int | None = None
    id: str = ""

    def quantity(self, item: str) -> Decimal:
        return self.kept.get(item, Decimal(0)) + self.written_off.get(item, Decimal(0))


@dataclass
class Order:
    kind: Kind
    status: str
    location: int | None
    lines: list[Line]
    receipts: list[Receipt] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    returns: list[Return] = field(default_factory=list)
    disputed_from: str = "Received"
    # Before it was cancelled or rejected.
    was: str | None = None
    # Done before the organization came here: it has moved nothing, and never will.
    is_history: bool = False
    id: str = ""

    def received(self, line: int) -> Decimal:
        return sum((receipt.quantities.get(line, Decimal(0)) for receipt in self.receipts), Decimal(0))

    def shipped(self, item: str) -> Decimal:
        """In shipments; the rest leaves by the status."""
        return sum((shipment.quantities.get(item, Decimal(0)) for shipment in self.shipments), Decimal(0))

    def with_customer(self, shipment: Shipment | None, item: str) -> Decimal:
        """Of a shipment, or of what the status has shipped."""
        if shipment is not None:
            left = shipment.quantities.get(item, Decimal(0))
        else:
            lines = [line for line in self.lines if line.item == item and self.is_shipped]
            left = sum((line.quantity - self.shipped(item) for line in lines), Decimal(0))
        return left - sum((each.quantity(item) for each in self.returns if each.shipment is shipment), Decimal(0))

    @property
    def is_open(self) -> bool:
        return any(line.quantity > self.shipped(line.item) for line in self.lines)

    @property
    def gone(self) -> dict[Place, Decimal]:
        """What the order has taken from where."""
        if self.kind != "sales_order" or self.effective_status == "Rejected" or self.is_history:
            return {}
        taken = [
            (Place(item, each.location), quantity)
            for each in self.shipments
            if each.location is not None
            for item, quantity in each.quantities.items()
        ]
        if self.is_shipped and self.location is not None:
            taken += [(Place(line.item, self.location), line.quantity - self.shipped(line.item)) for line in self.lines]
        found: dict[Place, Decimal] = {}
        for place, quantity in taken:
            found[place] = found.get(place, Decimal(0)) + quantity
        return found

    @property
    def effective_status(self) -> str:
        return self.disputed_from if self.status == "In-Dispute" else self.status

    @property
    def has_ended(self) -> bool:
        return self.effective_status in _ENDED[self.kind]

    @property
    def is_full(self) -> bool:
        return all(self.received(number) >= line.quantity for number, line in enumerate(self.lines))

    @property
    def is_shipped(self) -> bool:
        return self.kind == "sales_order" and self.effective_status in _SHIPPED


class Model:
    def __init__(self) -> None:
        self.on_hand: Counter[Place] = Counter()
        self.orders: list[Order] = []
        self.tolerance: Decimal | None = None

    def copy(self) -> "Model":
        return deepcopy(self)

    # What anybody may ask

    def balances(self) -> dict[Place, Quantities]:
        """All that are not empty."""
        on_order, demand, allocated = Counter[Place](), Counter[Place](), Counter[Place]()
        for order in self.orders:
            if order.location is None:
                continue
            for number, line in enumerate(order.lines):
                missing = max(Decimal(0), line.quantity - order.received(number))
                at = Place(line.item, order.location)
                if order.kind == "sales_order":
                    rest = line.quantity - order.shipped(line.item)
                    demand[at] += rest if order.effective_status == "Received" else 0
                    allocated[at] += rest if order.effective_status == "Entered" else 0
                elif order.status in _ON_ORDER:
                    on_order[at] += missing
                    for item, each in line.by_products.items():
                        on_order[Place(item, order.location)] += missing * each
                for item, each in line.inputs.items():
                    needed = Place(item, order.location)
                    demand[needed] += missing * each if order.status in ("Entered", "Placed") else 0
                    allocated[needed] += (
                        missing * each if order.status in ("Production", "In Transit", "Partial") else 0
                    )
        places = {*self.on_hand, *on_order, *demand, *allocated}
        found = {
            place: Quantities(*(Decimal(counted[place]) for counted in (self.on_hand, on_order, demand, allocated)))
            for place in places
        }
        return {place: held for place, held in found.items() if any(held)}

    # What people do

    def create(self, order: Order) -> None:
        self._leave(order, {})
        self.orders.append(order)

    def import_history(self, order: Order) -> None:
        if order.status not in _HISTORY[order.kind]:
            raise Refused
        self.orders.append(order)

    def change_status(self, order: Order, status: str) -> None:
        allowed = list(STEPS[order.kind][order.status])
        if order.status == "In-Dispute":
            allowed.append(order.disputed_from)
        if order.receipts and (order.kind, status) in _NOT_WITH_RECEIPTS:
            allowed = [each for each in allowed if each != status]
        if status == order.status:
            return
        if status not in allowed:
            raise Refused
        before = order.gone
        if status == "Rejected" and (order.returns or order.is_history):
            raise Refused
        if status in ("Cancelled", "Rejected"):
            order.was = order.effective_status
        if status == "In-Dispute":
            order.disputed_from = order.status
        order.status = status
        self._leave(order, before)

    def reopen(self, order: Order) -> None:
        if order.status not in _ENDED[order.kind] or order.is_history:
            raise Refused
        before = order.gone
        if order.status in ("Cancelled", "Rejected"):
            order.status = order.was or next(iter(STEPS[order.kind]))
        elif order.kind == "sales_order":
            order.status = _BEFORE_SALES[order.status]
        elif order.status == "Received":
            if order.is_full:
                raise Refused
            order.status = "Partial" if order.receipts else "In Transit"
        elif order.status == "Paid" or order.is_full:
            order.status = "Received"
        else:
            order.status = "Partial" if order.receipts else "In Transit"
        self._leave(order, before)

    def ship(self, order: Order, shipment: Shipment) -> None:
        if order.status != "Entered" or order.location is None:
            raise Refused
        if shipment.location is None:
            shipment.location = order.location
        for item, quantity in shipment.quantities.items():
            (line,) = (line for line in order.lines if line.item == item)
            if quantity > line.quantity - order.shipped(item):
                raise Refused
        before = order.gone
        order.shipments.append(shipment)
        if not order.is_open:
            order.status = "Shipped"
        self._leave(order, before)

    def undo_shipment(self, order: Order, shipment: Shipment) -> None:
        if order.status not in ("Entered", "Shipped") or (order.status == "Shipped" and order.is_open):
            raise Refused
        if any(each.shipment is shipment for each in order.returns):
            raise Refused
        before = order.gone
        order.shipments.remove(shipment)
        order.status = "Entered"
        self._leave(order, before)

    def undo_status(self, order: Order) -> None:
        """What the status has shipped is undone as a shipment is."""
        if order.is_history:
            raise Refused
        if order.status != "Shipped" or not order.is_open or any(each.shipment is None for each in order.returns):
            raise Refused
        before = order.gone
        order.status = "Entered"
        self._leave(order, before)

    def return_goods(self, order: Order, back: Return) -> None:
        if order.has_ended or order.is_history or (back.shipment is None and not order.is_shipped):
            raise Refused
        if back.location is None:
            back.location = order.location if back.shipment is None else back.shipment.location
        for item in {*back.kept, *back.written_off}:
            if back.quantity(item) > order.with_customer(back.shipment, item):
                raise Refused
        order.returns.append(back)
        self._bring(back, 1)

    def undo_return(self, order: Order, back: Return) -> None:
        if order.has_ended:
            raise Refused
        self._bring(back, -1)
        order.returns.remove(back)

    def change_location(self, order: Order, location: int | None) -> None:
        if location == order.location:
            return
        if order.has_ended or order.receipts or order.is_shipped or order.status == "Rejected":
            raise Refused
        if location is None and order.kind in ("work_order", "production_order"):
            raise Refused
        order.location = location

    def change_quantity(self, order: Order, line: int, quantity: Decimal) -> None:
        self._refuse_locked(order)
        if quantity < order.shipped(order.lines[line].item):
            raise Refused
        order.lines[line].quantity = quantity

    def add_line(self, order: Order, line: Line) -> None:
        self._refuse_locked(order)
        if order.kind != "purchase_order" and any(each.item == line.item for each in order.lines):
            raise Refused
        order.lines.append(line)

    def remove_line(self, order: Order, line: int) -> None:
        self._refuse_locked(order)
        if len(order.lines) == 1 or order.shipped(order.lines[line].item):
            raise Refused
        del order.lines[line]

    def receive(self, order: Order, receipt: Receipt) -> None:
        if order.status not in _RECEIVABLE[order.kind] or order.location is None or order.is_history:
            raise Refused
        if self.tolerance is not None and not receipt.accept_over:
            for number, quantity in receipt.quantities.items():
                ordered = order.lines[number].quantity
                if order.received(number) + quantity > max(ordered, ordered * (1 + self.tolerance / 100)):
                    raise Refused
        for place, quantity in self._moves(order, receipt):
            self._move(place, quantity)
        order.receipts.append(receipt)
        # What was closed short stays closed.
        if order.status != "Received":
            order.status = self._status_by_receipts(order)

    def delete_receipt(self, order: Order, receipt: Receipt) -> None:
        if order.has_ended and order.status != "Received":
            raise Refused
        self._undo(order, receipt)
        order.receipts.remove(receipt)
        order.status = self._status_by_receipts(order)

    def delete_order(self, order: Order) -> None:
        if order.has_ended and not order.is_history:
            raise Refused
        for receipt in reversed(order.receipts):
            self._undo(order, receipt)
        for back in reversed(order.returns):
            self._bring(back, -1)
        for place, quantity in order.gone.items():
            self._move(place, quantity)
        self.orders.remove(order)

    def tolerate(self, percent: Decimal | None) -> None:
        self.tolerance = percent

    def adjust(self, place: Place, quantity: Decimal) -> None:
        """By hand: up or down."""
        self._move(place, quantity)

    # Private

    def _refuse_locked(self, order: Order) -> None:
        if order.has_ended or order.receipts or order.is_shipped or order.status == "Rejected":
            raise Refused

    def _leave(self, order: Order, before: Mapping[Place, Decimal]) -> None:
        """What the order has taken is no longer what it had taken before."""
        if order.is_shipped and order.location is None and not order.is_history:
            raise Refused
        after = order.gone
        for place in {*before, *after}:
            self._move(place, before.get(place, Decimal(0)) - after.get(place, Decimal(0)))

    def _bring(self, back: Return, sign: int) -> None:
        assert back.location is not None
        for item, quantity in back.kept.items():
            self._move(Place(item, back.location), sign * quantity)

    def _moves(self, order: Order, receipt: Receipt) -> Iterator[tuple[Place, Decimal]]:
        """What a receipt takes and brings, one line after another in the order in which they feed one another: an item
        is made of those before it."""
        assert order.location is not None
        for number in sorted(receipt.quantities, key=lambda number: order.lines[number].item):
            line, quantity = order.lines[number], receipt.quantities[number]
            for item, each in line.inputs.items():
                used = receipt.used.get((number, item), each * quantity)
                yield Place(item, order.location), -used - receipt.scrapped.get((number, item), Decimal(0))
            yield Place(line.item, order.location), quantity
            for item, each in line.by_products.items():
                yield Place(item, order.location), receipt.came.get((number, item), each * quantity)

    def _undo(self, order: Order, receipt: Receipt) -> None:
        for place, quantity in reversed(list(self._moves(order, receipt))):
            self._move(place, -quantity)

    def _move(self, place: Place, quantity: Decimal) -> None:
        if self.on_hand[place] + quantity < 0:
            raise Refused
        self.on_hand[place] += quantity  # type: ignore[assignment]

    def _status_by_receipts(self, order: Order) -> str:
        if not order.receipts:
            return _WITHOUT_RECEIPTS[order.kind]
        return "Received" if order.is_full else "Partial"
