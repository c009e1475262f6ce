import pytest

from contract.tables import deviation
from pharus.spreadsheets.columns import Column, Table, Type

pytestmark = pytest.mark.no_database

TABLE = Table((Column("vendorId", ("vendorId",), Type.TEXT), Column("quantity", ("quantity",), Type.DECIMAL)))


@pytest.mark.parametrize(
    "head", ["vendorId,quantity", "vendorId,vendorName,quantity", "vendorId,vendorCode,vendorName,quantity"]
)
def test_names_may_stand_behind_ids(head: str) -> None:
    assert deviation(TABLE, "text/csv", f"{head}\r\n".encode()) is None


@pytest.mark.parametrize(
    "head", ["vendorId", "quantity,vendorId", "vendorName,vendorId,quantity", "vendorId,quantity,vendorName", ""]
)
def test_other_heads_are_none_of_the_table(head: str) -> None:
    assert "the head is" in str(deviation(TABLE, "text/csv", f"{head}\r\n".encode()))


def test_name_that_is_a_formula_is_told() -> None:
    found = deviation(TABLE, "text/csv", b"vendorId,vendorName,quantity\r\n1,=1,2\r\n")
    assert found == "vendorName of line 2 is taken for a formula: '=1'"
