"""`pharus import-history`: the orders of years ago and the first stock of an organization, from files."""

import sys
from itertools import chain
from pathlib import Path

import click

from handlers.cli import database
from handlers.cli.file_options import as_query, file_options
from handlers.cli.waiting import waiting


@click.command("import-history")
@click.argument("organization")
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--batch", default=1000, show_default=True, type=click.IntRange(1, 5000), help="So many at once.")
@click.option("--dry-run", is_flag=True, help="Check everything and store nothing.")
@file_options
def import_history(
    organization: str, files: tuple[Path, ...], batch: int, dry_run: bool, **settings: str | None
) -> None:
    """Import orders of the years before, and opening balances, into an ORGANIZATION, named by its id or its slug.

    The files are CSV, XLSX or JSON lines (docs/operations/move-in.md). Each batch is stored whole or not at all, and
    what is wrong with it is printed with its place in the file. What is there already is passed over, so the same files
    can be imported again. Exit code 1 when something was refused.
    """
    from handlers import app
    from handlers.cli import history_files
    from handlers.cli.history_batches import HistoryImport
    from handlers.spreadsheets.settings import Settings
    from pharus.db import maintenance
    from pharus.errors import Invalid

    try:
        given = Settings.of(as_query(settings))
    except Invalid as refusal:
        raise click.UsageError(", ".join(f"{each.path} {each.message}" for each in refusal.problems)) from None
    installation = database.fit()
    with database.as_owner(installation), maintenance():
        database.require_sight()
        org_id = database.find_organization(organization)
    forms = history_files.Forms(app.document(installation.plugins))
    entries = (history_files.read(file, forms, given) for file in files)
    importing = HistoryImport(forms, org_id, batch, dry_run)
    with waiting("Importing"):
        for line in importing.run(chain.from_iterable(entries)):
            click.echo(line)
    counts = importing.counts
    would = "would be " if dry_run else ""
    click.echo(
        f"{counts.stored} {would}imported, {counts.there_already} there already, {counts.refused} refused", err=True
    )
    sys.exit(1 if counts.refused else 0)
