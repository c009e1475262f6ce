import gc
import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from handlers.spreadsheets.xlsx_files import XlsxFile
from pharus.spreadsheets.columns import Column, Table, Type

pytestmark = pytest.mark.no_database


def table(**types: Type) -> Table:
    return Table(tuple(Column(name, (name,), type) for name, type in types.items()))


def written(columns: Table, *rows: Any, name: str = "items", **bounds: int) -> CalamineWorkbook:
    file = XlsxFile(columns, name, **bounds)
    content = b"".join([*(file.write([row], False) for row in rows), file.write([], True)])
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def cells(columns: Table, *rows: Any) -> list[list[Any]]:
    return written(columns, *rows).get_sheet_by_index(0).to_python()[1:]


def xml(columns: Table, *rows: Any) -> str:
    file = XlsxFile(columns, "items")
    with zipfile.ZipFile(io.BytesIO(file.write(rows, True))) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def test_sheet_has_a_head_and_a_row_for_each() -> None:
    columns = table(code=Type.TEXT, quantity=Type.DECIMAL, isActive=Type.BOOLEAN, placedAt=Type.DATE, n=Type.INTEGER)
    row = {"code": "007", "quantity": "-12.5", "isActive": True, "placedAt": "2026-03-02", "n": 3}
    book = written(columns, row, {"code": None, "placedAt": date(2026, 3, 3)})
    assert book.sheet_names == ["items"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["code", "quantity", "isActive", "placedAt", "n"],
        ["007", -12.5, True, date(2026, 3, 2), 3.0],
        ["", "", "", date(2026, 3, 3), ""],
    ]


def test_decimal_that_a_double_cannot_keep_is_a_text() -> None:
    columns = table(a=Type.DECIMAL)
    values = ["123456789012.123", "-123456789.012345", "123456789012.123456", "0.000000000001", "007", "1e5"]
    assert [value for (value,) in cells(columns, *({"a": value} for value in values))] == [
        123456789012.123,
        -123456789.012345,
        "123456789012.123456",
        0.000000000001,
        "007",
        "1e5",
    ]


def test_times_are_times_in_utc() -> None:
    columns = table(at=Type.INSTANT)
    values = [
        "2026-03-02T08:15:00.250000Z",
        datetime(2026, 3, 2, 23, 59, 59, 999000, tzinfo=UTC),
        "1899-01-01T00:00:00Z",
    ]
    found = [value for (value,) in cells(columns, *({"at": value} for value in values))]
    assert found == [
        datetime(2026, 3, 2, 8, 15, 0, 250000),  # noqa: DTZ001 - a spreadsheet's times have no zone
        datetime(2026, 3, 2, 23, 59, 59, 999000),  # noqa: DTZ001
        "1899-01-01T00:00:00Z",
    ]
    assert cells(table(on=Type.DATE), {"on": "1899-12-31"}) == [["1899-12-31"]]


@pytest.mark.parametrize("text", ["<&>\"'", "a\nb\tc", "  both ", "ü 漢 😀", "_x0041_", "\x0b\r"])
def test_every_text_is_kept(text: str) -> None:
    columns = table(a=Type.TEXT)
    (found,) = cells(columns, {"a": text})
    assert found == [text]


def test_formula_is_a_text_that_stays_one_when_it_is_edited() -> None:
    columns = table(a=Type.TEXT)
    assert cells(columns, {"a": "=1+1"}) == [["=1+1"]]
    text = xml(columns, {"a": "=1+1"}, {"a": "b"})
    assert "<f>" not in text
    assert 'r="A2" s="' in text
    assert 'r="A3" t="inlineStr"' in text


def test_text_that_is_too_long_for_a_cell_is_cut() -> None:
    ((text,),) = cells(table(a=Type.JSON), {"a": "x" * 40_000})
    assert len(text) == 32_767
    assert text.endswith("x…")


@pytest.mark.parametrize("bounds", [{"most_rows": 3}, {"most_bytes": 50}])
def test_rows_that_a_sheet_does_not_hold_go_into_the_next_one(bounds: dict[str, int]) -> None:
    columns = table(a=Type.INTEGER)
    name = "n" * 40
    book = written(columns, *({"a": number} for number in range(5)), name=name, **bounds)
    assert book.sheet_names == ["n" * 31, "n" * 29 + " 2", "n" * 29 + " 3"]
    sheets = [book.get_sheet_by_index(at).to_python() for at in range(3)]
    assert sheets == [[["a"], [0.0], [1.0]], [["a"], [2.0], [3.0]], [["a"], [4.0]]]


def test_file_is_sent_as_it_is_made() -> None:
    columns = table(a=Type.TEXT, b=Type.DECIMAL)
    file = XlsxFile(columns, "items")
    assert file.write([], False).startswith(b"PK")
    rows = [{"a": f"{number:x}" * 40, "b": str(number)} for number in range(500)]
    parts = [file.write(rows, False)]
    tracemalloc.start()
    parts += [file.write(rows, False) for _ in range(20)]
    held = tracemalloc.get_traced_memory()[0] - sum(map(len, parts[1:]))
    tracemalloc.stop()
    assert sum(map(len, parts)) > 20_000
    assert held < 100_000


def test_file_that_is_given_up_in_the_middle_is_forgotten_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    columns = table(a=Type.TEXT)
    gc.collect()
    capfd.readouterr()
    XlsxFile(columns, "items").write([{"a": "b"}], False)
    gc.collect()
    assert capfd.readouterr().err == ""
