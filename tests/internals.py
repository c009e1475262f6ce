"""What an adapter module uses of a library without the library having promised it.

An upgrade that takes one of these names away fails with a sentence that says what depended on it.
"""

import ast
import inspect
import pkgutil
import sys
from importlib.metadata import version
from types import ModuleType
from typing import Any

import pytest


def require(distribution: str, path: str, purpose: str) -> Any:
    """What `module.Class.name` leads to. Fails when the installed version has no such name."""
    try:
        return pkgutil.resolve_name(path)
    except (ImportError, AttributeError):
        pytest.fail(
            f"{distribution} {version(distribution)} has no {path} any more: {purpose}. Find another way in the "
            "adapter, or lower the upper bound in pyproject.toml."
        )


def require_parameters(distribution: str, path: str, *names: str) -> None:
    """The callable still takes these parameters."""
    taken = inspect.signature(require(distribution, path, "it is called")).parameters
    missing = [name for name in names if name not in taken]
    assert not missing, f"{path} of {distribution} {version(distribution)} takes no {', '.join(missing)} any more"


def imported(module: ModuleType, library: str) -> set[str]:
    """Every `module.name` that the adapter imports of the library."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module.__name__]))):
        if isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == library:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found
