"""Values of answers as the texts that cells hold, and what must not stand in a cell as it is."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from handlers.http.responses import to_json
from pharus.fields import canonical

# Between the values of a list in one cell.
SEPARATOR = "; "

# A spreadsheet takes a text that begins so for a formula, whoever wrote it. Some take the wide forms, too.
_FORMULA = re.compile("[-=+@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# A number that begins so is none.
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")
# What puts a text into quotes in a cell, and so is no part of it.
_MARK = "'"


def text_of(value: Any) -> str:
    """A value as the JSON answer has it, without quotes; a list in one cell, what has keys as JSON."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return to_json(value).decode()
    if isinstance(value, list | tuple):
        is_plain = not any(isinstance(each, dict | list | tuple) for each in value)
        return SEPARATOR.join(map(text_of, value)) if is_plain else to_json(value).decode()
    return str(value)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would compute this text."""
    return _FORMULA.match(text) is not None and not _NUMBER.fullmatch(text)


def defused(text: str) -> str:
    """The text as it may stand in a CSV file: with an apostrophe before what would be a formula. A text that looks like
    a defused one gets one more, so that `as_written` gives back every text."""
    return _MARK + text if is_formula(text.lstrip(_MARK)) else text


def as_written(text: str) -> str:
    """The text of which `defused` made this one."""
    return text[1:] if text.startswith(_MARK) and is_formula(text.lstrip(_MARK)) else text
