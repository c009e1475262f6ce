"""`python -m codegen`: writes the generated files, or with --check tells whether they are fresh.

`pharus codegen` is the same for a plugin of another distribution, too; this one still runs when what it wrote last is
broken.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from codegen.functions import unfit_functions
from codegen.project import Project, checkout
from codegen.stubs import stub_files
from codegen.write import stale, write
from pharus.openapi import InvalidDocument

CHECKOUT = Path(__file__).resolve().parent.parent


@click.group(invoke_without_command=True)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not what the document says.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CHECKOUT,
    help="The folder with openapi.yaml, pharus/ and plugins/; the checkout if not given.",
)
@click.pass_context
def main(context: click.Context, check: bool, root: Path) -> None:
    """Generates the schemas.py files of the domains and the tables in docs/ from openapi.yaml."""
    document = root / "openapi.yaml"
    if not document.is_file():
        raise click.ClickException(f"There is no {document}; name the folder of a checkout with --root.")
    context.obj = lambda: checkout(root)
    if context.invoked_subcommand is None:
        generate(context.obj, check=check)


@main.command()
@click.pass_obj
def stubs(load: Callable[[], Project]) -> None:
    """Adds a function to the operations.py of a domain for each operation that has none. Changes no existing line."""
    add_stubs(load)


def generate(load: Callable[[], Project], *, check: bool) -> None:
    """Write what follows from the document of the project, or tell what is stale. Raises ClickException."""
    project = _loaded(load)
    if not check:
        for path in write(project.root, project.files, project.generated):
            click.echo(path)
    elif outdated := stale(project.root, project.files, project.generated):
        raise click.ClickException(f"Not what openapi.yaml says: {', '.join(outdated)}. Run `make codegen`.")
    elif unfit := unfit_functions(project):
        raise click.ClickException(f"Not what openapi.yaml says: {' '.join(unfit)}")


def add_stubs(load: Callable[[], Project]) -> None:
    """Write the functions that are missing. Raises ClickException."""
    project = _loaded(load)
    try:
        files = stub_files(project)
    except InvalidDocument as invalid:
        raise click.ClickException(str(invalid)) from invalid
    for path in write(project.root, files, ()):
        click.echo(path)


def _loaded(load: Callable[[], Project]) -> Project:
    try:
        return load()
    except InvalidDocument as invalid:
        raise click.ClickException(f"openapi.yaml: {invalid}") from invalid


if __name__ == "__main__":
    main(prog_name="python -m codegen")
