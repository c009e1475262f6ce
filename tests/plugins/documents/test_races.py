import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pharus import db as kernel
from pharus import storage
from pharus.db import db
from pharus.errors import NotFound
from pharus.identity import Actor
from pharus.storage import LocalStore
from pharus.uploads import Upload
from plugins.documents import operations, removals, rules
from tests.api import Api
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.plugins.documents.orders import DOCUMENTS, listed, uploaded, wait_until


def test_of_two_who_delete_a_document_at_once_one_finds_it_gone(
    member: Api, order: str, organization: Organization, store: LocalStore
) -> None:
    documents = [uploaded(member, order) for _ in range(12)]
    with ThreadPoolExecutor(8) as clients:
        for document in documents:
            responses = list(clients.map(member.delete, [f"{DOCUMENTS}/{document['id']}"] * 3))
            assert sorted(response.status_code for response in responses) == [200, 404, 404]
    assert listed(member, order) == []
    wait_until(lambda: list(store.paths(f"orgs/{organization.id}/")) == [])


class Slow(LocalStore):
    """Stands still when it has put a file, until somebody lets it go on."""

    def __init__(self, store: LocalStore) -> None:
        super().__init__(store.folder, "")
        self.has_put, self.go_on = threading.Event(), threading.Event()

    def put(self, *arguments: object) -> None:
        super().put(*arguments)  # type: ignore[arg-type]
        self.has_put.set()
        assert self.go_on.wait(10)


@pytest.mark.parametrize("is_due", [False, True])
def test_upload_whose_order_is_deleted_meanwhile_leaves_nothing(
    organization: Organization, order: str, store: LocalStore, is_due: bool
) -> None:
    """The order takes the row with it while the file is on its way; and the sweep may come at the same time."""
    slow = Slow(store)
    storage.install(slow)
    actor = owner_of(organization.id)
    failed: list[BaseException] = []
    thread = threading.Thread(target=lambda: failed.append(_error_of_upload(actor, order)))
    thread.start()
    try:
        assert slow.has_put.wait(10)
        with kernel.unit_of_work(actor):
            rules.forget("purchase_order", order)
            db.execute_sql("DELETE FROM purchase_order WHERE org_id = %s AND id = %s", (organization.id, order))
        if is_due:
            db.execute_sql("UPDATE file_removal SET due_at = now() WHERE path LIKE %s", (f"orgs/{organization.id}/%",))
            removals.sweep()
    finally:
        slow.go_on.set()
        thread.join()
    assert isinstance(failed[0], NotFound)
    removals.sweep()
    assert list(store.paths(f"orgs/{organization.id}/")) == []
    assert db.row("SELECT count(*) FROM document WHERE org_id = %s", (organization.id,)) == (0,)
    assert db.row("SELECT count(*) FROM file_removal WHERE path LIKE %s", (f"orgs/{organization.id}/%",)) == (0,)


def test_sweeps_at_once_do_not_get_in_each_others_way(
    member: Api, order: str, organization: Organization, store: LocalStore
) -> None:
    paths = [uploaded(member, order)["gcsPath"] for _ in range(10)]
    with kernel.unit_of_work(owner_of(organization.id)) as unit:
        db.execute_sql("DELETE FROM document WHERE org_id = %s", (organization.id,))
        removals.request(paths)
        # Nobody carries it out at once: it is left to the sweep.
        unit.callbacks.clear()
    with ThreadPoolExecutor(4) as sweepers:
        assert all(failed == 0 for _, failed in sweepers.map(lambda _: _sweep(), range(4)))
    assert list(store.paths(f"orgs/{organization.id}/")) == []
    assert db.row("SELECT count(*) FROM file_removal WHERE path LIKE %s", (f"orgs/{organization.id}/%",)) == (0,)


def _error_of_upload(actor: Actor, order: str) -> BaseException:
    body = {
        "file": Upload("label.txt", "text/plain", 4, io.BytesIO(b"soap")),
        "entityType": "purchase_order",
        "entityId": order,
    }
    try:
        kernel.run(actor, lambda unit: operations.upload_document(body))  # type: ignore[arg-type]
    except BaseException as error:  # noqa: BLE001 - the test looks at it
        return error
    finally:
        kernel.disconnect()
    raise AssertionError("the upload went through")


def _sweep() -> tuple[int, int]:
    try:
        return removals.sweep()
    finally:
        kernel.disconnect()
