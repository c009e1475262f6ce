"""Files of history: an order after another, as JSON lines or as CSV."""

from pathlib import Path

import pytest

from handlers.cli.history_files import Entry, read
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database

SAMPLES = Path(__file__).parent / "history"


def entries(path: Path, text: str) -> list[Entry]:
    path.write_text(text, encoding="utf-8")
    return list(read(path))


def test_lines_of_csv_with_one_number_are_one_order() -> None:
    orders = list(read(SAMPLES / "orders.csv"))
    assert [(entry.kind, entry.values["number"]) for entry in orders] == [
        ("purchase_order", "PO-2021-0001"),
        ("purchase_order", "PO-2022-0107"),
        ("work_order", "WO-2021-0009"),
        ("sales_order", "SO-2021-0311"),
    ]
    first = orders[0].values
    assert first["items"] == [
        {"material": "OIL-ROSE", "quantity": "12.5", "unitCost": "31.4"},
        {"material": "BOX-6", "quantity": 400, "unitCost": "0.21"},
    ]
    assert first["notes"] == "Rose, and more"
    # What is empty is not there.
    assert "customer" not in first
    assert "shippedAt" not in first
    assert orders[1].place == f"{SAMPLES / 'orders.csv'}:4"


def test_opening_balances_of_csv_are_each_a_line() -> None:
    balances = list(read(SAMPLES / "opening.csv"))
    assert [entry.values.get("material") or entry.values["sku"] for entry in balances] == [
        "OIL-ROSE",
        "BOX-6",
        "SOAP-ROSE",
    ]
    assert balances[0].values["quantity"] == "4.25"


def test_each_line_of_json_is_an_order() -> None:
    orders = list(read(SAMPLES / "orders.jsonl"))
    assert [entry.values["number"] for entry in orders] == ["4711/B", "SO-2020-0014"]
    assert orders[1].place == f"{SAMPLES / 'orders.jsonl'}:2"


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = entries(tmp_path / "a.jsonl", '{"kind": "x"}\n\nno json\n[1]\n{"kind": "y", "kind": "z"}\n{"kind": "w"}\n')
    assert [entry.place.rsplit(":")[-1] for entry in found] == ["1", "3", "4", "5", "6"]
    assert [entry.problem is None for entry in found] == [True, False, False, False, True]


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
    assert good.values["number"] == "2"


def test_lines_without_a_number_are_orders_of_their_own(tmp_path: Path) -> None:
    found = entries(tmp_path / "a.csv", "kind,sku,quantity\nsales_order,A,1\nsales_order,B,2\n")
    assert [len(entry.values["items"]) for entry in found] == [1, 1]


def test_csv_may_begin_with_a_byte_order_mark_and_say_what_is_no_history(tmp_path: Path) -> None:
    [order] = entries(tmp_path / "a.CSV", "\ufeffkind,number,history\nsales_order,1,FALSE\n")
    assert order.values == {"kind": "sales_order", "number": "1", "history": False, "items": [{}]}


@pytest.mark.parametrize(("name", "text"), [("a.txt", "x"), ("a.csv", "number\n1\n"), ("a.csv", 'kind\n"x\n')])
def test_a_file_that_is_none_is_refused(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(ConfigurationError):
        entries(tmp_path / name, text)


def test_csv_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"kind,notes\nsales_order,caf\xe9\n")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        list(read(path))
