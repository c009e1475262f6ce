"""`pharus import`: a CSV or XLSX file into a bulk import, over the API, as any client can."""

from pathlib import Path

import click

from handlers.cli.file_options import as_query, file_options


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--operation", required=True, help="Which import: bulkImportVendors, bulkImportSalesOrders …")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
@click.option(
    "--token", required=True, envvar="PHARUS_IMPORT_TOKEN", help="An API token; or in PHARUS_IMPORT_TOKEN, unseen."
)
@click.option("--dry-run", is_flag=True, help="Check everything and store nothing.")
@click.option("--partial", is_flag=True, help="Store the rows that can be stored; otherwise all or none.")
@file_options
def import_file(
    file: Path,
    operation: str,
    address: str,
    token: str,
    dry_run: bool,
    partial: bool,
    **settings: str | None,
) -> None:
    """Import a CSV or XLSX file into an organization (docs/spreadsheets.md).

    Says of each row that is refused where in the file it is wrong; exit code 1 when there is one. The same file is
    stored once, however often it is sent within a day.
    """
    from handlers.cli.importer import MEDIA_TYPES, Importer

    media_type = MEDIA_TYPES.get(file.suffix.lower())
    if media_type is None:
        raise click.BadParameter(f"its name ends with none of {', '.join(MEDIA_TYPES)}", param_hint="FILE")
    given = {"mode": "partial" if partial else None, "dryRun": "true" if dry_run else None}
    importer = Importer(address.rstrip("/"), token)
    query = {key: each for key, each in given.items() if each} | as_query(settings)
    outcome = importer.send(operation, file.read_bytes(), media_type, query)
    for line in outcome.refusals:
        click.echo(line)
    click.echo(outcome.summary, err=True)
    if outcome.refusals:
        raise SystemExit(1)
