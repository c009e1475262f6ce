"""Files of history, and an organization that is about to move in, with the records that the sample files name."""

from functools import cache
from pathlib import Path
from typing import Any

from handlers.cli.history_files import Entry, Forms, entry_of, read
from handlers.spreadsheets.settings import Settings
from tests import factories
from tests.contract.judging import document

SAMPLES = Path(__file__).parent / "history"
FILES = [SAMPLES / name for name in ("orders.csv", "orders.jsonl", "opening.csv")]


def make_maker() -> factories.Organization:
    organization = factories.make_organization()
    org_id = organization.id
    factories.make_vendor(org_id, name="Example Oils", is_active=False)
    factories.make_customer(org_id, name="Example Grocers")
    factories.make_order_channel(org_id, name="Wholesale")
    factories.make_location(org_id, name="Workshop")
    for code in ("OIL-ROSE", "BOX-6"):
        factories.make_material(org_id, code=code)
    factories.make_sku(org_id, code="SOAP-ROSE")
    return organization


@cache
def forms() -> Forms:
    """The plugins are installed by then."""
    return Forms(document())


def entries_of(*paths: Path) -> list[Entry]:
    return [entry for path in paths for entry in read(path, forms(), Settings())]


def entry(place: str, values: dict[str, Any]) -> Entry:
    return entry_of(values, place, forms())
