"""The plugin's page in the console: what waits for its inspection."""

from pharus.console_pages import Page


def pages() -> list[Page]:
    return [Page("Inspections", minimum_role="member")]
