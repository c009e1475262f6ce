"""A store that fails at each step, a server that is killed at each step: neither a row nor a file is left over."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from pharus import hooks, storage
from pharus.db import db
from pharus.storage import LocalStore
from plugins import manager
from plugins.documents import integrity as checks
from plugins.documents import removals
from tests import launcher
from tests.api import Api, error_code
from tests.factories import Organization
from tests.plugins.documents.orders import DOCUMENTS, listed, upload, uploaded, wait_until
from tests.server import Server


class State(NamedTuple):
    """How much there is of an organization: rows, those of them that are shown, files, removals that wait."""

    rows: int
    shown: int
    files: int
    removals: int


class Faults:
    """The server's faults: `set` names them, none ends them."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.set()

    def set(self, *names: str) -> None:
        self.file.write_text("\n".join(names))


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Faults:
    return Faults(tmp_path_factory.mktemp("faults") / "faults")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the faulty server. No other server sweeps there while a test looks at what is left."""
    return tmp_path_factory.mktemp("folder")


@pytest.fixture(scope="module")
def faulty(environment: dict[str, str], faults: Faults, folder: Path) -> Iterator[Server]:
    server = _start(environment, faults, folder)
    yield server
    assert server.stop() == 0


@pytest.fixture
def store(folder: Path) -> LocalStore:
    return _installed(folder)


@pytest.fixture
def doomed(environment: dict[str, str], faults: Faults, tmp_path: Path) -> Iterator[Server]:
    """To be killed."""
    server = _start(environment, faults, tmp_path)
    yield server
    server.process.kill()
    server.process.wait()


@pytest.fixture
def doomed_store(tmp_path: Path) -> LocalStore:
    return _installed(tmp_path)


def _start(environment: dict[str, str], faults: Faults, folder: Path) -> Server:
    settings = {"PHARUS_TEST_FAULTS": str(faults.file), "PHARUS_DATA": str(folder)}
    return Server({**environment, **settings}, folder / "log", module="tests.plugins.documents.faulty")


def _installed(folder: Path) -> LocalStore:
    """The server's, which the kernel of this process uses as well."""
    store = LocalStore(folder / "documents", "http://127.0.0.1:8000")
    storage.install(store)
    return store


@pytest.fixture
def api(faulty: Server, member: Api, faults: Faults, store: LocalStore) -> Iterator[Api]:
    yield Api(faulty.address, member.token)
    faults.set()


def state(organization: Organization, store: LocalStore) -> State:
    rows, shown = db.row(
        "SELECT count(*), count(*) FILTER (WHERE is_stored) FROM document WHERE org_id = %s", (organization.id,)
    )
    return State(rows, shown, len(list(store.paths(f"orgs/{organization.id}/"))), removals_of(organization))


def removals_of(organization: Organization) -> int:
    return int(db.row("SELECT count(*) FROM file_removal WHERE path LIKE %s", (f"orgs/{organization.id}/%",))[0])


def is_put_off(document: dict[str, Any]) -> bool:
    """Whether a sweep has failed to remove the file, and is to try again later."""
    row = db.row("SELECT attempts, due_at > now() FROM file_removal WHERE path = %s", (document["gcsPath"],))
    return row == (1, True)


def sweep_when_due(organization: Organization) -> None:
    """As if the time had come. The server sweeps, too, and may be about to fail at the same file and put it off."""
    deadline = time.monotonic() + 20
    while True:
        db.execute_sql("UPDATE file_removal SET due_at = now() WHERE path LIKE %s", (f"orgs/{organization.id}/%",))
        assert removals.sweep()[1] == 0
        if removals_of(organization) == 0 or time.monotonic() > deadline:
            return


NOTHING = State(0, 0, 0, 0)


@pytest.mark.parametrize("fault", ["before put", "before replace", "after replace", "after put"])
@pytest.mark.parametrize("show", [(), ("before _show",), ("after _show",)])
def test_upload_that_the_store_refuses_leaves_nothing(
    api: Api, order: str, organization: Organization, store: LocalStore, faults: Faults, fault: str, show: tuple[str]
) -> None:
    faults.set(*(show or (fault,)))
    response = upload(api, order)
    assert (response.status_code, error_code(response)) == (503, "service_unavailable")
    assert response.headers["retry-after"]
    assert listed(api, order) == []
    assert state(organization, store).rows == 0
    removals.sweep()
    assert state(organization, store) == NOTHING
    faults.set()
    document = uploaded(api, order)
    assert state(organization, store) == State(1, 1, 1, 0)
    assert listed(api, order) == [document]


@pytest.mark.parametrize("fault", ["before put", "after put"])
def test_upload_that_cannot_be_taken_back_either_is_never_shown_and_goes_with_the_sweep(
    api: Api, order: str, organization: Organization, store: LocalStore, faults: Faults, fault: str
) -> None:
    """As when the database goes away between the commit and the file."""
    faults.set(fault, "before _undo")
    assert upload(api, order).status_code == 500
    files = 1 if fault == "after put" else 0
    assert state(organization, store) == State(1, 0, files, 1)
    assert listed(api, order) == []
    assert removals.sweep() == (0, 0)
    assert state(organization, store) == State(1, 0, files, 1), "an upload may still be on its way"
    sweep_when_due(organization)
    assert state(organization, store) == NOTHING


def test_store_that_refuses_to_delete_is_asked_again(
    api: Api, order: str, organization: Organization, store: LocalStore, faults: Faults
) -> None:
    document = uploaded(api, order)
    faults.set("before delete")
    assert api.delete(f"{DOCUMENTS}/{document['id']}").status_code == 200
    assert api.get(f"{DOCUMENTS}/{document['id']}").status_code == 404
    wait_until(lambda: is_put_off(document))
    assert state(organization, store) == State(0, 0, 1, 1)
    sweep_when_due(organization)
    assert state(organization, store) == NOTHING


def test_store_that_fails_after_it_has_deleted_is_asked_again(
    api: Api, order: str, organization: Organization, store: LocalStore, faults: Faults
) -> None:
    document = uploaded(api, order)
    faults.set("after delete")
    assert api.delete(f"{DOCUMENTS}/{document['id']}").status_code == 200
    wait_until(lambda: is_put_off(document))
    assert state(organization, store) == State(0, 0, 0, 1)
    sweep_when_due(organization)
    assert state(organization, store) == NOTHING


def test_upload_and_removal_that_both_fail_are_left_to_the_sweep(
    api: Api, order: str, organization: Organization, store: LocalStore, faults: Faults
) -> None:
    faults.set("after put", "before delete")
    assert upload(api, order).status_code == 503
    assert state(organization, store) == State(0, 0, 1, 1)
    assert listed(api, order) == []
    sweep_when_due(organization)
    assert state(organization, store) == NOTHING


@pytest.mark.parametrize(
    ("step", "files"),
    [("before _put", 0), ("before replace", 0), ("after replace", 1), ("before _show", 1)],
)
def test_server_killed_between_the_commit_and_the_answer_leaves_nothing_after_the_sweep(
    doomed: Server,
    member: Api,
    order: str,
    organization: Organization,
    doomed_store: LocalStore,
    faults: Faults,
    step: str,
    files: int,
) -> None:
    faults.set(f"kill {step}")
    with pytest.raises(httpx.TransportError):
        upload(Api(doomed.address, member.token), order)
    faults.set()
    doomed.process.wait(10)
    assert state(organization, doomed_store) == State(1, 0, files, 1)
    assert listed(member, order) == [], "nobody is shown a document whose file may be missing"
    sweep_when_due(organization)
    assert state(organization, doomed_store) == NOTHING


@pytest.mark.parametrize(
    ("step", "is_done"),
    # The last but one is before its commit.
    [("before _put", False), ("after _show", False), ("after _put", True)],
)
def test_upload_repeated_with_its_key_after_the_server_was_killed_is_there_once(
    doomed: Server,
    server: Server,
    member: Api,
    order: str,
    organization: Organization,
    doomed_store: LocalStore,
    faults: Faults,
    step: str,
    is_done: bool,
) -> None:
    faults.set(f"kill {step}")
    with pytest.raises(httpx.TransportError):
        upload(_with_key(doomed, member), order)
    faults.set()
    doomed.process.wait(10)
    again = upload(_with_key(server, member), order)
    if not is_done:
        # Nobody can tell yet that it was broken off.
        assert (again.status_code, again.headers["retry-after"]) == (409, "5")
        db.execute_sql(
            "UPDATE idempotency_key SET created_at = created_at - interval '61 seconds' WHERE org_id = %s",
            (organization.id,),
        )
        again = upload(_with_key(server, member), order)
    assert again.status_code == 201
    assert again.headers.get("idempotency-replayed", "false") == str(is_done).lower()
    assert [document["id"] for document in listed(member, order)] == [again.json()["id"]]
    sweep_when_due(organization)
    assert len(listed(member, order)) == 1


@pytest.mark.parametrize("fault", ["before put", "after put", "before _show", "after _show", "before _put"])
def test_upload_that_failed_is_a_first_one_again(api: Api, order: str, faults: Faults, fault: str) -> None:
    api.headers["Idempotency-Key"] = "k"
    faults.set(fault)
    assert upload(api, order).status_code in (500, 503)
    faults.set()
    again = upload(api, order)
    assert (again.status_code, "idempotency-replayed" in again.headers) == (201, False)
    assert [document["id"] for document in listed(api, order)] == [again.json()["id"]]


def _with_key(server: Server, member: Api) -> Api:
    api = Api(server.address, member.token)
    api.headers["Idempotency-Key"] = "k"
    return api


def test_server_killed_when_all_is_done_keeps_the_document(
    doomed: Server, member: Api, order: str, organization: Organization, doomed_store: LocalStore, faults: Faults
) -> None:
    faults.set("kill after _put")
    with pytest.raises(httpx.TransportError):
        upload(Api(doomed.address, member.token), order)
    faults.set()
    assert state(organization, doomed_store) == State(1, 1, 1, 0)
    assert len(listed(member, order)) == 1


def test_server_killed_before_it_deletes_does_so_when_it_starts_again(
    doomed: Server,
    environment: dict[str, str],
    member: Api,
    order: str,
    organization: Organization,
    doomed_store: LocalStore,
    faults: Faults,
    tmp_path: Path,
) -> None:
    document = uploaded(Api(doomed.address, member.token), order)
    faults.set("kill before delete")
    # The sweep may come before the response has left.
    with contextlib.suppress(httpx.TransportError):
        Api(doomed.address, member.token).delete(f"{DOCUMENTS}/{document['id']}")
    doomed.process.wait(10)
    faults.set()
    assert state(organization, doomed_store) == State(0, 0, 1, 1)
    again = Server({**environment, "PHARUS_DATA": str(tmp_path)}, tmp_path / "again")
    try:
        deadline = time.monotonic() + 10
        while state(organization, doomed_store) != NOTHING and time.monotonic() < deadline:
            time.sleep(0.02)
        assert state(organization, doomed_store) == NOTHING
    finally:
        assert again.stop() == 0


def test_half_a_copy_of_a_killed_server_goes_with_the_sweep(
    doomed: Server, member: Api, order: str, doomed_store: LocalStore, faults: Faults
) -> None:
    faults.set("kill before replace")
    with pytest.raises(httpx.TransportError):
        upload(Api(doomed.address, member.token), order)
    faults.set()
    copies = list((doomed_store.folder / ".incoming").iterdir())
    assert copies
    for copy in copies:
        os.utime(copy, (0, 0))
    removals.sweep()
    assert list((doomed_store.folder / ".incoming").iterdir()) == []


def test_sweep_of_the_command_line_says_what_it_did(
    api: Api,
    environment: dict[str, str],
    folder: Path,
    order: str,
    organization: Organization,
    store: LocalStore,
    faults: Faults,
) -> None:
    document = uploaded(api, order)
    faults.set("before delete")
    api.delete(f"{DOCUMENTS}/{document['id']}")
    wait_until(lambda: is_put_off(document))
    db.execute_sql("UPDATE file_removal SET due_at = now() WHERE path = %s", (document["gcsPath"],))
    done = launcher.run("sweep", environment={**environment, "PHARUS_DATA": str(folder), "PATH": ""})
    assert (done.returncode, done.stderr) == (0, "1 removed\n"), done
    assert state(organization, store) == NOTHING


def test_check_finds_files_without_documents_and_documents_without_files(
    api: Api, order: str, organization: Organization, store: LocalStore
) -> None:
    hooks.install(manager.load(()))
    kept, lost = uploaded(api, order), uploaded(api, order)

    def found() -> list[str]:
        return [discrepancy for discrepancy in checks.find() if organization.id in discrepancy]

    assert found() == []
    store.delete(lost["gcsPath"])
    stray = kept["gcsPath"] + "-stray"
    with contextlib.closing(store.file(kept["gcsPath"]).open("rb")) as content:
        store.put(stray, content, "text/plain")
    assert found() == [
        f"The file {stray} belongs to no document.",
        f"The file {lost['gcsPath']} of a document is missing.",
    ]
