"""The console in a headless Chromium: somebody signs in, clicks and types; each answer is held against the document."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import NAMES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "console"

NEEDS_PLAYWRIGHT = pytest.mark.skipif(find_spec("playwright") is None, reason="Playwright is not installed")
NEEDS_CHROMIUM = pytest.mark.skipif(
    find_spec("playwright") is None or not any(map(shutil.which, NAMES)), reason="no Chromium is installed"
)

# Longer than anything takes on a machine that is busy with much else.
_MILLISECONDS = 90_000

# Chromium says so of each answer that is a refusal; the page shows it.
_OF_REFUSALS = "Failed to load resource"


@dataclass
class Console:
    """One tab. `errors` is what went wrong in it."""

    page: "Page"
    origin: str
    errors: list[str] = field(default_factory=list)

    def sign_in(self, token: str) -> None:
        self.page.goto(f"{self.origin}/#token={token}")
        self.page.locator("main h1").wait_for()

    def open(self, path: str, title: str = "") -> None:
        self.page.goto(f"{self.origin}/#/{path}")
        self.page.get_by_role("heading", level=1, name=title).wait_for()
        self.settle()

    def settle(self) -> None:
        """Until everything that the page shows is there."""
        # Not by a function in the page: the policy that the page has allows none.
        from playwright.sync_api import expect

        expect(self.page.locator("main .loading")).to_have_count(0, timeout=_MILLISECONDS)

    def click(self, name: str, *, within: "Locator | None" = None) -> None:
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def fill(self, **values: str) -> None:
        """Fields of the form by the key of the API."""
        form = self.page.locator("dialog form, main form:not(.filters, .note)").last
        for key, value in values.items():
            found = form.locator(f"[name={key}]")
            if found.evaluate("element => element.tagName") == "SELECT":
                found.select_option(value)
            else:
                found.fill(value)

    def pick(self, label: str, text: str) -> None:
        """As somebody with a keyboard, or a scanner: a code or a name, and Enter."""
        field = self.page.get_by_role("combobox", name=label).last
        field.fill(text)
        field.press("Enter")
        from playwright.sync_api import expect

        expect(field).to_have_attribute("data-chosen", re.compile(".+"), timeout=_MILLISECONDS)

    def said(self, text: str) -> None:
        self.page.locator(".said").get_by_text(text).wait_for()

    def shot(self, name: str) -> None:
        """A picture for the docs; only when it is asked for, as no two machines make the same."""
        if os.environ.get("SCREENSHOTS") == "write":
            SCREENSHOTS.mkdir(exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@contextmanager
def tab(browser: "Browser", origin: str, **options: Any) -> Iterator[Console]:
    """A tab with nothing in it, in a context of its own."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    page.set_default_timeout(_MILLISECONDS)
    console = Console(page, origin)
    page.on(
        "console",
        lambda said: (
            console.errors.append(said.text)
            if said.type in ("error", "warning") and _OF_REFUSALS not in said.text
            else None
        ),
    )
    page.on("pageerror", lambda error: console.errors.append(str(error)))
    try:
        yield console
        assert console.errors == []
    except Exception:
        # What somebody would have seen.
        print(page.url, page.locator("body").inner_text(), console.errors, sep="\n")  # noqa: T201
        raise
    finally:
        context.close()
