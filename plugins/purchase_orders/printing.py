"""The content of a purchase order that is sent to the vendor, gathered from the domains that know it."""

from collections.abc import Mapping
from typing import Any

from pharus.pdf.paper import Party
from plugins.contacts.records import person_for
from plugins.locations.records import locations, party_of
from plugins.materials.records import materials
from plugins.platform.letterhead import letterhead
from plugins.products.records import skus
from plugins.purchase_orders.pdf import PrintedLine, PrintedOrder
from plugins.purchase_orders.records import items
from plugins.purchase_orders.schemas import PurchaseOrder, PurchaseOrderItem
from plugins.units import conversion
from plugins.vendors.records import vendors


def printed(order: PurchaseOrder) -> PrintedOrder:
    """The order with its lines, in the order in which they were added."""
    ship_to = order["shipToLocationId"]
    organization, currency = letterhead()
    vendor = vendors.get(order["vendorId"])
    return PrintedOrder(
        number=order["poNumber"],
        status=order["status"],
        organization=organization,
        vendor=Party.of(vendor, **person_for("vendor", vendor["id"])),
        ship_to=party_of(locations.get(ship_to)) if ship_to is not None else None,
        placed_at=order["placedAt"],
        ship_date=order["shipDate"],
        expected_delivery_date=order["expectedDeliveryDate"],
        lines=_lines(items.of("purchase_order_id", order["id"])),
        shipping_costs=order["shippingCosts"],
        setup_costs=order["setupCosts"],
        other_costs=order["otherCosts"],
        notes=order["notes"],
        terms=order["terms"] or vendor["term"],
        currency=currency,
    )


def _lines(of_order: list[PurchaseOrderItem]) -> list[PrintedLine]:
    named = materials.require((line["materialId"] for line in of_order if line["materialId"]), active=False)
    made = skus.require((line["skuId"] for line in of_order if line["skuId"]), active=False)
    codes = {
        **{id: each["materialCode"] for id, each in named.items()},
        **{id: each["skuCode"] for id, each in made.items()},
    }
    known: Mapping[str, Mapping[str, Any]] = {**named, **made}
    return [
        PrintedLine(
            code=codes[id],
            name=known[id]["name"],
            quantity=said.quantity,
            unit_cost=said.price,
            supplier_code=line["supplierItemCode"],
            unit=said.unit,
        )
        for line in of_order
        for id in (line["materialId"] or line["skuId"] or "",)
        for said in (conversion.priced(line, known[id]["unit"], "unitCost"),)
    ]
