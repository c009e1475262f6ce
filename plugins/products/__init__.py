"""Products: the SKUs, which are what is made and sold, and the types that sort them."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from pharus.references import References
from plugins.products import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References({"sku_type": {"skuCount": [("sku", "sku_type_id")]}}).count,
    specname="references_to",
)


@hookimpl
def namings() -> list[Naming]:
    return [
        Naming(
            "sku",
            ("sku_code_key", "text_key(name)"),
            ("skuId", "inputSkuId", "outputSkuId", "byProductSkuId"),
            shown=(("code", "sku_code"), ("name", "name")),
            among=("itemId",),
        ),
        Naming("sku_type", ("name_key",), ("typeId",), below="/api/skus/"),
    ]
