"""From nothing to a shipped order by clicks alone: what somebody does who has never seen the console."""

from typing import TYPE_CHECKING

import pytest

from pharus.providers import LocalProvider
from tests import factories
from tests.api import Api
from tests.browser.console import NEEDS_CHROMIUM, Console, tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [NEEDS_CHROMIUM, pytest.mark.long]


def _add(console: Console, section: str, name: str) -> None:
    panel = console.page.locator("section.panel", has=console.page.get_by_role("heading", name=section, exact=True))
    console.click("Add", within=panel)
    console.fill(name=name)
    console.click("Save", within=console.page.locator("dialog"))
    panel.get_by_role("cell", name=name, exact=True).wait_for()


def _create(console: Console, page: str, button: str, **values: str) -> None:
    console.page.get_by_role("navigation", name="Pages").get_by_role("link", name=page, exact=True).click()
    console.page.get_by_role("heading", level=1, name=page).wait_for()
    console.click(button)
    console.page.get_by_role("heading", level=1, name=button).wait_for()
    console.fill(**values)


def _line(console: Console, label: str, code: str, **values: str) -> None:
    console.pick(label, code)
    for name, value in values.items():
        console.page.get_by_label(name.replace("_", " ") + " 1", exact=True).fill(value)


def _submit(console: Console, name: str = "Create") -> None:
    console.page.locator("main form button[type=submit]", has_text=name).last.click()


def test_maker_gets_from_nothing_to_a_shipped_order(
    browser: "Browser", relayed: str, local_provider: LocalProvider
) -> None:
    email = f"{factories.unique('maker')}@example.com"
    with tab(browser, relayed) as console:
        page = console.page
        page.goto(f"{relayed}/")
        page.get_by_label("Token").fill(local_provider.issue(email))
        console.click("Sign in")

        # An organization, and what its records are sorted by.
        page.get_by_role("heading", level=1, name="Choose an organization").wait_for()
        page.get_by_label("Name").fill(factories.unique("Example Candles "))
        console.click("Create")
        page.get_by_role("heading", name="To the first order").wait_for()
        console.shot("first-run")
        page.get_by_role("link", name="Name a place where goods lie").click()
        page.get_by_role("heading", level=1, name="Locations and lists").wait_for()
        for section, name in (
            ("Locations", "Workshop"),
            ("Types of materials", "Wax"),
            ("Types of SKUs", "Candles"),
            ("Types of customers", "Shop"),
            ("Order channels", "Wholesale"),
        ):
            _add(console, section, name)

        # Buy: a vendor, a material, an order, and what arrives of it.
        _create(console, "Vendors", "New vendor", name="Sample Wax Supply", term="Net 30")
        _submit(console)
        page.get_by_role("heading", level=1, name="Sample Wax Supply").wait_for()
        _create(console, "Materials", "New material", code="WAX-1", name="Soy wax", unit="kg")
        console.pick("Type", "Wax")
        _submit(console)
        page.get_by_role("heading", level=1, name="WAX-1 · Soy wax").wait_for()
        _create(console, "Purchase orders", "New purchase order")
        console.pick("Vendor", "Sample Wax Supply")
        console.pick("Ship to", "Workshop")
        _line(console, "Material 1", "WAX-1", Quantity="40", Unit_cost="6.25")
        page.get_by_text("Total 250.00").wait_for()
        console.shot("new-purchase-order")
        _submit(console)
        page.get_by_role("heading", level=1, name="PO-").wait_for()
        console.click("Receive")
        console.click("All that is open")
        _submit(console, "Receive")
        page.locator(".head .status", has_text="Received").wait_for()

        # Make: a SKU, of what it is made, and an order that turns wax into candles.
        _create(console, "SKUs", "New SKU", code="CANDLE-1", name="Pillar candle")
        console.pick("Type", "Candles")
        _submit(console)
        page.get_by_role("heading", level=1, name="CANDLE-1 · Pillar candle").wait_for()
        console.click("Write one")
        _line(console, "Material 1", "WAX-1", Quantity="0.4")
        _submit(console, "Save")
        page.get_by_text("Inputs of one").wait_for()
        _create(console, "Production orders", "New production order")
        console.pick("Place", "Workshop")
        _line(console, "SKU 1", "CANDLE-1", Quantity="50", Production_cost="0.5")
        _submit(console)
        page.get_by_role("heading", level=1, name="PROD-").wait_for()
        console.click("Book output")
        page.get_by_label("Scan or type a code").press_sequentially("CANDLE-1\n")
        page.get_by_text("CANDLE-1 counted.").wait_for()
        page.get_by_label("Book output: CANDLE-1 Pillar candle").fill("50")
        _submit(console, "Book output")
        page.locator(".head .status", has_text="Received").wait_for()

        # Sell: a customer, an order, and a shipment.
        _create(console, "Customers", "New customer", name="Corner Shop")
        console.pick("Type", "Shop")
        _submit(console)
        page.get_by_role("heading", level=1, name="Corner Shop").wait_for()
        _create(console, "Sales orders", "New sales order", mabd="2027-01-31")
        console.pick("Customer", "Corner Shop")
        console.pick("Channel", "Wholesale")
        console.pick("Ships from", "Workshop")
        _line(console, "SKU 1", "CANDLE-1", Quantity="20", Unit_price="9")
        _submit(console)
        page.get_by_role("heading", level=1, name="SO-").wait_for()
        console.click("Ship")
        console.click("All that is open")
        _submit(console, "Ship")
        page.locator(".head .status", has_text="Shipped").wait_for()
        console.shot("shipped")

        # What is left: 20 kg of wax at 6.25, and 30 candles at 0.4 × 6.25 + 0.5.
        console.open("stock", "Stock")
        assert "125.00" in page.get_by_role("row", name="WAX-1").inner_text()
        page.get_by_role("link", name="Finished goods").click()
        row = page.get_by_role("row", name="CANDLE-1")
        row.wait_for()
        assert {"30", "3.00", "90.00"} <= set(row.inner_text().split("\t"))
        # A click on a number shows what is behind it.
        row.get_by_role("link", name="30").first.click()
        page.get_by_role("heading", level=1, name="Ledgers").wait_for()
        page.get_by_role("cell", name="PRODUCE").first.wait_for()
        page.reload()
        page.get_by_role("cell", name="PRODUCE").first.wait_for()


def test_token_of_the_link_is_in_this_tab_alone(browser: "Browser", relayed: str, viewer: Api) -> None:
    with tab(browser, relayed) as console:
        console.sign_in(viewer.token or "")
        page = console.page
        assert page.url == f"{relayed}/"
        assert page.evaluate("JSON.stringify(localStorage) + document.cookie") == "{}"
        page.reload()
        page.locator(".who").wait_for()
        other = page.context.new_page()
        other.goto(f"{relayed}/")
        other.get_by_label("Token").wait_for()
        other.close()
        console.click("Sign out")
        page.get_by_label("Token").wait_for()
        assert page.evaluate("JSON.stringify(sessionStorage)") == "{}"
        # A token that is none is refused in the API's words.
        page.get_by_label("Token").fill("pharus_pat_no")
        console.click("Sign in")
        page.get_by_role("alert").get_by_text("token").wait_for()
