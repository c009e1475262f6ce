"""What a request would change, by the events that it has written (docs/adr/0069): in short, and as a fingerprint."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import orjson

from pharus.fields import canonical
from plugins.events.reading import Event

# So many changes are told one by one; all of them are counted.
_MOST_TOLD = 20
# What is another one each time: an instant, and a number that is given when a record is made.
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})")
_GIVEN_NUMBER = re.compile(r"[A-Z]{2,6}(-[A-Z]{1,4})?(-\d{4})?-\d{3,}")
_PRICES = ("unitCost", "unitPrice")
_LEDGERS = {"materials_ledger_entry": "materialId", "finished_goods_ledger_entry": "skuId"}
_ZERO = Decimal()
_BALANCES = ("onHand", "onOrder", "demand", "allocated", "inTransit")


def fingerprint(events: Sequence[Event]) -> str:
    """The same for the same effect, whenever it is rehearsed: ids and numbers of new records, and instants, do not
    count."""
    new = {event.record_id: f"#{number}" for number, event in enumerate(events) if event.type.endswith(".created")}
    facts = [
        (
            event.type,
            new.get(event.record_id, event.record_id),
            new.get(event.parent_id or "", event.parent_id),
            _lasting(event.before, new),
            _lasting(event.after, new),
        )
        for event in events
    ]
    text = orjson.dumps(facts, default=str, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(text).hexdigest()


def _lasting(value: Any, new: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _lasting(each, new) for key, each in value.items()}
    if isinstance(value, list):
        return [_lasting(each, new) for each in value]
    if isinstance(value, datetime):
        return "an instant"
    if isinstance(value, str):
        if _INSTANT.fullmatch(value):
            return "an instant"
        return "a number" if _GIVEN_NUMBER.fullmatch(value) else new.get(value, value)
    return value


def told(events: Sequence[Event], shown: Sequence[Mapping[str, Any]], *, with_money: bool) -> dict[str, Any]:
    """What would change, in short: how many records of which kind, the first of them one by one, the stock, and what
    money that is."""
    # Entries of ledgers are told together, as stock.
    records = [each for each in zip(events, shown, strict=True) if not _is_entry(each[0])]
    briefly: dict[str, Any] = {
        "records": dict(Counter(event.type for event in events)),
        "changes": [_change(*each) for each in records[:_MOST_TOLD]],
        "stock": list(_stock(events)),
    }
    if len(records) > _MOST_TOLD:
        briefly["changesLeftOut"] = len(records) - _MOST_TOLD
    if with_money:
        briefly["money"] = _money(events)
    return briefly


def _change(event: Event, shown: Mapping[str, Any]) -> dict[str, Any]:
    change: dict[str, Any] = {"what": event.type}
    if not event.type.endswith(".created"):
        change["recordId"] = event.record_id
        change["before"] = shown["before"]
    change["after"] = shown["after"]
    return {key: value for key, value in change.items() if value is not None}


def _is_entry(event: Event) -> bool:
    return event.table in _LEDGERS


def _entries(events: Sequence[Event]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of ledgers, and how each names its item."""
    for event in events:
        if _is_entry(event) and event.after is not None:
            yield _LEDGERS[event.table], event.after


def _stock(events: Sequence[Event]) -> Iterator[dict[str, Any]]:
    """By item and place, by how much each part of the balance changes."""
    changes: defaultdict[tuple[str, str, str], dict[str, Decimal]] = defaultdict(
        lambda: dict.fromkeys(_BALANCES, _ZERO)
    )
    for key, entry in _entries(events):
        parts = changes[key, entry["itemId"], entry["locationId"]]
        for part in _BALANCES:
            parts[part] += Decimal(str(entry.get(part, 0)))
    for (key, item, location), parts in changes.items():
        changed = {part: canonical(parts[part]) for part in _BALANCES if parts[part]}
        yield {key: item, "locationId": location, **changed}


def _money(events: Sequence[Event]) -> dict[str, str]:
    """By how much the value of the stock changes, and what the new lines of orders come to."""
    value = sum((Decimal(str(entry.get("value", 0))) for _, entry in _entries(events)), Decimal())
    lines: defaultdict[str, Decimal] = defaultdict(Decimal)
    for event in events:
        after = event.after or {}
        price = next((after[name] for name in _PRICES if after.get(name) is not None), None)
        if event.type.endswith("_item.created") and price is not None and after.get("quantity") is not None:
            lines[event.table] += Decimal(str(price)) * Decimal(str(after["quantity"]))
    return {"stockValue": canonical(value), **{f"{table}s": canonical(amount) for table, amount in lines.items()}}
