"""The demo organization's sales: bars and gift sets that it made, and sets of the co-packer through a broker."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations
from plugins.sales_orders.schemas import SalesOrderImport


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `customer.…`, `sku.…`, `location.…`, `vendor.co_packer`.

    What is shipped from the workshop was made there."""
    ids = demo_data.ids
    for key, name in (("wholesale", "Wholesale"), ("web", "Web shop"), ("fair", "Trade fair")):
        ids[f"order_channel.{key}"] = operations.create_order_channel({"name": name})["id"]
    _receive_gift_sets(ids)
    gift_set, warehouse = ids["sku.gift_set"], ids["location.warehouse"]
    shipped = operations.create_sales_order(
        {
            "customerId": ids["customer.grocers_north"],
            "channelId": ids["order_channel.wholesale"],
            "status": "Received",
            "fulfillmentStatus": "Pending",
            "fulfillmentLocationId": ids["location.workshop"],
            "freightCosts": Decimal("18.4"),
            "mabd": "2026-12-11",
            "customerReference": "GN-20419",
            "terms": "Net 30",
            "notes": "Ring before delivery.",
            "items": [
                {"skuId": gift_set, "quantity": 8, "unitPrice": Decimal("16.5")},
                {"skuId": ids["sku.lavender_bar"], "quantity": 20, "unitPrice": Decimal("4.75")},
            ],
        }
    )["salesOrder"]
    ids["sales_order.shipped"] = shipped["id"]
    operations.update_sales_order(shipped["id"], {"status": "Entered"})
    operations.add_sales_order_note(shipped["id"], {"body": "The shop asked for delivery before noon."})
    operations.update_sales_order(shipped["id"], {"status": "Shipped", "fulfillmentStatus": "Fulfilled"})
    operations.add_sales_order_note(shipped["id"], {"body": "Handed to the carrier."})
    # Sold through a broker, who gets the percent that the customer has.
    entered = operations.create_sales_order(
        {
            "customerId": ids["customer.distributor"],
            "channelId": ids["order_channel.wholesale"],
            "status": "Entered",
            "fulfillmentStatus": "Pending",
            "fulfillmentLocationId": warehouse,
            "mabd": "2026-12-18",
            "items": [{"skuId": gift_set, "quantity": 60, "unitPrice": Decimal("14.25")}],
        }
    )
    ids["sales_order.entered"] = entered["salesOrder"]["id"]
    _sell_in_parts(ids)
    # Nobody knows yet where it will leave from.
    operations.create_sales_order(
        {
            "customerId": ids["customer.gifts"],
            "channelId": ids["order_channel.web"],
            "status": "Received",
            "fulfillmentStatus": "Pending",
            "mabd": "2027-01-15",
            "items": [
                {
                    "skuId": ids["sku.lavender_bar"],
                    "quantity": None,
                    "unit": "case",
                    "unitQuantity": Decimal("1.5"),
                    "pricePerUnit": 114,
                },
                {"skuId": ids["sku.citrus_bar"], "quantity": 36, "unitPrice": Decimal("4.75")},
            ],
        }
    )
    operations.bulk_import_sales_orders({"rows": _history(ids)}, "atomic", "false")


def _history(ids: dict[str, str]) -> list[SalesOrderImport]:
    """What was sold before the organization came here."""
    return [
        {
            "history": True,
            "soNumber": "SO-2024-0311",
            "customerId": ids["customer.grocers_north"],
            "channelId": ids["order_channel.wholesale"],
            "status": "Completed",
            "fulfillmentStatus": "Fulfilled",
            "fulfillmentLocationId": ids["location.workshop"],
            "placedAt": "2024-11-04",
            "shippedAt": "2024-11-08",
            "invoicedAt": "2024-11-08",
            "paidAt": "2024-12-06",
            "completedAt": "2024-12-09",
            "mabd": "2024-11-15",
            "items": [{"skuId": ids["sku.lavender_bar"], "quantity": 48, "unitPrice": Decimal("4.4")}],
        },
        {
            "history": True,
            "soNumber": "SO-2025-0118",
            "customerId": ids["customer.gifts"],
            "channelId": ids["order_channel.web"],
            "status": "Invoiced",
            "fulfillmentStatus": "Fulfilled",
            "placedAt": "2025-11-20",
            "shippedAt": "2025-11-24",
            "invoicedAt": "2025-11-24",
            "mabd": "2025-12-01",
            "notes": "Still to be paid.",
            "items": [{"skuId": ids["sku.gift_set"], "quantity": 6, "unitPrice": Decimal("15.5")}],
        },
    ]


def _sell_in_parts(ids: dict[str, str]) -> None:
    """It left in three shipments, and of the first something came back: one to be sold again, one broken."""
    made = operations.create_sales_order(
        {
            "customerId": ids["customer.grocers_north"],
            "channelId": ids["order_channel.wholesale"],
            "status": "Entered",
            "fulfillmentStatus": "Pending",
            "fulfillmentLocationId": ids["location.warehouse"],
            "mabd": "2026-12-04",
            "items": [{"skuId": ids["sku.gift_set"], "quantity": 20, "unitPrice": Decimal("15.9")}],
        }
    )
    order_id, line_id = made["salesOrder"]["id"], made["items"][0]["id"]
    ids["sales_order.in_parts"] = order_id
    first = operations.create_sales_order_shipment(
        order_id,
        {
            "carrier": "Northern Parcel",
            "trackingNumber": "NP 4471 2093",
            "notes": "Two cartons. The rest follows next week.",
            "externalId": "DN-1187",
            "items": [{"soItemId": line_id, "quantity": 12}],
        },
    )
    ids["sales_order_shipment.first"] = first["shipment"]["id"]
    for quantity in (6, 2):
        operations.create_sales_order_shipment(
            order_id, {"carrier": "Northern Parcel", "items": [{"soItemId": line_id, "quantity": quantity}]}
        )
    operations.update_sales_order(order_id, {"status": "Invoiced"})
    back = operations.create_sales_order_return(
        ids["sales_order_shipment.first"],
        {
            "notes": "One box was crushed on the way.",
            "items": [
                {"soItemId": line_id, "quantity": 1},
                {"soItemId": line_id, "quantity": 1, "writtenOff": True},
            ],
        },
    )
    ids["sales_order_return.crushed"] = back["salesOrderReturn"]["id"]


def _receive_gift_sets(ids: dict[str, str]) -> None:
    bought = purchase_orders.create_purchase_order(
        {
            "vendorId": ids["vendor.co_packer"],
            "targetType": "finished_goods",
            "status": "Placed",
            "shipToLocationId": ids["location.warehouse"],
            "items": [{"skuId": ids["sku.gift_set"], "quantity": 100, "unitCost": Decimal("9.5")}],
        }
    )
    purchase_orders.create_purchase_order_receipt(
        bought["purchaseOrder"]["id"], {"items": [{"poItemId": bought["items"][0]["id"], "quantity": 100}]}
    )
