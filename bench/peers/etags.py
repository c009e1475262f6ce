"""Which responses carry an ETag, as the document has it: a peer without one would be spared a digest of each body."""

import hashlib
from functools import cache
from typing import Any

import yaml

from bench.peers import ROOT


@cache
def _document() -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((ROOT / "openapi.yaml").read_text(), loader)


def is_shown(path: str, method: str) -> bool:
    responses = _document()["paths"][path][method.lower()]["responses"]
    return any("ETag" in responses[status].get("headers", ()) for status in responses if status.startswith("2"))


def etag_of(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
