"""`pharus listen`: the events of an organization, sent to a program on this machine, for those who write it.

It reads the feed over the API, as any client can, and needs neither the database nor a webhook endpoint.
"""

from pathlib import Path

import click


@click.command()
@click.option("--forward", required=True, metavar="URL", help="Where each event is sent to, as http://localhost:3000/.")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
@click.option(
    "--token", required=True, envvar="PHARUS_LISTEN_TOKEN", help="An API token; or in PHARUS_LISTEN_TOKEN, unseen."
)
@click.option("--types", default="", help="Only these, separated by commas: sales_order.shipped,vendor.*")
@click.option(
    "--resume",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the position and the secret in this file, and go on from there the next time.",
)
def listen(forward: str, address: str, token: str, types: str, resume: Path | None) -> None:
    """Send the events of an organization to a program on this machine, signed like webhooks, as they happen.

    It begins with what happens from now on, or goes on where --resume says. While nothing answers there, it waits; what
    is answered is not sent again, whatever the answer is.
    """
    from handlers.cli.listener import Listener

    listener = Listener(forward, address.rstrip("/"), token, types, resume)
    click.echo(f"The signing secret is {listener.secret}  (Ctrl-C stops)", err=True)
    try:
        for line in listener.run():
            click.echo(line)
    except KeyboardInterrupt:
        return
