"""Work orders and production orders: what is made of what, what of it is done, and what it cost."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from pharus.references import References
from plugins.manufacturing import demo, integrity

check_integrity = hookimpl(integrity.find, specname="check_integrity")
fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References(
        {
            "location": {
                "woCount": [("work_order", "location_id")],
                "productionOrderCount": [("production_order", "location_id")],
            },
            "material": {
                "woInputCount": [("work_order_input", "material_id")],
                "productionOrderInputCount": [("production_order_input", "material_id")],
            },
            "sku": {
                "woLineCount": [("work_order_item", "sku_id")],
                "woInputCount": [("work_order_input", "input_sku_id")],
                "woByProductCount": [("work_order_by_product", "sku_id")],
                "productionOrderLineCount": [("production_order_item", "sku_id")],
                "productionOrderByProductCount": [("production_order_by_product", "sku_id")],
            },
        }
    ).count,
    specname="references_to",
)


@hookimpl
def namings() -> list[Naming]:
    shown = (("number", "number"),)
    return [
        Naming("work_order", ("text_key(number)",), ("workOrderId",), shown=shown, among=("entityId",)),
        Naming("production_order", ("text_key(number)",), ("productionOrderId",), shown=shown),
    ]
