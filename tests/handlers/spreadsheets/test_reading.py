import io
import struct
import zipfile
from pathlib import Path

import pytest

from handlers.spreadsheets import reading
from handlers.spreadsheets.reading import Unreadable, rows_of, rows_of_csv
from tests.handlers.spreadsheets.shapes import CSV, SHAPES, Shape, xlsx

pytestmark = pytest.mark.no_database

_SHEET = "xl/worksheets/sheet1.xml"


def repacked(part: str, content: bytes) -> bytes:
    """A workbook with another part."""
    packed = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(xlsx(("S", [["name"], ["x"]]))))
    with old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return packed.getvalue()


def sheet_with(cells: str) -> bytes:
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return repacked(_SHEET, f"{head}{cells}</sheetData></worksheet>".encode())


def test_sheet_that_would_be_as_large_as_excel_allows_is_not_read() -> None:
    far = '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    with pytest.raises(Unreadable, match="more than 100000 rows"):
        list(rows_of(sheet_with(far), is_xlsx=True))
    wide = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>'
    with pytest.raises(Unreadable, match="100 columns"):
        list(rows_of(sheet_with(wide), is_xlsx=True))
    # A cell that has only a style holds nothing.
    styled = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>'
    assert list(rows_of(sheet_with(styled), is_xlsx=True)) == [(1, [1.0])]


def test_archive_that_grows_without_bounds_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_BYTES", 1_000_000)
    bomb = repacked("docProps/core.xml", b" " * 1_000_001)
    assert len(bomb) < 20_000
    with pytest.raises(Unreadable, match="when it is unpacked"):
        list(rows_of(bomb, is_xlsx=True))


def test_archive_that_lies_about_its_sizes_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_MOST_BYTES", 1_000_000)
    bomb = repacked("docProps/core.xml", b" " * 1_000_001)
    true, lie = struct.pack("<L", 1_000_001), struct.pack("<L", 10)
    assert true in bomb
    with pytest.raises(Unreadable, match="when it is unpacked"):
        list(rows_of(bomb.replace(true, lie), is_xlsx=True))


@pytest.mark.parametrize("cut", [0, 10, 200, 2000])
def test_half_a_workbook_is_none(cut: int) -> None:
    with pytest.raises(Unreadable, match="no XLSX"):
        list(rows_of(xlsx(("S", [["name"]]))[:cut], is_xlsx=True))


def test_damaged_workbook_is_refused() -> None:
    with pytest.raises(Unreadable, match="cannot be read as XLSX"):
        list(rows_of(repacked(_SHEET, b"<worksheet><sheetData><row><"), is_xlsx=True))
    with pytest.raises(Unreadable, match="damaged"):
        content = bytearray(xlsx(("S", [["name" * 100]])))
        # Behind the head of the first part.
        content[80:120] = b"\xff" * 40
        list(rows_of(bytes(content), is_xlsx=True))


def test_named_encoding_goes_before_a_guess() -> None:
    content = "name\nMüller\n".encode("cp1252")
    assert list(rows_of(content, is_xlsx=False, encoding="windows-1252"))[1] == (2, ["Müller"])
    with pytest.raises(Unreadable, match="encoding"):
        list(rows_of(content, is_xlsx=False, encoding="utf-8"))
    marked = rows_of("\ufeffname\n".encode(), is_xlsx=False, encoding="windows-1252")
    assert list(marked) == [(1, ["name"])]


@pytest.mark.parametrize("shape", [each for each in SHAPES if each.media_type == CSV], ids=lambda shape: shape.name)
def test_csv_on_this_machine_is_read_as_one_that_is_sent(shape: Shape, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(shape.content)
    assert list(rows_of_csv(path)) == list(rows_of(shape.content, is_xlsx=False))


def test_csv_on_this_machine_may_be_longer(tmp_path: Path) -> None:
    content = b"name\n" + b"Wax\n" * 11
    with pytest.raises(Unreadable, match="more than 10 rows"):
        list(rows_of(content, is_xlsx=False, most_rows=10))
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert sum(1 for _ in rows_of_csv(path)) == 12
