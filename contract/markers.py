"""Texts that occur in one organization only: found in an answer to another one, they are a leak."""

from __future__ import annotations

import re
from collections.abc import Iterable

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# Looks ahead only, so that no UUID is missed that begins inside of another one.
_EVERY_UUID = re.compile(f"(?=({_UUID}))")


class Markers:
    """Hundreds are looked for in every answer. Nearly all are ids: those of the text are read out of it once."""

    def __init__(self, texts: Iterable[str]) -> None:
        texts = frozenset(texts)
        self._ids = frozenset(text for text in texts if re.fullmatch(_UUID, text))
        self._others = texts - self._ids

    def found_in(self, text: str) -> set[str]:
        """Those that are anywhere in the text, in a longer word as well."""
        return {*self._ids.intersection(_EVERY_UUID.findall(text)), *(each for each in self._others if each in text)}
