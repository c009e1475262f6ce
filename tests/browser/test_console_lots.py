"""Units and lots in the console: what arrives in cases and by lots, is counted, leaves; the way of a lot, a recall."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests import factories
from tests.api import Api
from tests.browser.console import NEEDS_CHROMIUM, Console, tab
from tests.conftest import AsRole

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator

pytestmark = [NEEDS_CHROMIUM, pytest.mark.browser]


@pytest.fixture
def console(browser: "Browser", relayed: str) -> Iterator[Console]:
    with tab(browser, relayed) as opened:
        yield opened


@pytest.fixture
def admin(organization: factories.Organization, as_role: AsRole) -> Api:
    return as_role(organization, "admin")


@pytest.fixture
def place(organization: factories.Organization) -> str:
    return factories.make_location(organization.id, name="Workshop")


def _material(admin: Api, organization: factories.Organization, code: str, **columns: str) -> str:
    body = {
        "code": code,
        "name": f"Name of {code}",
        "unit": "kg",
        "typeId": factories.make_material_type(organization.id),
    }
    return str(admin.post("/api/materials", json={**body, **columns}).json()["id"])


def _ordered(admin: Api, organization: factories.Organization, place: str, **item: Any) -> str:
    body = {
        "vendorId": factories.make_vendor(organization.id, name="Sample Oils"),
        "targetType": "materials",
        "status": "Placed",
        "shipToLocationId": place,
        "items": [item],
    }
    return str(admin.post("/api/purchase-orders", json=body).json()["purchaseOrder"]["id"])


def _book(console: Console) -> None:
    console.page.locator("main form button[type=submit]").click()
    console.page.locator(".head .status").wait_for()


def _receipts(admin: Api, order: str) -> list[tuple[str, str | None]]:
    found = admin.get(f"/api/purchase-orders/{order}/receipts").json()["data"]
    items = [admin.get(f"/api/purchase-order-receipts/{each['id']}").json()["items"][0] for each in found]
    return sorted((each["quantity"], each["unitQuantity"]) for each in items)


def test_line_in_cases_is_received_in_cases_or_in_stock_units(
    console: Console, admin: Api, organization: factories.Organization, place: str
) -> None:
    material = _material(admin, organization, "BALM-1")
    units = {"units": [{"unit": "case", "numerator": 12}]}
    assert admin.request("PUT", f"/api/materials/{material}/units", json=units).status_code == 200
    ordered = {"materialId": material, "quantity": None, "unit": "case", "unitQuantity": "5", "pricePerUnit": "30"}
    order = _ordered(admin, organization, place, **ordered)
    console.sign_in(admin.token or "")
    page = console.page

    def quantity() -> "Locator":
        return page.get_by_label("Receive: BALM-1 Name of BALM-1")

    console.open(f"purchase-orders/{order}/book", "Receive")
    assert (quantity().get_attribute("placeholder"), page.locator(".said-as").inner_text()) == ("5", "5 case")
    # A scan is one more of what the field counts.
    page.get_by_label("Scan or type a code").press_sequentially("BALM-1\nBALM-1\n")
    page.get_by_text("BALM-1 counted.").wait_for()
    _book(console)
    page.locator(".head .status", has_text="Partial").wait_for()
    assert _receipts(admin, order) == [("24", "2")]

    console.open(f"purchase-orders/{order}/book", "Receive")
    assert quantity().get_attribute("placeholder") == "3"
    page.get_by_label("Unit of BALM-1").select_option("kg")
    assert quantity().get_attribute("placeholder") == "36"
    quantity().fill("7.5")
    _book(console)
    page.get_by_text("Receipts (2)").wait_for()
    assert _receipts(admin, order) == [("24", "2"), ("7.5", None)]

    # What was said in stock units leaves nothing that is exactly so many cases.
    console.open(f"purchase-orders/{order}/book", "Receive")
    assert quantity().get_attribute("placeholder") == "28.5"
    console.click("All that is open")
    _book(console)
    page.locator(".head .status", has_text="Received").wait_for()


def test_lots_arrive_are_counted_and_leave_by_name(
    console: Console, admin: Api, organization: factories.Organization, place: str
) -> None:
    material = _material(admin, organization, "OIL-1", lotTracking="lots_with_expiry")
    order = _ordered(admin, organization, place, materialId=material, quantity="60", unitCost="4")
    console.sign_in(admin.token or "")
    page = console.page
    console.open(f"purchase-orders/{order}/book", "Receive")
    assert page.locator("fieldset.lots").count() == 0
    page.get_by_label("Receive: OIL-1 Name of OIL-1").fill("60")
    lots = page.locator("fieldset.lots")
    lots.get_by_label("Quantity 1").fill("60")
    page.locator("main form button[type=submit]").click()
    # A lot without a code is none.
    lots.get_by_text("This is needed.").wait_for()
    lots.get_by_label("Code 1").fill("OLV-1")
    lots.get_by_label("Good until 1").fill("2099-01-31")
    lots.get_by_label("Quantity 1").fill("40")
    lots.get_by_role("button", name="Add line").click()
    for name, text in (
        ("Code 2", "OLV-2"),
        ("Quantity 2", "20"),
        ("Good until 2", "2098-01-31"),
        ("Vendor\N{RIGHT SINGLE QUOTATION MARK}s lot 2", "7731"),
    ):
        lots.get_by_label(name).fill(text)
    console.shot("receiving-lots")
    _book(console)
    page.locator(".head .status", has_text="Received").wait_for()
    assert _on_hand(admin) == {"OLV-1": "40", "OLV-2": "20"}

    # Less than in the books leaves, of the lot that is named; more comes in.
    for counted, lot, left in (
        ("55", "OLV-1", {"OLV-1": "35", "OLV-2": "20"}),
        ("56", "NEW", {"NEW": "1", "OLV-1": "35", "OLV-2": "20"}),
    ):
        console.open("stock/materials/count", "Count stock")
        console.pick("Place", "Workshop")
        page.get_by_label("Scan or type a code").press_sequentially("OIL-1\n")
        page.get_by_label("Counted: OIL-1").fill(counted)
        if lot == "NEW":
            lots.get_by_label("Code 1").fill(lot)
            lots.get_by_label("Quantity 1").fill("1")
            lots.get_by_label("Good until 1").fill("2099-01-01")
        else:
            console.pick("Lot 1", lot)
            lots.get_by_label("Quantity 1").fill("5")
        page.locator("main form button[type=submit]").click()
        page.get_by_role("heading", level=1, name="Stock").wait_for()
        assert _on_hand(admin) == left


def _on_hand(admin: Api) -> dict[str, str]:
    lots = {each["id"]: each["code"] for each in admin.get("/api/lots").json()["data"]}
    held = {code: admin.get(f"/api/lots/{id}/balances").json()["data"] for id, code in lots.items()}
    return {code: data[0]["onHand"] for code, data in sorted(held.items())}


@pytest.fixture
def way(admin: Api, organization: factories.Organization, place: str) -> dict[str, str]:
    """Milk that was bought and went into bars, which wait to be sold to the Corner Shop."""
    milk = _material(admin, organization, "MILK", lotTracking="lots")
    order = _ordered(admin, organization, place, materialId=milk, quantity="10", unitCost="11.5")
    (bought,) = admin.get(f"/api/purchase-orders/{order}/items").json()["data"]
    received = {"poItemId": bought["id"], "quantity": "10", "lots": [{"code": "MLK-1", "quantity": "10"}]}
    assert admin.post(f"/api/purchase-orders/{order}/receipts", json={"items": [received]}).status_code == 201
    sku = {"code": "BAR", "name": "Milk bar", "lotTracking": "lots", "typeId": factories.make_sku_type(organization.id)}
    bar = admin.post("/api/skus", json=sku).json()["id"]
    made_of = {"outputSkuId": bar, "items": [{"materialId": milk, "quantity": "0.05"}]}
    assert admin.post("/api/boms", json=made_of).status_code == 201
    making = {
        "locationId": place,
        "status": "Placed",
        "items": [{"skuId": bar, "quantity": 100, "productionCost": "0.5"}],
    }
    made = admin.post("/api/production-orders", json=making).json()["productionOrder"]["id"]
    output = {"skuId": bar, "quantity": 100, "lots": [{"code": "BAR-1", "quantity": "100"}]}
    answer = admin.post(f"/api/production-orders/{made}/receipts", json={"items": [output]})
    assert answer.status_code == 201, answer.text
    sale = {
        "customerId": factories.make_customer(organization.id, name="Corner Shop"),
        "channelId": factories.make_order_channel(organization.id),
        "fulfillmentLocationId": place,
        "mabd": "2099-01-31",
        "status": "Entered",
        "fulfillmentStatus": "Pending",
        "items": [{"skuId": bar, "quantity": 30, "unitPrice": "6"}],
    }
    answer = admin.post("/api/sales-orders", json=sale)
    assert answer.status_code == 201, answer.text
    lots = {each["code"]: each["id"] for each in admin.get("/api/lots").json()["data"]}
    return {**lots, "sale": answer.json()["salesOrder"]["id"]}


def test_way_of_a_lot_is_a_tree_and_a_picture_and_ends_in_a_recall(
    console: Console, admin: Api, organization: factories.Organization, as_role: AsRole, way: dict[str, str]
) -> None:
    console.sign_in(admin.token or "")
    page = console.page
    console.open(f"sales-orders/{way['sale']}/book", "Ship")
    console.click("All that is open")
    console.pick("Lot 1", "BAR-1")
    page.get_by_label("Quantity 1").fill("30")
    _book(console)
    page.locator(".head .status", has_text="Shipped").wait_for()

    console.open("lots", "Lots")
    page.get_by_role("link", name="MLK-1").click()
    page.get_by_role("heading", level=1, name="Lot MLK-1").wait_for()
    console.settle()
    balance = page.locator("section.panel", has=page.get_by_role("heading", name="Mass balance")).inner_text()
    assert "Received\n10" in balance
    assert "Used\n5" in balance
    page.get_by_role("link", name="Trace", exact=True).click()
    # One opened part after the other, to whoever got of it.
    page.locator("summary", has_text="BAR-1").click()
    page.locator(".tree").get_by_text("Corner Shop").wait_for()
    assert page.locator(".tree").get_by_text("Sample Oils").count() == 1
    assert page.locator("svg.way text").all_inner_texts() >= ["BAR-1"]
    boxes = {each.text_content() for each in page.locator("svg.way g title").all()}
    assert {each.split()[0] for each in boxes if each} == {"Sample", "MLK-1", "BAR-1", "Corner"}
    assert page.locator("svg.way path").count() == 3
    console.shot("trace")

    # An exercise changes nothing; a recall does.
    for is_exercise in (True, False):
        console.click("Recall")
        console.fill(reason="The vendor has called.", mock="true" if is_exercise else "false")
        page.locator("dialog button[type=submit]").click()
        page.get_by_role("heading", name="Whom to call (1)").wait_for()
        page.get_by_role("cell", name="Corner Shop").first.wait_for()
        assert admin.get(f"/api/lots/{way['MLK-1']}").json()["status"] == ("released" if is_exercise else "recalled")
    assert admin.get(f"/api/lots/{way['BAR-1']}").json()["status"] == "on_hold"
    console.shot("recall")

    viewer = as_role(organization, "viewer")
    console.page.evaluate("sessionStorage.clear()")
    console.sign_in(viewer.token or "")
    console.open(f"lots/{way['MLK-1']}", "Lot MLK-1")
    for name in ("Recall", "Release", "Put on hold", "Reject", "Edit"):
        assert page.get_by_role("button", name=name, exact=True).count() == 0
    console.open("lots/expiring", "What expires")
    page.get_by_text("Nothing here yet.").wait_for()
