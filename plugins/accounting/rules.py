"""Decisions of the accounting domain: the accounts, and what a movement of value does to them (docs/rules.md,
Accounting)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from zoneinfo import available_timezones

from pharus.errors import Invalid, Problem
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.opening import SOURCE_TYPE as OPENING
from plugins.inventory.postings import REVERSE, WRITE_OFF, ZERO

# The accounts of the journal, by the names of the document, with the names that they usually have.
ACCOUNTS: Mapping[str, str] = {
    "materials": "Inventory: materials",
    "finishedGoods": "Inventory: finished goods",
    "goodsInTransit": "Goods in transit",
    "goodsReceived": "Goods received, not invoiced",
    "production": "Production",
    "conversionCosts": "Conversion costs absorbed",
    "costOfGoods": "Cost of goods sold",
    "variance": "Inventory variance",
    "adjustments": "Inventory adjustments",
    "writeOffs": "Inventory write-offs",
    "openingBalances": "Opening balances",
}

INVENTORY = {MATERIALS.name: "materials", FINISHED_GOODS.name: "finishedGoods"}

# Where a RECEIVE comes from; else from a vendor.
_SENDERS = {"transfer": "goodsInTransit", "so_return": "costOfGoods"}
_PRODUCTION_RECEIPTS = frozenset({"wo_receipt", "prod_receipt"})
# As many months as a report shows at most.
MOST_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Movement:
    """A ledger entry that moves value, as the journal needs it. `inputs` is, of a PRODUCE, what its inputs were worth;
    of its reversal, that of the entry which it reverses; `added_value`, of a WRITE_OFF, what the goods have cost."""

    ledger: str
    event_type: str
    source_type: str | None
    value: Decimal
    variance: Decimal
    inputs: Decimal | None = None
    added_value: Decimal | None = None


def debits(movement: Movement) -> dict[str, Decimal]:
    """What the movement adds to each account on the debit side; credits are negative, and all sum up to nothing.

    The inventory changes by the value. Of the other side, the variance is what a correction could no longer put right
    in the inventory; the rest belongs to the account that the event names.
    """
    found = {INVENTORY[movement.ledger]: movement.value, "variance": -movement.variance}
    for account, credited in _counterparts(movement):
        found[account] = found.get(account, ZERO) - credited
    return {account: amount for account, amount in found.items() if amount}


def _counterparts(movement: Movement) -> Iterator[tuple[str, Decimal]]:
    brought = movement.value - movement.variance
    event_type = movement.event_type.removeprefix(REVERSE)
    if event_type == "PRODUCE":
        inputs = movement.inputs or ZERO
        signed = inputs if event_type == movement.event_type else -inputs
        yield "production", signed
        yield "conversionCosts", brought - signed
    elif event_type == WRITE_OFF:
        cost = movement.added_value or ZERO
        yield "costOfGoods", cost
        yield "writeOffs", -cost
    else:
        yield _counterpart(event_type, movement.source_type), brought


def _counterpart(event_type: str, source_type: str | None) -> str:
    match event_type:
        case "TRANSFER":
            return "goodsInTransit"
        case "RECEIVE":
            return _SENDERS.get(source_type or "", "goodsReceived")
        case "CONSUME":
            return "production" if source_type in _PRODUCTION_RECEIPTS else "costOfGoods"
        case "DISPOSE":
            return "writeOffs"
        case "ADJUST" if source_type in _PRODUCTION_RECEIPTS:
            # The opposite of what the receipt had disposed of.
            return "writeOffs"
        case "ADJUST" if source_type == OPENING:
            return "openingBalances"
        case "REVALUE" if source_type in _PRODUCTION_RECEIPTS:
            return "conversionCosts"
        case "REVALUE" if source_type == "po_receipt":
            return "goodsReceived"
    return "adjustments"


def refuse_settings(time_zone: str, closed_through: date | None, today: date) -> None:
    """Invalid for a time zone that does not exist, and for a period that has not ended."""
    problems = []
    if time_zone not in _time_zones():
        problems.append(Problem("/timeZone", "must be a name of the IANA time zone database, such as Europe/Paris"))
    if closed_through is not None and closed_through >= today:
        problems.append(Problem("/closedThrough", "must be before today"))
    if problems:
        raise Invalid(problems)


@lru_cache(maxsize=1)
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def months(first: date, last: date) -> list[date]:
    """The first days of the months from that of the first day to that of the last one."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    if count > MOST_MONTHS:
        raise Invalid([Problem("query/dateFrom", f"must be at most {MOST_MONTHS} months before the end")])
    found = [first.replace(day=1)]
    while len(found) < count:
        year, month = divmod(found[-1].month, 12)
        found.append(date(found[-1].year + year, month + 1, 1))
    return found
