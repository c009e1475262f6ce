"""A body's schema as a tree of nodes, for what jsonschema-rs cannot do with the bodies of strangers.

It says fast whether a body is valid. Asked what is wrong, it makes the errors of the whole body, with copies of the
values, before it gives the first: hundreds of megabytes for a body of one. So the tree goes through a body that is
wrong and asks for one value at a time; a number of problems is kept, the others are counted.

The tree also knows what can be written in several ways, and brings it into one: 2.0 for an integer, "12.5" for a
decimal, names with spaces around them or with their accents apart.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

from handlers.http.parsing import whole
from handlers.http.problem_messages import at_least, at_most, escape, must_be, problems_of
from pharus import texts
from pharus.errors import MOST_PROBLEMS, Problem

Schema = Mapping[str, Any]
Convert = Callable[[Any], Any]

# Marks a number that may be written as a text, too.
DECIMAL = "x-decimal"
# Marks a text that is stored composed and trimmed, and that holds nothing unseen (pharus/texts.py): a name or a code,
# or a reference to another system.
TEXT = "x-text"
# The format, for jsonschema-rs, of such a text.
PLAIN_TEXT = "plain-text"
# No exponent, no leading zeros, no minus zero. Zeros at the end are as welcome as in 1.50.
_PLAIN_DECIMAL = re.compile(r"(?!-0(?:\.0*)?$)-?(?:0|[1-9][0-9]{0,19})(?:\.[0-9]{1,6})?", re.ASCII)
_NOT_PLAIN = "must be a number, or a text that is one, without an exponent and with at most 6 decimals"

# What a node looks at itself, and what says nothing about a value. The rest of a schema is left to jsonschema-rs.
_OF_OBJECTS = {"type", "properties", "required", "additionalProperties"}
_OF_ARRAYS = {"type", "items", "minItems", "maxItems"}
ANNOTATIONS = {"title", "description", "readOnly", "writeOnly", "deprecated"}

# Errors hold copies of the values that they are about. Of more than this they get something shorter, as wrong.
_MOST_ENTRIES = 200
_MOST_TEXT = 1000
# A text with more than so many characters for each that fits is too long in whatever form: to compose it would hold up
# all threads.
_MOST_FORMS = 20


class Findings:
    """The first problems of a request, and how many more there are."""

    def __init__(self, most: int = MOST_PROBLEMS) -> None:
        self.problems: list[Problem] = []
        self.omitted = 0
        self._most = most

    def __bool__(self) -> bool:
        return bool(self.problems) or self.omitted > 0

    @property
    def is_full(self) -> bool:
        return len(self.problems) >= self._most

    def add(self, problem: Problem) -> None:
        if self.problems and problem == self.problems[-1]:
            return
        if self.is_full:
            self.omitted += 1
        else:
            self.problems.append(problem)

    def extend(self, problems: Iterable[Problem], omitted: int = 0) -> None:
        for problem in problems:
            self.add(problem)
        self.omitted += omitted


class Schemas(Protocol):
    """What the nodes need of the schemas they are made from (validation.py)."""

    def node(self, schema: Schema) -> "Node": ...

    def validator(self, schema: Schema) -> Any: ...

    def is_converted(self, schema: Schema) -> bool: ...


class Node:
    """A value that is looked at as a whole: a text, a number, and what only jsonschema-rs understands."""

    def __init__(self, schemas: Schemas, schema: Schema) -> None:
        self._schemas = schemas
        self.schema = schema

    @cached_property
    def _validator(self) -> Any:
        # Compiled when something is wrong for the first time: most never are.
        return self._schemas.validator(self.schema)

    @cached_property
    def is_converted(self) -> bool:
        """Whether `convert` may find something to do."""
        return self._schemas.is_converted(self.schema)

    def convert(self, value: Any) -> Any:
        """The value as handlers expect it. Objects and arrays are changed themselves."""
        if DECIMAL in self.schema:
            return Decimal(value) if type(value) is str and _PLAIN_DECIMAL.fullmatch(value) else value
        if type(value) is Decimal and "integer" in _types(self.schema):
            number = whole(value)
            return value if number is None else number
        return value

    def is_valid(self, value: Any) -> bool:
        return bool(self._validator.is_valid(value))

    def look(self, value: Any, path: str, findings: Findings) -> None:
        """Add everything that is wrong with the value."""
        if self.is_valid(value):
            return
        if findings.is_full:
            # The caller does not learn why it is wrong.
            findings.omitted += 1
            return
        if DECIMAL in self.schema and type(value) is str:
            findings.add(Problem(path, _NOT_PLAIN))
            return
        self._add_errors(value if _is_short(value) else self._shortened(value), path, findings)

    def _add_errors(self, value: Any, path: str, findings: Findings) -> None:
        errors = self._validator.iter_errors(value)
        found = [problem for error in errors for problem in problems_of(error, path)]
        findings.extend(found or [Problem(path, "is not valid")])

    def _shortened(self, value: Any) -> Any:
        if type(value) is dict:
            entries = islice(((name, entry) for name, entry in value.items() if len(name) <= _MOST_TEXT), _MOST_ENTRIES)
            return {name: self._cut(entry) for name, entry in entries}
        return self._cut(value)

    def _cut(self, value: Any) -> Any:
        if type(value) is str:
            return value[: max(_MOST_TEXT, self.schema.get("maxLength", 0) + 1)]
        return type(value)() if isinstance(value, dict | list) else value


class TextNode(Node):
    """A name, a code or a reference (TEXT)."""

    def __init__(self, schemas: Schemas, schema: Schema) -> None:
        super().__init__(schemas, schema)
        # An empty one is none, where there may be none.
        self._empty = None if "null" in _types(schema) else ""
        self._most = _MOST_FORMS * schema.get("maxLength", _MOST_TEXT)

    def convert(self, value: Any) -> Any:
        return (texts.stored(value) or self._empty) if type(value) is str and len(value) <= self._most else value


class ObjectNode(Node):
    """An object, looked at property by property."""

    def __init__(self, schemas: Schemas, schema: Schema) -> None:
        super().__init__(schemas, schema)
        self._rest = _rest(schemas, schema, _OF_OBJECTS)

    @cached_property
    def properties(self) -> dict[str, Node]:
        return {name: self._schemas.node(entry) for name, entry in self.schema.get("properties", {}).items()}

    @cached_property
    def _others(self) -> Node | None:
        """What a property without a node of its own must be; None when there must be no other."""
        others = self.schema.get("additionalProperties", True)
        return None if others is False else self._schemas.node({} if others is True else others)

    @cached_property
    def _converters(self) -> list[tuple[str, Convert]]:
        return [(name, node.convert) for name, node in self.properties.items() if node.is_converted]

    @cached_property
    def _other_converter(self) -> Convert | None:
        return self._others.convert if self._others is not None and self._others.is_converted else None

    def convert(self, value: Any) -> Any:
        if type(value) is dict:
            for name, convert in self._converters:
                if name in value:
                    value[name] = convert(value[name])
            convert_other = self._other_converter
            if convert_other is not None:
                for name in value.keys() - self.properties.keys():
                    value[name] = convert_other(value[name])
        return value

    def look(self, value: Any, path: str, findings: Findings, besides: str | None = None) -> None:
        """Add everything that is wrong with the value; the property `besides` is not looked into."""
        if type(value) is not dict:
            _look_at_type(self.schema, value, path, findings)
            return
        for name in self.schema.get("required", ()):
            if name not in value:
                findings.add(Problem(f"{path}/{escape(name)}", "is required"))
        for name, entry in value.items():
            pointer = f"{path}/{escape(name[:200])}"
            node = self.properties.get(name, self._others)
            if node is None:
                findings.add(Problem(pointer, "is not known here"))
            elif name != besides:
                node.look(entry, pointer, findings)
        if self._rest is not None:
            known = value if _is_short(value) else {name: value[name] for name in self.properties if name in value}
            self._rest.look(known, path, findings)


class ArrayNode(Node):
    """An array, looked at entry by entry. What is behind the most entries that are allowed is not looked at."""

    def __init__(self, schemas: Schemas, schema: Schema) -> None:
        super().__init__(schemas, schema)
        self._rest = _rest(schemas, schema, _OF_ARRAYS)

    @cached_property
    def entry(self) -> Node:
        return self._schemas.node(self.schema.get("items", {}))

    def convert(self, value: Any) -> Any:
        if type(value) is list and self.entry.is_converted:
            value[:] = map(self.entry.convert, value)
        return value

    def look(self, value: Any, path: str, findings: Findings) -> None:
        self.look_around(value, path, findings)
        if type(value) is list:
            for index, entry in enumerate(value[: self.schema.get("maxItems")]):
                if not self.entry.is_valid(entry):
                    # Hundreds of thousands may be wrong, and nobody reads where once enough are named.
                    self.entry.look(entry, path if findings.is_full else f"{path}/{index}", findings)

    def look_around(self, value: Any, path: str, findings: Findings) -> None:
        """Add what is wrong with the array apart from its entries."""
        if type(value) is not list:
            _look_at_type(self.schema, value, path, findings)
            return
        least, most = self.schema.get("minItems", 0), self.schema.get("maxItems", len(value))
        if len(value) < least:
            findings.add(Problem(path, at_least(least, "entry", "entries")))
        if len(value) > most:
            findings.add(Problem(path, at_most(most, "entry", "entries")))
        elif self._rest is not None:
            self._rest.look(value, path, findings)


def make_node(schemas: Schemas, schema: Schema) -> Node:
    """The node of a schema that is no reference."""
    if TEXT in schema:
        return TextNode(schemas, schema)
    types = set(_types(schema)) - {"null"}
    node_class = {"object": ObjectNode, "array": ArrayNode}.get(types.pop(), Node) if len(types) == 1 else Node
    return node_class(schemas, schema)


def has_forms(schema: Schema) -> bool:
    """Whether a value of this schema can be written in several ways."""
    return DECIMAL in schema or TEXT in schema or "integer" in _types(schema)


def _types(schema: Schema) -> list[str]:
    types = schema.get("type", [])
    return [types] if isinstance(types, str) else types


def _look_at_type(schema: Schema, value: Any, path: str, findings: Findings) -> None:
    types = _types(schema)
    if value is None and "null" in types:
        return
    if findings.is_full:
        findings.omitted += 1
    else:
        findings.add(Problem(path, must_be(types)))


def _rest(schemas: Schemas, schema: Schema, known: set[str]) -> Node | None:
    rest = {key: value for key, value in schema.items() if key not in known | ANNOTATIONS}
    return Node(schemas, rest) if rest else None


def _is_short(value: Any) -> bool:
    entries = [value]
    for entry in entries:
        if isinstance(entry, dict | list):
            if len(entries) + 2 * len(entry) > _MOST_ENTRIES:
                return False
            entries += entry.items() if isinstance(entry, dict) else entry
        elif isinstance(entry, tuple):
            entries += entry
        elif isinstance(entry, str) and len(entry) > _MOST_TEXT:
            return False
    return True
