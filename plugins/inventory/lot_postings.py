"""What entries of a ledger do to the lots of items that are told apart by them (docs/rules.md, Lots).

The engine calls it for such items alone, in the transaction that writes the entries, with the balances locked: the lots
of an item at a place have no other writer meanwhile. One statement reads, and what is written goes along with the next.

Goods that come in belong to the lots that are named, else to a new one that has the code of the entry. What is undone,
arrives from a transfer or comes back belongs to the lots that left. Of what goes out the lots are named, or chosen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pharus import rowsets
from pharus.db import current, db
from pharus.errors import Conflict, NotFound
from pharus.fields import canonical, new_id
from pharus.rowsets import array
from plugins.inventory import lot_parts
from plugins.inventory.ledgers import Ledger
from plugins.inventory.lot_parts import ZERO, Lot, LotPart, Stock, code_key
from plugins.inventory.lot_stock import LotStock, origin_of
from plugins.inventory.postings import REVERSE, WRITE_OFF, Balance, Key, Posted, Posting


class _Part(NamedTuple):
    """What of a lot an entry moves, and whose goods these are (`LotEntry.origin_id`)."""

    lot: Lot
    quantity: Decimal
    origin_id: str | None = None


def post(ledger: Ledger, written: Sequence[tuple[str, Posted]], tracked: Collection[str]) -> None:
    """Move the lots of the entries, each with its code, whose items are `tracked`. Conflict, NotFound for a lot that
    is named and is not there."""
    moving = [(code, posted) for code, posted in written if posted.posting.item_id in tracked and _moves(posted)]
    if moving:
        _Lots(ledger, [posted for _, posted in moving]).move(moving)


def refuse_named(postings: Iterable[Posting], balances: Mapping[Key, Balance]) -> None:
    """Conflict where lots are named of an item that is not told apart by lots."""
    for posting in postings:
        if posting.lots and not balances[posting.key].has_lots:
            raise Conflict(
                "the item is not told apart by lots, so that none can be named", details={"itemId": posting.item_id}
            )


class _Lots:
    """The lots that some entries move, while they are moved."""

    def __init__(self, ledger: Ledger, moving: Sequence[Posted]) -> None:
        self._ledger = ledger
        self._stock = LotStock(ledger, moving)
        self._made: list[dict[str, Any]] = []
        self._leaving: dict[str, date] = {}
        self._entries: list[dict[str, Any]] = []
        self._changes: dict[tuple[str, str], list[Decimal]] = {}

    def move(self, moving: Iterable[tuple[str, Posted]]) -> None:
        for code, posted in moving:
            for part in self._parts(code, posted):
                self._move(posted, part)
        self._write()

    def _parts(self, code: str, posted: Posted) -> list[_Part]:
        posting = posted.posting
        origin = origin_of(posting)
        if origin is not None:
            return self._parts_of(posted, origin)
        if posted.effect.on_hand > 0:
            if posting.lots:
                return [_Part(self._named_or_new(posted, part), part.quantity) for part in posting.lots]
            return [self._new_part(code, posted)]
        stock, day = self._stock.at(posting.key), _day(posted)
        if posting.lots:
            return [self._named_part(posted, part, stock, day) for part in posting.lots]
        usable = [each for each in stock if each[0].may_leave(day)]
        first = self._as_before(posting, usable)
        rest = posting.quantity - sum((quantity for _, quantity in first), ZERO)
        chosen = lot_parts.choose(
            _without(usable, first),
            rest,
            self._stock.items[posting.item_id].policy,
            lambda: _too_little(posting, stock),
        )
        return [_Part(*each) for each in _merged([*first, *chosen])]

    def _parts_of(self, posted: Posted, origin: str) -> list[_Part]:
        """Of the lots that the origin moved, those that are left of it: all, or those that are named or chosen."""
        posting = posted.posting
        left = self._stock.left.setdefault(origin, {})
        missing = posting.quantity - sum((quantity for quantity in left.values() if quantity > 0), ZERO)
        opening = self._stock.opening.get(posting.item_id)
        if missing > 0 and opening is not None:
            # What was posted before the item had lots is of the lot that it then got.
            left[opening.id] = max(ZERO, left.get(opening.id, ZERO)) + missing
        stock = [(self._stock.known[id], quantity) for id, quantity in left.items() if quantity > 0]
        if posting.lots:
            chosen = [self._of_stock(posting, part, stock) for part in posting.lots]
        else:
            policy = self._stock.items[posting.item_id].policy
            chosen = lot_parts.choose(stock, posting.quantity, policy, lambda: _not_of_lots(posting, stock))
        for lot, quantity in chosen:
            left[lot.id] -= quantity
        origin_id = origin if posting.reverses is None else self._stock.origin_of.get(origin)
        return [_Part(lot, quantity, origin_id) for lot, quantity in chosen]

    def _of_stock(self, posting: Posting, part: LotPart, stock: Sequence[Stock]) -> Stock:
        lot = self._find(posting, part)
        there = sum((quantity for each, quantity in stock if each.id == lot.id), ZERO)
        if there < part.quantity:
            raise _less_of_lot(posting, lot, there, part.quantity)
        return lot, part.quantity

    def _named_part(self, posted: Posted, part: LotPart, stock: Sequence[Stock], day: date) -> _Part:
        lot, quantity = self._of_stock(posted.posting, part, stock)
        if posted.posting.event_type == "CONSUME" and not lot.may_leave(day):
            raise Conflict(
                f"the lot {lot.code} is {lot.state(day)} and does not leave",
                details={
                    "lotId": lot.id,
                    "code": lot.code,
                    "status": lot.status,
                    "bestBefore": lot.best_before,
                    "lots": lot_parts.shown(each for each in stock if each[0].may_leave(day)),
                },
            )
        return _Part(lot, quantity)

    def _as_before(self, posting: Posting, usable: Sequence[Stock]) -> list[Stock]:
        """Of goods that came back because their shipment was undone, and leave again: the same lots, if they may."""
        before = self._stock.taken_before.get(posting.source_id or "", {})
        found: list[Stock] = []
        left = posting.quantity
        for lot, there in usable:
            part = min(left, there, before.get(lot.id, ZERO))
            if part > 0:
                found.append((lot, part))
                before[lot.id] -= part
                left -= part
        return found

    def _find(self, posting: Posting, part: LotPart) -> Lot:
        """NotFound, Conflict for a lot of another item."""
        if part.lot_id is not None:
            lot = self._stock.known.get(part.lot_id)
        else:
            lot = self._stock.by_code.get((posting.item_id, code_key(part.code or "")))
        if lot is None:
            named = (
                f"with the id {part.lot_id}" if part.lot_id is not None else f"of the item with the code {part.code}"
            )
            raise NotFound(f"no lot {named}")
        if lot.item_id != posting.item_id:
            raise Conflict(f"the lot {lot.code} is of another item", details={"lotId": lot.id, "itemId": lot.item_id})
        return lot

    def _named_or_new(self, posted: Posted, part: LotPart) -> Lot:
        posting = posted.posting
        key = (posting.item_id, code_key(part.code or ""))
        if part.lot_id is None and key not in self._stock.by_code:
            assert part.code is not None
            return self._new(posted, part.code, part)
        lot = self._find(posting, part)
        for name, given, stored in (
            ("supplierLot", part.supplier_lot, lot.supplier_lot),
            ("madeOn", part.made_on, lot.made_on),
            ("bestBefore", part.best_before, lot.best_before),
        ):
            if given is not None and given != stored:
                raise Conflict(
                    f"the lot {lot.code} is known with another {name}", details={"lotId": lot.id, name: stored}
                )
        return lot

    def _new_part(self, code: str, posted: Posted) -> _Part:
        posting = posted.posting
        if self._stock.items[posting.item_id].policy == "none":
            raise Conflict(
                lot_parts.NOT_NAMED,
                details={"itemId": posting.item_id},
            )
        return _Part(self._new(posted, code, LotPart(posting.quantity)), posting.quantity)

    def _new(self, posted: Posted, code: str, part: LotPart) -> Lot:
        """Conflict where nobody says until when it is good."""
        posting, unit = posted.posting, current()
        item, day = self._stock.items[posting.item_id], _day(posted)
        made_on = part.made_on or (day if posting.event_type == "PRODUCE" else None)
        best_before = part.best_before
        if best_before is None and item.shelf_life_days is not None:
            try:
                best_before = (made_on or day) + timedelta(days=item.shelf_life_days)
            except OverflowError:
                best_before = date.max
        if best_before is None and item.tracking == "lots_with_expiry":
            raise Conflict(
                f"the lot {code} needs bestBefore: the item has no shelfLifeDays",
                details={"itemId": posting.item_id, "code": code},
            )
        status = item.received_status if posting.source_type == "po_receipt" else "released"
        lot = Lot(
            new_id(),
            posting.item_id,
            code,
            status=status,
            best_before=best_before,
            made_on=made_on,
            supplier_lot=part.supplier_lot,
        )
        self._stock.know(lot)
        self._made.append(
            {
                "org_id": unit.org_id,
                "id": lot.id,
                f"{self._ledger.item}_id": lot.item_id,
                "code": code,
                "supplier_lot": lot.supplier_lot,
                "made_on": made_on,
                "best_before": best_before,
                "status": status,
                "is_opening": False,
                "created_at": unit.now,
                "updated_at": unit.now,
            }
        )
        return lot

    def _move(self, posted: Posted, part: _Part) -> None:
        posting, unit = posted.posting, current()
        lot, quantity = part.lot, part.quantity
        effect = posted.effect
        on_hand, in_transit = _signed(effect.on_hand, quantity), _signed(effect.in_transit, quantity)
        here = self._stock.on_hand.setdefault(posting.key, {})
        there = here.get(lot.id, ZERO)
        if there + on_hand < 0:
            # Only what takes an inflow back comes here: of anything else the lots were chosen from what there is.
            raise _less_of_lot(posting, lot, there, quantity)
        here[lot.id] = there + on_hand
        if posting.event_type == "CONSUME":
            self._leaving[lot.id] = max(_day(posted), self._leaving.get(lot.id, date.min))
        self._change(lot, posting.location_id, on_hand, ZERO)
        self._change(lot, posting.to_location_id or posting.location_id, ZERO, in_transit)
        self._entries.append(
            {
                "org_id": unit.org_id,
                "id": new_id(),
                "lot_id": lot.id,
                "entry_id": posted.id,
                "location_id": posting.location_id,
                "to_location_id": posting.to_location_id,
                "event_type": posting.event_type,
                "quantity": quantity,
                "on_hand": on_hand,
                "in_transit": in_transit,
                "source_type": posting.source_type,
                "source_id": posting.source_id,
                "ref": posting.ref,
                "event_date": posting.event_date,
                "reverses_id": posting.reverses.id if posting.reverses is not None else None,
                "origin_id": part.origin_id,
                "process_id": posting.process_id,
                "created_at": unit.now,
            }
        )

    def _change(self, lot: Lot, location_id: str, on_hand: Decimal, in_transit: Decimal) -> None:
        if on_hand or in_transit:
            change = self._changes.setdefault((lot.id, location_id), [ZERO, ZERO])
            change[0] += on_hand
            change[1] += in_transit

    def _write(self) -> None:
        """Along with the next statement. The balances are locked, so what was read of the lots there is still true."""
        org_id = current().org_id
        if self._made:
            # Of two who make the same lot at once the second begins anew, and finds it.
            db.defer_prepared(
                f"""
                WITH made AS ({rowsets.insertion("lot", self._made[0])} ON CONFLICT DO NOTHING RETURNING id)
                SELECT require_change((count(*) = %s)::int) FROM made
                """,
                (rowsets.parameter(self._made), len(self._made)),
            )
        made = {row["id"] for row in self._made}
        if leaving := sorted(id for id in self._leaving if id not in made):
            # Whoever puts a lot on hold waits for those who take of it; who takes of one that is on hold by then begins
            # anew.
            db.defer_prepared(
                """
                WITH leaving AS (
                    SELECT FROM lot WHERE org_id = %s AND id = ANY(%s::uuid[]) AND status = 'released'
                    ORDER BY id FOR SHARE
                )
                SELECT require_change((count(*) = %s)::int) FROM leaving
                """,
                (org_id, array(leaving), len(leaving)),
            )
        rows = [
            {
                "org_id": org_id,
                "lot_id": lot_id,
                "location_id": location_id,
                "item_id": self._stock.known[lot_id].item_id,
                "on_hand": on_hand,
                "in_transit": in_transit,
            }
            for (lot_id, location_id), (on_hand, in_transit) in self._changes.items()
        ]
        # A row that is not there yet begins with nothing: what is added to it is checked as a whole.
        if gained := [{**row, "on_hand": ZERO, "in_transit": ZERO} for row in rows if _gains(row)]:
            db.defer_prepared(
                rowsets.insertion("lot_balance", gained[0]) + " ON CONFLICT DO NOTHING", (rowsets.parameter(gained),)
            )
        if rows:
            db.defer_prepared(
                f"""
                UPDATE lot_balance AS balance
                SET on_hand = balance.on_hand + given.on_hand, in_transit = balance.in_transit + given.in_transit
                FROM {rowsets.source("lot_balance")} AS given
                WHERE balance.org_id = %s AND balance.lot_id = given.lot_id AND balance.location_id = given.location_id
                """,
                (rowsets.parameter(rows), org_id),
            )
        if self._entries:
            db.defer_prepared(rowsets.insertion("lot_entry", self._entries[0]), (rowsets.parameter(self._entries),))


def _moves(posted: Posted) -> bool:
    effect = posted.effect
    return bool(effect.on_hand or effect.in_transit) or posted.posting.event_type.removeprefix(REVERSE) == WRITE_OFF


def _day(posted: Posted) -> date:
    event_date = posted.posting.event_date
    assert event_date is not None
    return current().calendar.day_of(event_date)


def _signed(effect: Decimal, quantity: Decimal) -> Decimal:
    return quantity if effect > 0 else -quantity if effect < 0 else ZERO


def _gains(row: Mapping[str, Any]) -> bool:
    return bool(row["on_hand"] > 0 or row["in_transit"] > 0)


def _merged(stock: Iterable[Stock]) -> list[Stock]:
    """Each lot once."""
    by_id: dict[str, Stock] = {}
    for lot, quantity in stock:
        by_id[lot.id] = (lot, by_id.get(lot.id, (lot, ZERO))[1] + quantity)
    return list(by_id.values())


def _without(stock: Sequence[Stock], taken: Sequence[Stock]) -> list[Stock]:
    less = {lot.id: quantity for lot, quantity in taken}
    return [(lot, quantity - less.get(lot.id, ZERO)) for lot, quantity in stock]


def _too_little(posting: Posting, stock: Sequence[Stock]) -> Conflict:
    return Conflict(
        "too little of it is in lots that may leave",
        details={
            "itemId": posting.item_id,
            "locationId": posting.location_id,
            "requested": canonical(posting.quantity),
            "lots": lot_parts.shown(stock),
        },
    )


def _not_of_lots(posting: Posting, stock: Sequence[Stock]) -> Conflict:
    return Conflict(
        "less than that is left of the lots that had left",
        details={
            "itemId": posting.item_id,
            "requested": canonical(posting.quantity),
            "lots": lot_parts.shown(stock),
        },
    )


def _less_of_lot(posting: Posting, lot: Lot, there: Decimal, requested: Decimal) -> Conflict:
    return Conflict(
        f"there is less of the lot {lot.code}",
        details={
            "itemId": posting.item_id,
            "locationId": posting.location_id,
            "lotId": lot.id,
            "code": lot.code,
            "quantity": canonical(there),
            "requested": canonical(requested),
        },
    )
