"""Whatever is done to what was closed is noticed, and its first place named."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pharus import db
from plugins.events import integrity
from plugins.events.integrity import Broken
from tests import factories
from tests.factories import Organization
from tests.plugins.events.closing import closed, write


@contextmanager
def tampered(statement: str) -> Iterator[None]:
    """As by somebody who may do anything with the database. Undone at the end: others check the whole of it."""
    with db.db.atomic() as transaction:
        db.db.execute_sql("ALTER TABLE event DISABLE TRIGGER append_only")
        db.db.execute_sql(statement)
        yield
        transaction.rollback()


ROW = "WHERE org_id = '{org}' AND seq = {seq}"


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("is not what it was", f"UPDATE event SET after = replace(after, 'V 2', 'V 3') {ROW}"),
        ("is not what it was", f"UPDATE event SET user_id = gen_random_uuid() {ROW}"),
        ("is not what it was", f"UPDATE event SET occurred_at = occurred_at - interval '1 microsecond' {ROW}"),
        ("is not what it was", f"UPDATE event SET operation = 'createVendor' {ROW}"),
        ("is not what it was", f"UPDATE event SET parent_type = 'vendor' {ROW}"),
        ("was deleted, behind vendor.created", f"DELETE FROM event {ROW}"),
        (
            "was added later",
            f"""INSERT INTO event (org_id, transaction_id, seq, type, record_id)
            SELECT org_id, transaction_id - 1, 1, 'vendor.created', record_id FROM event {ROW}""",
        ),
        (
            "is not what it was",
            # Two change places.
            f"""UPDATE event SET seq = 0 {ROW};
            UPDATE event SET seq = {{seq}} WHERE org_id = '{{org}}' AND seq = {{next}};
            UPDATE event SET seq = {{next}} WHERE org_id = '{{org}}' AND seq = 0""",
        ),
    ],
)
def test_what_is_done_to_a_row_is_noticed_and_named(organization: Organization, what: str, statement: str) -> None:
    write(organization.id, 5)
    proof = closed(organization.id)
    seqs = [seq for (seq,) in db.db.rows("SELECT seq FROM event WHERE org_id = %s ORDER BY seq", (organization.id,))]
    integrity.compare(proof)
    with tampered(statement.format(org=organization.id, seq=seqs[-3], next=seqs[-2])):
        with pytest.raises(Broken, match=what) as broken:
            integrity.head(organization.id)
        assert f"row {proof.rows - 2}" in str(broken.value) or what == "was added later"
        with pytest.raises(Broken):
            integrity.compare(proof)
    integrity.compare(proof)


def test_who_closes_the_changed_log_anew_is_noticed_by_what_an_auditor_keeps(organization: Organization) -> None:
    write(organization.id, 300)
    proof = closed(organization.id)
    write(organization.id, 300)
    later = closed(organization.id)
    for each in (proof, later):
        integrity.compare(each)
    with tampered(
        f"UPDATE event SET user_id = gen_random_uuid() WHERE org_id = '{organization.id}' AND seq = {proof.seq}; "
        f"DELETE FROM event_block WHERE org_id = '{organization.id}'; "
        f"DELETE FROM event_chain WHERE org_id = '{organization.id}'; "
        f"SELECT close_events('{organization.id}', 10000)"
    ):
        anew = integrity.head(organization.id)
        assert anew is not None
        assert anew.rows == later.rows
        for each in (proof, later):
            with pytest.raises(Broken, match="not those that the proof was made of"):
                integrity.compare(each)


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("is missing behind", "DELETE FROM event_block WHERE org_id = %s AND number = 2"),
        ("its blocks end at", "DELETE FROM event_block WHERE org_id = %s AND number = 3"),
        ("is not that of its rows", "UPDATE event_block SET chain_hash = sha256('') WHERE org_id = %s AND number = 2"),
        ("does not say what is in it", "UPDATE event_block SET types = '{}' WHERE org_id = %s AND number = 2"),
        ("does not say what is in it", "UPDATE event_block SET last_at = first_at - interval '1 s' WHERE org_id = %s"),
        ("does not begin with", "UPDATE event_chain SET deleted_hash = sha256('') WHERE org_id = %s"),
    ],
)
def test_what_is_done_to_the_blocks_is_noticed(organization: Organization, what: str, statement: str) -> None:
    write(organization.id, 600)
    closed(organization.id)
    with tampered(statement.replace("%s", f"'{organization.id}'")):
        [sentence] = [each for each in integrity.find() if each.startswith(f"{organization.name}: ")]
        assert what in sentence


def test_proof_of_more_than_the_log_has_is_no_proof(organization: Organization) -> None:
    proof = closed(organization.id)
    with pytest.raises(Broken, match="the proof is of"):
        integrity.compare(proof._replace(rows=proof.rows + 1))
    with pytest.raises(Broken, match="nothing of it was closed"):
        integrity.compare(proof._replace(organization_id=factories.make_organization().id))
