"""The pages of a plugin in the console: what its menu shows, and the files behind it."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what the hook `console_pages` returns.

    title         what the menu of the console calls it
    path          its file in the folder `console/` of your package: `index.html`
    minimum_role  the menu shows it from this role on; what it may do, your operations say
    """

    title: str
    path: str = "index.html"
    minimum_role: Literal["viewer", "member", "admin", "owner"] = "viewer"
