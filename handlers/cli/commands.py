"""The command `pharus`."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from click.core import ParameterSource

from handlers.cli import audit_proof, authoring, backup, database
from handlers.cli.import_file import import_file
from handlers.cli.import_history import import_history
from handlers.cli.listen import listen
from handlers.cli.mcp import mcp
from handlers.cli.refusals import Commands
from handlers.cli.upgrade_database import upgrade_database
from handlers.cli.waiting import waiting
from handlers.cli.work import work
from pharus import __version__
from pharus.errors import ConfigurationError


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pharus")
def main() -> None:
    """Pharus, the operations server for makers of consumer goods.

    Settings come from the environment (PHARUS_DATABASE_URL, PHARUS_AUTH, PHARUS_DATA …; see the README). Without
    any, an embedded PostgreSQL keeps its data in .pharus/ and `pharus token` signs people in.
    """


for _command in (
    *(authoring.new_plugin, authoring.codegen, authoring.test_contract),
    *(database.migrate, upgrade_database, backup.backup, backup.restore, audit_proof.audit_proof),
    *(work, listen, mcp, import_file, import_history),
):
    main.add_command(_command)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free port.")
@click.option("--uds", type=click.Path(dir_okay=False, path_type=Path), help="Listen on this UNIX socket instead.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Server processes.")
@click.option("--demo", "with_demo", is_flag=True, help="First fill a demo organization and print how to call it.")
@click.option("--migrate/--no-migrate", "with_migration", default=True, show_default=True, help="Migrate first.")
def serve(host: str, port: int, uds: Path | None, workers: int, with_demo: bool, with_migration: bool) -> None:
    """Migrate the database, then serve the API until interrupted."""
    from handlers import server
    from handlers.telemetry import logs
    from pharus import embedded

    if uds is not None:
        _refuse_address_beside_socket()
    else:
        # A port that is taken is told before anything is made. Nobody may wait in line there before there is an answer.
        server.bind(host, port).close()
    installation = database.migrated()[0] if with_migration else database.fit()
    logs.configure(installation.settings.log, installation.settings.log_level)
    if installation.settings.database_url is None:
        embedded.keep_running(installation.settings.data)
    with _listening(host, port, uds) as (sock, address):
        server.share(installation.settings, installation.database_url, address)
        if with_demo:
            _print_demo(address)
        at = address if uds is None else f"{uds} as {address}"
        serving = f"Serving {at}  reference: {address}/api/docs  (Ctrl-C stops)"
        server.run(sock, workers, announce=lambda: click.echo(serving, err=True))


@main.command()
@click.option("--email", required=True, help="Whose token; the address counts as verified.")
@click.option("--hours", default=1, show_default=True, type=click.IntRange(1, 24), help="How long it is valid.")
def token(email: str, hours: int) -> None:
    """Print an ID token for PHARUS_AUTH=local."""
    from pharus.config import load_settings
    from pharus.providers import LocalProvider
    from pharus.providers.local import KEY_FILE

    settings = load_settings()
    if settings.auth != "local":
        raise ConfigurationError("PHARUS_AUTH is firebase: sign in there; only PHARUS_AUTH=local issues tokens here.")
    settings.data.mkdir(parents=True, exist_ok=True)
    key = settings.data / KEY_FILE
    is_new = not key.exists()
    provider = LocalProvider(settings.data)
    if is_new:
        click.echo(
            f"Made a new key, {key}: only a server with this data folder accepts the token. If yours has another, run "
            "this where it runs, or name its folder in PHARUS_DATA.",
            err=True,
        )
    click.echo(provider.issue(email, lifetime_seconds=hours * 3600))


@main.command()
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server listens.")
def demo(address: str) -> None:
    """Fill a demo organization; print its id, a token and a first curl."""
    database.migrated()
    _print_demo(address)


@main.command()
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option("--version", type=click.Choice(["3.0", "3.1"]), default="3.0", show_default=True, help="Of OpenAPI.")
@click.option("--without-plugins", is_flag=True, help="Without those of others; works while one of them is broken.")
@click.option("--with-files", is_flag=True, help="CSV and XLSX in standard words: to judge answers by.")
def openapi(form: str, version: str, without_plugins: bool, with_files: bool) -> None:
    """Print the merged OpenAPI document of all loaded plugins."""
    import orjson
    import yaml

    from handlers import app, openapi_31
    from pharus import openapi
    from pharus.config import load_settings
    from plugins import manager

    merged = app.document(manager.load(() if without_plugins else load_settings().plugins))
    if with_files:
        merged = openapi.with_files(merged)
    if version == "3.1":
        merged = openapi_31.converted(merged)
    if form == "json":
        click.echo(orjson.dumps(merged, option=orjson.OPT_INDENT_2))
    else:
        click.echo(yaml.safe_dump(merged, sort_keys=False, allow_unicode=True, width=120))


@main.command()
def asyncapi() -> None:
    """Print the AsyncAPI document of the events, those of the tables of plugins included.

    It is read from the database, which must be migrated.
    """
    import orjson

    from handlers import app, asyncapi
    from pharus.db import maintenance
    from plugins.webhooks import event_types

    installation = database.fit()
    with maintenance():
        tables = event_types.tables()
    click.echo(orjson.dumps(asyncapi.document(app.document(installation.plugins), tables), option=orjson.OPT_INDENT_2))


@main.command()
def plugins() -> None:
    """List the loaded plugins and the hooks each of them implements."""
    from pharus.config import load_settings
    from plugins import manager

    loaded = manager.load(load_settings().plugins)
    distributions = {other.package: other.distribution for other in loaded.others}
    for module in loaded.modules:
        origin = distributions.get(module.__name__, "built in")
        click.echo(f"{module.__name__:<28} {origin:<24} {', '.join(loaded.hooks_of(module)) or '-'}")


@main.command()
def check() -> None:
    """Check the installation: configuration, database, migrations, and what each domain knows to verify.

    Prints each difference found; exit code 1 when there is one.
    """
    from handlers import app
    from pharus import hooks, migrations
    from pharus.db import maintenance

    installation = app.install()
    with waiting("Checking"), database.as_owner(installation), maintenance():
        database.require_sight()
        pending = migrations.pending(installation.migrations)
        discrepancies = [f"The migration {each.name} of {each.source} is not applied." for each in pending]
        if not pending:
            discrepancies += [discrepancy for found in hooks.hooks().check_integrity() for discrepancy in found]
    for discrepancy in discrepancies:
        click.echo(discrepancy)
    click.echo(f"{len(discrepancies)} discrepancies" if discrepancies else "no discrepancies", err=True)
    sys.exit(1 if discrepancies else 0)


@main.command()
def sweep() -> None:
    """Delete what is left of deleted organizations, the files that nobody needs any more and that could not be deleted
    at once, and what has been kept long enough; bring the history of the stock up to date, and close the log of events.

    A running server does so by itself every minute. Exit code 1 when the store fails.
    """
    from handlers import app
    from pharus import migrations
    from pharus.sweeping import requested
    from plugins.documents import removals
    from plugins.events import chain, expiry
    from plugins.inventory import history
    from plugins.platform import purge, retention

    installation = app.install()
    retention.configure(installation.settings)
    with waiting("Sweeping"):
        if migrations.pending(installation.migrations):
            raise ConfigurationError("The database lacks migrations: `pharus migrate` applies them.")
        requested.set()
        while requested.is_set():
            requested.clear()
            purge.carry_on()
        removed, failed = removals.sweep()
        history.aggregate()
        while retention.carry_on():
            pass
        for carry_on in (chain.carry_on, expiry.carry_on):
            while carry_on():
                pass
    click.echo(f"{removed} removed" + (f", {failed} failed and will be tried again" if failed else ""), err=True)
    sys.exit(1 if failed else 0)


@contextmanager
def _listening(host: str, port: int, uds: Path | None) -> Iterator[tuple[socket.socket, str]]:
    """The socket, and the address at which clients reach it."""
    from handlers import server

    if uds is None:
        sock = server.bind(host, port)
        yield sock, f"http://{_printable(host)}:{sock.getsockname()[1]}"
        return
    from handlers import unix_socket
    from pharus.config import load_settings

    with unix_socket.listening(uds) as sock:
        yield sock, load_settings().api_url


def _refuse_address_beside_socket() -> None:
    """ConfigurationError for what would be left out, or not be known: a socket has no address that links could name."""
    context = click.get_current_context()
    for name in ("host", "port"):
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            raise ConfigurationError(f"--uds listens on a UNIX socket and nowhere else: leave out --{name}.")
    if not {"PHARUS_API_URL", "PHARUS_PUBLIC_URL"} & {name for name, value in os.environ.items() if value.strip()}:
        raise ConfigurationError(
            "--uds needs PHARUS_API_URL: the address at which clients reach the proxy, with which links to files begin."
        )


def _print_demo(address: str) -> None:
    from handlers.cli import demo_organization

    with waiting("Filling the demo organization"):
        made = demo_organization.fill()
    click.echo(
        f"""
Address       {address}
Organization  {made.org_id}  ({made.name})
Token         {made.token}

Console       {address}/#token={made.token}

Try it:
  curl -s {address}/api/vendors -H 'Authorization: Bearer {made.token}'
"""
    )


def _printable(host: str) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host  # noqa: S104 - only compared with
    return f"[{shown}]" if ":" in shown else shown
