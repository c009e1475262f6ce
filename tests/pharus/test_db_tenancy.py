"""The wall between organizations, tried from inside PostgreSQL: no code of ours is between these statements and it.

Every table with an org_id is found in the catalog, so that a table that somebody adds is held to the same.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg2
import pytest
from psycopg2 import errors

from pharus import db
from pharus.db import unit_of_work
from pharus.numbering import take
from plugins.inventory import history
from plugins.inventory.engine import post
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.postings import Posting
from tests import database, factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.plugins.events.closing import closed

# Indexes of tenant tables that do not begin with org_id, and why each of them cannot.
ACROSS_ORGANIZATIONS = {
    "plugin_job_due": "which jobs of all organizations are due",
    "membership_of_user": "a user's organizations are asked for before one is chosen",
    "invitation_token_hash_key": "the token alone names the invitation",
    "invitation_id_key": "declining names an invitation without an organization",
    "invitation_of_sender": "deleting a user looks for what they have sent, wherever",
    "invitation_of_email": "a person's invitations are asked for before they belong anywhere",
    "api_token_token_hash_key": "the token alone names its organization",
    "invitation_by_end": "what has been kept long enough is deleted in all organizations",
    "api_token_by_end": "what has been kept long enough is deleted in all organizations",
    "outgoing_mail_by_end": "what has been kept long enough is deleted in all organizations",
    "outgoing_mail_by_due_at": "mails are sent for all organizations",
    "outgoing_notice_by_end": "what has been kept long enough is deleted in all organizations",
    "outgoing_notice_by_due_at": "mails are sent for all organizations",
    "idempotency_key_pkey": "a key is looked for before its organization is entered",
    "idempotency_key_by_created_at": "what has been kept long enough is deleted in all organizations",
    "webhook_attempt_by_end": "what has been kept long enough is deleted in all organizations",
    "webhook_delivery_by_end": "what has been kept long enough is deleted in all organizations",
    "api_token_of_user": "a user's tokens are asked for without an organization",
    "lot_to_expire": "lots that have expired are asked for in all organizations at once",
    "supplier_price_validity_excl": "its first column is the organization as a range: GiST has nothing for a plain id",
    "customer_price_validity_excl": "its first column is the organization as a range: GiST has nothing for a plain id",
}

# Tables that pharus_app must not even read: what they hold names other organizations.
NOT_FOR_REQUESTS = {"api_token", "idempotency_key"}

# Requests only add to these.
APPEND_ONLY = {
    "materials_ledger_entry",
    "finished_goods_ledger_entry",
    "lot_entry",
    "event",
    "event_block",
    "event_chain",
}

# Requests only read these: triggers write them.
READ_ONLY = {"event", "event_block", "event_chain"}


class Statement:
    """SQL as a request runs it: a transaction as pharus_app, with or without an organization; always rolled back."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg2.connect(url)

    def run(self, org_id: str | None, sql: str, *parameters: Any) -> tuple[int, list[tuple[Any, ...]]]:
        """How many rows the statement touched, and those it returned."""
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(
                    "SET LOCAL ROLE pharus_app; SELECT set_config('pharus.org_id', %s, true)", (org_id or "",)
                )
                cursor.execute(sql, parameters or None)
                return cursor.rowcount, cursor.fetchall() if cursor.description else []
        finally:
            self.connection.rollback()


@pytest.fixture(scope="module", autouse=True)
def alone(database_url: str) -> Iterator[str]:
    """A database that no server serves: once a minute one would empty the queues in which rows are looked for."""
    url = database.migrated(database_url)
    with database.kernel_on(url, database_url):
        yield url
    database.drop_scratch(database_url, url)


@pytest.fixture(scope="module")
def statement(alone: str) -> Iterator[Statement]:
    made = Statement(alone)
    yield made
    made.connection.close()


def tenant_tables() -> list[str]:
    return [
        name
        for (name,) in db.db.execute_sql(
            """
            SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                AND a.attname = 'org_id' AND NOT a.attisdropped ORDER BY 1
            """
        )
    ]


def organization_with_rows() -> Organization:
    """An organization that has a row in every tenant table; a table without a line here fails the tests below."""
    organization = factories.make_organization()
    user = factories.make_user()
    factories.make_membership(organization.id, user.id)
    factories.make_api_token(organization.id, user.id)
    factories.make_idempotency_key(organization.id)
    later = datetime.now(UTC) + timedelta(days=1)
    factories.make_invitation(organization.id, email=factories.unique("guest") + "@example.com", expires_at=later)
    for (invitation,) in db.db.execute_sql("SELECT id FROM invitation WHERE org_id = %s", (organization.id,)):
        factories.make_outgoing_mail(organization.id, invitation_id=invitation, due_at=later)
    factories.make_outgoing_notice(organization.id, user_id=user.id, due_at=later)
    factories.make_plugin_setting(organization.id)
    factories.make_plugin_job(organization.id)
    endpoint = factories.make_webhook_endpoint(organization.id)
    factories.make_webhook_progress(organization.id, endpoint_id=endpoint)
    factories.make_webhook_delivery(organization.id, endpoint_id=endpoint)
    factories.make_webhook_attempt(organization.id, endpoint_id=endpoint)
    factories.make_webhook_replay(organization.id, endpoint_id=endpoint)
    location = factories.make_location(organization.id)
    vendor = factories.make_vendor(organization.id)
    factories.make_customer_segment(organization.id)
    factories.make_broker(organization.id)
    factories.make_customer(organization.id)
    contact = factories.make_contact(organization.id)
    factories.make_contact_method(organization.id, contact_id=contact)
    factories.make_contact_link(organization.id, contact_id=contact, vendor_id=vendor)
    sku, material = factories.make_sku(organization.id), factories.make_material(organization.id)
    factories.make_material_unit(organization.id, material_id=material)
    factories.make_sku_unit(organization.id, sku_id=sku)
    factories.make_bom_item(organization.id, sku_id=sku, material_id=material)
    factories.make_bom_header(organization.id, id=sku)
    besides = factories.make_sku(organization.id)
    factories.make_bom_by_product(organization.id, sku_id=sku, by_product_sku_id=besides)
    factories.make_supplier_price(organization.id, vendor_id=vendor, material_id=material)
    factories.make_customer_price(organization.id, sku_id=sku)
    factories.make_lot_settings(organization.id)
    factories.make_lot_recall(organization.id, lot_id=factories.make_lot(organization.id))
    of_lots = factories.make_material(organization.id, lot_tracking="lots")
    order = factories.make_purchase_order(organization.id, vendor_id=vendor)
    line = factories.make_purchase_order_item(organization.id, purchase_order_id=order, material_id=material)
    receipt = factories.make_purchase_order_receipt(organization.id, purchase_order_id=order)
    received = factories.make_purchase_order_receipt_item(organization.id, receipt_id=receipt, po_item_id=line)
    factories.make_cost_change(organization.id, purchase_order_id=order, receipt_item_id=received)
    for kind in ("work", "production"):
        order = factories.make_manufacturing_order(organization.id, kind, location_id=location)
        named = {"order_id": order, "sku_id": sku}
        item = factories.make_manufacturing_order_item(organization.id, kind, **named)
        taken = factories.make_manufacturing_order_input(organization.id, kind, item_id=item, material_id=material)
        came = factories.make_manufacturing_order_by_product(organization.id, kind, item_id=item, sku_id=besides)
        receipt = factories.make_manufacturing_order_receipt(organization.id, kind, order_id=order)
        made = factories.make_manufacturing_order_receipt_item(organization.id, kind, receipt_id=receipt, **named)
        of_item = {"receipt_item_id": made}
        factories.make_manufacturing_order_receipt_usage(organization.id, kind, **of_item, input_id=taken)
        factories.make_manufacturing_order_receipt_by_product(organization.id, kind, **of_item, by_product_id=came)
    sale = factories.make_sales_order(organization.id)
    sold = factories.make_sales_order_item(organization.id, sales_order_id=sale, sku_id=sku)
    shipment = factories.make_sales_order_shipment(organization.id, sales_order_id=sale, location_id=location)
    factories.make_sales_order_shipment_item(organization.id, shipment_id=shipment, so_item_id=sold)
    back = factories.make_sales_order_return(organization.id, sales_order_id=sale, location_id=location)
    factories.make_sales_order_return_item(organization.id, return_id=back, so_item_id=sold)
    factories.make_timeline_note(organization.id, sales_order_id=sale)
    factories.make_document(organization.id, sales_order_id=sale)
    factories.make_account_name(organization.id)
    for number in range(2):
        with unit_of_work(owner_of(organization.id)):
            take("test")
            for ledger, item in ((MATERIALS, material), (FINISHED_GOODS, sku)):
                post(ledger, [Posting(item, location, "ADJUST", Decimal(1))])
                post(MATERIALS, [Posting(of_lots, location, "ADJUST", Decimal(1))])
                if number == 0:
                    history.aggregate_some(ledger, 100)
    closed(organization.id)
    for table in tenant_tables():
        rows = db.db.execute_sql(f"SELECT count(*) FROM {table} WHERE org_id = %s", (organization.id,)).fetchone()
        assert rows[0] > 0, f"make a row of {table} in organization_with_rows"
    return organization


def test_every_tenant_table_has_row_level_security_forced() -> None:
    rows = db.db.execute_sql(
        """
        SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
            (SELECT array_agg(pg_get_expr(p.polqual, p.polrelid) || ' / ' || pg_get_expr(p.polwithcheck, p.polrelid))
             FROM pg_policy p
             WHERE p.polrelid = c.oid AND 'pharus_app'::regrole = ANY(p.polroles) OR 0 = ANY(p.polroles))
        FROM pg_class c WHERE c.relname = ANY(%s) AND c.relnamespace = 'public'::regnamespace
        """,
        (tenant_tables(),),
    ).fetchall()
    assert len(rows) >= 7
    policy = "(org_id = current_org()) / (org_id = current_org())"
    assert [row for row in rows if row[1:] != (True, True, [policy])] == []


def test_every_index_of_a_tenant_table_begins_with_the_organization() -> None:
    rows = db.db.execute_sql(
        """
        SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, i.indisprimary
        FROM pg_index i
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = ANY(%s::regclass[]) AND a.attname IS DISTINCT FROM 'org_id'
        """,
        (tenant_tables(),),
    ).fetchall()
    assert {index for _, index, _ in rows} == set(ACROSS_ORGANIZATIONS)
    primary = db.db.execute_sql(
        "SELECT indrelid::regclass::text FROM pg_index WHERE indisprimary AND indrelid = ANY(%s::regclass[])",
        (tenant_tables(),),
    ).fetchall()
    assert sorted(table for (table,) in primary) == tenant_tables()


def test_every_reference_to_a_tenant_table_carries_the_organization() -> None:
    """A foreign key is checked past row-level security: without org_id in it, a row could name another's."""
    rows = db.db.execute_sql(
        """
        SELECT conrelid::regclass::text, conname FROM pg_constraint
        WHERE contype = 'f' AND confrelid = ANY(%s::regclass[])
            AND NOT EXISTS (
                SELECT FROM pg_attribute WHERE attrelid = conrelid AND attnum = conkey[1] AND attname = 'org_id'
            )
        """,
        (tenant_tables(),),
    ).fetchall()
    assert rows == []


def test_request_role_is_neither_owner_nor_above_the_policies() -> None:
    rows = db.db.execute_sql(
        """
        SELECT rolname, rolsuper, rolbypassrls, rolcanlogin, rolcreaterole, rolcreatedb FROM pg_roles
        WHERE rolname IN ('pharus_app', 'pharus_platform') ORDER BY 1
        """
    ).fetchall()
    assert rows == [(name, *[False] * 5) for name in ("pharus_app", "pharus_platform")]
    owned = "SELECT count(*) FROM pg_class WHERE relowner IN ('pharus_app'::regrole, 'pharus_platform'::regrole)"
    assert db.db.execute_sql(owned).fetchone() == (0,)
    member = "SELECT pg_has_role('pharus_app', 'pharus_platform', 'MEMBER')"
    assert db.db.execute_sql(member).fetchone() == (False,)


def test_without_an_organization_no_row_of_any_tenant_is_visible(statement: Statement) -> None:
    organization_with_rows()
    for table in [*tenant_tables(), "organization", "app_user"]:
        if table in NOT_FOR_REQUESTS:
            with pytest.raises(errors.InsufficientPrivilege):
                statement.run(None, f"SELECT * FROM {table}")
        else:
            assert statement.run(None, f"SELECT * FROM {table}") == (0, []), table


def test_inside_an_organization_nobody_reads_changes_or_deletes_rows_of_another(statement: Statement) -> None:
    own, other = organization_with_rows(), organization_with_rows()
    for table in tenant_tables():
        if table in NOT_FOR_REQUESTS:
            for sql in ("SELECT * FROM", "DELETE FROM"):
                with pytest.raises(errors.InsufficientPrivilege):
                    statement.run(own.id, f"{sql} {table}")
            continue
        _, seen = statement.run(own.id, f"SELECT DISTINCT org_id::text FROM {table}")
        assert seen == [(own.id,)], table
        for sql in ("UPDATE {} SET org_id = org_id WHERE org_id = %s", "DELETE FROM {} WHERE org_id = %s"):
            if table in APPEND_ONLY:
                with pytest.raises(errors.InsufficientPrivilege):
                    statement.run(own.id, sql.format(table), other.id)
                continue
            assert statement.run(own.id, sql.format(table), other.id)[0] == 0, (table, sql)
            # A row that others of the organization refer to was found, too.
            with suppress(errors.ForeignKeyViolation):
                assert statement.run(own.id, sql.format(table), own.id)[0] > 0, (table, sql)


def written_columns(table: str) -> str:
    """Those that an INSERT may name: not the generated ones."""
    rows = db.db.execute_sql(
        "SELECT attname FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        (table,),
    )
    return ", ".join(name for (name,) in rows)


def test_inside_an_organization_nobody_writes_a_row_into_another(statement: Statement) -> None:
    own, other = organization_with_rows(), organization_with_rows()
    for table in sorted(set(tenant_tables()) - NOT_FOR_REQUESTS):
        refusal = "permission denied" if table in APPEND_ONLY else "row-level security"
        with pytest.raises(errors.InsufficientPrivilege, match=refusal):
            statement.run(own.id, f"UPDATE {table} SET org_id = %s", other.id)
        row = db.db.execute_sql(
            f"SELECT to_jsonb(t)::text FROM {table} t WHERE org_id = %s LIMIT 1", (other.id,)
        ).fetchone()
        refusal = "permission denied" if table in READ_ONLY else "row-level security"
        with pytest.raises(errors.InsufficientPrivilege, match=refusal):
            columns = written_columns(table)
            statement.run(
                own.id,
                f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s)",
                *row,
            )


def test_inside_an_organization_only_its_own_members_and_its_own_name_are_visible(statement: Statement) -> None:
    own, _ = organization_with_rows(), organization_with_rows()
    assert statement.run(own.id, "SELECT id::text FROM organization") == (1, [(own.id,)])
    assert statement.run(own.id, "SELECT 1 FROM app_user") == (1, [(1,)])
    for sql in ("UPDATE app_user SET email = 'x'", "DELETE FROM organization", "SELECT * FROM installation"):
        with pytest.raises(errors.InsufficientPrivilege):
            statement.run(own.id, sql)


def test_reference_to_a_row_of_another_organization_is_refused_by_the_database(statement: Statement) -> None:
    """With a composite foreign key, as every table that refers to another has it."""
    own, other = factories.make_organization(), factories.make_organization()
    vendors = {each.id: factories.make_vendor(each.id) for each in (own, other)}
    with statement.connection.cursor() as cursor:
        try:
            cursor.execute(
                """
                CREATE TABLE pg_temp.bill (
                    org_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid NOT NULL, PRIMARY KEY (org_id, id)
                )
                """
            )
            # A temporary table cannot refer to a lasting one, so that it gets a copy to refer to.
            cursor.execute(
                "CREATE TABLE pg_temp.seller AS SELECT org_id, id FROM vendor WHERE org_id IN (%s, %s)",
                (own.id, other.id),
            )
            cursor.execute("ALTER TABLE pg_temp.seller ADD PRIMARY KEY (org_id, id)")
            cursor.execute("ALTER TABLE pg_temp.bill ADD FOREIGN KEY (org_id, vendor_id) REFERENCES pg_temp.seller")
            insert = "INSERT INTO pg_temp.bill VALUES (%s, gen_random_uuid(), %s)"
            cursor.execute(insert, (own.id, vendors[own.id]))
            with pytest.raises(errors.ForeignKeyViolation):
                cursor.execute(insert, (own.id, vendors[other.id]))
        finally:
            statement.connection.rollback()
