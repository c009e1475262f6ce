"""`python -m codegen`: writes the generated files, or with --check tells whether they are fresh."""

from __future__ import annotations

from pathlib import Path

import click

from codegen.document import Document, Unfit
from codegen.schemas import schema_files
from codegen.write import stale, write

CHECKOUT = Path(__file__).resolve().parent.parent


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not what the document says.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CHECKOUT,
    help="The folder with openapi.yaml, pharus/ and plugins/; the checkout if not given.",
)
def main(check: bool, root: Path) -> None:
    """Generates the schemas.py files of the domains from openapi.yaml."""
    document = root / "openapi.yaml"
    if not document.is_file():
        raise click.ClickException(f"There is no {document}; name the folder of a checkout with --root.")
    try:
        files = schema_files(Document.load(document))
    except Unfit as unfit:
        raise click.ClickException(f"openapi.yaml: {unfit}") from unfit
    if not check:
        for path in write(root, files):
            click.echo(path)
    elif outdated := stale(root, files):
        raise click.ClickException(f"Not what openapi.yaml says: {', '.join(outdated)}. Run `make codegen`.")


if __name__ == "__main__":
    main(prog_name="python -m codegen")
