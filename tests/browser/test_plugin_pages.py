"""The pages of plugins in the menu of the console: those that one's role may see, signed in as the console is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contract.callers import Caller, join
from contract.calling import Deployment
from tests.browser.console import NEEDS_CHROMIUM, tab
from tests.server import Server
from tests.test_example_plugin import data, new_owner, seen, site, url, with_inspections

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["data", "new_owner", "seen", "site", "url", "with_inspections"]

pytestmark = [NEEDS_CHROMIUM, pytest.mark.browser]


def test_page_of_a_plugin_is_in_the_menu_of_whoever_may_see_it(
    browser: "Browser", with_inspections: Server, new_owner: Callable[[], Caller], data: Path
) -> None:
    owner = new_owner()
    deployment = Deployment(with_inspections.address)
    viewer = join(deployment, data, owner.headers, "viewer")
    deployment.close()
    for headers, is_offered in ((owner.headers, True), (viewer, False)):
        with tab(browser, with_inspections.address) as console:
            # Where the list cannot be had, the menu goes without.
            console.page.route("**/console/plugins", lambda route: route.fulfill(status=503, body="{}"), times=1)
            with console.page.expect_response("**/console/plugins"):
                console.sign_in(headers["Authorization"].removeprefix("Bearer "))
            link = console.page.get_by_role("navigation", name="Pages").get_by_role("link", name="Inspections")
            assert link.count() == 0
            with console.page.expect_response("**/console/plugins"):
                console.page.reload()
            if is_offered:
                with console.page.expect_response("**/api/x/inspections/**") as asked:
                    link.click()
                assert asked.value.ok
                console.page.get_by_role("heading", name="What waits for its inspection").wait_for()
                console.page.get_by_role("link", name="Console").click()
                link.wait_for()
            else:
                console.page.wait_for_load_state("load")
                console.page.get_by_role("link", name="Vendors").wait_for()
                assert link.count() == 0
