"""What was done to lots, by the tracking events of the FDA, as rows and as the file that is sent."""

import csv
import io
from collections.abc import Iterator

import pytest

from pharus.errors import NotFound
from plugins.lots import operations as lots
from plugins.purchase_orders import operations as purchase_orders
from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.plugins.lots.making import Json, Maker, named


@pytest.fixture
def maker(migrated: str) -> Iterator[Maker]:
    made = Maker()
    yield made
    assert made.discrepancies() == []


def events(maker: Maker, code: str, **how: str) -> list[Json]:
    return [dict(row) for row in maker.do(lots.list_lot_tracking_events, maker.lot(code)["id"], **how)["data"]]


def told(rows: list[Json]) -> list[tuple[str, str, str]]:
    return [(row["event"], row["lotCode"], row["quantity"]) for row in rows]


def test_a_lot_is_received_transformed_and_shipped(maker: Maker) -> None:
    org_id = maker.org_id
    bought = maker.buy(20)
    maker.receive(bought, 20, lots=[{"code": "a", "quantity": 20, "supplierLot": "EX-7731"}])
    maker.move(4, lots=named(a=4))
    work = maker.plan(6)
    maker.make(work, 6, lots=named(s=6))
    contact = factories.make_contact(org_id)
    factories.make_contact_method(org_id, contact_id=contact, method_type="phone", value="555 0100", is_primary=True)
    factories.make_contact_link(org_id, contact_id=contact, customer_id=maker.customer, is_primary=True)
    sale = maker.sell(3)
    shipment = maker.ship(sale, 3)["shipment"]["id"]
    maker.send_back(shipment, sale, 1)
    rows = events(maker, "a")
    assert told(rows) == [
        ("receiving", "a", "20"),
        ("shipping", "a", "4"),
        *told(rows)[2:4],
        ("shipping", "s", "3"),
        ("receiving", "s", "1"),
    ]
    assert sorted(told(rows)[2:4]) == [("transformation_made", "s", "6"), ("transformation_used", "a", "12")]
    received, moved, *steps, sold, returned = rows
    # The vendor's code is the one by which everybody knows it, and the vendor who gave it.
    assert (received["traceabilityLotCode"], sold["traceabilityLotCode"]) == ("EX-7731", "s")
    assert received["lotCodeSource"] == received["partnerDescription"]
    assert (received["referenceType"], received["referenceNumber"]) == (
        "Purchase order",
        bought["purchaseOrder"]["poNumber"],
    )
    assert (moved["referenceType"], moved["partnerName"] != moved["locationName"]) == ("Transfer", True)
    assert {row["process"] for row in steps} == {steps[0]["process"]} != {None}
    assert {row["referenceType"] for row in steps} == {"Work order"}
    assert "555 0100" in sold["partnerDescription"]
    assert sold["partnerName"] == returned["partnerName"]
    assert (sold["referenceType"], sold["referenceNumber"]) == ("Sales order", sale["salesOrder"]["soNumber"])
    assert sold["lotCodeSource"] == sold["locationDescription"]


def test_what_is_undone_is_left_out(maker: Maker) -> None:
    bought = maker.buy(20)
    receipt = maker.receive(bought, 8, lots=named(a=8))
    maker.do(purchase_orders.delete_purchase_order_receipt, receipt["receipt"]["id"])
    assert events(maker, "a") == []


def test_what_went_into_a_lot_beside_the_one_that_is_traced_is_told(maker: Maker) -> None:
    maker.adjust(40, lots=named(a=20, b=20))
    maker.make(maker.plan(6), 6, lots=named(s=6), inputs=[maker.used(a=6, b=6)])
    forward = told(events(maker, "a", direction="forward"))
    assert sorted(forward) == [
        ("transformation_made", "s", "6"),
        ("transformation_used", "a", "6"),
        ("transformation_used", "b", "6"),
    ]
    # Nobody made it, so nothing is told of what was before.
    assert events(maker, "b", direction="back") == []


def test_what_there_is_not_has_no_events(maker: Maker) -> None:
    with pytest.raises(NotFound):
        maker.do(lots.list_lot_tracking_events, maker.material)


def test_the_file_has_a_column_for_each_thing_to_be_known(viewer: Api, organization: Organization) -> None:
    org_id = organization.id
    lot = factories.make_lot(org_id, code="=A-1", supplier_lot="EX-1")
    place = factories.make_location(org_id, name="Dock", address="1 Example Street", contact_phone="555 0101")
    entry = {"lot_id": lot, "location_id": place, "event_type": "RECEIVE", "source_type": "po_receipt"}
    factories.make_lot_entry(org_id, **entry, entry_id=lot, quantity="2.5", on_hand="2.5", ref="PO-2026-0001")
    answer = viewer.get(f"/api/lots/{lot}/tracking-events", format="csv")
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row["event"] == "receiving"
    assert (row["traceabilityLotCode"], row["lotCode"], row["quantity"]) == ("EX-1", "'=A-1", "2.5")
    assert (row["referenceType"], row["referenceNumber"]) == ("Purchase order", "PO-2026-0001")
    assert row["locationDescription"].endswith("Dock, 1 Example Street, 555 0101")
