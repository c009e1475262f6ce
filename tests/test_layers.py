"""Imports point one way: handlers → plugins → pharus; between domains to earlier ones; contract to the kernel alone;
codegen to the reader of the document alone."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from plugins.manager import DOMAINS

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parent.parent
LAYERS = ("pharus", "plugins", "handlers", "codegen", "contract")

# What each layer may import of the others: a layer, or one module of it.
MAY_IMPORT = {
    "pharus": set(),
    "plugins": {"pharus"},
    # The command line calls the generator and the checks of a deployment.
    "handlers": {"pharus", "plugins", "codegen", "contract"},
    # It must run when what it generated is broken.
    "codegen": {"pharus.openapi"},
    # Over HTTP alone; the kernel only signs the tokens of local authentication.
    "contract": {"pharus"},
}

FILES = [file for layer in LAYERS for file in sorted((ROOT / layer).rglob("*.py"))]


def test_imports_point_one_way() -> None:
    assert len(FILES) > 300
    assert [violation for file in FILES for violation in _violations(file)] == []


def _violations(file: Path) -> Iterator[str]:
    place = file.relative_to(ROOT).with_suffix("").parts
    for line, target in _imports(file):
        where = f"{file.relative_to(ROOT)}:{line} imports {'.'.join(target)}"
        is_of_another_layer = target[0] in LAYERS and target[0] != place[0]
        if target[0] in ("tests", "bench") or (
            is_of_another_layer and not {target[0], ".".join(target[:2])} & MAY_IMPORT[place[0]]
        ):
            yield where
        if place[0] == target[0] == "plugins" and len(target) > 1 and target[1] in DOMAINS:
            own = DOMAINS.index(place[1]) if place[1] in DOMAINS else -1
            if DOMAINS.index(target[1]) > own:
                yield f"{where}, which is no earlier domain"


def test_reader_of_the_document_imports_nothing_of_pharus() -> None:
    targets = [target[0] for _, target in _imports(ROOT / "pharus" / "openapi.py")]
    assert not set(targets) & set(LAYERS)


def test_every_domain_stands_in_the_order_of_domains() -> None:
    folders = {folder.name for folder in (ROOT / "plugins").iterdir() if (folder / "__init__.py").exists()}
    assert folders == set(DOMAINS)


def _imports(file: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every import, also those inside of functions, with the names that `from … import` takes: they may be modules."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, tuple(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} imports relatively; say the whole name"
            for alias in node.names:
                yield node.lineno, (*str(node.module).split("."), alias.name)
