"""`pharus audit-proof`, as an auditor uses it."""

import json
from pathlib import Path

from pharus.db import db
from tests import factories
from tests.factories import Organization
from tests.handlers.cli.test_commands import pharus, refused
from tests.plugins.events.closing import closed, write


def test_proof_that_is_kept_tells_whether_the_log_is_what_it_was(environment: dict[str, str], tmp_path: Path) -> None:
    organization = factories.make_organization()
    write(organization.id, 3)
    proof = closed(organization.id)
    printed = pharus("audit-proof", organization.slug, **environment)
    assert printed.returncode == 0, printed.stderr
    kept = tmp_path / "proof.json"
    kept.write_text(printed.stdout)
    assert json.loads(printed.stdout) == {
        "organizationId": organization.id,
        "rows": proof.rows,
        "hash": proof.hash,
        "transactionId": proof.transaction_id,
        "seq": proof.seq,
        "closedAt": proof.closed_at and proof.closed_at.isoformat(),
    }
    write(organization.id, 1)
    closed(organization.id)
    verified = pharus("audit-proof", organization.id, "--verify", str(kept), **environment)
    assert (verified.returncode, verified.stdout) == (0, "")
    assert "are those that the proof was made of" in verified.stderr
    kept.write_text(printed.stdout.replace(proof.hash, proof.hash[::-1]))
    changed = pharus("audit-proof", organization.id, "--verify", str(kept), **environment)
    assert changed.returncode == 1
    assert changed.stdout == (
        f"The log of {organization.id}: its first {proof.rows} rows are not those that the proof was made of\n"
    )


def test_what_is_no_proof_of_the_organization_is_refused(
    organization: Organization, environment: dict[str, str], tmp_path: Path
) -> None:
    kept = tmp_path / "proof.json"
    assert "There is no organization nobody." in refused(pharus("audit-proof", "nobody", **environment))
    kept.write_text('{"rows": 7}')
    assert "is no proof" in refused(pharus("audit-proof", organization.id, "--verify", str(kept), **environment))
    other = factories.make_organization()
    proof = closed(other.id)
    kept.write_text(
        json.dumps(
            {"organizationId": other.id, "rows": 1, "hash": proof.hash, "transactionId": 1, "seq": 1, "closedAt": None}
        )
    )
    assert "of another organization" in refused(
        pharus("audit-proof", organization.id, "--verify", str(kept), **environment)
    )
    assert db.rows("SELECT FROM event_chain WHERE org_id = %s", (organization.id,)) == []
