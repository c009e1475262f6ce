"""Customers: who buys, sorted by types, segments and brokers; a customer may belong to another."""

from pharus.hooks import hookimpl
from pharus.references import References
from plugins.customers import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
references_to = hookimpl(
    References(
        {
            "customer": {"childCustomerCount": [("customer", "parent_customer_id")]},
            "customer_type": {"customerCount": [("customer", "customer_type_id")]},
            "customer_segment": {"customerCount": [("customer", "customer_segment_id")]},
            "broker": {"customerCount": [("customer", "broker_id")]},
        }
    ).count,
    specname="references_to",
)
