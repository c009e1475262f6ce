"""Every operation × every access level a caller can have: who is refused follows from the document alone.

Who may call sends what the document gives as an example, and is never refused for who they are.
"""

from pathlib import Path

import pytest

from contract.access_levels import AccessLevel
from contract.calling import Call, examples
from contract.document import Operation
from pharus.db import db
from pharus.providers import LocalProvider
from tests.contract import calls, stored_rows
from tests.contract.access_levels import ACCESS_LEVELS, FOREIGN_TOKEN, Senders, give
from tests.contract.conftest import Tally
from tests.contract.seed_data import tenants
from tests.contract.seed_data.preparation import Preparation
from tests.server import Server

_OPERATIONS = calls.operations()


class Stage:
    """Two organizations, and callers of every access level for Alice's; set anew when an operation has ended it."""

    def __init__(self, address: str, environment: dict[str, str]) -> None:
        self.address = address
        self._database_url = environment["PHARUS_DATABASE_URL"]
        self._data = Path(environment["PHARUS_DATA"])
        self._set()

    def _set(self) -> None:
        self.tenants = tenants.make(self.address, self._database_url, self._data)
        self.senders = Senders(self.tenants, LocalProvider(self._data))
        self._preparation = Preparation(self.tenants)
        # Who is refused does nothing, and can come again.
        self.refused = {level: self.senders(level) for level in ACCESS_LEVELS}

    def valid(self, operation: Operation) -> Call:
        """A request that would be served, if its caller may send it."""
        if not self._is_there():
            self._set()
        call = examples(operation)[0]
        self._preparation.prepare(operation, call, steady=True)
        return call

    def _is_there(self) -> bool:
        sql = "SELECT FROM organization WHERE id = %s AND is_active"
        return db.execute_sql(sql, (self.tenants.alice.org_id,)).rowcount == 1


@pytest.fixture(scope="module")
def stage(unlimited_server: Server, environment: dict[str, str]) -> Stage:
    return Stage(unlimited_server.address, environment)


@pytest.mark.parametrize("operation", _OPERATIONS, ids=lambda operation: operation.id)
def test_who_is_refused_follows_from_the_minimum_role(stage: Stage, operation: Operation, tally: Tally) -> None:
    wrong: list[str] = []
    call = stage.valid(operation)
    rows = stored_rows.Watch(stage.tenants.alice.org_id)
    refused = [level for level in ACCESS_LEVELS if level.refusal(operation) is not None]
    sent_junk: set[int | None] = set()
    for level in refused:
        call.headers = stage.refused[level].headers
        answers = [calls.send(call, stage.address)]
        if operation.media_type is not None and level.refusal(operation) not in sent_junk:
            # Who may not call does not learn what is wrong with the request; one of each refusal asks.
            sent_junk.add(level.refusal(operation))
            answers.append(calls.send(call, stage.address, junk=True))
        tally("role matrix", len(answers))
        wrong += [
            f"{level.name}: {answer.status_code}, not {level.refusal(operation)}"
            for answer in answers
            if answer.status_code != level.refusal(operation)
        ]
    touched = rows.touched()
    assert touched == [], f"requests that were refused have changed {touched}"
    for level in ACCESS_LEVELS:
        if level not in refused:
            tally("role matrix", 1)
            wrong += _violations(stage, operation, level)
    assert wrong == [], f"{operation.id} ({operation.minimum_role}):\n" + "\n".join(wrong)


def _violations(stage: Stage, operation: Operation, level: AccessLevel) -> list[str]:
    """What is wrong with the answer to somebody who may call."""
    call = stage.valid(operation)
    give(call, stage.senders(level))
    answer = calls.send(call, stage.address)
    if level == FOREIGN_TOKEN and operation.is_of_an_organization:
        # It acts in the other organization, and there nothing of this one exists.
        seen = [marker for marker in stage.tenants.alice.markers if marker in answer.text and marker not in str(call)]
        if seen:
            return [f"{level.name}: the answer holds {seen}"]
    # What the document gives as an example is no wrong request, and who may send it is let in.
    if answer.status_code in (401, 403) or answer.status_code >= 500:
        return [f"{level.name}: {answer.status_code}, though they may: {answer.text[:300]}"]
    if answer.status_code in (400, 405, 413, 415, 422) and level != FOREIGN_TOKEN:
        return [f"{level.name}: the example of the document is answered {answer.status_code}: {answer.text[:300]}"]
    return []


def test_every_operation_is_in_the_matrix_and_every_role_in_the_document() -> None:
    roles = {operation.minimum_role for operation in _OPERATIONS}
    assert roles == {"public", "authenticated", "viewer", "member", "admin", "owner"}
    refusals = {
        (operation.minimum_role, level.refusal(operation)) for operation in _OPERATIONS for level in ACCESS_LEVELS
    }
    assert {("public", None), ("authenticated", 401), ("viewer", 403), ("owner", None)} <= refusals
