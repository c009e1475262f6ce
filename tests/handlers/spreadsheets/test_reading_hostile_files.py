"""Files as careless and hostile people make them: each is read as it is meant, or refused with a sentence that says
where."""

import io
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.handlers.spreadsheets.test_rows import ORDERS, read

pytestmark = pytest.mark.no_database

Json = dict[str, Any]


def workbook(fill: Callable[[Workbook, Worksheet], Any]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("Data"))
    return content.getvalue()


def rows_in(fill: Callable[[Workbook, Worksheet], Any], **query: str) -> Any:
    found = read(workbook(fill), is_xlsx=True, **query)
    return found.get("rows", found)


def test_merged_cells_are_said_once() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ("name", "city"))
        sheet.merge_range(1, 0, 2, 0, "Oils")
        sheet.write_column(1, 1, ("Leeds", "York"))

    # Nobody knows whether the second row is of the same vendor: it has no name, and the import says so.
    assert rows_in(fill) == [{"name": "Oils", "city": "Leeds"}, {"city": "York"}]


def test_merged_head_is_that_of_its_first_column() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range(0, 0, 0, 1, "name")
        sheet.write_row(1, 0, ("Oils", "lost?"))

    # A cell below no head that holds something would be lost without a word.
    assert rows_in(fill) == {"problem": "B2 holds something, and its column has no head"}


def test_empty_rows_in_the_middle_are_passed_over() -> None:
    content = b"name,city\nOils,Leeds\n,\n\n   ,\t\nWax,York\n"
    assert read(content)["rows"] == [{"name": "Oils", "city": "Leeds"}, {"name": "Wax", "city": "York"}]
    assert read(content)["lines"] == [[2], [6]]


def test_two_head_rows_are_refused_until_the_right_one_is_named() -> None:
    content = b"Address,,\nname,city,zipCode\nOils,Leeds,1\n"
    assert "A1 'Supplier data'" in read(b"Supplier data,,\nname,city,zipCode\n")["problem"]
    assert read(content, headRow="2")["rows"] == [{"name": "Oils", "city": "Leeds", "zipCode": "1"}]


def test_title_above_and_totals_below_are_left_out_by_their_rows() -> None:
    content = b"Our suppliers 2026\n\nname,notes\nOils,1\nWax,2\nTotal,3\n"
    assert "A1 'Our suppliers 2026'" in read(content)["problem"]
    found = read(content, headRow="3", lastRow="5")
    assert ([row["name"] for row in found["rows"]], found["lines"]) == (["Oils", "Wax"], [[4], [5]])


def test_sum_below_orders_is_a_line_without_an_item() -> None:
    content = b"vendor,materialId,quantity\nOils,BOX,2\nOils,LID,3\n,,5\n"
    lines = read(content, ORDERS)["rows"][1]["items"]
    # The schema says of the last one that it names no item.
    assert lines == [{"materialId": ["LID"], "quantity": "3"}, {"quantity": "5"}]


def test_hidden_sheet_is_read_only_by_its_name() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        hidden = book.add_worksheet("Old")
        sheet.write_column(0, 0, ("name", "Oils"))
        hidden.write_column(0, 0, ("name", "Wax"))
        hidden.activate()
        hidden.set_first_sheet()
        sheet.hide()

    # The first sheet is hidden: what people see is the other one.
    assert rows_in(fill) == [{"name": "Wax"}]
    assert rows_in(fill, sheet="Data") == [{"name": "Oils"}]
    assert "no sheet 'Nope', but 'Data', 'Old'" in rows_in(fill, sheet="Nope")["problem"]


def test_formula_counts_by_the_value_that_was_kept() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ("name", "notes", "city"))
        sheet.write_formula(1, 0, '="Oi"&"ls"', value="Oils")
        sheet.write_formula(1, 1, "=6*7", value=42)
        sheet.write_formula(1, 2, "=A9")

    # One that was never computed has nothing but 0, as Excel shows it.
    assert rows_in(fill) == [{"name": "Oils", "notes": "42", "city": "0"}]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?", "#VALUE!"])
def test_error_of_a_formula_is_told_with_its_cell(error: str) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, ("name", "notes"))
        sheet.write_string(1, 0, "Oils")
        sheet.write_formula(1, 1, "=Z1", value=error)

    assert rows_in(fill) == {"problem": "B2 holds the error of a formula, such as #N/A"}
    # In a column that is left out it is nobody's concern.
    assert rows_in(fill, columns="notes=") == [{"name": "Oils"}]


def test_columns_that_hold_nothing_are_none() -> None:
    wide = b"name" + b"," * 99_999 + b"\nOils" + b"," * 99_999 + b"\n"
    assert read(wide)["rows"] == [{"name": "Oils"}]
    assert "more than 100 columns" in read(b"name\n" + b"," * 150 + b"x\n")["problem"]


def test_number_of_many_digits_keeps_them_all() -> None:
    content = b"vendor,materialId,quantity,unitCost\nOils,BOX,1234567890123456789012345678901,0.1234567890123456789\n"
    (line,) = read(content, ORDERS)["rows"][0]["items"]
    assert line == {
        "materialId": ["BOX"],
        "quantity": "1234567890123456789012345678901",
        "unitCost": "0.1234567890123456789",
    }


@pytest.mark.parametrize("text", ["1e5", "0x10", "1_000", "Ⅻ", "١٢", "--1", "+1", "NaN", "∞", "1,2,3"])
def test_what_only_looks_like_a_number_stays_a_text(text: str) -> None:
    content = f'vendor,materialId,quantity\nOils,BOX,"{text}"\n'.encode()
    assert read(content, ORDERS)["rows"][0]["items"] == [{"materialId": ["BOX"], "quantity": text}]


def test_head_that_comes_twice_is_refused_with_both_cells() -> None:
    assert read(b"name,city,Name\nOils,Leeds,Wax\n")["problem"] == "the file has two columns for name: A1, C1"


@pytest.mark.parametrize("mark", ["\u200f", "\u202b", "\u2066", "\u200b", "\ufeff", "\u00ad"])
def test_marks_that_nobody_sees_are_no_part_of_a_head(mark: str) -> None:
    assert read(f"city,{mark}name{mark}\nLeeds,Öle\n".encode())["rows"] == [{"city": "Leeds", "name": "Öle"}]


def test_umlauts_in_either_form_are_heads() -> None:
    content = "Stra\u00dfe,Gro\u0308\u00dfe\nx,y\n".encode()
    assert read(content, columns="Straße=name;Größe=notes")["rows"] == [{"name": "x", "notes": "y"}]


@pytest.mark.parametrize("content", [b"", b"\n\n,,\n", b"\xef\xbb\xbf"])
def test_file_without_anything_has_no_head(content: bytes) -> None:
    assert "has no head" in read(content)["problem"]


def test_quote_that_does_not_end_is_told_with_its_line() -> None:
    assert "line " in read(b'name,city\nOils,"Leeds\nWax,York\n')["problem"]


def test_all_of_a_row_in_one_quoted_cell_is_a_head_that_there_is_not() -> None:
    assert "no column is called A1" in read(b'"name,city"\n"Oils,Leeds"\n')["problem"]
