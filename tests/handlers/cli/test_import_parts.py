"""Files with more records than an import takes, in parts."""

import io
from datetime import date, datetime
from typing import Any

import orjson
import pytest
from python_calamine import CalamineWorkbook

from handlers.cli.import_parts import Part, split
from handlers.spreadsheets import rows
from handlers.spreadsheets.settings import Settings
from pharus.spreadsheets.columns import Table
from tests.handlers.spreadsheets.shapes import xlsx
from tests.handlers.spreadsheets.test_rows import ORDERS, VENDORS

pytestmark = pytest.mark.no_database


def parts(content: bytes, of: Table = VENDORS, *, is_xlsx: bool = False, most: int = 2, **query: Any) -> list[Part]:
    from_row = query.pop("from_row", 0)
    return split(content, is_xlsx, of, {}, Settings.of(query), from_row=from_row, most_records=most)


def read(part: Part, of: Table = VENDORS, *, is_xlsx: bool = False, **query: str) -> Any:
    return orjson.loads(rows.read(part.content, is_xlsx, of, {}, Settings.of(query)))


def test_file_that_an_import_takes_stays_as_it_is() -> None:
    assert parts(b"name\nA\nB\n") == []
    assert parts(b"") == []


def test_parts_have_all_records_once_with_their_places() -> None:
    content = 'name;notes\nA;"x\ny"\n\nB;=1\nC;\'=2\nD;\nÖl;1,5\n'.encode("cp1252")
    found = parts(content, encoding="windows-1252")
    assert [[row["name"] for row in read(part)["rows"]] for part in found] == [["A", "B"], ["C", "D"], ["Öl"]]
    assert [row["notes"] for row in read(found[0])["rows"]] == ["x\ny", "=1"]
    assert read(found[1])["rows"][0]["notes"] == "=2"
    assert [part.lines for part in found] == [[2, 4], [5, 6], [7]]
    problem = {"path": "/rows/0/notes", "message": "is none", "row": 3, "cell": "B3"}
    assert [part.in_file(problem) for part in found[1:]] == [
        {"path": "/rows/2/notes", "message": "is none", "row": 5, "cell": "B5"},
        {"path": "/rows/4/notes", "message": "is none", "row": 7, "cell": "B7"},
    ]
    assert found[0].in_file({"path": "query/mode", "message": "x"}) == {"path": "query/mode", "message": "x"}


def test_lines_go_with_their_record_wherever_they_are() -> None:
    head = b"poNumber,vendor,materialId,quantity\n"
    content = head + b"1,Oils,a,1\n2,Oils,a,2\n,,b,3\n1,,c,4\n3,Wax,a,5\n"
    first, second = parts(content, ORDERS)
    assert (first.lines, second.lines) == ([2, 5, 3, 4], [6])
    numbers = [(row["poNumber"], [item["quantity"] for item in row["items"]]) for row in read(first, ORDERS)["rows"]]
    assert numbers == [("1", ["1", "4"]), ("2", ["2", "3"])]


def test_cells_of_a_workbook_keep_what_they_are() -> None:
    lines = [
        ["vendor", "placedAt", "materialId", "quantity", "notes"],
        ["Oils", date(2026, 3, 2), "007", 0.1 + 0.2, True],
        ["Wax", datetime(2026, 3, 2, 8, 15), "1e5", 12345678.5, "=1"],  # noqa: DTZ001 - as a spreadsheet has it
    ]
    content = xlsx(("A", lines))
    whole = orjson.loads(rows.read(content, True, ORDERS, {}, Settings()))
    found = parts(content, ORDERS, is_xlsx=True, most=1)
    assert [row for part in found for row in read(part, ORDERS, is_xlsx=True)["rows"]] == whole["rows"]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(found[0].content)).get_sheet_by_index(0).to_python()
    assert sheet[1][1] == date(2026, 3, 2)


def test_same_file_makes_the_same_parts() -> None:
    content = xlsx(("A", [["name"], *([f"V{number}"] for number in range(5))]))
    assert parts(content, is_xlsx=True) == parts(content, is_xlsx=True)


def test_rest_begins_with_the_record_that_begins_there() -> None:
    content = b"name\nA\nB\nC\nD\nE\n"
    found = parts(content, from_row=4)
    assert [[row["name"] for row in read(part)["rows"]] for part in found] == [["C", "D"], ["E"]]
    assert [part.first for part in found] == [2, 4]
