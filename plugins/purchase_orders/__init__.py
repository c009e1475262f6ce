"""Purchase orders: what is bought from whom, what of it has arrived, and the document for the vendor."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from pharus.references import References
from plugins.purchase_orders import commitments, demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
check_integrity = hookimpl(commitments.check_integrity, specname="check_integrity")
references_to = hookimpl(
    References(
        {
            "vendor": {"poCount": [("purchase_order", "vendor_id")]},
            "location": {"poCount": [("purchase_order", "ship_to_location_id")]},
            "material": {"poLineCount": [("purchase_order_item", "material_id")]},
            "sku": {"poLineCount": [("purchase_order_item", "sku_id")]},
        }
    ).count,
    specname="references_to",
)


@hookimpl
def namings() -> list[Naming]:
    number = (("number", "po_number"),)
    return [
        Naming("purchase_order", ("text_key(po_number)",), ("purchaseOrderId",), shown=number, among=("entityId",)),
    ]
