"""`pharus backup` and `pharus restore`: docs/backup.md."""

from pathlib import Path

import click

from handlers.cli import database

_programs = click.option(
    "--programs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of pg_dump and pg_restore, when they are in no usual place.",
)


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@_programs
def backup(target: Path, programs: Path | None) -> None:
    """Save the database and the files of documents, while servers work on them.

    TARGET is a folder that does not exist yet, or the name of a tar file that ends with `.tar`. It holds every
    organization's data: keep it as closed as the database.
    """
    from handlers import app
    from pharus import backup as backups
    from plugins.documents import records

    installation = app.install()
    with database.as_owner(installation):
        made = backups.make(database.owner_url(installation), target.absolute(), records.stored_paths, programs, _say)
    rows = sum(made.tables.values())
    click.echo(f"{target}: {rows} rows of {len(made.tables)} tables, {len(made.files)} files")


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Lose what the database and the store hold now.")
@_programs
def restore(source: Path, overwrite: bool, programs: Path | None) -> None:
    """Put a backup into an empty database and an empty store.

    They are those of the settings (PHARUS_DATABASE_URL, PHARUS_DATA …). No server may run on them.
    """
    from handlers import app
    from pharus import backup as backups
    from pharus import migrations
    from pharus.migrations import roles

    installation = app.install()
    with database.as_owner(installation):
        made = backups.restore(
            database.owner_url(installation),
            source.absolute(),
            installation.migrations,
            overwrite=overwrite,
            given=programs,
            say=_say,
        )
        if installation.settings.migrate_url:
            roles.let_serve(database.login(installation.database_url))
        waiting = migrations.pending(installation.migrations)
    rows = sum(made.tables.values())
    click.echo(f"{source}: {rows} rows of {len(made.tables)} tables, {len(made.files)} files, as of {made.made_at}")
    if waiting:
        click.echo(f"{len(waiting)} migrations of this version are not applied yet: run `pharus migrate`.", err=True)


def _say(step: str) -> None:
    click.echo(step, err=True)
