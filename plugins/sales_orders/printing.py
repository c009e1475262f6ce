"""The content of what is printed of sales orders, gathered from the domains that know it."""

from collections.abc import Iterable, Mapping

from pharus.fields import canonical
from pharus.pdf.paper import Party, money, printed_day
from plugins.customers.records import customers
from plugins.locations.records import locations
from plugins.platform import letterhead
from plugins.products.records import skus
from plugins.products.schemas import Sku
from plugins.sales_orders import commitments, shipping
from plugins.sales_orders.pdf import CODE, NAME, Column, PrintedDocument, total
from plugins.sales_orders.records import (
    StoredLine,
    StoredSalesOrder,
    return_items,
    returns,
    shipment_items,
    shipments,
    stored_orders,
)
from plugins.sales_orders.schemas import SalesOrderShipment, SalesOrderShipmentItem


def packing_slip(shipment_id: str) -> PrintedDocument:
    """What is in a shipment: ordered, in this one, still to come when it left. NotFound."""
    order, shipment, items = _shipment(shipment_id)
    lines = {line["id"]: line for line in commitments.lines_of(order["id"])}
    to_follow = _to_follow(order, shipment, lines)
    named = _named(lines.values())
    return PrintedDocument(
        title="Packing slip",
        number=shipment["shipmentNumber"],
        organization=letterhead.organization(),
        parties=_parties(order, shipment),
        details=_details(order, shipment),
        columns=(CODE, NAME, Column("Ordered", 13), Column("In this shipment", 14), Column("To follow", 13)),
        rows=[
            (
                *_names(named, lines[item["soItemId"]]),
                f"{lines[item['soItemId']]['quantity']:,}",
                f"{item['quantity']:,}",
                f"{to_follow[item['soItemId']]:,}",
            )
            for item in items
        ],
        notes=shipment["notes"],
    )


def delivery_note(shipment_id: str) -> PrintedDocument:
    """What a shipment delivers, to be signed. NotFound."""
    order, shipment, items = _shipment(shipment_id)
    lines = {line["id"]: line for line in commitments.lines_of(order["id"])}
    named = _named(lines.values())
    return PrintedDocument(
        title="Delivery note",
        number=shipment["shipmentNumber"],
        organization=letterhead.organization(),
        parties=_parties(order, shipment),
        details=_details(order, shipment),
        columns=(CODE, Column("Description", 60, is_number=False), Column("Quantity", 20)),
        rows=[(*_names(named, lines[item["soItemId"]]), f"{item['quantity']:,}") for item in items],
        totals=[("Pieces in all", f"{sum(item['quantity'] for item in items):,}")],
        notes=shipment["notes"],
        is_signed=True,
    )


def credit_note(return_id: str) -> PrintedDocument:
    """What the customer is credited. NotFound, also where nothing is."""
    found = returns.get(return_id)
    if found["creditNoteNumber"] is None:
        raise returns.not_found(return_id)
    order = stored_orders.get(found["salesOrderId"])
    items = return_items.of("return_id", return_id)
    lines = {line["id"]: line for line in commitments.lines_of(order["id"])}
    named = _named(lines.values())
    details = [
        ("Date", printed_day(found["returnedAt"])),
        ("Order", order["soNumber"]),
        ("Return", found["returnNumber"]),
        *((("Your reference", found["externalId"]),) if found["externalId"] else ()),
    ]
    return PrintedDocument(
        title="Credit note",
        number=found["creditNoteNumber"],
        organization=letterhead.organization(),
        parties=[("Customer", _customer(order))],
        details=details,
        columns=(CODE, NAME, Column("Quantity", 12), Column("Unit price", 13), Column("Amount", 15)),
        rows=[
            (
                *_names(named, lines[item["soItemId"]]),
                f"{item['quantity']:,}",
                canonical(item["unitPrice"]),
                money(item["amount"]),
            )
            for item in items
        ],
        totals=[("Total credit", total([item["amount"] for item in items]))],
        notes=found["notes"],
    )


def _shipment(id: str) -> tuple[StoredSalesOrder, SalesOrderShipment, list[SalesOrderShipmentItem]]:
    order = shipping.order_of(id)
    found = shipping.detail_of(order, id)
    return order, found["shipment"], found["items"]


def _parties(order: StoredSalesOrder, shipment: SalesOrderShipment) -> list[tuple[str, Party]]:
    return [("Ship to", _customer(order)), ("From", Party.of(locations.get(shipment["locationId"])))]


def _customer(order: StoredSalesOrder) -> Party:
    return Party.of(customers.get(order["customerId"]))


def _details(order: StoredSalesOrder, shipment: SalesOrderShipment) -> list[tuple[str, str]]:
    shipped_at = shipment["shippedAt"]
    found = (
        ("Order", order["soNumber"]),
        ("Shipped", None if shipped_at is None else printed_day(shipped_at)),
        ("Carrier", shipment["carrier"]),
        ("Tracking number", shipment["trackingNumber"]),
        ("Shipment", str(len(_until(order, shipment)))),
    )
    return [(label, text) for label, text in found if text]


def _until(order: StoredSalesOrder, shipment: SalesOrderShipment) -> list[str]:
    """The shipments of the order up to this one, which is the last; what its status has shipped comes behind all."""
    ids = [each["id"] for each in shipments.of("sales_order_id", order["id"])]
    return ids[: ids.index(shipment["id"]) + 1] if shipment["id"] in ids else [*ids, shipment["id"]]


def _to_follow(
    order: StoredSalesOrder, shipment: SalesOrderShipment, lines: Mapping[str, StoredLine]
) -> dict[str, int]:
    """What of each line was still to come behind the shipment."""
    if shipment["id"] == order["id"]:
        return dict.fromkeys(lines, 0)
    left = {id: line["quantity"] for id, line in lines.items()}
    for item in shipment_items.select("AND shipment_id = ANY(%s::uuid[])", (_until(order, shipment),)):
        left[item["soItemId"]] -= item["quantity"]
    return left


def _named(lines: Iterable[StoredLine]) -> Mapping[str, Sku]:
    return skus.require((line["skuId"] for line in lines), active=False)


def _names(named: Mapping[str, Sku], line: StoredLine) -> tuple[str, str]:
    sku = named[line["skuId"]]
    return sku["skuCode"], sku["name"]
