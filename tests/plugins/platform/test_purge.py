"""Nothing of a purged organization is left, and nothing of another one is missing."""

import pytest

from pharus import db
from pharus.identity import ANONYMOUS
from plugins.platform import organizations
from tests import factories
from tests.api import Api
from tests.conftest import AsIdentity, AsRole
from tests.factories import unique
from tests.plugins.platform.tables import execute, rows, rows_by_table

CURRENT = "/api/organizations/current"


def furnish(organization: factories.Organization, owner: Api) -> None:
    """Something in the tables of the platform and of the domains, also in those with references between them."""
    for email in ("first", "second"):
        owner.post(f"{CURRENT}/invitations", {"email": f"{unique(email)}@example.com", "role": "member"})
    factories.make_location(organization.id)
    factories.make_vendor(organization.id)
    bar, box = (factories.make_sku(organization.id) for _ in range(2))
    material = factories.make_material(organization.id)
    factories.make_bom_item(organization.id, sku_id=bar, material_id=material)
    factories.make_bom_item(organization.id, sku_id=box, input_sku_id=bar)
    order = factories.make_purchase_order(organization.id)
    line = factories.make_purchase_order_item(organization.id, purchase_order_id=order, sku_id=bar)
    receipt = factories.make_purchase_order_receipt(organization.id, purchase_order_id=order)
    factories.make_purchase_order_receipt_item(organization.id, receipt_id=receipt, po_item_id=line)
    for kind, taken in (("work", {"input_sku_id": bar}), ("production", {"material_id": material})):
        order = factories.make_manufacturing_order(organization.id, kind)
        item = factories.make_manufacturing_order_item(organization.id, kind, order_id=order, sku_id=box)
        factories.make_manufacturing_order_input(organization.id, kind, item_id=item, **taken)
        receipt = factories.make_manufacturing_order_receipt(organization.id, kind, order_id=order)
        factories.make_manufacturing_order_receipt_item(
            organization.id, kind, receipt_id=receipt, order_id=order, sku_id=box
        )
    sale = factories.make_sales_order(organization.id, broker_id=factories.make_broker(organization.id))
    factories.make_sales_order_item(organization.id, sales_order_id=sale, sku_id=box)
    factories.make_timeline_note(organization.id, sales_order_id=sale)
    factories.make_document(organization.id, sales_order_id=sale)
    execute("INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, 'PO', 2026, 7)", organization.id)


def test_delete_organization_leaves_nothing_of_it_and_all_of_others(
    organization: factories.Organization, owner: Api, as_role: AsRole
) -> None:
    neighbour = factories.make_organization()
    neighbour_owner = as_role(neighbour, "owner")
    furnish(organization, owner)
    furnish(neighbour, neighbour_owner)
    before = rows_by_table(organization.id)
    assert all(before[table] for table in ("membership", "invitation", "api_token", "organization_settings", "vendor"))
    neighbours = rows_by_table(neighbour.id)
    response = owner.delete(CURRENT)
    assert (response.status_code, response.json()) == (200, {"deletedId": organization.id})
    assert {table for table, count in rows_by_table(organization.id).items() if count} == set()
    assert rows_by_table(neighbour.id) == neighbours


def test_delete_organization_ends_tokens_and_access_but_keeps_the_users(
    organization: factories.Organization, owner: Api, as_identity: AsIdentity
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "member")
    member = as_identity(user=user, org_id=organization.id)
    assert member.get(CURRENT).status_code == 200
    assert owner.delete(CURRENT).status_code == 200
    assert owner.get(CURRENT).status_code == 401
    assert member.get(CURRENT).status_code == 403
    assert as_identity(user=user).get("/api/user").json()["organizations"] == []


def test_delete_organization_frees_its_slug(
    organization: factories.Organization, owner: Api, as_identity: AsIdentity
) -> None:
    owner.delete(CURRENT)
    caller = as_identity(user=factories.make_user())
    assert caller.post("/api/organizations", {"name": "Again", "slug": organization.slug}).status_code == 201


def test_purge_asks_the_plugins_while_they_still_see_their_rows(
    organization: factories.Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.make_location(organization.id)
    factories.make_location(factories.make_organization().id)
    seen: list[tuple[str, int]] = []

    class Relay:
        def organization_purged(self, org_id: str) -> None:
            [(count,)] = db.db.execute_sql("SELECT count(*) FROM location").fetchall()
            seen.append((org_id, count))

    monkeypatch.setattr(organizations, "hooks", Relay)
    with db.unit_of_work(ANONYMOUS):
        organizations.purge(organization.id)
    assert seen == [(organization.id, 1)]
    assert set(rows_by_table(organization.id).values()) == {0}


def test_purge_that_a_plugin_refuses_leaves_everything(
    organization: factories.Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Relay:
        def organization_purged(self, org_id: str) -> None:
            raise RuntimeError("not now")

    monkeypatch.setattr(organizations, "hooks", Relay)
    before = rows_by_table(organization.id)
    with pytest.raises(RuntimeError, match="not now"), db.unit_of_work(ANONYMOUS):
        organizations.purge(organization.id)
    assert rows_by_table(organization.id) == before


def test_purge_reaches_every_table_with_an_org_id() -> None:
    """A tenant table that does not go with its organization would keep it from going at all, or outlive it."""
    uncovered = rows(
        "SELECT table_name FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND column_name = 'org_id' AND table_type = 'BASE TABLE'"
        " AND NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = table_name::regclass AND contype = 'f'"
        " AND confrelid = 'organization'::regclass AND confdeltype = 'c')"
    )
    assert uncovered == []
