"""What a validator found, in our words."""

from collections.abc import Iterable, Iterator
from typing import Any

import jsonschema_rs

from pharus.errors import Problem

NOT_PLAIN = "must have a visible character, and no control, zero-width or bidirectional one"

Kind = jsonschema_rs.ValidationErrorKind


def escape(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def problems_of(error: Any, path: str) -> Iterator[Problem]:
    """One error of jsonschema-rs in a value at `path`, without the offending value: it may be huge, or secret."""
    path += "".join(f"/{escape(part)}" for part in error.instance_path)
    kind = error.kind
    match kind:
        case Kind.Required():
            yield Problem(f"{path}/{escape(kind.property)}", "is required")
        case Kind.AdditionalProperties():
            for name in kind.unexpected:
                yield Problem(f"{path}/{escape(name[:200])}", "is not known here")
        case Kind.Type():
            yield Problem(path, must_be(kind.types))
        case Kind.Enum():
            options = ("null" if option is None else str(option) for option in kind.options)
            yield Problem(path, f"must be one of {', '.join(options)}")
        case Kind.MinLength():
            yield Problem(path, at_least(kind.limit, "character", "characters"))
        case Kind.MaxLength():
            yield Problem(path, at_most(kind.limit, "character", "characters"))
        case Kind.MinItems():
            yield Problem(path, at_least(kind.limit, "entry", "entries"))
        case Kind.MaxItems():
            yield Problem(path, at_most(kind.limit, "entry", "entries"))
        case Kind.Minimum():
            yield Problem(path, f"must be at least {kind.limit}")
        case Kind.Maximum():
            yield Problem(path, f"must be at most {kind.limit}")
        case Kind.ExclusiveMinimum():
            yield Problem(path, f"must be more than {kind.limit}")
        case Kind.ExclusiveMaximum():
            yield Problem(path, f"must be less than {kind.limit}")
        case Kind.MultipleOf():
            yield Problem(path, f"must be a multiple of {kind.multiple_of:f}".rstrip("0").rstrip("."))
        case Kind.Format() if kind.format == "plain-text":
            yield Problem(path, NOT_PLAIN)
        case Kind.Format() if kind.format == "gtin":
            yield Problem(path, "must be a GTIN: 8, 12, 13 or 14 digits, the last of which checks the others")
        case Kind.Format():
            yield Problem(path, f"must be {_article(kind.format)}")
        case Kind.Pattern() if kind.pattern == r"\S" and error.instance == "":
            # Trimmed, nothing is left: what the least length says, too.
            yield Problem(path, at_least(1, "character", "characters"))
        case Kind.Pattern():
            yield Problem(path, f"must match {kind.pattern}")
        case Kind.AnyOf() | Kind.OneOfNotValid():
            yield Problem(path, "has none of the allowed forms")
        case Kind.OneOfMultipleValid():
            yield Problem(path, "has more than one of the forms of which exactly one is allowed")
        case Kind.Not():
            yield Problem(path, "has a value that is not allowed here")
        case _:
            yield Problem(path, f"is not valid ({kind.name})")


def must_be(types: Iterable[str]) -> str:
    # Whether it may be nothing comes last.
    return f"must be {' or '.join(_article(name) for name in sorted(types, key='null'.__eq__))}"


def at_least(count: int, one: str, many: str) -> str:
    return f"must have at least {count} {one if count == 1 else many}"


def at_most(count: int, one: str, many: str) -> str:
    return f"must have at most {count} {one if count == 1 else many}"


def _article(noun: str) -> str:
    return noun if noun == "null" else f"an {noun}" if noun[0] in "aeio" else f"a {noun}"
