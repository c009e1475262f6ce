"""`pharus import`: a CSV or XLSX file into a bulk import, over the API, as any client can."""

from pathlib import Path
from typing import Any

import click

from handlers.cli.file_options import as_query, file_options


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--operation", required=True, help="Which import: bulkImportVendors, bulkImportSalesOrders …")
@click.option("--address", default="http://127.0.0.1:8000", show_default=True, help="Where the server is.")
@click.option(
    "--token", required=True, envvar="PHARUS_IMPORT_TOKEN", help="An API token; or in PHARUS_IMPORT_TOKEN, unseen."
)
@click.option("--template", is_flag=True, help="Write an empty table to fill in as FILE, and import nothing.")
@click.option("--dry-run", is_flag=True, help="Check everything and store nothing.")
@click.option("--partial", is_flag=True, help="Store the rows that can be stored; otherwise all or none.")
@click.option("--from-row", type=click.IntRange(1), help="Leave out the records that begin before it.")
@file_options
def import_file(
    file: Path,
    operation: str,
    address: str,
    token: str,
    template: bool,
    dry_run: bool,
    partial: bool,
    from_row: int | None,
    **settings: Any,
) -> None:
    """Import a CSV or XLSX file into an organization (docs/spreadsheets.md).

    Says of each row that is refused where in the file it is wrong; exit code 1 when there is one. The same file is
    stored once, however often it is sent within a day. A file of more than 5,000 records goes in parts, which are all
    tried before the first one is stored.
    """
    from handlers.cli.importer import MEDIA_TYPES, Importer

    media_type = MEDIA_TYPES.get(file.suffix.lower())
    if media_type is None:
        raise click.BadParameter(f"its name ends with none of {', '.join(MEDIA_TYPES)}", param_hint="FILE")
    importer = Importer(address.rstrip("/"), token)
    if template:
        file.write_bytes(importer.template(operation, "xlsx" if file.suffix.lower() == ".xlsx" else "csv"))
        return
    if not file.exists():
        raise click.BadParameter(f"{file} does not exist", param_hint="FILE")
    given = {"mode": "partial" if partial else None, "dryRun": "true" if dry_run else None}
    query = {key: each for key, each in given.items() if each} | as_query(settings)
    outcome = importer.send(operation, file.read_bytes(), media_type, query, from_row or 0)
    for line in outcome.refusals:
        click.echo(line)
    click.echo(outcome.summary, err=True)
    if outcome.refusals:
        raise SystemExit(1)
