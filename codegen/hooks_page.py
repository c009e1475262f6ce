"""docs/reference/hooks.md: the hooks, and what they hand on. Read from the text of the kernel; nothing is imported."""

from __future__ import annotations

import ast
from pathlib import Path

from codegen.kernel_text import Entry, doc, entries, is_marked, module, parsed, signature
from codegen.rendering import templates

_HOOKS = "pharus/hooks.py"
# Modules whose public classes and functions hooks hand on or return, in the order of the page.
_MODULES = tuple(
    f"pharus/{name}.py" for name in ("steps", "stock", "extensions", "jobs", "plugin_settings", "console_pages")
)


def hook_files(root: Path) -> dict[str, str]:
    """The text of the page by its path; none of a folder without the kernel."""
    if not (root / _HOOKS).is_file():
        return {}
    hooks = [
        Entry(node.name, signature(node), doc(node))
        for node in parsed(root / _HOOKS).body
        if isinstance(node, ast.FunctionDef) and is_marked(node, "hookspec")
    ]
    modules = {module(path): list(entries(root / path)) for path in _MODULES if (root / path).is_file()}
    page = templates().get_template("hooks.md.j2").render(hooks=hooks, modules=modules)
    return {"docs/reference/hooks.md": page}
