import pytest

from handlers.spreadsheets.csv_files import CsvFile
from pharus.spreadsheets.columns import Column, Table, Type

pytestmark = pytest.mark.no_database

TABLE = Table(
    (
        Column("name", ("name",), Type.TEXT),
        Column("quantity", ("quantity",), Type.DECIMAL),
        Column("isActive", ("isActive",), Type.BOOLEAN),
        Column("tags", ("tags",), Type.LIST),
    )
)


def test_file_has_one_head_and_a_line_for_each_row() -> None:
    file = CsvFile(TABLE)
    first = file.write([{"name": 'a "b", c', "quantity": "-12.5", "isActive": True, "tags": ["x", "y"]}], False)
    second = file.write([{"name": "ü\n2", "quantity": None, "isActive": False, "tags": []}], True)
    assert first == b'name,quantity,isActive,tags\r\n"a ""b"", c",-12.5,true,x; y\r\n'
    assert second == '"ü\n2",,false,\r\n'.encode()


def test_only_texts_are_defused() -> None:
    row = {"name": "=1", "quantity": "-1", "isActive": True, "tags": ["=1"]}
    assert CsvFile(TABLE).write([row], True).splitlines()[1] == b"'=1,-1,true,'=1"


def test_mark_for_excel_comes_once() -> None:
    file = CsvFile(TABLE, bom=True)
    assert file.write([], False) == b"\xef\xbb\xbfname,quantity,isActive,tags\r\n"
    assert file.write([], True) == b""
