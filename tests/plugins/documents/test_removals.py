from pathlib import Path

import pytest

from pharus import hooks, storage
from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS
from pharus.storage import LocalStore
from plugins import manager
from plugins.documents import removals
from tests import factories
from tests.api import Api
from tests.conftest import AsIdentity, AsRole
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.plugins.documents.orders import listed, make_order, uploaded, wait_until


@pytest.fixture(autouse=True)
def domains() -> None:
    hooks.install(manager.load(()))


@pytest.fixture
def own_store(tmp_path: Path) -> LocalStore:
    """Of this process alone: no server sweeps while the test looks at what waits."""
    store = LocalStore(tmp_path / "documents", "")
    storage.install(store)
    return store


def waiting(org_id: str) -> list[str]:
    rows = db.execute_sql("SELECT path FROM file_removal WHERE path LIKE %s ORDER BY path", (f"orgs/{org_id}/%",))
    return [path for (path,) in rows]


@pytest.mark.parametrize("kind", ["sales_order", "purchase_order", "work_order"])
def test_order_takes_its_documents_along_and_leaves_those_of_others(
    member: Api, admin: Api, organization: Organization, store: LocalStore, kind: str
) -> None:
    order, other = (make_order(kind, organization.id) for _ in range(2))
    for _ in range(3):
        uploaded(member, order, kind=kind)
    kept = uploaded(member, other, kind=kind)
    response = admin.delete(f"/api/{kind.replace('_', '-')}s/{order}")
    assert (response.status_code, response.json()) == (200, {"deletedId": order})
    assert listed(member, other, kind=kind) == [kept]
    wait_until(lambda: waiting(organization.id) == [])
    assert list(store.paths(f"orgs/{organization.id}/")) == [kept["gcsPath"]]


def test_order_whose_deletion_fails_keeps_its_documents(
    member: Api, order: str, organization: Organization, store: LocalStore
) -> None:
    document = uploaded(member, order)
    with pytest.raises(RuntimeError), unit_of_work(owner_of(organization.id)):
        hooks.hooks().record_deleted(table="purchase_order", id=order)
        raise RuntimeError("not now")
    assert listed(member, order) == [document]
    assert store.file(document["gcsPath"]).exists()


def test_deletion_of_other_records_takes_no_documents(member: Api, order: str, organization: Organization) -> None:
    document = uploaded(member, order)
    with unit_of_work(owner_of(organization.id)):
        for kind in ("vendor", "production_order", "document"):
            hooks.hooks().record_deleted(table=kind, id=order)
    assert listed(member, order) == [document]


@pytest.mark.parametrize("documents", [1, 30])
def test_request_leaves_files_to_the_sweep_and_waits_for_no_store(
    organization: Organization,
    order: str,
    own_store: LocalStore,
    monkeypatch: pytest.MonkeyPatch,
    documents: int,
) -> None:
    for _ in range(documents):
        factories.make_document(organization.id, purchase_order_id=order)
    removals.requested.clear()
    with monkeypatch.context() as slow:
        slow.setattr(own_store, "delete", lambda path: pytest.fail("the request waits for the store"))
        with unit_of_work(owner_of(organization.id)):
            hooks.hooks().record_deleted(table="purchase_order", id=order)
    assert len(waiting(organization.id)) == documents
    assert removals.requested.is_set()
    assert removals.sweep()[1] == 0
    assert waiting(organization.id) == []


def test_organization_that_is_deleted_takes_all_its_files(
    member: Api, order: str, organization: Organization, as_role: AsRole, as_identity: AsIdentity, store: LocalStore
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    owner = as_identity(user=user, org_id=organization.id)
    neighbour = factories.make_organization()
    kept = uploaded(as_role(neighbour, "member"), make_order("purchase_order", neighbour.id))
    for _ in range(3):
        uploaded(member, order)
    assert owner.delete("/api/organizations/current").status_code == 200
    # The server's own sweeper may have been here before.
    removals.sweep()
    assert list(store.paths(f"orgs/{organization.id}/")) == []
    assert waiting(organization.id) == []
    assert store.file(kept["gcsPath"]).exists()


def test_removal_that_fails_waits_longer_from_time_to_time(
    organization: Organization, own_store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise OSError("the disk is away")

    monkeypatch.setattr(own_store, "delete", refuse)
    path = f"orgs/{organization.id}/purchase_order/1/2-label.pdf"
    with unit_of_work(owner_of(organization.id)):
        removals.request([path])
    assert removals.sweep() == (0, 1)
    minutes = []
    for _ in range(8):
        row = db.row("SELECT extract(epoch FROM due_at - now()) / 60 FROM file_removal WHERE path = %s", (path,))
        minutes.append(round(row[0]))
        assert removals.sweep() == (0, 0), "it is not due"
        db.execute_sql("UPDATE file_removal SET due_at = now() WHERE path = %s", (path,))
        assert removals.sweep() == (0, 1)
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60]


def test_removal_belongs_to_the_store_that_has_the_file(organization: Organization, store: LocalStore) -> None:
    path = f"orgs/{organization.id}/purchase_order/1/2-label.pdf"
    db.execute_sql("INSERT INTO file_removal (store, path, due_at) VALUES ('bucket:other', %s, now())", (path,))
    removals.sweep()
    assert waiting(organization.id) == [path]
    db.execute_sql("DELETE FROM file_removal WHERE path = %s", (path,))


def test_sweep_ends_when_it_is_told_to(organization: Organization, own_store: LocalStore) -> None:
    with unit_of_work(owner_of(organization.id)) as unit:
        removals.request([f"orgs/{organization.id}/purchase_order/1/{number}-x" for number in range(5)])
        unit.callbacks.clear()
    assert removals.sweep(lambda: len(waiting(organization.id)) <= 3)[1] == 0
    assert len(waiting(organization.id)) == 3
    removals.sweep()


def test_organization_cannot_have_files_of_another_removed(organization: Organization, store: LocalStore) -> None:
    neighbour = factories.make_organization()
    theirs = f"orgs/{neighbour.id}/purchase_order/1/2-label.pdf"
    db.execute_sql("INSERT INTO file_removal (store, path, due_at) VALUES (%s, %s, 'infinity')", (store.id, theirs))
    for path in (theirs + "x", "orgs/", f"orgs/{organization.id}", "x"):
        with pytest.raises(Exception, match="row-level security"), unit_of_work(owner_of(organization.id)):
            removals.request([path])
    with unit_of_work(owner_of(organization.id)):
        assert removals.reconcile(theirs) is False
        assert db.execute_sql("SELECT path FROM file_removal").fetchall() == []
    with pytest.raises(Exception, match="permission denied"), unit_of_work(ANONYMOUS):
        db.execute_sql("DELETE FROM file_removal")
    assert waiting(neighbour.id) == [theirs]
    db.execute_sql("DELETE FROM file_removal WHERE path = %s", (theirs,))
