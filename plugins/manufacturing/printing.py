"""The sheet that goes along with a work order or a production order: what is to be made, and of what."""

from collections.abc import Mapping
from typing import Any

from pharus.pdf.paper import printed_day, printed_quantity, unit_of
from pharus.pdf.printed import CODE, NAME, UNIT, Column, PrintedDocument
from plugins.locations.records import locations, party_of
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import WORK
from plugins.materials.records import materials
from plugins.platform.letterhead import letterhead
from plugins.products.records import skus
from plugins.units import conversion

_ACTUAL, _LOT = Column("Actual", 14, is_number=False), Column("Lot", 16, is_number=False)

# What nobody must make. Other statuses change while the sheet is in somebody's hands.
_MARKS = {"Draft": "Draft: not to be made yet", "Cancelled": "Cancelled"}


def sheet(snapshot: OrderSnapshot) -> PrintedDocument:
    """Each line with the inputs that it takes for its whole quantity and what comes out besides, and room for what was
    really made and used. What things cost is not told."""
    kind, order = snapshot.kind, snapshot.order
    named: dict[str, Mapping[str, Any]] = {
        **materials.require((each["materialId"] for each in snapshot.inputs if each["materialId"]), active=False),
        **skus.require(
            (
                *(line["skuId"] for line in snapshot.lines),
                *(each["inputSkuId"] for each in snapshot.inputs if each.get("inputSkuId")),
                *(each["byProductSkuId"] for each in snapshot.by_products),
            ),
            active=False,
        ),
    }
    inputs: dict[str, list[Mapping[str, Any]]] = {line["id"]: [] for line in snapshot.lines}
    for each in snapshot.inputs:
        inputs[each[kind.item_key]].append(each)
    besides: dict[str, list[Mapping[str, Any]]] = {line["id"]: [] for line in snapshot.lines}
    for each in snapshot.by_products:
        besides[each[kind.item_key]].append(each)
    rows: list[tuple[str, ...]] = []
    groups: set[int] = set()
    for line in snapshot.lines:
        groups.add(len(rows))
        rows.append(_row(line, named[line["skuId"]]))
        rows += [_row(each, named[each["materialId"] or each["inputSkuId"]]) for each in inputs[line["id"]]]
        rows += [_row(each, named[each["byProductSkuId"]], "By-product: ") for each in besides[line["id"]]]
    return PrintedDocument(
        title="Work order" if kind is WORK else "Production order",
        number=kind.number(order),
        mark=_MARKS.get(order["status"]),
        organization=letterhead().organization,
        parties=[("Made at", party_of(locations.get(kind.location_id(order))))],
        details=[
            ("Order date", printed_day(order["placedAt"])),
            ("Due", printed_day(order["expectedDeliveryDate"])),
            ("Started", printed_day(order["productionStartedAt"])),
        ],
        columns=(CODE, NAME, Column("Quantity", 14), UNIT, _ACTUAL, _LOT),
        rows=rows,
        groups=groups,
        blank=(_ACTUAL.label, _LOT.label),
        notes=order["notes"],
        signed="Made and checked, unless noted here.",
    )


def _row(line: Mapping[str, Any], item: Mapping[str, Any], what: str = "") -> tuple[str, ...]:
    code: str = item["materialCode"] if "materialCode" in item else item["skuCode"]
    name = what + item["name"]
    if "unitFactor" not in line:
        return code, name, printed_quantity(line["quantity"]), unit_of(item), "", ""
    (quantity,), unit = conversion.spoken(line, item["unit"], line["quantity"])
    return code, name, printed_quantity(quantity), unit, "", ""
