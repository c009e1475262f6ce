"""What things cost and are sold for is seen with the scope `costs` alone (docs/rules.md, Platform).

Which keys that are, the schemas of the answers say: `x-costs`. The function of an operation that answers with such keys
is wrapped, once, so that whoever calls it for a token without the scope sees the same: the answer, its version, the
pages of a file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from pharus import openapi
from pharus.db import current
from pharus.long_polls import NothingYet
from pharus.names import camel
from pharus.openapi import JSON, Schema
from pharus.spreadsheets.columns import COSTS

KEYS, BY_NAME = COSTS, "x-costs-by-name"
# On an answer that lacks keys.
HIDDEN = (b"costs-hidden", b"true")

Function = Callable[..., Any]


@dataclass(slots=True)
class Plan:
    """What is hidden of a value: of an object some keys, what is hidden of other keys of it, and of the columns that an
    event has under some; of a list what is hidden of each entry."""

    keys: frozenset[str] = frozenset()
    inner: dict[str, "Plan"] = field(default_factory=dict)
    by_name: frozenset[str] = frozenset()
    entries: "Plan | None" = None

    @property
    def is_empty(self) -> bool:
        return not (self.keys or self.inner or self.by_name or self.entries)


_OF_EVENT = Plan(by_name=frozenset(("before", "after")))


class Costs:
    """Of one document."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = openapi.Document(document)
        schemas = self._document.schemas.values()
        self._named = frozenset(name for schema in schemas for name in schema.get(KEYS, ())) | frozenset(
            name for schema in schemas for name in schema.get(BY_NAME, {}).get("also", ())
        )
        self._plans: dict[str, Plan] = {}
        # Those that are not filled yet.
        self._open: set[str] = set()

    def hidden(self, functions: Mapping[str, Function]) -> dict[str, Function]:
        """The functions of the operations, by operationId, which answer without costs who must not see them."""
        wrapped = dict(functions)
        for _, _, declared in openapi.operations(self._document.content):
            plan = self.plan(declared)
            if plan is not None:
                id = declared["operationId"]
                wrapped[id] = self._wrapped(functions[id], plan)
        return wrapped

    def plan(self, declared: Mapping[str, Any]) -> Plan | None:
        """What is hidden of an operation's answer; None: nothing."""
        schema = openapi.success(self._document.content, declared).get("content", {}).get(JSON, {}).get("schema")
        plan = None if schema is None else self._plan(schema)
        return None if plan is None or plan.is_empty else plan

    def without(self, plan: Plan, value: Any) -> Any:
        """The answer without what the plan hides. What the function has made is left as it is."""
        if isinstance(value, list):
            return value if plan.entries is None else [self.without(plan.entries, each) for each in value]
        if not isinstance(value, dict):
            return value
        shown = {}
        for key, each in value.items():
            if key in plan.keys:
                continue
            if key in plan.by_name and isinstance(each, dict):
                shown[key] = self._columns(value, each)
            else:
                inner = plan.inner.get(key)
                shown[key] = each if inner is None else self.without(inner, each)
        return shown

    def of_event(self, event: Mapping[str, Any]) -> dict[str, Any]:
        """An event, a mapping with `type`, `before` and `after`, without the costs in it."""
        shown: dict[str, Any] = self.without(_OF_EVENT, event)
        return shown

    def _wrapped(self, function: Function, plan: Plan) -> Function:
        @wraps(function)
        def answer(*given: Any, **arguments: Any) -> Any:
            answered = function(*given, **arguments)
            # What waits has nothing to show, and a file is made for those alone who may see costs.
            if current().actor.sees_costs or isinstance(answered, NothingYet):
                return answered
            return self.without(plan, answered)

        return answer

    def _columns(self, event: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
        """Those not called like a cost; of a record of which the document has a schema, also those that it shows."""
        name = camel(str(event.get("type", "")).partition(".")[0])
        schema = self._document.schemas.get(name[:1].upper() + name[1:], {})
        marked = schema.get(KEYS, ())
        known = schema.get("properties", {})
        return {
            key: each for key, each in columns.items() if key not in self._named or (key in known and key not in marked)
        }

    def _plan(self, schema: Schema) -> Plan:
        reference = schema.get("$ref")
        if reference is None:
            return self._merged(schema, Plan())
        if reference not in self._plans:
            plan = self._plans[reference] = Plan()
            self._open.add(reference)
            self._merged(self._document.follow(schema), plan)
            self._open.discard(reference)
        return self._plans[reference]

    def _merged(self, schema: Schema, plan: Plan) -> Plan:
        """Fills the plan with what this schema, and those that it is put together of, hide."""
        for part in self._parts(schema):
            plan.keys |= frozenset(part.get(KEYS, ()))
            plan.by_name |= frozenset(part.get(BY_NAME, {}).get("keys", ()))
            for name, each in part.get("properties", {}).items():
                inner = self._plan(each)
                # A schema may hold itself.
                if not inner.is_empty or each.get("$ref") in self._open:
                    plan.inner[name] = inner
            if "items" in part:
                entries = self._plan(part["items"])
                plan.entries = None if entries.is_empty and part["items"].get("$ref") not in self._open else entries
        return plan

    def _parts(self, schema: Schema) -> Iterator[Schema]:
        schema = self._document.follow(schema)
        yield schema
        for word in ("allOf", "oneOf", "anyOf"):
            for part in schema.get(word, ()):
                yield from self._parts(part)
