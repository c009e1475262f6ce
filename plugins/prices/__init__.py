"""Prices: what vendors charge and what customers pay, from which quantity on and for how long."""

from pharus.hooks import hookimpl
from pharus.references import References
from plugins.prices import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References(
        {
            "vendor": {"supplierPriceCount": [("supplier_price", "vendor_id")]},
            "material": {"supplierPriceCount": [("supplier_price", "material_id")]},
            "sku": {
                "supplierPriceCount": [("supplier_price", "sku_id")],
                "customerPriceCount": [("customer_price", "sku_id")],
            },
            "customer": {"customerPriceCount": [("customer_price", "payer_id")]},
            "customer_segment": {"customerPriceCount": [("customer_price", "payer_id")]},
        }
    ).count,
    specname="references_to",
)
