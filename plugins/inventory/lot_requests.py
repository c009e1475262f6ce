"""Which lots requests name (docs/rules.md, Lots)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pharus.errors import Invalid, Problem
from pharus.fields import business_date, canonical
from plugins.inventory.lot_parts import ZERO, LotPart, code_key


def named(body: Mapping[str, Any], quantity: Decimal | None, path: str = "", key: str = "lots") -> tuple[LotPart, ...]:
    """The lots of a movement, or of a line of one, at `path`; none where it names none. Invalid when one is named
    twice, or when together they are not the quantity (None: whatever they are together)."""
    given: Sequence[Mapping[str, Any]] | None = body.get(key)
    if not given:
        return ()
    parts, problems, seen = [], [], set[tuple[str, str]]()
    for index, lot in enumerate(given):
        lot_id, code = lot.get("lotId"), lot.get("code")
        name = ("code", code_key(code.strip())) if code is not None else ("lotId", str(lot_id))
        if name in seen:
            problems.append(Problem(f"{path}/{key}/{index}/{name[0]}", "is named before this one"))
        seen.add(name)
        dates = (None if lot.get(each) is None else business_date(lot[each]) for each in ("madeOn", "bestBefore"))
        parts.append(LotPart(Decimal(lot["quantity"]), lot_id, code and code.strip(), lot.get("supplierLot"), *dates))
    together = total(parts)
    if quantity is not None and together != quantity:
        sentence = f"together they are {canonical(together)}, and not {canonical(quantity)}"
        problems.append(Problem(f"{path}/{key}", sentence))
    if problems:
        raise Invalid(problems)
    return tuple(parts)


def total(parts: Sequence[LotPart]) -> Decimal:
    return sum((part.quantity for part in parts), ZERO)
