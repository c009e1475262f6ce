"""`pharus mcp`: the tools for agents, over standard input and output."""

import click


@click.command()
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
@click.option(
    "--token", required=True, envvar="PHARUS_MCP_TOKEN", help="An API token; or in PHARUS_MCP_TOKEN, which is not seen."
)
@click.option("--organization", metavar="ID", help="With an ID token: in which organization.")
def mcp(address: str, token: str, organization: str | None) -> None:
    """Speak MCP over standard input and output, for agents whose client starts a program.

    The tools are those of /mcp at the address; clients that speak HTTP need nothing but that (docs/agents.md).
    """
    from handlers.mcp import stdio

    stdio.run(address.rstrip("/"), token, organization)
