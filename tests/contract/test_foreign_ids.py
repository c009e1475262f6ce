"""Every operation × every place where it can name a record × records of another organization: they do not exist.

Each place is tried three times over: with a record of one's own (served, so that the refusals mean something), with
those of another organization, and with one that nobody has. The last two must be answered in the same words.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from pharus.fields import new_id
from tests.contract import calls, places, tenancy
from tests.contract.calls import Call, Operation
from tests.contract.conftest import Tally
from tests.contract.fuzzing import seeds, world
from tests.contract.fuzzing.callers import Callers
from tests.contract.places import Place
from tests.contract.standings import Caller, give
from tests.factories import User
from tests.server import Server

_CASES = [(operation, place) for operation in calls.operations() for place in places.find(operation)]
_IDS = [f"{operation.id} {place}" for operation, place in _CASES]
_PAGED = [each for each in calls.operations() if "cursor" in {parameter["name"] for parameter in each.parameters}]

# So many records of the other organization are named at each place.
_FOREIGNERS = 3


class Border:
    """Alice on this side, Bob's organization on the other."""

    def __init__(self, address: str, around: world.World) -> None:
        self.address = address
        self.alice, self.bob = around.alice, around.bob
        self._callers = Callers(around)
        owner = self.alice.owner
        headers = {"Authorization": owner.authorization, "X-Org-Id": self.alice.org_id}
        self._caller = Caller(User(owner.user_id, owner.uid, owner.email), headers)

    def valid(self, operation: Operation, place: Place, mode: str | None) -> Call:
        """Alice's, with a record of hers at the place."""
        call = places.call_with(place, operation)
        if mode is not None:
            call.query["mode"] = mode
        self._callers.prepare(operation.id, call, steady=True)
        give(call, self._caller)
        return call

    def foreigners(self, place: Place, own: str) -> list[str]:
        """Bob's records of the kind that Alice's is of."""
        if place.pointer[-1] in places.TEXT_NAMES:
            return [ref for ledger in seeds.LEDGERS for ref in self.bob.records[ledger.transfer_prefix]]
        kind = tenancy.kind_of(own)
        return tenancy.ids_of(self.bob.org_id, kind, _FOREIGNERS) if kind is not None else []

    def bobs(self, text: str) -> set[str]:
        return {marker for marker in self.bob.markers if marker in text}


@pytest.fixture(scope="module")
def border(
    database_url: str, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Border]:
    server = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path_factory.mktemp("server") / "log")
    around = world.make(server.address, environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"]))
    yield Border(server.address, around)
    assert server.stop() == 0, server.read_log()[-2000:]
    assert '"internal error"' not in server.read_log(), "the server met a defect of ours; see its log"


@pytest.mark.parametrize(("operation", "place"), _CASES, ids=_IDS)
def test_record_of_another_organization_does_not_exist(
    border: Border, operation: Operation, place: Place, tally: Tally
) -> None:
    theirs = tenancy.fingerprint(border.bob.org_id)
    for mode in _modes(operation):
        call = border.valid(operation, place, mode)
        own = str(place.read(call))
        foreigners = border.foreigners(place, own)
        assert foreigners, (
            f"{operation.id}: {place} is {own}, which is no record; let tests/contract/fuzzing/slots.py find it, and "
            f"seeds.py make one of its kind for each organization"
        )
        served = call.send(border.address)
        assert served.status_code < 300, f"with a record of one's own at {place}: {served.status_code} {served.text}"
        if mode == "partial":
            assert _first_row(served)["status"] == "ok", served.text
        nobodys = "TFR-MI-9999999" if place.pointer[-1] in places.TEXT_NAMES else new_id()
        unknown = _naming(border, operation, place, mode, nobodys)
        for foreigner in foreigners:
            answer = _naming(border, operation, place, mode, foreigner)
            tally("records of another organization", 1)
            assert _said(answer, foreigner, mode) == _said(unknown, nobodys, mode), (
                "it is told from one that nobody has"
            )
            # A refusal may repeat the name that it refuses.
            assert border.bobs(answer.text) <= {foreigner}, f"{place}: {answer.text}"
            _is_refused(operation, place, answer, mode)
    touched = tenancy.changed(theirs, tenancy.fingerprint(border.bob.org_id))
    assert touched == [], f"a request of Alice's has changed {touched} of Bob's organization"


@pytest.mark.parametrize("operation", _PAGED, ids=lambda operation: operation.id)
def test_cursor_of_another_organization_shows_nothing_of_it(border: Border, operation: Operation, tally: Tally) -> None:
    """A cursor says where in a list to go on; whose list it is, only the caller says."""
    cursor = border.bob.cursors.get(operation.path)
    assert cursor, f"{operation.id}: let tests/contract/fuzzing/world.py take a cursor of {operation.path}"
    call = border.valid(operation, Place("query", ("cursor",)), None)
    call.query["cursor"] = cursor
    answer = call.send(border.address)
    tally("records of another organization", 1)
    assert answer.status_code in (200, 422), answer.text
    assert border.bobs(answer.text) == set()


def test_places_are_found_wherever_they_stand() -> None:
    found = {f"{operation.id} {place}" for operation, place in _CASES}
    assert {
        "updateVendor path/id",
        "listMaterials query/type",
        "createCustomer body/parentId",
        "bulkImportSkus body/rows/0/typeId",
        "createBom body/items/0/inputSkuId",
        "completeMaterialsTransfer path/ref",
        "createContactLink body/entityId",
        "removeMember path/userId",
    } <= found


def _modes(operation: Operation) -> list[str | None]:
    """An import is tried in both of its modes."""
    for parameter in operation.parameters:
        if parameter["name"] == "mode":
            return list(parameter["schema"]["enum"])
    return [None]


def _naming(border: Border, operation: Operation, place: Place, mode: str | None, name: str) -> httpx.Response:
    """The answer to the valid request with another name at the place, and wherever else the same record is named."""
    call = border.valid(operation, place, mode)
    own = place.read(call)
    for other in places.find(operation):
        if other.read(call) == own:
            other.write(call, name)
    ours = tenancy.fingerprint(border.alice.org_id)
    answer = call.send(border.address)
    if answer.status_code >= 400:
        touched = tenancy.changed(ours, tenancy.fingerprint(border.alice.org_id))
        assert touched == [], f"{operation.id} was refused with {answer.status_code} and has changed {touched}"
    return answer


def _said(answer: httpx.Response, name: str, mode: str | None) -> tuple[int, Any]:
    """What is answered, without the name that was sent."""
    body = _first_row(answer) if mode == "partial" and answer.status_code == 200 else answer.json()
    return answer.status_code, json.loads(json.dumps(body).replace(name, "…"))


def _is_refused(operation: Operation, place: Place, answer: httpx.Response, mode: str | None) -> None:
    said = f"{operation.id} {place}: {answer.status_code} {answer.text[:500]}"
    if mode == "partial":
        assert answer.status_code == 200, said
        assert _first_row(answer)["status"] == "error", said
    elif mode == "atomic":
        assert answer.status_code == 422, said
        assert all(problem["path"].startswith("/rows/0/") for problem in answer.json()["error"]["details"]), said
    elif place.part == "query" and answer.status_code == 200:
        # A list narrowed to what is not there is empty.
        assert answer.json()["data"] == [], said
    else:
        assert answer.status_code in (403, 404), said


def _first_row(answer: httpx.Response) -> dict[str, Any]:
    return dict(answer.json()["results"][0])
