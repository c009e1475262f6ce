"""Every operation × every place where it can name a record × records of another organization: they do not exist.

Each place is tried three times over: with a record of one's own (served, so that the refusals mean something), with
those of another organization, and with one that nobody has. The last two must be answered in the same words.
"""

from pathlib import Path
from typing import Any

import httpx
import pytest

from contract.calling import Call, call_with
from contract.document import Operation, Place
from contract.markers import Markers
from contract.tenant_isolation import modes, violations_at
from pharus.fields import new_id
from tests.contract import calls, places, stored_rows
from tests.contract.access_levels import Sender, give
from tests.contract.conftest import Tally
from tests.contract.seed_data import records, tenants
from tests.contract.seed_data.preparation import Preparation
from tests.contract.seed_data.slots import EXAMPLE_PREFIX
from tests.factories import User
from tests.server import Server

_CASES = [(operation, place) for operation in calls.operations() for place in places.find(operation)]
_IDS = [f"{operation.id} {place}" for operation, place in _CASES]
_PAGED = [each for each in calls.operations() if "cursor" in {parameter["name"] for parameter in each.parameters}]

# So many records of the other organization are named at each place.
_FOREIGNERS = 2
# Behind the one that nobody has.
_WATCHED = 2


class Alice:
    """Alice's organization, with its rows in sight, beside Bob's."""

    def __init__(self, address: str, made: tenants.Tenants) -> None:
        self.address = address
        self.alice, self.bob = made.alice, made.bob
        self._markers = Markers(self.bob.markers)
        self._preparation = Preparation(made)
        owner = self.alice.owner
        self._sender = Sender(User(owner.user_id, owner.uid, owner.email), self.alice.headers)
        self._sent = 0
        self.theirs = stored_rows.Watch(self.bob.org_id)

    def valid(self, operation: Operation, place: Place, mode: str | None) -> Call:
        call = call_with(operation, place, _example(operation, place))
        assert call is not None, f"{operation.id}: no example in openapi.yaml reaches {place}; add one"
        if mode is not None:
            call.query["mode"] = mode
        self._preparation.prepare(operation, call, steady=True)
        give(call, self._sender)
        return call

    def serve(self, call: Call) -> httpx.Response:
        """The answer to a call that names a record of her own; those that are refused follow."""
        self._sent = 0
        return calls.send(call, self.address)

    def send(self, call: Call) -> httpx.Response:
        """All of them are refused in the same words. Of the first that names a record of Bob's, the second one, it is
        looked whether anything was changed: to look costs more than to ask."""
        self._sent += 1
        ours = stored_rows.Watch(self.alice.org_id) if self._sent == _WATCHED else None
        answer = calls.send(call, self.address)
        if ours is not None and answer.status_code >= 400:
            touched = ours.touched()
            assert touched == [], f"{call.operation.id} was refused with {answer.status_code} and has changed {touched}"
        return answer

    def foreign_in(self, text: str) -> set[str]:
        return self._markers.found_in(text)

    def foreigners(self, place: Place, own: str) -> list[str]:
        """Bob's records of the table that Alice's is in."""
        if place.name in places.TEXT_NAMES:
            return [ref for ledger in records.LEDGERS for ref in self.bob.records[ledger.transfer_prefix]]
        table = stored_rows.table_of(own)
        return stored_rows.ids_of(self.bob.org_id, table, _FOREIGNERS) if table is not None else []


@pytest.fixture(scope="module")
def alice(unlimited_server: Server, environment: dict[str, str]) -> Alice:
    url, data = environment["PHARUS_DATABASE_URL"], Path(environment["PHARUS_DATA"])
    return Alice(unlimited_server.address, tenants.make(unlimited_server.address, url, data))


@pytest.mark.parametrize(("operation", "place"), _CASES, ids=_IDS)
def test_record_of_another_organization_does_not_exist(
    alice: Alice, operation: Operation, place: Place, tally: Tally
) -> None:
    for mode in modes(operation):
        call = alice.valid(operation, place, mode)
        own = str(call.read(place))
        foreigners = alice.foreigners(place, own)
        assert foreigners, (
            f"{operation.id}: {place} is {own}, which is no record; let tests/contract/seed_data/slots.py find it, "
            f"and records.py make one of its table for each organization"
        )
        served = alice.serve(call)
        assert served.status_code < 300, f"with a record of one's own at {place}: {served.status_code} {served.text}"
        if mode == "partial":
            assert served.json()["results"][0]["status"] == "ok", served.text
        unknown = "TFR-MI-9999999" if place.name in places.TEXT_NAMES else new_id()
        tally("records of another organization", len(foreigners))
        violations = violations_at(
            alice, operation, place, mode, foreign=foreigners, unknown=unknown, refusals=(403, 404)
        )  # fmt: skip
        assert list(violations) == []
    touched = alice.theirs.touched()
    assert touched == [], f"a request of Alice's has changed {touched} of Bob's organization"


@pytest.mark.parametrize("operation", _PAGED, ids=lambda operation: operation.id)
def test_cursor_of_another_organization_shows_nothing_of_it(alice: Alice, operation: Operation, tally: Tally) -> None:
    """A cursor says where in a list to go on; whose list it is, only the caller says."""
    cursor = alice.bob.cursors.get(operation.path)
    assert cursor, f"{operation.id}: let tests/contract/seed_data/tenants.py take a cursor of {operation.path}"
    call = alice.valid(operation, Place("query", ("cursor",)), None)
    call.query["cursor"] = cursor
    answer = calls.send(call, alice.address)
    tally("records of another organization", 1)
    assert answer.status_code in (200, 422), answer.text
    assert alice.foreign_in(answer.text) == set()


def test_places_are_found_wherever_they_are() -> None:
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


def _example(operation: Operation, place: Place) -> Any:
    """What openapi.yaml gives as an example of a parameter, for a place that no example of a call has."""
    if place.part == "query":
        (parameter,) = (each for each in operation.parameters if each["name"] == place.name)
        example = parameter["example"]
        # Of several, between commas, one.
        return example[0] if isinstance(example, list) else example
    return f"{EXAMPLE_PREFIX}000000000001"
