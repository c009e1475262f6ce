"""The commands for those who write plugins: `new-plugin`, `codegen`, `test-contract`."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pharus import __version__, external
from pharus.errors import ConfigurationError

if TYPE_CHECKING:
    from codegen.project import Project

_ROOT = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The plugin's folder, with its pyproject.toml, or a checkout of Pharus; the current one if not given.",
)


@click.command("new-plugin")
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to make; pharus-NAME if not given.",
)
@click.option("--with", "parts", default="", help="What it has beside: jobs, settings, page; with commas between them.")
def new_plugin(name: str, into: Path | None, parts: str) -> None:
    """Make a plugin: a distribution of its own with two operations, a table, tests and everything around them.

    NAME is small letters, digits and underscores: its paths begin with /api/x/NAME/, its tables with NAME_.
    """
    from codegen.scaffold import PARTS, plugin_files
    from codegen.write import write
    from pharus.names import snake

    prefix = external.operation_prefix(external.check_name(name))
    names = {
        "name": name,
        "package": f"pharus_{name}",
        "distribution": f"pharus-{name.replace('_', '-')}",
        "path": external.path_prefix(name),
        "operation_prefix": prefix,
        "snake_prefix": snake(prefix),
        "prefix": external.component_prefix(name),
        "version": __version__,
    }
    chosen = [part.strip() for part in parts.split(",") if part.strip()]
    for part in chosen:
        if part not in PARTS:
            raise ConfigurationError(
                f"--with knows no {part}: name some of {', '.join(PARTS)}, with commas between them."
            )
    folder = into or Path(names["distribution"])
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigurationError(f"{folder} is there already, and not empty: name another folder with --into.")
    write(folder, plugin_files(names, chosen), ())
    made = _project(folder)
    write(folder, made.files, ())
    click.echo(
        f"""Made {folder}. Its operations are in {names["package"]}/openapi.yaml. What to do next:

  cd {folder}
  pip install --editable .          # into the environment in which Pharus is installed
  python -m pytest                  # its tests, on a server and a database of their own
  pharus serve --demo               # {names["path"]}/items answers, and is in /api/docs"""
    )


@click.group("codegen", invoke_without_command=True)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file is not what the document says.")
@_ROOT
@click.pass_context
def codegen(context: click.Context, check: bool, root: Path) -> None:
    """Write what follows from openapi.yaml: the types in schemas.py and the tables in docs/."""
    from codegen.__main__ import generate

    context.obj = lambda: _project(root)
    if context.invoked_subcommand is None:
        generate(context.obj, check=check)


@codegen.command()
@click.pass_obj
def stubs(load: Callable[[], Project]) -> None:
    """Add a function to operations.py for each operation that has none. Changes no line that is there."""
    from codegen.__main__ import add_stubs

    add_stubs(load)


@click.command("test-contract")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="The deployment.")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The data folder of a deployment with local authentication: callers of every role are made up.",
)
@click.option(
    "--include", multiple=True, help="Only this path and those below it, such as /api/x/lots; may be repeated."
)
@click.option(
    "--suite", "suites", multiple=True, type=click.Choice(["roles", "isolation", "fuzz", "hostile"]), help="Only these."
)
@click.option("--hostile", is_flag=True, help="The same as --suite hostile.")
@click.option("--pid", type=click.IntRange(1), help="Measure memory and processor of this process (hostile, Linux).")
@click.option("--examples", default=20, show_default=True, type=click.IntRange(1), help="Generated requests, at most.")
@click.option("--seed", default=1, show_default=True, help="Of the generated requests.")
@click.option("--junit", type=click.Path(dir_okay=False, path_type=Path), help="Write a JUnit report to this file.")
def test_contract(
    url: str,
    data: Path | None,
    include: tuple[str, ...],
    suites: tuple[str, ...],
    hostile: bool,
    pid: int | None,
    examples: int,
    seed: int,
    junit: Path | None,
) -> None:
    """Check that a deployment keeps what its own document promises.

    Who may call what (roles), that no organization sees another's records (isolation), and generated requests of every
    kind (fuzz). It makes organizations and records in the deployment, so let it be one for testing.

    Only when asked for (hostile): bodies of up to 8 MiB that must be refused, at every operation, and connections that
    do nothing, each held against a bound of status, time and size; with --pid also of memory and processor. It takes
    minutes. Switch rate limits off (PHARUS_RATE_LIMITS=off) for it, and name the server itself, not its proxy.

    The callers are made up with --data. Of any other deployment give API tokens of the owners of two organizations in
    PHARUS_CONTRACT_OWNER and PHARUS_CONTRACT_STRANGER, and, for more, of the first one's members in
    PHARUS_CONTRACT_ADMIN, PHARUS_CONTRACT_MEMBER and PHARUS_CONTRACT_VIEWER.

    Exit code 0: it does; 1: it does not; 2: it could not be checked.
    """
    try:
        from contract import command
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"{error.name} is missing: pip install 'pharus-server[test-contract]' brings what this command needs."
        ) from error
    if hostile:
        suites = (*suites, "hostile")
    plan = command.Plan(url, data, include, suites or command.SUITES, examples, seed, pid)
    report = command.run(plan)
    if junit is not None:
        report.write_junit(junit)
    click.echo(report.text())
    sys.exit(report.exit_code)


def _project(root: Path) -> Project:
    """The plugin whose pyproject.toml lies in the folder, or the checkout that it is. Raises ConfigurationError."""
    from codegen import project
    from handlers import spec

    name, package = _entry_point(root)
    if name is None:
        return project.checkout(root)
    base = spec.load()
    fragment = spec.read(root / package.replace(".", "/") / "openapi.yaml")
    merged = spec.load([spec.Fragment(name, fragment)])
    return project.plugin(root, package, external.path_prefix(name), merged, base)


def _entry_point(root: Path) -> tuple[str | None, str]:
    """Name and package of the plugin in the folder; no name for a checkout of Pharus."""
    file = root / "pyproject.toml"
    try:
        settings: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigurationError(f"There is no {file}: name the plugin's folder with --root.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{file} is no TOML: {error}.") from error
    found = settings.get("project", {}).get("entry-points", {}).get("pharus", {})
    if len(found) == 1:
        ((name, package),) = found.items()
        return external.check_name(name), package
    if not found and (root / "plugins" / "manager.py").is_file():
        return None, ""
    raise ConfigurationError(
        f"{file} must name one plugin: [project.entry-points.pharus], and below it the name and the package of the "
        'plugin, such as lots = "pharus_lots".'
    )
