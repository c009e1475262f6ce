"""The schemas.py files: the component schemas of each domain as TypedDicts, and the shared ones of the kernel."""

from __future__ import annotations

from collections import Counter

from jinja2 import Environment, PackageLoader, StrictUndefined

from codegen.document import Document, Unfit
from codegen.kinds import is_named, is_object
from codegen.operations import operations
from codegen.reach import Direction, Usage, usages
from codegen.source import Definition, assignment, comment, docstring, imports
from codegen.types import Definer

SHARED_MODULE = "pharus.schemas"


def schema_files(document: Document) -> dict[str, str]:
    """The text of each file by its path from the project's root.

    A component that one domain uses stands in plugins/<domain>/schemas.py, one that several use in pharus/schemas.py.
    Raises Unfit if an object is used in requests and in responses.
    """
    used = {name: usage for name, usage in usages(document).items() if is_named(document, name)}
    _refuse_both_directions(document, used)
    shared = [name for name, usage in used.items() if len(usage.domains) > 1 or "pharus" in usage.domains]
    files = {}
    if shared:
        title = "The shapes of requests and answers that several domains share."
        files["pharus/schemas.py"] = _render(document, title, used, shared, [])
    for domain in dict.fromkeys(operation.domain for operation in operations(document)):
        own = [name for name, usage in used.items() if usage.domains == {domain}]
        if own:
            title = f"The shapes of the requests and answers of {domain}."
            files[f"plugins/{domain}/schemas.py"] = _render(document, title, used, own, shared)
    return files


def _refuse_both_directions(document: Document, used: dict[str, Usage]) -> None:
    both = [
        name
        for name, usage in used.items()
        if len(usage.directions) > 1 and is_object(document, document.schemas[name])
    ]
    if both:
        raise Unfit(
            f"Used in requests and in responses: {', '.join(both)}. A date or a decimal has another Python type in "
            "each direction, so each direction needs a component of its own."
        )


def _render(document: Document, title: str, used: dict[str, Usage], names: list[str], shared: list[str]) -> str:
    definitions: list[Definition] = []
    symbols: set[str] = set()
    for name in names:
        # Only an enum can be used in both directions, and it is the same in each.
        direction: Direction = "response" if "response" in used[name].directions else "request"
        definer = Definer(document, name, direction)
        definitions += definer.definitions
        symbols |= definer.symbols
    twice = sorted(name for name, count in Counter(one.name for one in definitions).items() if count > 1)
    if twice:
        raise Unfit(f"Parts written in place at two places need the same name: {', '.join(twice)}.")
    template = _environment().get_template("schemas.py.j2")
    return template.render(title=title, imports=imports(symbols, SHARED_MODULE, shared), definitions=definitions)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("codegen"),
        autoescape=False,  # noqa: S701 (what is written is Python, not HTML)
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"docstring": docstring, "comment": comment, "assignment": assignment}
    return environment
