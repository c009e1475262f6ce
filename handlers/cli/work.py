"""`pharus work`: what servers do beside requests, as a process of its own."""

import dataclasses
import logging
import threading

import click

from handlers.cli import database

log = logging.getLogger("pharus.work")

# When it is told to end: how long what is being sent may take.
_STOP_SECONDS = 20.0


@click.command()
def work() -> None:
    """Deliver webhooks, send mails, run the jobs of plugins and clear up, without serving requests, until interrupted.

    Any number may run beside any number of servers. With PHARUS_WEBHOOK_DELIVERY=off the servers leave the delivery of
    webhooks to it, with PHARUS_PLUGIN_JOBS=off the jobs of plugins. It does not migrate the database.
    """
    from handlers.telemetry import logs
    from handlers.workers.background import Background
    from pharus import embedded, providers, statements

    installation = database.fit()
    settings = installation.settings
    logs.configure(settings.log, settings.log_level)
    if settings.database_url is None:
        embedded.keep_running(settings.data)
    statements.configure(settings.slow_statement_milliseconds)
    providers.install(providers.create_provider(settings))
    background = Background(
        dataclasses.replace(settings, webhook_delivery=True, plugin_jobs=True), installation.plugins
    )
    background.start()
    click.echo("Working (Ctrl-C stops)", err=True)
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        log.info("interrupted")
    finally:
        background.close(_STOP_SECONDS)
        logs.flush()
