"""The organization as its papers name it."""

from pharus.pdf.paper import Party
from plugins.platform import organizations


def organization() -> Party:
    """The current organization by its legal name, with its address and contact."""
    found = organizations.get()
    settings = found["settings"]
    name = settings["legalName"] or found["organization"]["name"]
    return Party.of({**settings, "name": name}, email=settings["contactEmail"], phone=settings["contactPhone"])
