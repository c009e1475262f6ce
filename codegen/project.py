"""What is generated for whom: for a checkout of Pharus, or for the plugin of another distribution."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from codegen.components import component_files
from codegen.console import FOLDER as CONSOLE
from codegen.console import GENERATED as CONSOLE_FILES
from codegen.console import console_files
from codegen.guides import FOLDER as GUIDES
from codegen.guides import GENERATED as GUIDE_PAGES
from codegen.guides import guide_files
from codegen.hooks_page import hook_files
from codegen.library_page import library_files
from codegen.operations import Operation, external_domain, operations
from codegen.python_client import GENERATED as PYTHON_CLIENT
from codegen.python_client import python_client_files
from codegen.reference import reference_files
from codegen.schemas import component_homes, plugin_schema_files, schema_files
from codegen.typescript_client import GENERATED as TYPESCRIPT_CLIENT
from codegen.typescript_client import typescript_client_files
from pharus.openapi import Document


@dataclass(frozen=True)
class Project:
    """`files` is what is generated, by path from `root`.

    `packages` has the package of each domain, `homes` the module of each component that has a name in Python; the
    stubs of new operations need them. `generated` are the patterns of what may be left over from a document of before.
    """

    root: Path
    document: Document
    operations: list[Operation]
    packages: Mapping[str, str]
    homes: Mapping[str, str]
    files: Mapping[str, str]
    generated: tuple[str, ...]


def checkout(root: Path) -> Project:
    """The domains in the folder `root`, from its openapi.yaml. Raises InvalidDocument."""
    document = Document.load(root / "openapi.yaml")
    own = operations(document)
    return Project(
        root,
        document,
        own,
        packages={operation.domain: f"plugins.{operation.domain}" for operation in own},
        homes=component_homes(document),
        files={
            **schema_files(document),
            **reference_files(document, own, "Pharus"),
            **component_files(document),
            **hook_files(root),
            **library_files(root),
            **_client_files(root, document),
            **_guide_files(root, document),
            **(console_files(document) if (root / CONSOLE).is_dir() else {}),
        },
        generated=(
            *("pharus/schemas.py", "plugins/*/schemas.py", "docs/*.md", "docs/reference/*.md"),
            *(*PYTHON_CLIENT, *TYPESCRIPT_CLIENT, *GUIDE_PAGES, *CONSOLE_FILES),
        ),
    )


def _client_files(root: Path, document: Document) -> dict[str, str]:
    """Of the clients that the checkout has."""
    folder = root / "clients"
    if not folder.is_dir():
        return {}
    release = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    python = python_client_files(document, release) if (folder / "python").is_dir() else {}
    typescript = typescript_client_files(document, release) if (folder / "typescript").is_dir() else {}
    return {**python, **typescript}


def _guide_files(root: Path, document: Document) -> dict[str, str]:
    """Of the workflows that the checkout has."""
    return guide_files(root, document) if (root / GUIDES).is_dir() else {}


def plugin(root: Path, package: str, path_prefix: str, merged: Mapping[str, Any], base: Mapping[str, Any]) -> Project:
    """The plugin whose package is in `root` and whose paths begin with `path_prefix`. Raises InvalidDocument.

    `merged` is the document of Pharus, `base`, together with the plugin's openapi.yaml.
    """
    document, without = Document(dict(merged)), Document(dict(base))
    domain = external_domain(path_prefix)
    own = [operation for operation in operations(document) if operation.domain == domain]
    schemas = plugin_schema_files(document, without, domain, package)
    return Project(
        root,
        document,
        own,
        packages={domain: package},
        homes={**dict.fromkeys(document.schemas, f"{package}.schemas"), **component_homes(without)},
        files={**schemas, **reference_files(document, own, f"the plugin {domain.removeprefix('x/')}")},
        generated=(f"{package.replace('.', '/')}/schemas.py", "docs/*.md", "docs/reference/*.md"),
    )
