"""The list of SKUs that have a BOM."""

from pharus.db import db
from tests import factories
from tests.api import Api, pointers
from tests.conftest import AsRole
from tests.factories import Organization
from tests.plugins.bom.conftest import Named


def rows(api: Api, **params: object) -> list[tuple[str, int]]:
    """The rows of all pages: id and number of lines."""
    found: list[tuple[str, int]] = []
    while True:
        page = api.get("/api/boms", **params).json()
        found += [(row["outputSkuId"], row["itemCount"]) for row in page["data"]]
        if page["nextCursor"] is None:
            return found
        params["cursor"] = page["nextCursor"]


def make_bom(organization: Organization, sku_id: str, *material_ids: str) -> None:
    for position, id in enumerate(material_ids):
        factories.make_bom_item(organization.id, sku_id=sku_id, position=position, material_id=id)


def test_list_boms_shows_the_skus_that_have_one_by_code(
    viewer: Api, organization: Organization, sku: Named, material: Named
) -> None:
    make_bom(organization, sku("b"), material("OIL"))
    make_bom(organization, sku("C"), material("OIL"), material("LYE"), material("BOX"))
    make_bom(organization, sku("A"), material("OIL"), material("LYE"))
    sku("AA")
    expected = [(sku("A"), 2), (sku("b"), 1), (sku("C"), 3)]
    assert rows(viewer) == expected
    assert rows(viewer, limit=1) == rows(viewer, limit=2) == expected


def test_list_boms_finds_by_code_and_name(viewer: Api, organization: Organization, material: Named) -> None:
    type_id = factories.make_sku_type(organization.id)
    found = {}
    for code, name in (("SOAP-1", "Lavender"), ("BOX-1", "Soap in a box"), ("CREAM", "100% cream")):
        found[code] = factories.make_sku(organization.id, code=code, name=name, type_id=type_id)
        make_bom(organization, found[code], material("OIL"))
    assert rows(viewer, q="soap", limit=1) == [(found["BOX-1"], 1), (found["SOAP-1"], 1)]
    assert rows(viewer, q="%") == [(found["CREAM"], 1)]
    assert rows(viewer, q="oil") == []


def test_list_boms_shows_a_deactivated_sku_too(viewer: Api, organization: Organization, material: Named) -> None:
    gone = factories.make_sku(organization.id, is_active=False)
    make_bom(organization, gone, material("OIL"))
    assert rows(viewer) == [(gone, 1)]


def test_list_boms_refuses_the_cursor_of_the_skus(
    viewer: Api, organization: Organization, sku: Named, material: Named
) -> None:
    for code in "AB":
        make_bom(organization, sku(code), material("OIL"))
    cursor = viewer.get("/api/skus", limit=1).json()["nextCursor"]
    assert pointers(viewer.get("/api/boms", cursor=cursor)) == ["query/cursor"]


def test_list_boms_shows_one_organization_to_each_caller(
    as_role: AsRole, organization: Organization, sku: Named, material: Named
) -> None:
    make_bom(organization, sku("A"), material("OIL"))
    assert rows(as_role(factories.make_organization(), "viewer")) == []


def test_the_view_of_boms_hides_other_organizations_by_itself(
    organization: Organization, sku: Named, material: Named
) -> None:
    """As pharus_app without the condition on org_id that the operations add: row-level security alone."""
    make_bom(organization, sku("A"), material("OIL"))
    other = factories.make_organization()
    seen = []
    for org_id in (organization.id, other.id, ""):
        with db.atomic() as transaction:
            db.execute_sql("SET LOCAL ROLE pharus_app")
            db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (org_id,))
            seen.append(db.execute_sql("SELECT id, item_count FROM bom").fetchall())
            transaction.rollback()
    assert seen == [[(sku("A"), 1)], [], []]
