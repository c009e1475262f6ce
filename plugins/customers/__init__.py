"""Customers: who buys, sorted by types, segments and brokers; a customer may belong to another."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
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


@hookimpl
def namings() -> list[Naming]:
    return [
        Naming("customer", ("text_key(name)",), ("customerId",), among=("entityId",)),
        Naming("customer", ("text_key(name)",), ("parentId",), below="/api/customers/"),
        Naming("customer_type", ("name_key",), ("typeId",), below="/api/customers/"),
        Naming("customer_segment", ("name_key",), ("customerSegmentId",)),
        Naming("customer_segment", ("name_key",), ("segmentId",), below="/api/customers/"),
        Naming("broker", ("name_key",), ("brokerId",)),
    ]
