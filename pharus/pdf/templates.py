"""The templates of documents: jinja2, with every value escaped and reduced to what can be printed."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

# Joiners belong to the spelling of words (Persian, Hindi) and of emoji; all other format characters only mislead a
# reader.
_JOINERS = "\u200c\u200d"


def fill(template: Path, context: Mapping[str, Any]) -> str:
    """The HTML. A name that the context does not have is an error, not a gap. A template may include style.html."""
    return _environment(template.parent).get_template(template.name).render(context)


@cache
def _environment(folder: Path) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([folder, Path(__file__).parent]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _printed(value: Any) -> Any:
    """What is printed of a value: composed letters, no controls, its direction kept to itself."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    text = "".join(map(_character, unicodedata.normalize("NFC", value)))
    if any(unicodedata.bidirectional(each) in ("R", "AL") for each in text):
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
    return text


def _character(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cc":
        return " "
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return "" if category == "Cf" and character not in _JOINERS else character
