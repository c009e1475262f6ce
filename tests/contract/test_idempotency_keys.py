"""Every operation that changes something, sent again with its Idempotency-Key: carried out once, answered alike."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg2
import pytest

from contract.calling import Call, examples
from contract.document import Operation
from pharus import openapi
from pharus.db import db
from pharus.fields import new_id
from pharus.providers import LocalProvider
from plugins.platform.access import TOKEN_PREFIX, ByIdentity, ByToken
from plugins.platform.idempotency import Key
from tests.contract import calls, stored_rows
from tests.contract.judging import declared, document
from tests.contract.seed_data import tenants
from tests.contract.seed_data.preparation import Preparation
from tests.server import Server

_OPERATIONS = [operation for operation in calls.operations() if operation.method != "GET"]
# What the seeds keep steady is refused by one or two operations.
_ATTEMPTS = 10


class Stage:
    """Two organizations on a server; Alice's is made anew when an operation has ended it."""

    def __init__(self, address: str, environment: dict[str, str]) -> None:
        self.address = address
        self._database_url = environment["PHARUS_DATABASE_URL"]
        self._data = Path(environment["PHARUS_DATA"])
        self.provider = LocalProvider(self._data)
        self._set()

    def _set(self) -> None:
        self.tenants = tenants.make(self.address, self._database_url, self._data)
        self._preparation = Preparation(self.tenants)

    def call(self, operation: Operation, key: str, *, steady: bool) -> Call:
        call = examples(operation)[0]
        call.headers = dict(self.tenants.alice.headers)
        self._preparation.prepare(operation, call, steady=steady)
        call.headers["Idempotency-Key"] = key
        return call

    def uid(self, call: Call) -> str | None:
        """Of the person who calls; None for an API token."""
        token = _token(call)
        return None if token.startswith(TOKEN_PREFIX) else self.provider.verify(token).uid

    @contextmanager
    def under_way(self, call: Call) -> Iterator[None]:
        """As if the first request with the key were being carried out."""
        uid = self.uid(call)
        org_id = call.headers["X-Org-Id"] if call.operation.reads_organization else None
        caller = ByToken(_token(call)) if uid is None else ByIdentity(uid, None, False, org_id)
        digest = Key(call.headers["Idempotency-Key"].encode(), caller, "", b"").digest
        connection = psycopg2.connect(self._database_url)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", (int.from_bytes(digest[:8], signed=True),))
            yield
            # The server of the database takes a moment to notice that a connection is closed.
            connection.rollback()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def stage(unlimited_server: Server, environment: dict[str, str]) -> Stage:
    return Stage(unlimited_server.address, environment)


@pytest.mark.parametrize("operation", _OPERATIONS, ids=lambda operation: operation.id)
def test_repeated_request_is_carried_out_once(stage: Stage, operation: Operation) -> None:
    key = new_id()
    call = stage.call(operation, key, steady=True)
    with stage.under_way(call):
        busy = calls.send(call, stage.address)
        assert (busy.status_code, busy.headers.get("retry-after")) == (409, "1"), busy.text
    first = calls.send(call, stage.address)
    for attempt in range(_ATTEMPTS):
        if first.is_success:
            break
        # A refusal is not kept: the key is as good as new.
        call = stage.call(operation, key, steady=attempt < _ATTEMPTS // 2)
        first = calls.send(call, stage.address)
    assert first.is_success, first.text
    assert "idempotency-replayed" not in first.headers

    after = _stored(stage, call)
    again = calls.send(call, stage.address)
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["idempotency-replayed"] == "true"
    assert _lasting(again) == _lasting(first)

    for other in _others(call):
        refused = calls.send(other, stage.address)
        assert refused.status_code == 422, refused.text
        assert [each["path"] for each in refused.json()["error"]["details"]] == ["header/Idempotency-Key"]
    assert stored_rows.changed(after, _stored(stage, call)) == []


def test_every_operation_that_may_change_something_takes_a_key() -> None:
    """But for public ones: nobody is known to them whose key it could be."""
    for operation in declared().operations:
        writes = operation.method != "GET" and operation.minimum_role != "public"
        assert ("Idempotency-Key" in openapi.headers(document(), operation.declared)) is writes, operation.id
        assert not writes or {"409", "422"} <= {str(status) for status in operation.declared["responses"]}, operation.id


def _token(call: Call) -> str:
    return call.headers["Authorization"].removeprefix("Bearer ")


def _others(call: Call) -> Iterator[Call]:
    """Other requests of the same operation."""
    other = call.copy()
    other.query = {**call.query, "other": "1"}
    yield other
    if isinstance(call.body, dict):
        other = call.copy()
        other.body = {**call.body, "other": "1"}
        yield other
    for name in call.path_parameters:
        other = call.copy()
        other.path_parameters[name] = new_id()
        yield other


def _lasting(response: httpx.Response) -> dict[str, str]:
    """Its headers, but for those that are of the moment."""
    moment = ("x-request-id", "idempotency-replayed", "date")
    return {name: value for name, value in response.headers.items() if name not in moment}


def _stored(stage: Stage, call: Call) -> dict[str, str]:
    """All that is stored of the organization that is called, and of its caller beside it."""
    stored = stored_rows.fingerprint(call.headers["X-Org-Id"])
    beside = db.row(
        "SELECT count(*), max(u.created_at), max(m.created_at), max(t.created_at) FROM app_user u "
        "LEFT JOIN membership m ON m.user_id = u.id LEFT JOIN api_token t ON t.user_id = u.id "
        "WHERE u.firebase_uid = %s",
        (stage.uid(call),),
    )
    return {**stored, "beside": str(beside)}
