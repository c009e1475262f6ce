"""Files of history: an order after another, as JSON lines, CSV or XLSX."""

from pathlib import Path

import pytest

from handlers.cli.history_files import Entry, read
from handlers.spreadsheets.settings import Settings
from pharus import hooks
from pharus.errors import ConfigurationError
from plugins import manager
from tests.handlers.cli.moving_in import SAMPLES, entries_of, forms
from tests.handlers.spreadsheets.shapes import xlsx

pytestmark = pytest.mark.no_database


@pytest.fixture(autouse=True)
def plugins() -> None:
    hooks.install(manager.load(()))


def entries(path: Path, text: str, settings: Settings | None = None) -> list[Entry]:
    path.write_text(text, encoding="utf-8")
    return list(read(path, forms(), settings or Settings()))


def operation(entry: Entry) -> str:
    return "" if entry.kind is None else entry.kind.operation


def test_lines_of_csv_with_one_number_are_one_order() -> None:
    orders = entries_of(SAMPLES / "orders.csv")
    assert [next(value for key, value in entry.row.items() if key.endswith("Number")) for entry in orders] == [
        "PO-2021-0001",
        "PO-2022-0107",
        "WO-2021-0009",
        "SO-2021-0311",
    ]
    first = orders[0].row
    assert first["items"] == [
        {"materialId": ["OIL-ROSE"], "quantity": "12.5", "unitCost": "31.4"},
        {"materialId": ["BOX-6"], "quantity": "400", "unitCost": "0.21"},
    ]
    assert (first["notes"], first["vendorId"], first["shipToLocationId"]) == (
        "Rose, and more",
        ["Example Oils"],
        ["Workshop"],
    )
    # What is empty is not there.
    assert "shippedAt" not in first
    assert (orders[1].place, orders[0].lines) == (
        f"{SAMPLES / 'orders.csv'}:4",
        [f"{SAMPLES / 'orders.csv'}:{line}" for line in (2, 3)],
    )
    assert orders[3].row["items"] == [{"skuId": ["SOAP-ROSE"], "quantity": 36, "unitPrice": "4.1"}]


def test_opening_balances_of_csv_are_each_a_line() -> None:
    balances = entries_of(SAMPLES / "opening.csv")
    assert [entry.row.get("materialId") or entry.row["skuId"] for entry in balances] == [
        ["OIL-ROSE"],
        ["BOX-6"],
        ["SOAP-ROSE"],
    ]
    assert (balances[0].row["quantity"], balances[0].row["eventDate"]) == ("4.25", "2026-01-01")


def test_each_line_of_json_is_an_order() -> None:
    made, sold = entries_of(SAMPLES / "orders.jsonl")
    assert (made.row["prodNumber"], sold.row["soNumber"]) == ("4711/B", "SO-2020-0014")
    assert made.row["items"] == [{"skuId": ["SOAP-ROSE"], "quantity": 240, "productionCost": "1.85"}]
    assert sold.place == f"{SAMPLES / 'orders.jsonl'}:2"


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = entries(
        tmp_path / "a.jsonl", '{"kind": "work_order"}\n\nno json\n[1]\n{"kind": "y", "kind": "z"}\n{"kind": "w"}\n'
    )
    assert [entry.place.rsplit(":")[-1] for entry in found] == ["1", "3", "4", "5", "6"]
    assert [entry.problem is None for entry in found] == [True, False, False, False, False]


def test_lines_of_an_order_agree_about_it(tmp_path: Path) -> None:
    text = (
        "kind,number,status,sku,quantity\nsales_order,1,Paid,A,1\nsales_order,1,Shipped,B,2\nsales_order,2,Paid,A,1,7\n"
    )
    differing, long = entries(tmp_path / "a.csv", text)
    assert differing.problem == f"differs from {tmp_path / 'a.csv'}:3 in status"
    assert long.problem == "has more fields than the first line names"


def test_line_that_no_database_can_store_is_told_with_its_place(tmp_path: Path) -> None:
    text = "kind,number,vendor\npurchase_order,1,Wax\0\npurchase_order,2,Wax\n"
    wrong, good = entries(tmp_path / "a.csv", text)
    assert (wrong.place, wrong.problem) == (f"{tmp_path / 'a.csv'}:2", "holds a NUL character")
    assert good.row["poNumber"] == "2"


def test_lines_without_a_number_are_orders_of_their_own(tmp_path: Path) -> None:
    found = entries(tmp_path / "a.csv", "kind,sku,quantity\nsales_order,A,1\nsales_order,B,2\n")
    assert [len(entry.row["items"]) for entry in found] == [1, 1]


def test_csv_may_begin_with_a_byte_order_mark_and_say_what_is_no_history(tmp_path: Path) -> None:
    [order] = entries(tmp_path / "a.CSV", "\ufeffkind,number,history\nsales_order,1,FALSE\n")
    assert order.row == {"soNumber": "1", "history": False, "items": [{}]}


def test_a_line_that_says_nothing_of_an_order_goes_on_with_the_one_before(tmp_path: Path) -> None:
    text = "kind;number;sku;quantity\nsales_order;1;A;1\n;;B;2\nsales_order;2;A;1\n"
    first, second = entries(tmp_path / "a.txt", text)
    assert [len(entry.row["items"]) for entry in (first, second)] == [2, 1]


def test_xlsx_and_the_ways_of_writing_are_those_of_every_import(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    head = ["Kind", "Number", "Vendor name", "material", "Menge"]
    path.write_bytes(xlsx(("Orders", [head, ["purchase_order", 4711, "Wax", "OIL", 12.5]])))
    [order] = read(path, forms(), Settings.of({"columns": "Menge=quantity"}))
    assert order.row == {
        "poNumber": "4711",
        "vendorId": ["Wax"],
        "items": [{"materialId": ["OIL"], "quantity": "12.5"}],
    }
    text = 'kind,number,placedAt,material,quantity\npurchase_order,1,02.03.2021,OIL,"1.234,5"\n'
    settings = Settings.of({"decimalSeparator": "comma", "thousandsSeparator": "point", "dateOrder": "dmy"})
    [order] = entries(tmp_path / "b.csv", text, settings)
    assert (order.row["placedAt"], order.row["items"][0]["quantity"]) == ("2021-03-02", "1234.5")


def test_what_its_kind_has_not_is_told(tmp_path: Path) -> None:
    text = "kind,number,vendor,customer,sku,quantity\nsales_order,1,Wax,Shop,A,1\npurchase_order,1,Wax,,A,1\n"
    wrong, good = entries(tmp_path / "a.csv", text)
    assert (wrong.problem, good.problem) == ("has no vendor", None)
    with pytest.raises(ConfigurationError, match="no import has a column that is called 'colour'"):
        entries(tmp_path / "b.csv", "kind,number,colour\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [("a.doc", "x"), ("a.csv", "number\n1\n"), ("a.csv", 'kind\n"x\n'), ("a.csv", "kind,group\n"), ("a.csv", "")],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ConfigurationError):
        entries(tmp_path / name, text)


def test_csv_that_is_not_utf_8_is_read_as_it_looks_or_as_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"kind,notes\nsales_order,caf\xe9\n")
    assert [entry.row["notes"] for entry in entries_of(path)] == ["café"]
    path.write_bytes("kind,notes\nsales_order,чай\n".encode("cp1251"))
    assert [entry.row["notes"] for entry in read(path, forms(), Settings(encoding="cp1251"))] == ["чай"]
    with pytest.raises(ConfigurationError, match="encoding"):
        list(read(path, forms(), Settings(encoding="none-such")))
