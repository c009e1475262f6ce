from typing import Any

import orjson
import pytest

from handlers.spreadsheets import rows
from handlers.spreadsheets.settings import Settings
from pharus.spreadsheets.columns import Table, table_of_rows
from tests.contract.judging import declared
from tests.handlers.spreadsheets.shapes import SHAPES, XLSX, Shape, xlsx

pytestmark = pytest.mark.no_database


def table(operation_id: str) -> Table:
    operation = declared().operation(operation_id)
    assert operation is not None
    found = table_of_rows(declared(), operation.declared)
    assert found is not None
    return found


VENDORS, ORDERS = table("bulkImportVendors"), table("bulkImportPurchaseOrders")


def read(content: bytes, of: Table = VENDORS, *, is_xlsx: bool = False, **query: str) -> Any:
    return orjson.loads(rows.read(content, is_xlsx, of, {}, Settings.of(query)))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_file_is_read_as_it_is_meant(shape: Shape) -> None:
    of = ORDERS if shape.has_lines else VENDORS
    found = read(shape.content, of, is_xlsx=shape.media_type == XLSX, **shape.query)
    assert found.get("rows") == shape.rows, found


def test_rows_know_their_lines_and_columns_their_letters() -> None:
    found = read(b"\nname,,zip code\n\nWax,,1\nOil,,2\n")
    assert (found["lines"], found["letters"]) == ([[4], [5]], {"name": "A", "zipCode": "C"})
    lines = read(b"vendor,materialId,quantity\nWax,a,1\n,b,2\nOil,c,3\n", ORDERS)
    assert lines["lines"] == [[2, 2, 3], [4, 4]]
    assert lines["letters"] == {"vendorId": "A", "items.materialId": "B", "items.quantity": "C"}


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file has no head"),
        (b"name,surprise,other\nx,y,z\n", "no column is called B1 'surprise', C1 'other'; there are name, address"),
        (b"name,Name\nx,y\n", "the file has two columns for name"),
        (b'name\n"x\n', "is no CSV"),
        (b"name\nx\0\n", "NUL"),
        (b"name" + b",city" * 101 + b"\n", "row 1 has more than 100 columns"),
        (b"name\n" + b"x\n" * 100_001, "more than 100000 rows"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_a_sentence(content: bytes, problem: str) -> None:
    assert problem in read(content)["problem"]


def test_unknown_columns_are_left_out_where_that_is_asked_for() -> None:
    found = read(b"id,name,orgId\n1,x,2\n", unknownColumns="ignore")
    assert found["rows"] == [{"name": "x"}]
    assert "A1 'a'" in read(b"a,name\n1,x\n", unknownColumns="ignore", columns="a=surprise")["problem"]


def test_record_that_is_there_as_id_and_name_keeps_both() -> None:
    found = read(b"vendorId,vendorName,materialId\n1,Wax,a\n", ORDERS)
    assert found["rows"][0]["vendorId"] == ["1", "Wax"]


def test_sheet_that_is_not_there_is_named() -> None:
    found = read(xlsx(("One", [["name"]]), ("Two", [])), is_xlsx=True, sheet="Three")
    assert found["problem"] == "the file has no sheet 'Three', but 'One', 'Two'"
