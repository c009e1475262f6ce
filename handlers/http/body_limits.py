"""What a JSON body may hold, looked at before it is parsed: how many values, and how deep.

Three bytes of text, `[],`, become eighty bytes of objects, and how deep a parser goes differs between versions of
Python. Both are counted on the bytes, by operations that each run over all of them at once.
"""

from functools import partial

from pharus.errors import Malformed, PayloadTooLarge

# Commas, and each object or array twice: about 50 MB of objects at most. An import of 5,000 sales orders with ten lines
# each has 300,000.
MOST_VALUES = 400_000
# No body of the document is more than five deep.
MOST_DEPTH = 64

_AS_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_STRUCTURE = bytes(byte for byte in range(256) if byte not in b'[]{},"')
_NO_BRACKETS = _NO_STRUCTURE + b","
# Taken apart so many bytes at a time, so that the parts are never many.
_PIECE_BYTES = 64 * 1024


def refuse_excess(body: bytes) -> None:
    """PayloadTooLarge for too many values, Malformed for too many levels. What is no JSON is left to the parser."""
    count = body.count if len(body) <= _PIECE_BYTES else partial(_count, body)
    opened = count(b"[") + count(b"{")
    # Texts may hold these characters, too. To leave the texts out takes longer, and is seldom needed.
    if 2 * opened + count(b",") > MOST_VALUES:
        structure = _without_texts(body, _NO_STRUCTURE)
        opened = structure.count(b"[")
        if 2 * opened + structure.count(b",") > MOST_VALUES:
            raise PayloadTooLarge(f"the body holds more than {MOST_VALUES} values")
    if opened > MOST_DEPTH and _is_deep(_without_texts(body, _NO_BRACKETS)):
        raise Malformed(f"the body is nested too deeply; {MOST_DEPTH} levels are allowed")


def _count(body: bytes, byte: bytes) -> int:
    """Piece by piece: a method of a built-in type gives way to no other thread before it has ended."""
    return sum(body.count(byte, start, start + _PIECE_BYTES) for start in range(0, len(body), _PIECE_BYTES))


def _without_texts(body: bytes, removed: bytes) -> bytes:
    """The body without its texts and without the bytes `removed`, all brackets square."""
    if b"\\" in body:
        body = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    # Two quotation marks side by side are an empty text, or the end of one and the beginning of the next, which may be
    # read as one. Of most bodies no others are left.
    marked = body.translate(_AS_BRACKETS, removed).replace(b'""', b"")
    outside = []
    inside = 0
    for start in range(0, len(marked), _PIECE_BYTES):
        parts = marked[start : start + _PIECE_BYTES].split(b'"')
        outside.append(b"".join(parts[inside::2]))
        inside ^= (len(parts) - 1) & 1
    return b"".join(outside)


def _is_deep(brackets: bytes) -> bool:
    """Each round takes the innermost level away. What never closes is no JSON, but may be deep all the same."""
    for _ in range(MOST_DEPTH):
        outer = brackets.replace(b"[]", b"")
        if len(outer) == len(brackets):
            return outer.count(b"[") > MOST_DEPTH
        brackets = outer
    return b"[" in brackets
