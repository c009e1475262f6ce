"""The content of what is printed of sales orders, gathered from the domains that know it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from pharus.pdf.paper import Party, printed_day, printed_quantity, unit_of
from pharus.pdf.printed import CODE, NAME, POSITION, TERMS, UNIT, Column, PrintedDocument
from plugins.contacts.records import person_for
from plugins.customers.records import customers
from plugins.locations.records import locations, party_of
from plugins.platform.letterhead import letterhead
from plugins.products.records import skus
from plugins.products.schemas import Sku
from plugins.sales_orders import commitments, rules, shipping
from plugins.sales_orders.records import (
    StoredLine,
    StoredSalesOrder,
    return_items,
    returns,
    shipment_items,
    shipments,
    stored_orders,
)
from plugins.sales_orders.schemas import SalesOrderReturnItem, SalesOrderShipment, SalesOrderShipmentItem
from plugins.units import conversion

# What the customer must not take for a confirmed order. No other status is the customer's business.
_MARKS = {"Received": "Not confirmed yet", "Rejected": "Cancelled"}


def packing_slip(shipment_id: str) -> PrintedDocument:
    """What is in a shipment: ordered, in this one, still to come when it left. NotFound."""
    order, shipment, items = _shipment(shipment_id)
    lines = {line["id"]: line for line in commitments.lines_of(order["id"])}
    to_follow = _to_follow(order, shipment, lines)
    named = _named(lines.values())
    return PrintedDocument(
        title="Packing slip",
        number=shipment["shipmentNumber"],
        organization=letterhead().organization,
        parties=_parties(order, shipment),
        details=_details(order, shipment),
        columns=(CODE, NAME, Column("Ordered", 13), Column("In this shipment", 15), Column("To follow", 13), UNIT),
        rows=[
            (*_names(named, line), *map(printed_quantity, said.quantities), said.unit)
            for item in items
            for line in (lines[item["soItemId"]],)
            for said in (_spoken(named, line, line["quantity"], item["quantity"], to_follow[line["id"]]),)
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
        organization=letterhead().organization,
        parties=_parties(order, shipment),
        details=_details(order, shipment),
        columns=(CODE, NAME, Column("Quantity", 20), UNIT),
        rows=[
            (*_names(named, line), *map(printed_quantity, said.quantities), said.unit)
            for item in items
            for line in (lines[item["soItemId"]],)
            for said in (_spoken(named, line, item["quantity"]),)
        ],
        grand_total=("Pieces in all", f"{sum(item['quantity'] for item in items):,}"),
        notes=shipment["notes"],
        signed="Received in full and in good condition, unless noted here.",
    )


def confirmation(order: StoredSalesOrder) -> PrintedDocument:
    """What is confirmed to the customer: what was ordered, at which prices, for when. What the order costs the
    organization, and its notes, are not told."""
    organization, currency = letterhead()
    lines = commitments.lines_of(order["id"])
    named = _named(lines)
    amounts = [currency.rounded(conversion.amount(line, "unitPrice")) for line in lines]
    customer = customers.get(order["customerId"])
    return PrintedDocument(
        title="Order confirmation",
        number=order["soNumber"],
        mark=_MARKS.get(rules.effective_status_of(order)),
        organization=organization,
        parties=[("Customer", Party.of(customer, **person_for("customer", customer["id"])))],
        details=[
            ("Order date", printed_day(order["placedAt"])),
            ("Your order", order["customerReference"]),
            ("Arrives by", printed_day(order["mabd"])),
            (TERMS, order["terms"]),
            ("Currency", currency.code),
        ],
        columns=(POSITION, CODE, NAME, Column("Quantity", 12), UNIT, Column("Unit price", 13), Column("Amount", 15)),
        rows=[
            (
                str(position),
                *_names(named, line),
                printed_quantity(said.quantity),
                said.unit,
                currency.price(said.price),
                currency.amount(amount),
            )
            for position, (line, amount) in enumerate(zip(lines, amounts, strict=True), start=1)
            for said in (conversion.priced(line, named[line["skuId"]]["unit"], "unitPrice"),)
        ],
        grand_total=(currency.named("Total"), currency.amount(sum(amounts, Decimal(0)))),
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
    organization, currency = letterhead()
    return PrintedDocument(
        title="Credit note",
        number=found["creditNoteNumber"],
        organization=organization,
        parties=[("Customer", _customer(order))],
        details=[
            ("Date", printed_day(found["returnedAt"])),
            ("Order", order["soNumber"]),
            ("Your order", order["customerReference"]),
            ("Return", found["returnNumber"]),
            ("Your reference", found["externalId"]),
            ("Currency", currency.code),
        ],
        columns=(CODE, NAME, Column("Quantity", 12), UNIT, Column("Unit price", 13), Column("Amount", 15)),
        rows=[
            (
                *_names(named, lines[item["soItemId"]]),
                printed_quantity(said.quantity),
                said.unit,
                currency.price(said.price),
                currency.amount(item["amount"]),
            )
            for item in items
            for said in (_credited(named, lines[item["soItemId"]], item),)
        ],
        grand_total=(
            currency.named("Total credit"),
            currency.amount(sum((currency.rounded(item["amount"]) for item in items), Decimal(0))),
        ),
        notes=found["notes"],
    )


def _credited(named: Mapping[str, Sku], line: StoredLine, item: SalesOrderReturnItem) -> conversion.Priced:
    """What came back as it is printed with its price: in the unit in which it has one, if that is so many."""
    (quantity,), unit = _spoken(named, line, item["quantity"])
    if item["pricePerUnit"] is not None and line["unit"] == unit:
        return conversion.Priced(item["unitQuantity"] or quantity, unit, item["pricePerUnit"])
    return conversion.Priced(Decimal(item["quantity"]), unit_of(named[line["skuId"]]), item["unitPrice"])


def _shipment(id: str) -> tuple[StoredSalesOrder, SalesOrderShipment, list[SalesOrderShipmentItem]]:
    order = shipping.order_of(id)
    found = shipping.detail_of(order, id)
    return order, found["shipment"], found["items"]


def _parties(order: StoredSalesOrder, shipment: SalesOrderShipment) -> list[tuple[str, Party]]:
    return [("Ship to", _customer(order)), ("From", party_of(locations.get(shipment["locationId"])))]


def _customer(order: StoredSalesOrder) -> Party:
    return Party.of(customers.get(order["customerId"]))


def _details(order: StoredSalesOrder, shipment: SalesOrderShipment) -> list[tuple[str, str | None]]:
    return [
        ("Order", order["soNumber"]),
        ("Your order", order["customerReference"]),
        ("Shipped", printed_day(shipment["shippedAt"])),
        ("Carrier", shipment["carrier"]),
        ("Tracking number", shipment["trackingNumber"]),
        ("Shipment", str(len(_until(order, shipment)))),
    ]


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


def _spoken(named: Mapping[str, Sku], line: StoredLine, *quantities: int) -> conversion.Spoken:
    return conversion.spoken(line, named[line["skuId"]]["unit"], *quantities)
