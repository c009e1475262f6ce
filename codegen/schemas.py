"""The schemas.py files: the component schemas of each domain as TypedDicts, and the shared ones of the kernel."""

from __future__ import annotations

from collections import Counter

from codegen.operations import operations
from codegen.reach import Direction, Usage, usages
from codegen.rendering import templates
from codegen.schema_types import is_named, is_object
from codegen.source import Definition, imports
from codegen.types import Definer
from pharus.openapi import Document, InvalidDocument

SHARED_MODULE = "pharus.schemas"


def schema_files(document: Document) -> dict[str, str]:
    """The text of each file by its path from the project's root.

    A component that one domain uses is in plugins/<domain>/schemas.py, one that several use in pharus/schemas.py.
    Raises InvalidDocument if an object is used in requests and in responses.
    """
    used = _named(document)
    _refuse_both_directions(document, used)
    homes = component_homes(document)
    files = {}
    for module in dict.fromkeys(
        [SHARED_MODULE, *(_module(f"plugins.{operation.domain}") for operation in operations(document))]
    ):
        if own := [name for name in used if homes[name] == module]:
            title = (
                "The shapes of requests and responses that several domains share."
                if module == SHARED_MODULE
                else f"The shapes of the requests and responses of {module.split('.')[1]}."
            )
            files[_file(module)] = _render(document, title, own, homes)
    return files


def plugin_schema_files(document: Document, base: Document, domain: str, package: str) -> dict[str, str]:
    """The same for the plugin of another distribution: `document` is `base` with the plugin's fragment.

    What `base` uses itself is imported from where it is; everything else that the plugin's operations reach is
    the plugin's own, and so are its parts in the requests and answers of others. A part that is in both has no shape:
    its dates and decimals would have two types. Raises InvalidDocument as above.
    """
    named = _named(document)
    reached = {name: usage for name, usage in named.items() if domain in usage.domains}
    _refuse_both_directions(document, reached)
    parts = {name for name, usage in named.items() if name not in base.schemas and len(usage.directions) == 1}
    used = [name for name in named if name in reached or name in parts]
    module = _module(package)
    homes = {**dict.fromkeys(used, module), **component_homes(base)}
    own = [name for name in used if homes[name] == module]
    title = f"The shapes of the requests and responses of {package}."
    return {_file(module): _render(document, title, own, homes)} if own else {}


def component_homes(document: Document) -> dict[str, str]:
    """The module in which each component that is used gets its name."""
    return {
        name: SHARED_MODULE
        if len(usage.domains) > 1 or "pharus" in usage.domains
        else _module(f"plugins.{next(iter(usage.domains))}")
        for name, usage in _named(document).items()
    }


def _named(document: Document) -> dict[str, Usage]:
    return {name: usage for name, usage in usages(document).items() if is_named(document, name)}


def _module(package: str) -> str:
    return f"{package}.schemas"


def _file(module: str) -> str:
    return module.replace(".", "/") + ".py"


def _refuse_both_directions(document: Document, used: dict[str, Usage]) -> None:
    both = [
        name
        for name, usage in used.items()
        if len(usage.directions) > 1 and is_object(document, document.schemas[name])
    ]
    if both:
        raise InvalidDocument(
            f"Used in requests and in responses: {', '.join(both)}. A date or a decimal has another Python type in "
            "each direction, so each direction needs a component of its own."
        )


def definitions_of(
    document: Document, names: list[str], definer: type[Definer] = Definer
) -> tuple[list[Definition], set[str]]:
    """The definitions of these components, and the symbols that they need. Raises InvalidDocument."""
    used = usages(document)
    definitions: list[Definition] = []
    symbols: set[str] = set()
    for name in names:
        # Only an enum can be used in both directions, and it is the same in each.
        direction: Direction = "response" if "response" in used[name].directions else "request"
        defined = definer(document, name, direction)
        definitions += defined.definitions
        symbols |= defined.symbols
    twice = sorted(name for name, count in Counter(one.name for one in definitions).items() if count > 1)
    if twice:
        raise InvalidDocument(f"Parts written in place at two places need the same name: {', '.join(twice)}.")
    return definitions, symbols


def _render(document: Document, title: str, names: list[str], homes: dict[str, str]) -> str:
    definitions, symbols = definitions_of(document, names)
    template = templates().get_template("schemas.py.j2")
    elsewhere = {name: home for name, home in homes.items() if name not in names}
    return template.render(title=title, imports=imports(symbols, elsewhere), definitions=definitions)
