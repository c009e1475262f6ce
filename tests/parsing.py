"""Parses a YAML document once in each process of the tests, which read ours hundreds of times."""

import pickle
from functools import cache
from typing import Any

from pharus import openapi

_parse = openapi.parse


@cache
def _pickled(text: bytes | str) -> bytes:
    return pickle.dumps(_parse(text))


def parse(text: bytes | str) -> Any:
    """What `openapi.parse` says of the text, a new object each time: some of the readers change it."""
    return pickle.loads(_pickled(text))


def install() -> None:
    openapi.parse = parse
