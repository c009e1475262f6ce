from typing import Any

import pytest

from handlers.spreadsheets.references import Targets, resolve, targets_of
from pharus.db import Unit
from pharus.spreadsheets.columns import Column, Table, Type
from tests import factories
from tests.factories import Organization

_TABLE = Table(
    tuple(
        Column(".".join(path), path, Type.REFERENCE)
        for path in (("vendorId",), ("items", "materialId"), ("items", "otherId"))
    ),
    "items",
)


@pytest.fixture
def targets(unit: Unit) -> Targets:
    return targets_of("/api/purchase-orders/bulk-import", _TABLE)


def test_ids_codes_and_names_become_ids(organization: Organization, targets: Targets) -> None:
    vendor = factories.make_vendor(organization.id, name="Müller Öle")
    first = factories.make_material(organization.id, code="Oil", name="Wax")
    second = factories.make_material(organization.id, code="W-1", name="Oil")
    rows: list[dict[str, Any]] = [
        {"vendorId": ["MÜLLER ÖLE"], "items": [{"materialId": ["oil"]}, {"materialId": ["w-1"], "otherId": ["x"]}]},
        {"vendorId": [vendor.upper()], "items": [{"materialId": ["wax"]}, {"materialId": ["?", second]}]},
    ]
    assert resolve(rows, "items", targets) == {}
    # A code goes before a name.
    assert rows == [
        {"vendorId": vendor, "items": [{"materialId": first}, {"materialId": second, "otherId": "x"}]},
        {"vendorId": vendor, "items": [{"materialId": first}, {"materialId": second}]},
    ]


@pytest.fixture
def elsewhere() -> str:
    """A vendor of another organization."""
    return factories.make_vendor(factories.make_organization().id, name="Elsewhere")


def test_what_leads_nowhere_or_to_several_says_so(elsewhere: str, organization: Organization, targets: Targets) -> None:
    twins = [factories.make_vendor(organization.id, name="Twins") for _ in range(7)]
    rows: list[dict[str, Any]] = [{"vendorId": [text]} for text in ("twins", "Elsewhere", elsewhere)]
    reasons = resolve(rows, "items", targets)
    assert [row["vendorId"] for row in rows] == ["twins", "Elsewhere", elsewhere]
    assert reasons.keys() == {"/rows/0/vendorId", "/rows/1/vendorId"}
    assert reasons["/rows/0/vendorId"].endswith(f"{', '.join(twins[:5])}, … (vendor)")
    assert reasons["/rows/1/vendorId"] == "no vendor is called 'Elsewhere', by code or name"
