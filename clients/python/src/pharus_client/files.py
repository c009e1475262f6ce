"""A file that is sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class File:
    """In memory, because a request that is sent again sends it again."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"
