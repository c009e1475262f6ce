"""What a JSON body may hold, looked at before it is parsed: how many values, and how deep.

Three bytes of text, `[],`, become eighty bytes of objects, and how deep a parser goes differs between versions of
Python. Both are counted on the bytes, by operations that each run over all of them at once.

A parser that is written in C gives way to other threads only where it calls Python, which is at the end of each object.
What would hold them all up until then is refused, too.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from pharus.errors import Malformed, PayloadTooLarge

# Commas, and each object or array twice: about 50 MB of objects at most. An import of 5,000 sales orders with ten lines
# each has 300,000.
MOST_VALUES = 400_000
# No body of the document is more than five deep.
MOST_DEPTH = 64
# Bytes without the end of an object in them, about: a millisecond of the parser. The most that the document lets an
# object hold besides other objects are eight texts of 10,000 characters, of up to twelve bytes each.
MOST_STRETCH_BYTES = 1024 * 1024

_AS_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_STRUCTURE = bytes(byte for byte in range(256) if byte not in b'[]{},"')
_NO_BRACKETS = _NO_STRUCTURE + b","
_NO_ENDS = bytes(byte for byte in range(256) if byte not in b'}"')
# Taken apart so many bytes at a time: the parts are never many, and other threads have their turn in between. A method
# of a built-in type gives way to none before it has ended.
_PIECE_BYTES = 64 * 1024


def refuse_excess(body: bytes | bytearray) -> None:
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


def refuse_stretches(body: Iterable[bytes]) -> None:
    """PayloadTooLarge for too many bytes that belong to one text, or to anything else without the end of an object in
    it. The body may come in any pieces."""
    stretch = 0
    for size, ends in _outside_texts(body, _NO_ENDS):
        stretch += size
        if ends:
            # Where exactly does not matter.
            stretch = 0
        elif stretch > MOST_STRETCH_BYTES:
            raise PayloadTooLarge(f"the body holds a text or an array of more than {MOST_STRETCH_BYTES} bytes")


def _count(body: bytes | bytearray, byte: bytes) -> int:
    return sum(body.count(byte, start, start + _PIECE_BYTES) for start in range(0, len(body), _PIECE_BYTES))


def _without_texts(body: bytes | bytearray, removed: bytes) -> bytes:
    """The body without its texts and without the bytes `removed`, all brackets square."""
    return b"".join(part.translate(_AS_BRACKETS) for _, part in _outside_texts([body], removed))


def _outside_texts(body: Iterable[bytes | bytearray], removed: bytes) -> Iterator[tuple[int, bytes]]:
    """Piece by piece its size, and what of it is outside of texts and is none of the bytes `removed`."""
    inside = 0
    kept = b""
    for small in _cut(body):
        piece, kept = kept + small, b""
        if b"\\" in piece:
            # The first half of an escape waits for the second.
            whole = len(piece) - (len(piece) - len(piece.rstrip(b"\\"))) % 2
            piece, kept = piece[:whole], piece[whole:]
            piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
        # Two quotation marks side by side are an empty text, or the end of one and the beginning of the next, which may
        # be read as one. Of most bodies no others are left.
        parts = piece.translate(None, removed).replace(b'""', b"").split(b'"')
        yield len(small), b"".join(parts[inside::2])
        inside ^= (len(parts) - 1) & 1


def _cut(body: Iterable[bytes | bytearray]) -> Iterator[bytes | bytearray]:
    for piece in body:
        for start in range(0, len(piece), _PIECE_BYTES):
            yield piece[start : start + _PIECE_BYTES]


def _is_deep(brackets: bytes) -> bool:
    """Each round takes the innermost level away. What never closes is no JSON, but may be deep all the same."""
    for _ in range(MOST_DEPTH):
        outer = brackets.replace(b"[]", b"")
        if len(outer) == len(brackets):
            return outer.count(b"[") > MOST_DEPTH
        brackets = outer
    return b"[" in brackets
