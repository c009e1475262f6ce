"""Sales orders: what customers order, what of the stock is promised to them, when it leaves, and notes about it."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from pharus.references import References
from plugins.sales_orders import demo, integrity

fill_demo = hookimpl(demo.fill, specname="fill_demo")
check_integrity = hookimpl(integrity.find, specname="check_integrity")
references_to = hookimpl(
    References(
        {
            "customer": {"soCount": [("sales_order", "customer_id")]},
            "broker": {"soCount": [("sales_order", "broker_id")]},
            "order_channel": {"soCount": [("sales_order", "order_channel_id")]},
            "location": {"soCount": [("sales_order", "fulfillment_location_id")]},
            "sku": {"soLineCount": [("sales_order_item", "sku_id")]},
        }
    ).count,
    specname="references_to",
)


@hookimpl
def namings() -> list[Naming]:
    return [
        Naming("order_channel", ("name_key",), ("channelId",)),
        Naming(
            "sales_order_shipment",
            ("text_key(shipment_number)",),
            ("shipmentId",),
            shown=(("number", "shipment_number"),),
        ),
        Naming(
            "sales_order",
            ("text_key(so_number)",),
            ("salesOrderId",),
            shown=(("number", "so_number"),),
            among=("entityId",),
        ),
    ]
