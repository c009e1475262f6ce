"""The story of the console, in every run that finds a Chromium. All else that needs one is in tests/browser."""

from tests.browser.conftest import browser, node, relayed

__all__ = ["browser", "node", "relayed"]
