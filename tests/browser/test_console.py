"""The console with a filled organization: who may not, what is lost on the way, how much there is, on which screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pharus import hooks, storage
from pharus.db import unit_of_work
from pharus.demo_data import DemoData
from pharus.identity import Actor, Role
from plugins.platform import operations as platform
from tests import factories
from tests.api import Api
from tests.browser.console import NEEDS_CHROMIUM, Console, tab
from tests.conftest import AsRole

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Route

pytestmark = [NEEDS_CHROMIUM, pytest.mark.browser, pytest.mark.xdist_group("browser")]

_PHONE = {"width": 390, "height": 844}
_LISTS = ["purchase-orders", "production-orders", "work-orders", "sales-orders", "materials", "skus", "boms", "vendors"]
_LISTS += ["customers", "contacts", "supplier-prices", "customer-prices"]
_PAGES = ["", "stock", "stock/finished", "ledger", *_LISTS, "reports/valuation", "reports/cost-of-goods"]
_PAGES += ["reports/journal", "reports/open-orders", "reports/shortages", "import", "history", "lookups", "settings"]
_PAGES += ["members", "tokens", "webhooks", "vendors/new", "purchase-orders/new", "stock/materials/count"]
_PAGES += ["lots", "lots/expiring"]
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(scope="module")
def soap_works(database_url: str, data_folder: Path) -> factories.Organization:
    """An organization with the sample data of `make run`."""
    organization = factories.make_organization(name="Example Soap Works")
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    storage.install(storage.LocalStore(data_folder / "documents", "http://127.0.0.1"))
    with unit_of_work(Actor(user.uid, user.email, True, user.id, organization.id, Role.owner)):
        platform.update_organization({"currency": "USD", "country": "US"})
        hooks.hooks().fill_demo(demo_data=DemoData())
    return organization


@pytest.fixture
def console(browser: "Browser", relayed: str) -> Iterator[Console]:
    with tab(browser, relayed) as opened:
        yield opened


def _axe() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def _first(api: Api, path: str, **query: str) -> Any:
    return api.get(f"/api/{path}", **query).json()["data"][0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_each_page(
    browser: "Browser", relayed: str, soap_works: factories.Organization, as_role: AsRole, scheme: str
) -> None:
    """axe-core finds nothing against WCAG 2.2 AA; in the dark only colours can be other ones."""
    admin = as_role(soap_works, "owner")
    order = _first(admin, "purchase-orders", status="In Transit")["id"]
    sale = _first(admin, "sales-orders", status="Shipped")["id"]
    sku = next(each["id"] for each in admin.get("/api/skus").json()["data"] if each["skuCode"] == "GIFT-SET-3")
    lot = next(each["id"] for each in admin.get("/api/lots").json()["data"] if each["materialId"])
    recall = _first(admin, f"lots/{lot}/recalls")["id"]
    lots = [f"lots/{lot}{part}" for part in ("", "/trace", "/entries", "/recalls", f"/recalls/{recall}")]
    bought = [f"purchase-orders/{order}", f"purchase-orders/{order}/book"]
    records = [*lots, *bought, f"sales-orders/{sale}", f"skus/{sku}"]
    rules = {"runOnly": _RULES if scheme == "light" else ["color-contrast"]}
    shots = {
        "": "overview",
        "stock": "stock",
        f"sales-orders/{sale}": "sales-order",
        f"skus/{sku}": "bill-of-materials",
    }
    shots |= {"reports/valuation": "valuation"}
    with tab(browser, relayed, color_scheme=scheme) as console:
        console.sign_in(admin.token or "")
        console.page.evaluate(_axe())
        for path in [*_PAGES, *records]:
            console.open(path)
            if scheme == "light" and path in shots:
                console.shot(shots[path])
            elif path == "stock":
                console.shot("dark")
            found = console.page.evaluate("rules => axe.run(document, rules)", rules)
            assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == [], path


def test_viewer_is_offered_nothing_that_changes_anything(
    console: Console, soap_works: factories.Organization, as_role: AsRole
) -> None:
    viewer = as_role(soap_works, "viewer")
    console.sign_in(viewer.token or "")
    page = console.page
    pages = page.get_by_role("navigation", name="Pages").first
    assert pages.get_by_role("link", name="Stock").count() + pages.get_by_role("link", name="Levels").count() == 1
    for name in ("History", "Webhooks", "Import"):
        assert pages.get_by_role("link", name=name).count() == 0
    order, material = _first(viewer, "purchase-orders", status="In Transit"), _first(viewer, "materials")
    reading = {"Menu", "Light or dark", "Sign out", "CSV", "XLSX", "PDF", "Previous", "Next"}
    for path in (
        *_LISTS,
        "stock",
        f"purchase-orders/{order['id']}",
        f"materials/{material['id']}",
        "lookups",
        "settings",
    ):
        console.open(path)
        buttons = page.locator("button:visible:not(.sort, .link)").all()
        names = {each.get_attribute("aria-label") or each.inner_text() for each in buttons}
        assert names <= reading, path
        assert page.locator("main form:not(.filters)").count() == 0, path
    # An address that somebody has sent leads to no form either.
    for path in ("vendors/new", "sales-orders/new", f"purchase-orders/{order['id']}/book", "history"):
        console.open(path, "There is nothing here")


def test_receipt_whose_answer_is_lost_is_booked_once(
    console: Console, soap_works: factories.Organization, as_role: AsRole
) -> None:
    """The server books, the answer does not arrive, not even after retries; the person clicks again."""
    admin = as_role(soap_works, "admin")
    order = _placed(admin)
    console.sign_in(admin.token or "")
    console.open(f"purchase-orders/{order}/book")
    page, is_lost = console.page, True

    def pass_on(route: "Route", request: "Request") -> None:
        if request.method != "POST" or not is_lost:
            route.continue_()
            return
        route.fetch()
        route.abort("connectionreset")

    page.route("**/receipts", pass_on)
    console.click("All that is open")
    page.locator("main form button[type=submit]").click()
    page.get_by_role("alert").get_by_text("does not answer").wait_for()
    is_lost = False
    page.locator("main form button[type=submit]").click()
    page.locator(".head .status", has_text="Received").wait_for()
    assert len(admin.get(f"/api/purchase-orders/{order}/receipts").json()["data"]) == 1
    # Chromium tells of the connections that the test has cut.
    console.errors.clear()


def test_corrected_receipt_after_a_lost_answer_is_refused_and_shows_what_was_booked(
    console: Console, soap_works: factories.Organization, as_role: AsRole
) -> None:
    """Another request has another key; the version of the order that was seen stops it."""
    admin = as_role(soap_works, "admin")
    order = _placed(admin)
    console.sign_in(admin.token or "")
    console.open(f"purchase-orders/{order}/book")
    # Somebody else receives half of it meanwhile.
    (item,) = admin.get(f"/api/purchase-orders/{order}/items").json()["data"]
    admin.post(f"/api/purchase-orders/{order}/receipts", json={"items": [{"poItemId": item["id"], "quantity": "4"}]})
    console.click("All that is open")
    console.page.locator("main form button[type=submit]").click()
    console.page.get_by_role("alert").get_by_text("Somebody has changed this").wait_for()
    console.click("Try again")
    console.page.get_by_role("row", name="6").wait_for()
    assert len(admin.get(f"/api/purchase-orders/{order}/receipts").json()["data"]) == 1


def _placed(api: Api) -> str:
    """An order of 10 of a material."""
    body = {
        "vendorId": _first(api, "vendors")["id"],
        "targetType": "materials",
        "status": "Placed",
        "shipToLocationId": _first(api, "locations")["id"],
        "items": [{"materialId": _first(api, "materials", isActive="true")["id"], "quantity": "10", "unitCost": "1.5"}],
    }
    return str(api.post("/api/purchase-orders", json=body).json()["purchaseOrder"]["id"])


def test_five_thousand_rows_are_no_more_in_the_page_than_are_shown(
    console: Console, organization: factories.Organization, as_role: AsRole
) -> None:
    admin = as_role(organization, "admin")
    place = factories.make_location(organization.id)
    type_id = factories.make_material_type(organization.id)
    rows = [{"code": f"M-{number:04}", "name": f"Material {number}", "typeId": type_id} for number in range(5000)]
    ids = admin.post("/api/materials/bulk-import", json={"rows": rows}).json()["ids"]
    opening = [{"materialId": id, "locationId": place, "quantity": "2", "unitCost": "0.5"} for id in ids]
    admin.post("/api/materials-inventory/opening-balances/bulk-import", json={"rows": opening})
    console.sign_in(admin.token or "")
    page = console.page
    console.open("materials", "Materials")
    page.get_by_text("1–50 of 5,000").wait_for()
    assert page.locator("tbody tr").count() == 50
    console.click("Next")
    page.get_by_text("51–100 of 5,000").wait_for()
    assert page.locator("tbody tr").count() == 50
    page.get_by_role("searchbox", name="Search").fill("M-4321")
    page.get_by_text("1–1 of 1").wait_for()
    page.get_by_role("row", name="M-4321").wait_for()
    console.open("stock", "Stock")
    page.get_by_text("1–100 of 5,000").wait_for()
    assert page.locator("tbody tr").count() == 100
    assert "5,000.00" in page.locator("tfoot").inner_text()


def test_id_of_another_organization_is_nothing_here(
    console: Console, soap_works: factories.Organization, admin: Api
) -> None:
    for path, id in (
        ("vendors", factories.make_vendor(soap_works.id)),
        ("sales-orders", factories.make_sales_order(soap_works.id)),
        ("purchase-orders", "not-an-id"),
    ):
        if path == "vendors":
            console.sign_in(admin.token or "")
        console.page.goto(f"{console.origin}/#/{path}/{id}")
        alert = console.page.locator("main").get_by_role("alert")
        alert.wait_for()
        assert "Soap" not in console.page.locator("main").inner_text()


def test_what_others_change_appears_by_itself(
    console: Console, organization: factories.Organization, as_role: AsRole
) -> None:
    admin = as_role(organization, "admin")
    console.sign_in(admin.token or "")
    console.open("vendors", "Vendors")
    console.page.get_by_text("Nothing here yet.").wait_for()
    admin.post("/api/vendors", json={"name": "Late Arrivals"})
    console.page.get_by_role("cell", name="Late Arrivals").wait_for()


def test_receiving_on_a_phone_with_a_scanner(
    browser: "Browser", relayed: str, soap_works: factories.Organization, as_role: AsRole
) -> None:
    member = as_role(soap_works, "member")
    order = _placed(member)
    code = _first(member, "materials", isActive="true")["materialCode"]
    with tab(browser, relayed, viewport=_PHONE, has_touch=True) as console:
        console.sign_in(member.token or "")
        console.open(f"purchase-orders/{order}/book", "Receive")
        page = console.page
        assert page.evaluate("document.documentElement.scrollWidth") == _PHONE["width"]
        # A scanner types the code and Enter, and does not wait.
        page.get_by_label("Scan or type a code").press_sequentially(f"{code}\n{code}\n{code.lower()}\nNO-SUCH\n")
        page.get_by_text("NO-SUCH is on no open line of this order.").wait_for()
        assert page.locator("input.quantity").input_value() == "3"
        console.shot("receiving-on-a-phone")
        page.locator("main form button[type=submit]").click()
        page.locator(".head .status", has_text="Partial").wait_for()


def test_refusal_is_shown_at_the_field_in_the_words_of_the_api(
    console: Console, organization: factories.Organization, as_role: AsRole
) -> None:
    admin = as_role(organization, "admin")
    console.sign_in(admin.token or "")
    console.open("vendors/new", "New vendor")
    page = console.page
    page.get_by_role("button", name="Create").click()
    page.get_by_text("This is needed.").wait_for()
    assert page.evaluate("document.activeElement.name") == "name"
    console.fill(name="Sample Oils", country="U")
    page.get_by_role("button", name="Create").click()
    mistake = page.locator(".field", has=page.locator("[name=country]")).locator(".mistake")
    mistake.wait_for()
    refused = admin.post("/api/vendors", json={"name": "Sample Oils", "country": "U"}).json()
    assert refused["error"]["details"][0]["message"] in mistake.inner_text()
    assert page.locator("[name=country]").get_attribute("aria-invalid") == "true"


def test_search_finds_codes_names_and_numbers_from_everywhere(
    console: Console, soap_works: factories.Organization, as_role: AsRole
) -> None:
    viewer = as_role(soap_works, "viewer")
    number = _first(viewer, "sales-orders", status="Shipped")["soNumber"]
    console.sign_in(viewer.token or "")
    page = console.page
    page.locator("main h1").click()
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.get_by_role("option", name=number).wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=number).wait_for()
    assert page.title().startswith(number)


def test_list_is_kept_as_a_file_and_its_filters_as_a_view(
    console: Console, soap_works: factories.Organization, as_role: AsRole
) -> None:
    viewer = as_role(soap_works, "viewer")
    console.sign_in(viewer.token or "")
    page = console.page
    console.open("purchase-orders?status=Received", "Purchase orders")
    with page.expect_download() as kept:
        console.click("CSV")
    text = Path(kept.value.path()).read_text(encoding="utf-8")
    assert {line.split(",")[2] for line in text.splitlines()[1:]} != set()
    assert "PO-" in text
    assert "In Transit" not in text
    console.click("Save view")
    page.get_by_label("Name of the view").fill("What came")
    console.click("Save")
    console.open("purchase-orders", "Purchase orders")
    page.get_by_role("link", name="What came").click()
    page.wait_for_url("**/#/purchase-orders?status=Received")
