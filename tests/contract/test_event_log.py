"""Every operation that changes something, compared with the log: applied to the rows of before, its events give the
rows of afterwards, and each says who asked for it."""

import pytest

from contract.document import Operation
from pharus.db import db
from tests import event_log
from tests.contract import calls
from tests.contract.test_idempotency_keys import Stage
from tests.contract.test_list_costs import LISTS
from tests.server import Server

# What the seeds keep steady is refused by one or two operations.
_ATTEMPTS = 10

# They change something else than records of an organization, or something that nobody is shown.
_WITHOUT_EVENTS = {"createUser", "updateUser", "testWebhookEndpoint", "redeliverWebhookEvents"}

# Of the organization that nobody else owns, as soon as the sweeper comes to it.
_TAKES_A_LOG_ALONG = {"deleteUser"}

# Whoever calls may become a user by it.
_WITHOUT_USER = {"acceptInvitation"}


@pytest.fixture(scope="module")
def stage(unlimited_server: Server, environment: dict[str, str]) -> Stage:
    return Stage(unlimited_server.address, environment)


def moments(org_id: str) -> dict[tuple[str, str], object]:
    """By which `updatedSince` of the lists chooses, of each record that they show."""
    selects = {}
    for each in LISTS.values():
        if each._changed:
            (moment, *_), table = each.orders[each._changed].expressions, each.records.table
            shown = " AND is_stored" if table == "document" else ""
            selects[table] = f"SELECT '{table}', id, {moment} FROM {table} WHERE org_id = %(org)s{shown}"
    rows = db.execute_sql(" UNION ALL ".join(selects.values()), {"org": org_id})  # type: ignore[arg-type]  # by name
    return {(table, id): moment for table, id, moment in rows}


@pytest.mark.parametrize(
    "operation",
    [operation for operation in calls.operations() if operation.method != "GET"],
    ids=lambda operation: operation.id,
)
def test_events_of_an_operation_are_what_it_has_changed(stage: Stage, operation: Operation) -> None:
    attempt = 0
    while True:
        call = stage.call(operation, f"{operation.id}-{attempt}", steady=attempt < _ATTEMPTS // 2)
        org_id = call.headers["X-Org-Id"]
        before, last = event_log.state(org_id), event_log.last(org_id)
        moments_before = moments(org_id)
        response = calls.send(call, stage.address)
        if response.is_success:
            break
        assert event_log.last(org_id) == last
        attempt += 1
        assert attempt < _ATTEMPTS, response.text
    happened = event_log.events(org_id, last)
    if db.row("SELECT purge_requested_at IS NOT NULL FROM organization WHERE id = %s", (org_id,)) != (False,):
        # It is going, and the log goes along.
        return
    assert event_log.differing(event_log.replay(before, happened), event_log.state(org_id)) == []
    listed = moments(org_id)
    tables = {table for table, _ in listed}
    assert {record for record, moment in listed.items() if moment != moments_before.get(record)} == {
        (event.table, event.record_id) for event in happened if event.table in tables
    } & listed.keys()
    request = response.headers["x-request-id"]
    assert {event.request_id for event in happened} <= {request}
    if operation.id in _TAKES_A_LOG_ALONG:
        return
    # An invitation may be to another organization, and a token for one.
    users = [user_id for (user_id,) in db.rows("SELECT user_id FROM event WHERE request_id = %s", (request,))]
    assert (users != []) == (operation.id not in _WITHOUT_EVENTS)
    assert None not in users or operation.id in _WITHOUT_USER
