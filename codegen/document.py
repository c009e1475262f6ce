"""The OpenAPI document as the generator reads it: loaded, references followed, allOf folded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeAlias

import yaml

Schema: TypeAlias = dict[str, Any]

SCHEMA_PREFIX = "#/components/schemas/"


class Unfit(Exception):
    """Nothing can be generated from the document; the message is a sentence that names the place."""


class Document:
    """An OpenAPI 3.0 document that was parsed from YAML. Raises Unfit where it contradicts itself."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content

    @classmethod
    def load(cls, path: Path) -> Document:
        """Reads the YAML file at `path`."""
        # The C loader is ten times faster, and not every platform's wheel has it.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return cls(yaml.load(path.read_text(encoding="utf-8"), Loader=loader))  # noqa: S506 (both loaders are safe)

    @property
    def schemas(self) -> dict[str, Schema]:
        """The component schemas by name, in the order of the document."""
        schemas: dict[str, Schema] = self.content.get("components", {}).get("schemas", {})
        return schemas

    def follow(self, node: Any) -> Any:
        """What `node` stands for: the target of its $ref, of that one's $ref, and so on; or itself."""
        seen: set[str] = set()
        while isinstance(node, dict) and "$ref" in node:
            reference = node["$ref"]
            if reference in seen:
                raise Unfit(f"{reference} refers to itself.")
            seen.add(reference)
            node = self._target(reference)
        return node

    def fold(self, schema: Schema) -> Schema:
        """`schema` without allOf.

        The parts become one schema, an object with the properties of all of them. A single part that is wrapped only
        to stand beside `nullable` or a description stays what it is, a reference to a component above all.
        """
        if "allOf" not in schema:
            return schema
        own = {key: value for key, value in schema.items() if key != "allOf"}
        parts = schema["allOf"]
        if len(parts) == 1 and "properties" not in own:
            return {**self.fold(parts[0]), **own}
        folded: Schema = {"properties": {}, "required": []}
        for part in [*(self.fold(self.follow(part)) for part in parts), own]:
            folded = {
                **folded,
                **part,
                "properties": {**folded["properties"], **part.get("properties", {})},
                "required": [*folded["required"], *part.get("required", [])],
            }
        return folded

    def component(self, schema: Schema) -> str | None:
        """The name of the component schema that `schema` refers to, None if it refers to none."""
        reference = schema.get("$ref")
        if reference is None:
            return None
        if not reference.startswith(SCHEMA_PREFIX):
            raise Unfit(f"{reference} is no component schema, but a schema refers to it.")
        self._target(reference)
        return str(reference.removeprefix(SCHEMA_PREFIX))

    def _target(self, reference: str) -> Any:
        node: Any = self.content
        for step in reference.removeprefix("#/").split("/"):
            key = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or key not in node:
                raise Unfit(f"{reference} does not exist in the document.")
            node = node[key]
        return node
