"""What is only to be shown cannot be computed with: the type checker says so."""

import pytest
from mypy import api

pytestmark = pytest.mark.no_database

_PROGRAM = """
from decimal import Decimal
from pharus.listing import Listing
from plugins.purchase_orders.schemas import PurchaseOrderItemPage, PurchaseOrderItemSummary

def page(lines: Listing[PurchaseOrderItemSummary]) -> PurchaseOrderItemPage:
    return lines.page({})

def stored(line: PurchaseOrderItemSummary) -> Decimal:
    return line["quantity"] * 2

def shown(lines: Listing[PurchaseOrderItemSummary]) -> object:
    (line,) = page(lines)["data"]
    return line["quantity"] * 2
"""


def test_row_of_a_page_is_not_taken_for_one_with_decimals() -> None:
    report, refused, status = api.run(["--config-file=", "--strict", "--follow-imports=silent", "-c", _PROGRAM])
    assert status == 1, (report, refused)
    (error,) = [text for text in report.splitlines() if " error: " in text]
    line = len(_PROGRAM.splitlines())
    assert error.startswith(f"<string>:{line}: error: Unsupported operand types"), report
