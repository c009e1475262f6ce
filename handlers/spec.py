"""The one document: openapi.yaml, merged with the fragments of external plugins, checked before anything is served."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema_rs
import yaml

from pharus.errors import ConfigurationError

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
ROLES = ("public", "authenticated", "viewer", "member", "admin", "owner")

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fragment:
    """What an external plugin brings: paths and components of its own, under /api/x/<name>/."""

    name: str
    document: Document


def load(fragments: Sequence[Fragment] = ()) -> Document:
    """The merged and checked document. ConfigurationError, with a sentence that names the place, when it is refused."""
    document = read(path())
    for fragment in fragments:
        _merge(document, fragment)
    _check(document)
    return document


def fragment(plugin: ModuleType) -> Fragment:
    """The openapi.yaml in the package of an external plugin."""
    text = (files(plugin.__name__) / "openapi.yaml").read_text(encoding="utf-8")
    return Fragment(plugin.__name__.rpartition(".")[2], yaml.safe_load(text))


def path() -> Path:
    """Where openapi.yaml lies: inside the package when installed from a wheel, beside it in a checkout."""
    here = Path(__file__).parent
    return next(place for place in (here / "openapi.yaml", here.parent / "openapi.yaml") if place.exists())


def read(file: Path) -> Document:
    # The C loader is ten times faster; wheels of PyYAML always have it. Both are safe ones.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(file.read_bytes(), Loader=loader)  # noqa: S506
    if not isinstance(document, dict):
        raise ConfigurationError(f"{file.name} holds no OpenAPI document.")
    return document


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of every operation, in the order of the document."""
    for route, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS:
                yield route, method, operation


def dereference(document: Mapping[str, Any], node: Any) -> Any:
    """The node itself, or what its $ref leads to."""
    while isinstance(node, Mapping) and "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def check_form(document: Mapping[str, Any], schema: dict[str, Any]) -> None:
    """ConfigurationError unless the document has the form of an OpenAPI document, which `schema` describes."""
    error = next(jsonschema_rs.Draft4Validator(schema).iter_errors(document), None)
    if error is not None:
        place = "/".join(str(part) for part in error.instance_path)
        raise ConfigurationError(f"The document is no OpenAPI document: /{place}: {error.message[:500]}")


def _merge(document: Document, fragment: Fragment) -> None:
    prefix = f"/api/x/{fragment.name}"
    for route, item in fragment.document.get("paths", {}).items():
        if route in document["paths"]:
            raise ConfigurationError(f"The plugin {fragment.name} redefines the path {route}.")
        if route != prefix and not route.startswith(prefix + "/"):
            raise ConfigurationError(
                f"The plugin {fragment.name} defines {route}; its paths must begin with {prefix}/."
            )
        document["paths"][route] = item
    for section, entries in fragment.document.get("components", {}).items():
        target = document.setdefault("components", {}).setdefault(section, {})
        for name, entry in entries.items():
            if name in target and target[name] != entry:
                raise ConfigurationError(f"The plugin {fragment.name} redefines the component {section}/{name}.")
            target[name] = entry
    known = {tag["name"] for tag in document.setdefault("tags", [])}
    document["tags"] += [tag for tag in fragment.document.get("tags", []) if tag["name"] not in known]


def _check(document: Mapping[str, Any]) -> None:
    """What Connexion would take silently and what would then go wrong at run time."""
    seen: dict[str, str] = {}
    for route, item in document["paths"].items():
        if "parameters" in item:
            raise ConfigurationError(f"{route}: parameters stand on the operation, not on the path.")
    for route, method, operation in operations(document):
        place = f"{method.upper()} {route}"
        operation_id = operation.get("operationId")
        if not operation_id:
            raise ConfigurationError(f"{place} has no operationId.")
        if operation_id in seen:
            raise ConfigurationError(f"The operationId {operation_id} stands at {seen[operation_id]} and at {place}.")
        seen[operation_id] = place
        if operation.get("x-minimum-role") not in ROLES:
            raise ConfigurationError(f"{place} needs an x-minimum-role, one of {', '.join(ROLES)}.")
