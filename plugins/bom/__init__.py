"""Bills of materials: what a batch of a SKU takes, and what comes out of it."""

from pharus.hooks import hookimpl
from pharus.references import References
from plugins.bom import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References(
        {
            "material": {"bomCount": [("bom_item", "material_id")]},
            "sku": {
                "bomCount": [
                    ("bom_item", "sku_id"),
                    ("bom_item", "input_sku_id"),
                    ("bom_by_product", "by_product_sku_id"),
                ]
            },
        }
    ).count,
    specname="references_to",
)
