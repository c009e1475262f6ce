"""camelCase of the contract and snake_case of Python and SQL."""

import re
from functools import cache


@cache
def snake(name: str) -> str:
    """`createSalesOrder` → `create_sales_order`, `qboId` → `qbo_id`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@cache
def camel(name: str) -> str:
    """`qbo_id` → `qboId`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
