"""`pharus audit-proof`: what an auditor keeps of an organization's log, and whether the log still is what it was."""

import json
import sys
from datetime import datetime
from typing import IO, TYPE_CHECKING

import click

from handlers.cli import database
from handlers.cli.waiting import waiting
from pharus.errors import ConfigurationError

if TYPE_CHECKING:
    from plugins.events.integrity import Proof


@click.command("audit-proof")
@click.argument("organization")
@click.option(
    "--verify", type=click.File(), metavar="FILE", help="Compare the log with a proof; - reads standard input."
)
def audit_proof(organization: str, verify: IO[str] | None) -> None:
    """Print the end of the hash chain over the log of an organization, named by its id or its slug.

    It says of every event until there what it was. Kept where nobody who can change the database can change it, it
    shows with --verify whether the log was changed. Every row is looked at. Exit code 1 when the log is not what it
    was.
    """
    from handlers import app
    from pharus import migrations
    from pharus.db import maintenance
    from plugins.events import chain, integrity

    installation = app.install()
    with waiting("Computing the chain"), database.as_owner(installation), maintenance():
        database.require_sight()
        if migrations.pending(installation.migrations):
            raise ConfigurationError("The database lacks migrations: `pharus migrate` applies them.")
        org_id = database.find_organization(organization)
        try:
            if verify is None:
                while chain.close(org_id):
                    pass
                proof = integrity.head(org_id)
            else:
                proof = _read(verify)
                if proof.organization_id != org_id:
                    raise ConfigurationError(f"{verify.name} is of another organization, {proof.organization_id}.")
                integrity.compare(proof)
        except (integrity.Broken, LookupError) as refusal:
            click.echo(f"The log of {organization}: {refusal.args[0]}")
            sys.exit(1)
    if verify is not None and proof is not None:
        click.echo(f"The first {proof.rows} rows of the log are those that the proof was made of.", err=True)
    elif proof is None:
        raise ConfigurationError(f"Nothing of the log of {organization} can be closed yet; try again in a moment.")
    else:
        click.echo(json.dumps(_shown(proof), indent=2))


def _shown(proof: "Proof") -> dict[str, object]:
    return {
        "organizationId": proof.organization_id,
        "rows": proof.rows,
        "hash": proof.hash,
        "transactionId": proof.transaction_id,
        "seq": proof.seq,
        "closedAt": proof.closed_at.isoformat() if proof.closed_at else None,
    }


def _read(file: IO[str]) -> "Proof":
    from plugins.events.integrity import Proof

    try:
        found = json.load(file)
        closed_at = found["closedAt"] and datetime.fromisoformat(found["closedAt"])
        places = (int(found["transactionId"]), int(found["seq"]))
        return Proof(str(found["organizationId"]), int(found["rows"]), str(found["hash"]), *places, closed_at)
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(f"{file.name} is no proof that this command has printed: {error!r}.") from error
