"""The guides in a browser: nothing runs in them, and a language is chosen all the same. On request: make browser."""

import pytest

from codegen.arazzo import ORDER
from tests.browser.conftest import Watched
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_PHONE = {"width": 390, "height": 844}


def test_one_language_is_shown_at_a_time(own: Server, watched: Watched) -> None:
    page = watched.page
    for name in ORDER:
        page.goto(f"{own.address}/api/docs/guides/{name}")
        steps = page.locator("section").count()
        for language in page.locator(".languages label").all():
            language.click()
            chosen = language.inner_text().strip().lower()
            shown = [each for each in page.locator("section pre.sample").all() if each.is_visible()]
            assert [each.get_attribute("class") for each in shown] == [f"sample {chosen}"] * steps
    assert watched.errors == []


def test_no_page_is_wider_than_a_phone(own: Server, watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size(_PHONE)
    for name in ["", *ORDER]:
        page.goto(f"{own.address}/api/docs/guides/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") == _PHONE["width"], name
    # It stays on top, and must leave room for the heading that a link leads to.
    page.goto(f"{own.address}/api/docs/guides/buy#orderTheMaterials")
    bar, heading = page.locator(".languages").bounding_box(), page.locator("#orderTheMaterials").bounding_box()
    assert bar is not None
    assert heading is not None
    assert bar["y"] + bar["height"] <= heading["y"]
    assert watched.errors == []


def test_reference_leads_to_the_guides_and_a_guide_to_its_operations(own: Server, watched: Watched) -> None:
    page = watched.page
    page.goto(f"{own.address}/api/docs/")
    page.locator("#navigation .guides").click()
    page.get_by_role("link", name="Buy", exact=True).last.click()
    page.locator("#orderTheMaterials ~ .operation a").click()
    page.locator("#operations-PurchaseOrders-createPurchaseOrder .samples").wait_for()
    assert watched.errors == []
