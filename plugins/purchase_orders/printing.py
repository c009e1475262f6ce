"""The content of a purchase order that is sent to the vendor, gathered from the domains that know it."""

from pharus.pdf.paper import Party
from plugins.locations.records import locations
from plugins.materials.records import materials
from plugins.platform import letterhead
from plugins.products.records import skus
from plugins.purchase_orders.pdf import PrintedLine, PrintedOrder
from plugins.purchase_orders.records import items
from plugins.purchase_orders.schemas import PurchaseOrder, PurchaseOrderItem
from plugins.vendors.records import vendors


def printed(order: PurchaseOrder) -> PrintedOrder:
    """The order with its lines, in the order in which they were added."""
    ship_to = order["shipToLocationId"]
    return PrintedOrder(
        number=order["poNumber"],
        status=order["status"],
        organization=letterhead.organization(),
        vendor=Party.of(vendors.get(order["vendorId"])),
        ship_to=Party.of(locations.get(ship_to)) if ship_to is not None else None,
        placed_at=order["placedAt"],
        ship_date=order["shipDate"],
        expected_delivery_date=order["expectedDeliveryDate"],
        lines=_lines(items.of("purchase_order_id", order["id"])),
        shipping_costs=order["shippingCosts"],
        setup_costs=order["setupCosts"],
        other_costs=order["otherCosts"],
        notes=order["notes"],
    )


def _lines(of_order: list[PurchaseOrderItem]) -> list[PrintedLine]:
    named = materials.require((line["materialId"] for line in of_order if line["materialId"]), active=False)
    made = skus.require((line["skuId"] for line in of_order if line["skuId"]), active=False)
    names = {
        **{id: (each["materialCode"], each["name"]) for id, each in named.items()},
        **{id: (each["skuCode"], each["name"]) for id, each in made.items()},
    }
    return [
        PrintedLine(code=code, name=name, quantity=line["quantity"], unit_cost=line["unitCost"])
        for line in of_order
        for code, name in (names[line["materialId"] or line["skuId"] or ""],)
    ]
