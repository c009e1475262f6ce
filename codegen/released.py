"""`python -m codegen.released` keeps openapi.yaml as the released document of its version.

Kept is what callers rely on, without descriptions and examples: one JSON file, compressed, for each version.
With --check it tells what the current document takes from those who rely on the last one, and refuses to take away what
was not deprecated for long enough.
"""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from codegen.breaking import breaking_changes, unannounced
from codegen.deprecation import LEAST, premature, unsound
from pharus.openapi import Document

CHECKOUT = Path(__file__).resolve().parent.parent
FOLDER = Path("tests", "contract", "released")

_WORDS = ("description", "summary", "example", "examples", "links", "externalDocs")


def last(root: Path) -> Document | None:
    """The released document with the highest version; None as long as nothing has been released."""
    files = sorted((root / FOLDER).glob("*.json.gz"), key=_version)
    return Document(json.loads(gzip.decompress(files[-1].read_bytes()))) if files else None


def keep(root: Path) -> Path:
    """The file of the current document. ClickException when its version has been released with another content."""
    document = Document.load(root / "openapi.yaml")
    file = root / FOLDER / f"{document.content['info']['version']}.json.gz"
    # In the order of the document: callers may rely on it (codegen/narrowing.py).
    content = json.dumps(_without_words(document.content), separators=(",", ":")).encode()
    if file.exists() and gzip.decompress(file.read_bytes()) != content:
        raise click.ClickException(f"{file.name} is released already; raise info.version in openapi.yaml.")
    file.parent.mkdir(parents=True, exist_ok=True)
    # Without a time: the same document is the same file.
    file.write_bytes(gzip.compress(content, mtime=0))
    return file


@click.command()
@click.option("--check", is_flag=True, help="Keep nothing; exit with 1 if CHANGELOG.md is silent about what breaks.")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CHECKOUT,
    help="The folder with openapi.yaml and CHANGELOG.md; the checkout if not given.",
)
def main(check: bool, root: Path) -> None:
    if not check:
        click.echo(keep(root))
        return
    released = last(root)
    current = Document.load(root / "openapi.yaml")
    if wrong := unsound(current):
        raise click.ClickException("openapi.yaml: " + "\n".join(wrong))
    if released is None:
        click.echo("No document has been released yet: nothing can break.")
        return
    changes = breaking_changes(released, current)
    if early := premature(changes, released, datetime.now(UTC).date()):
        raise click.ClickException(
            f"openapi.yaml takes away what was not released as deprecated for {LEAST.days} days, or what is before its "
            "x-sunset. Keep it, and mark it (docs/versions.md):\n" + "\n".join(map(str, early))
        )
    silent = unannounced(changes, (root / "CHANGELOG.md").read_text(encoding="utf-8"))
    if silent:
        raise click.ClickException(
            f"openapi.yaml breaks what version {released.content['info']['version']} promised. Take it back, or name "
            "the operations under `### Breaking` in the newest section of CHANGELOG.md:\n" + "\n".join(map(str, silent))
        )
    click.echo(f"{len(changes)} breaking changes, all of them announced.")


def _version(file: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in file.name.removesuffix(".json.gz").split("."))


def _without_words(node: Any, *, names_follow: bool = False) -> Any:
    """Without what only people read. Under `properties` and the like, keys are names and stay."""
    if isinstance(node, dict):
        return {
            key: _without_words(value, names_follow=key in ("properties", "schemas", "parameters", "headers"))
            for key, value in node.items()
            if names_follow or key not in _WORDS
        }
    return [_without_words(value) for value in node] if isinstance(node, list) else node


if __name__ == "__main__":
    main(prog_name="python -m codegen.released")
