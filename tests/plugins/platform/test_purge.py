"""Nothing of a purged organization is left, and nothing of another one is missing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import peewee
import psycopg2
import pytest

from pharus import db
from pharus.identity import ANONYMOUS
from plugins.platform import purge, users
from tests import factories
from tests.api import Api
from tests.conftest import AsIdentity, AsRole
from tests.factories import unique
from tests.plugins.platform.tables import execute, rows, rows_by_table
from tests.server import Server
from tests.waiting import wait_until

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
    received = factories.make_purchase_order_receipt_item(organization.id, receipt_id=receipt, po_item_id=line)
    factories.make_cost_change(organization.id, purchase_order_id=order, receipt_item_id=received)
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


def signed_in(organization: factories.Organization, as_identity: AsIdentity) -> Api:
    """A new owner of the organization: no personal access token may delete it."""
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    return as_identity(user=user, org_id=organization.id)


def test_delete_organization_leaves_nothing_of_it_and_all_of_others(
    organization: factories.Organization, as_identity: AsIdentity, as_role: AsRole
) -> None:
    neighbour = factories.make_organization()
    neighbour_owner = as_role(neighbour, "owner")
    owner = signed_in(organization, as_identity)
    furnish(organization, as_role(organization, "owner"))
    furnish(neighbour, neighbour_owner)
    before = rows_by_table(organization.id)
    assert all(before[table] for table in ("membership", "invitation", "api_token", "organization_settings", "vendor"))
    neighbours = rows_by_table(neighbour.id)
    response = owner.delete(CURRENT)
    assert (response.status_code, response.json()) == (200, {"deletedId": organization.id})
    wait_until(lambda: not any(rows_by_table(organization.id).values()))
    assert rows_by_table(neighbour.id) == neighbours


def test_delete_organization_ends_tokens_and_access_but_keeps_the_users(
    organization: factories.Organization, owner: Api, as_identity: AsIdentity
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "member")
    member = as_identity(user=user, org_id=organization.id)
    assert member.get(CURRENT).status_code == 200
    assert signed_in(organization, as_identity).delete(CURRENT).status_code == 200
    assert owner.get(CURRENT).status_code == 401
    assert member.get(CURRENT).status_code == 403
    assert as_identity(user=user).get("/api/user").json()["organizations"] == []


def test_delete_organization_frees_its_slug(organization: factories.Organization, as_identity: AsIdentity) -> None:
    signed_in(organization, as_identity).delete(CURRENT)
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

    monkeypatch.setattr(purge, "hooks", Relay)
    with db.unit_of_work(ANONYMOUS):
        purge.request(organization.id)
    assert seen == [(organization.id, 1)]
    wait_until(purge.carry_on)
    assert set(rows_by_table(organization.id).values()) == {0}


def test_purge_that_a_plugin_refuses_leaves_everything(
    organization: factories.Organization, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Relay:
        def organization_purged(self, org_id: str) -> None:
            raise RuntimeError("not now")

    monkeypatch.setattr(purge, "hooks", Relay)
    before = rows_by_table(organization.id)
    with pytest.raises(RuntimeError, match="not now"), db.unit_of_work(ANONYMOUS):
        purge.request(organization.id)
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


def test_tables_that_refer_to_others_are_purged_before_them() -> None:
    """There is an order at all only as long as no two tables refer to each other."""
    names = [table.name for table in purge.tables()]
    assert names.index("sales_order_item") < names.index("sales_order") < names.index("customer")
    assert names.index("materials_ledger_entry") < names.index("material")
    assert len(names) == len(set(names)) == len(rows_by_table(factories.make_organization().id)) - 1


def test_organization_that_is_not_active_lets_nobody_in_and_shows_nowhere(
    organization: factories.Organization, as_identity: AsIdentity, owner: Api
) -> None:
    user, email = factories.make_user(), f"{unique('guest')}@example.com"
    factories.make_membership(organization.id, user.id, "owner")
    invitation = factories.make_invitation(
        organization.id, email=email, expires_at=datetime.now(UTC) + timedelta(days=1)
    )
    member, guest = as_identity(user=user, org_id=organization.id), as_identity(email)
    assert member.get(CURRENT).status_code == owner.get(CURRENT).status_code == 200
    assert len(guest.get("/api/invitations").json()["data"]) == 1
    execute("UPDATE organization SET is_active = false WHERE id = %s", organization.id)
    stranger = as_identity(user=factories.make_user(), org_id=organization.id)
    for path in (CURRENT, "/api/vendors", "/api/user"):
        assert (member.get(path).status_code, member.get(path).json()) == (403, stranger.get(path).json())
    assert owner.get(CURRENT).status_code == 401
    assert as_identity(user=user).get("/api/user").json()["organizations"] == []
    assert guest.get("/api/invitations").json()["data"] == []
    assert guest.post("/api/invitations/accept", {"token": invitation}).status_code == 404
    token = {"name": "script", "orgId": organization.id}
    assert as_identity(user=user).post("/api/user/api-tokens", token).status_code == 403


def fill_ledger(organization: factories.Organization, count: int) -> None:
    """Entries of which every second one reverses the one before."""
    material, location = factories.make_material(organization.id), factories.make_location(organization.id)
    execute(
        """
        INSERT INTO materials_ledger_entry (org_id, id, code, item_id, location_id, event_type, quantity, event_date,
            reverses_id, on_hand, on_order, demand, allocated, in_transit, value, created_at)
        SELECT %s, ('00000000-0000-7000-8000-' || lpad(number::text, 12, '0'))::uuid, 'MIL-' || number, %s, %s,
            CASE WHEN number %% 2 = 0 THEN 'REVERSE_RECEIPT' ELSE 'RECEIPT' END, 1, now(),
            CASE WHEN number %% 2 = 0 THEN ('00000000-0000-7000-8000-' || lpad((number - 1)::text, 12, '0'))::uuid END,
            0, 0, 0, 0, 0, 0, now()
        FROM generate_series(1, %s) AS number
        """,
        organization.id,
        material,
        location,
        count,
    )


def entries() -> int:
    return int(rows("SELECT count(*) FROM materials_ledger_entry")[0][0])


def test_purge_of_more_rows_than_one_statement_can_delete_goes_on_until_nothing_is_left(scratch_tables: str) -> None:
    organization, neighbour = factories.make_organization(), factories.make_organization()
    factories.make_vendor(neighbour.id)
    fill_ledger(organization, 20_000)
    with db.unit_of_work(ANONYMOUS):
        purge.request(organization.id)
    execute("SET statement_timeout = 250")
    with pytest.raises(peewee.OperationalError, match="statement timeout"):
        execute("DELETE FROM organization WHERE id = %s", organization.id)
    assert entries() == 20_000
    wait_until(purge.carry_on, seconds=120)
    assert not any(rows_by_table(organization.id).values())
    assert rows_by_table(neighbour.id)["vendor"] == 1


def test_purge_that_was_killed_is_finished_by_the_next_process(
    scratch_tables: str, environment: dict[str, str], tmp_path: Path
) -> None:
    organization = factories.make_organization()
    fill_ledger(organization, 30_000)
    with db.unit_of_work(ANONYMOUS):
        purge.request(organization.id)
    server = Server({**environment, "PHARUS_DATABASE_URL": scratch_tables}, tmp_path / "log")
    wait_until(lambda: entries() < 30_000)
    server.process.kill()
    server.process.wait()
    assert 0 < entries() < 30_000
    next_server = Server({**environment, "PHARUS_DATABASE_URL": scratch_tables}, tmp_path / "next-log")
    wait_until(lambda: not any(rows_by_table(organization.id).values()), seconds=60)
    assert next_server.stop() == 0


def test_purge_that_another_process_does_is_left_to_it(scratch_tables: str) -> None:
    organization = factories.make_organization()
    with db.unit_of_work(ANONYMOUS):
        purge.request(organization.id)
    connection = psycopg2.connect(scratch_tables)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM organization WHERE id = %s FOR UPDATE", (organization.id,))
            assert not purge.carry_on()
            assert rows_by_table(organization.id)["organization"] == 1
    finally:
        connection.close()
    assert purge.carry_on()
    assert rows_by_table(organization.id)["organization"] == 0


def test_delete_user_who_sent_very_many_invitations_is_gone_at_once_and_removed_later(
    monkeypatch: pytest.MonkeyPatch, organization: factories.Organization, as_identity: AsIdentity, owner: Api
) -> None:
    monkeypatch.setattr(users, "_MOST_SENT", 2)
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    for _ in range(5):
        factories.make_invitation(
            organization.id,
            email=f"{unique('guest')}@example.com",
            expires_at=datetime.now(UTC) + timedelta(days=1),
            invited_by=user.id,
        )
    with db.unit_of_work(ANONYMOUS):
        users.delete(user.id)
    caller = as_identity(user=user, org_id=organization.id)
    assert (caller.get(CURRENT).status_code, as_identity(user=user).get("/api/user").status_code) == (403, 404)
    assert as_identity(user=user).post("/api/user", {"email": user.email}).json()["id"] != user.id
    users.finish_deletions()
    assert rows("SELECT FROM app_user WHERE id = %s", user.id) == []
    sent = owner.get(f"{CURRENT}/invitations").json()["data"]
    assert [invitation["invitedBy"] for invitation in sent] == [None] * 5
