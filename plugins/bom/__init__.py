"""Bills of materials: what one unit of a SKU takes."""

from pharus.hooks import hookimpl
from pharus.references import References
from plugins.bom import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References(
        {
            "material": {"bomCount": [("bom_item", "material_id")]},
            "sku": {"bomCount": [("bom_item", "sku_id"), ("bom_item", "input_sku_id")]},
        }
    ).count,
    specname="references_to",
)
