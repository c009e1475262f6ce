"""What a change of a schema takes from those who rely on it: of what they may send, or of what they will receive."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from pharus.openapi import Document, Schema

# A pointer inside of a schema, and what is taken there.
Finding: TypeAlias = tuple[str, str]

_LOWER_BOUNDS = ("minimum", "minLength", "minItems", "minProperties")
_UPPER_BOUNDS = ("maximum", "maxLength", "maxItems", "maxProperties")
_EXCLUSIVE = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
_FORMS = ("format", "pattern", "multipleOf")


# Of a key or a parameter.
OUT_OF_PLACE = "stands before one that was released: new ones come last, as clients may give values by their place"


def displaced(before: Iterable[str], after: Iterable[str]) -> str | None:
    """The first name that stands where before had another one; None where all new ones stand behind those of before."""
    now = list(after)
    kept = [name for name in before if name in now]
    return next((name for name, expected in zip(now, kept, strict=False) if name != expected), None)


class Comparison:
    """The schemas of two documents, the released one and the current one, held against each other."""

    def __init__(self, released: Document, current: Document) -> None:
        self._released = released
        self._current = current

    def of_requests(self, before: Schema, after: Schema) -> list[Finding]:
        """What could be sent and no longer can, or must be sent now."""
        return list(self._requests(before, after, "", ()))

    def of_responses(self, before: Schema, after: Schema) -> list[Finding]:
        """What was always in an answer and may now be missing, null or of another type."""
        return list(self._responses(before, after, "", ()))

    def _requests(self, before: Schema, after: Schema, pointer: str, above: tuple[str, ...]) -> Iterator[Finding]:
        before, after, above = self._resolve(before, after, above)
        if not above:
            return
        yield from ((pointer, text) for text in _types(before, after, is_request=True))
        if before.get("nullable") and not after.get("nullable"):
            yield pointer, "null is no longer taken"
        if "enum" in after:
            yield from ((pointer, text) for text in _enumeration(before, after))
        yield from ((pointer, text) for text in _tightened(before, after))
        properties, present = before.get("properties", {}), after.get("properties", {})
        required = set(after.get("required", ()))
        for name in sorted(required - set(before.get("required", ()))):
            yield f"{pointer}/{name}", "must be sent now"
        for name, schema in properties.items():
            if name in present:
                yield from self._requests(schema, present[name], f"{pointer}/{name}", above)
            elif after.get("additionalProperties") is False or before.get("additionalProperties") is False:
                yield f"{pointer}/{name}", "is no longer taken"
        if (misplaced := displaced(properties, present)) is not None:
            yield f"{pointer}/{misplaced}", OUT_OF_PLACE
        if "items" in before and "items" in after:
            yield from self._requests(before["items"], after["items"], f"{pointer}/-", above)
        if before.get("additionalProperties", True) is not False and after.get("additionalProperties") is False:
            yield pointer, "other keys are no longer taken"
        for choice in ("oneOf", "anyOf"):
            if choice in after:
                yield from self._forms(before.get(choice, [before]), after[choice], pointer, above)

    def _forms(
        self, before: list[Schema], after: list[Schema], pointer: str, above: tuple[str, ...]
    ) -> Iterator[Finding]:
        """Each of the forms of before must be one of those of after, or fit into one."""
        for number, form in enumerate(before):
            if not any(not list(self._requests(form, other, pointer, above)) for other in after):
                yield pointer, f"form {number + 1} of {len(before)} is no longer taken"

    def _responses(self, before: Schema, after: Schema, pointer: str, above: tuple[str, ...]) -> Iterator[Finding]:
        before, after, above = self._resolve(before, after, above)
        if not above:
            return
        yield from ((pointer, text) for text in _types(before, after, is_request=False))
        if after.get("nullable") and not before.get("nullable"):
            yield pointer, "may be null now"
        properties, present = before.get("properties", {}), after.get("properties", {})
        required, demanded = set(before.get("required", ())), set(after.get("required", ()))
        for name, schema in properties.items():
            if name not in present:
                yield f"{pointer}/{name}", "is gone"
                continue
            if name in required - demanded:
                yield f"{pointer}/{name}", "may be missing now"
            yield from self._responses(schema, present[name], f"{pointer}/{name}", above)
        if "items" in before and "items" in after:
            yield from self._responses(before["items"], after["items"], f"{pointer}/-", above)
        for choice in ("oneOf", "anyOf"):
            if choice in before:
                for number, form in enumerate(after.get(choice, [after])):
                    if not any(not list(self._responses(other, form, pointer, above)) for other in before[choice]):
                        yield pointer, f"may have a form now that it never had (the {number + 1}.)"

    def _resolve(self, before: Schema, after: Schema, above: tuple[str, ...]) -> tuple[Schema, Schema, tuple[str, ...]]:
        """Both without references and allOf. No path when this pair is being compared already: schemas may recurse."""
        pair = f"{before.get('$ref', id(before))} {after.get('$ref', id(after))}"
        if pair in above:
            return before, after, ()
        folded = [
            document.fold(document.follow(schema))
            for document, schema in ((self._released, before), (self._current, after))
        ]
        first, second = (
            document.follow(schema) for document, schema in zip((self._released, self._current), folded, strict=True)
        )
        return first, second, (*above, pair)


def _types(before: Schema, after: Schema, *, is_request: bool) -> Iterator[str]:
    if before.get("type") != after.get("type"):
        wider = {("integer", "number")} if is_request else {("number", "integer")}
        is_freed = is_request and "type" not in after
        if (before.get("type"), after.get("type")) not in wider and not is_freed:
            yield f"is {after.get('type', 'anything')} now, was {before.get('type', 'anything')}"
    elif not is_request and "format" in before and before["format"] != after.get("format"):
        yield f"has the format {after.get('format', 'none')} now, had {before['format']}"


def _enumeration(before: Schema, after: Schema) -> Iterator[str]:
    if "enum" not in before:
        yield "takes only some values now"
        return
    for value in before["enum"]:
        if value is not None and value not in after["enum"]:
            yield f"{json.dumps(value)} is no longer taken"


def _tightened(before: Schema, after: Schema) -> Iterator[str]:
    for bound in _LOWER_BOUNDS:
        if bound in after and (bound not in before or _end(after, bound) > _end(before, bound)):
            yield f"{bound} is {_shown(after, bound)} now, was {_shown(before, bound)}"
    for bound in _UPPER_BOUNDS:
        if bound in after and (bound not in before or _end(after, bound) < _end(before, bound)):
            yield f"{bound} is {_shown(after, bound)} now, was {_shown(before, bound)}"
    for form in _FORMS:
        if form in after and after[form] != before.get(form):
            yield f"{form} is {after[form]} now, was {before.get(form, 'none')}"
    if after.get("uniqueItems") and not before.get("uniqueItems"):
        yield "must not repeat anything now"
    if "default" in before and before["default"] != after.get("default"):
        yield f"left out, it means {json.dumps(after.get('default'))} now, and meant {json.dumps(before['default'])}"


def _end(schema: Schema, bound: str) -> tuple[Any, int]:
    """Where a bound ends, in an order in which more is tighter for a lower bound, and less for an upper one."""
    is_exclusive = bool(schema.get(_EXCLUSIVE.get(bound, "")))
    return schema[bound], (1 if bound == "minimum" else -1) * is_exclusive


def _shown(schema: Schema, bound: str) -> str:
    if bound not in schema:
        return "none"
    return f"{schema[bound]} (exclusive)" if schema.get(_EXCLUSIVE.get(bound, "")) else str(schema[bound])
