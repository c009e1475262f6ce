"""`pharus upgrade-database`: the data of the embedded PostgreSQL, made anew for the version of this installation."""

from pathlib import Path

import click

from pharus.config import load_settings
from pharus.errors import ConfigurationError


@click.command("upgrade-database")
@click.option(
    "--programs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of the old version's programs (pg_ctl, postgres); looked for in the usual places if not given.",
)
def upgrade_database(programs: Path | None) -> None:
    """Make data of this installation's PostgreSQL from those of an older major version, for the embedded database.

    It needs the programs of the old version once: from the package of your system (postgresql-17), or from the Python
    package that brought them. The old data stay, in a folder beside the new ones.
    """
    from pharus import cluster_upgrade

    settings = load_settings()
    if settings.database_url is not None:
        raise ConfigurationError(
            "PHARUS_DATABASE_URL names a server, and this command is for the embedded one: upgrade it as its own "
            "documentation says."
        )
    kept = cluster_upgrade.upgrade(settings.data, programs, lambda step: click.echo(step, err=True))
    if kept is None:
        click.echo("The data are of this version already.", err=True)
    else:
        click.echo(f"Done. The old data are in {kept}; remove them once `pharus check` is content.", err=True)
