"""Products: the SKUs, which are what is made and sold, and the types that sort them."""

from pharus.hooks import hookimpl
from pharus.references import References
from plugins.products import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References({"sku_type": {"skuCount": [("sku", "sku_type_id")]}}).count,
    specname="references_to",
)
