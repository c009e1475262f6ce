"""docs/reference/library.md: what plugins import. Read from the text of the kernel; nothing is imported.

Not all that is public in the kernel is on it: what plugins are meant to use is named here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen.kernel_text import Entry, doc, is_marked, members, parsed, text
from codegen.rendering import templates
from pharus.openapi import InvalidDocument


@dataclass(frozen=True)
class Home:
    """What plugins take from a module: of a class the attributes and methods that are named, or all that have a
    docstring. `called` is by which name plugins reach its object where that is in another module."""

    file: str
    names: Mapping[str, tuple[str, ...] | None]
    called: str = ""
    introduced: bool = False


def _all(*names: str) -> dict[str, tuple[str, ...] | None]:
    return dict.fromkeys(names)


# In the order of the page.
HOMES = (
    Home(
        "pharus/errors.py",
        {
            **_all("Invalid", "Problem", "refuse", "NotFound", "Conflict", "InvalidTransition", "InUse", "Forbidden"),
            "Vetoed": (),
        },
        introduced=True,
    ),
    Home(
        "pharus/db.py",
        {
            "current": None,
            "Unit": ("actor", "now", "calendar", "org_id", "today", "after_commit"),
            "unit_of_work": None,
            "TenantModel": None,
        },
    ),
    Home(
        "pharus/connections.py",
        {"Database": ("rows", "row", "prepared", "send", "savepoint")},
        called="pharus.db.db",
    ),
    Home(
        "pharus/records.py",
        {
            "Records": (
                *("values_of", "get", "of", "select", "rows", "selected_as", "require"),
                *("insert", "insert_many", "insert_all", "update", "update_locked", "delete"),
            )
        },
        introduced=True,
    ),
    Home("pharus/existing.py", _all("require")),
    Home("pharus/listing.py", _all("Listing", "Order", "Search", "Paging", "contains", "flag", "name_of")),
    Home(
        "pharus/fields.py",
        _all(
            "IdField",
            "AmountField",
            "ValueField",
            "BusinessDateField",
            "InstantField",
            "TextsField",
            "new_id",
            "canonical",
            "canonical_sql",
            "to_cents",
            "business_date",
        ),
    ),
    Home("pharus/calendar.py", _all("Calendar")),
    Home("pharus/references.py", {"References": ()}, introduced=True),
    Home("pharus/lookups.py", _all("LookupModel", "Lookups")),
    Home("pharus/numbering.py", _all("take", "order_numbers")),
    Home("pharus/rowsets.py", _all("parameter", "source", "insertion", "array"), introduced=True),
    Home(
        "pharus/bulk.py",
        _all("RowError", "import_records", "import_rows", "duplicates", "unknown_references", "wrong_references"),
    ),
)
# What the tests of plugins import.
_OF_TESTS = (
    Home("contract/fixtures.py", _all("Server"), introduced=True),
    Home("contract/callers.py", {"Caller": ("headers", "org_id", "get", "post", "patch", "put", "delete")}),
    Home("contract/making.py", _all("make"), introduced=True),
    Home("contract/plugin_jobs.py", _all("run_job"), introduced=True),
)


def library_files(root: Path) -> dict[str, str]:
    """The text of the page by its path; none of a folder without the kernel. InvalidDocument for a name on the page
    that its module does not have any more."""
    if not (root / HOMES[0].file).is_file():
        return {}
    page = (
        templates()
        .get_template("library.md.j2")
        .render(homes=[_told(root, home) for home in HOMES], of_tests=[_told(root, home) for home in _OF_TESTS])
    )
    return {"docs/reference/library.md": page}


def _told(root: Path, home: Home) -> dict[str, object]:
    module = parsed(root / home.file)
    found = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    gone = [name for name in home.names if name not in found]
    if gone:
        raise InvalidDocument(f"{home.file} has no {gone[0]}, which docs/reference/library.md tells of.")
    entries = [entry for name, named in home.names.items() for entry in _entries(found[name], named, home.called)]
    name = home.called or home.file.removesuffix(".py").replace("/", ".")
    return {"name": name, "doc": doc(module) if home.introduced else "", "entries": entries}


def _entries(node: ast.FunctionDef | ast.ClassDef, named: tuple[str, ...] | None, called: str) -> Iterator[Entry]:
    if isinstance(node, ast.FunctionDef):
        yield Entry(node.name, f"{node.name}{_signature(node)}", doc(node))
        return
    functions = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    made = next((each for each in functions if each.name == "__init__"), None)
    # What is reached as an object is made by nobody.
    head = called or f"{node.name}{_signature(made) if made else ''}"
    told = tuple(each for each in members(node) if named is None or each.partition(":")[0] in named)
    yield Entry(node.name, head, doc(node), told)
    for each in functions:
        if is_marked(each, "property") or each.name.startswith("_"):
            continue
        if doc(each) if named is None else each.name in named:
            yield Entry(each.name, f"{called.rpartition('.')[2] or node.name}.{each.name}{_signature(each)}", doc(each))


def _signature(node: ast.FunctionDef) -> str:
    arguments = ast.unparse(node.args).removeprefix("self").removeprefix(", ")
    returned = f" -> {text(node.returns)}" if node.returns is not None and node.name != "__init__" else ""
    return f"({arguments}){returned}"
