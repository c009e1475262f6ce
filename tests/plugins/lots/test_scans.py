"""A scan leads to its lot, and to nobody else's."""

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization

GTIN = "9520123456788"


def scanned(api: Api, code: str) -> list[str]:
    """The codes of the lots that a scan leads to."""
    response = api.get("/api/lots/scan", code=code)
    assert response.status_code == 200, response.text
    return [lot["code"] for lot in response.json()["lots"]]


def test_a_label_that_names_its_item_means_lots_of_that_item(viewer: Api, organization: Organization) -> None:
    org_id = organization.id
    bar = factories.make_sku(org_id, lot_tracking="lots", gtin=GTIN)
    for code in ("A-1", "A-2"):
        factories.make_lot(org_id, code=code, sku_id=bar)
    factories.make_lot(org_id, code="A-1")
    found = viewer.get("/api/lots/scan", code=f"]C101{GTIN.zfill(14)}1727033110a-1").json()
    assert (found["gtin"], found["lotCode"], found["bestBefore"]) == ("0" + GTIN, "a-1", "2027-03-31")
    assert [(lot["code"], lot["skuId"]) for lot in found["lots"]] == [("A-1", bar)]
    # The number alone is all lots of the item, a code alone those of all items.
    assert scanned(viewer, GTIN) == ["A-2", "A-1"]
    assert scanned(viewer, f"]E0{GTIN}") == ["A-2", "A-1"]
    assert scanned(viewer, "a-1") == ["A-1", "A-1"]
    assert scanned(viewer, "]C110A-2") == ["A-2"]


def test_a_label_of_the_vendor_leads_to_our_lot(viewer: Api, organization: Organization) -> None:
    oil = factories.make_material(organization.id, lot_tracking="lots", gtin="96385074")
    factories.make_lot(organization.id, code="OLV-1", supplier_lot="EX-7731", material_id=oil)
    # A short number is the same with zeros before it.
    assert scanned(viewer, "]d2010000009638507410EX-7731\x1d2112") == ["OLV-1"]
    assert scanned(viewer, "EX-7731") == ["OLV-1"]


def test_what_nobody_has_is_told_and_found_nowhere(viewer: Api) -> None:
    found = viewer.get("/api/lots/scan", code=f"01{GTIN.zfill(14)}10NEW").json()
    assert found == {"gtin": "0" + GTIN, "lotCode": "NEW", "bestBefore": None, "lots": []}


def test_lots_of_others_are_not_found(viewer: Api, organization: Organization) -> None:
    other = factories.make_organization().id
    theirs = factories.make_sku(other, lot_tracking="lots", gtin=GTIN)
    lot = factories.make_lot(other, code="A-1", supplier_lot="EX-1", sku_id=theirs)
    for code in ("A-1", "EX-1", GTIN, f"]C101{GTIN.zfill(14)}10A-1", f"https://pharus.example.com/api/lots/{lot}"):
        assert scanned(viewer, code) == []


@pytest.mark.parametrize("code", ["]C1hello", f"]C101{GTIN[:-1].zfill(13)}210A", "https://example.com/", "x" * 61, " "])
def test_what_no_label_says_is_refused_with_why(viewer: Api, code: str) -> None:
    response = viewer.get("/api/lots/scan", code=code)
    assert (response.status_code, error_code(response), pointers(response)) == (
        422,
        "validation_failed",
        ["query/code"],
    )


def test_an_item_has_many_lots_of_which_the_newest_are_shown(viewer: Api, organization: Organization) -> None:
    bar = factories.make_sku(organization.id, lot_tracking="lots", gtin=GTIN)
    for number in range(102):
        factories.make_lot(organization.id, code=f"L{number}", sku_id=bar)
    assert scanned(viewer, GTIN) == [f"L{number}" for number in range(101, 1, -1)]


def test_the_last_digit_of_a_number_is_checked(admin: Api, organization: Organization) -> None:
    sku = factories.make_sku(organization.id)
    refused = admin.patch(f"/api/skus/{sku}", {"gtin": "9520123456789"})
    assert (refused.status_code, pointers(refused)) == (422, ["/gtin"])
    assert "last of which checks" in refused.text
    assert admin.patch(f"/api/skus/{sku}", {"gtin": GTIN}).json()["gtin"] == GTIN
    assert admin.patch(f"/api/skus/{sku}", {"gtin": None}).json()["gtin"] is None
    type_id = factories.make_material_type(organization.id)
    rows = [{"code": "a", "name": "a", "typeId": type_id, "gtin": "9520123456789"}]
    imported = admin.post("/api/materials/bulk-import", {"rows": rows})
    assert pointers(imported) == ["/rows/0/gtin"]
