"""A file that came with a request, and what of its name and media type may be kept."""

import re
import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

DEFAULT_MEDIA_TYPE = "application/octet-stream"

_LONGEST_NAME = 255
# Longer suffixes are no suffixes that somebody would miss.
_LONGEST_SUFFIX = 20
_UNNAMED = "document"
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,99}/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}", re.ASCII)

# Characters that are not seen and make a name look like another one: marks of the direction of writing (with them
# `exe.fdp` reads as `pdf.exe`), and the byte order mark. Joiners stay: scripts and emoji are written with them.
_DECEPTIVE = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
# Control characters, halves of surrogate pairs, ends of lines and paragraphs.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Upload:
    """Its name and media type as the client sent them; its content lies on the disk until the request is answered."""

    name: str
    media_type: str | None
    size: int
    content: BinaryIO


def safe_name(text: str, most: int = _LONGEST_NAME) -> str:
    """What may be kept of a file's name: one that is no path, shows all that it holds, and is not too long.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\\\labels\\\\soap.pdf"), safe_name("..")
    ('passwd', 'soap.pdf', 'document')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", text))[-1]
    shown = "".join(each for each in last if unicodedata.category(each) not in _UNPRINTABLE and each not in _DECEPTIVE)
    # A name of dots is a path; one that ends in a dot or a space is another one on other systems.
    return shorter(re.sub(r"[\s.]+$", "", shown.strip()), most) or _UNNAMED


def shorter(name: str, most: int, *, in_bytes: bool = False) -> str:
    """The name in at most so many characters, or bytes of UTF-8; its suffix stays."""
    if _length(name, in_bytes) <= most:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or _length(suffix, in_bytes) > _LONGEST_SUFFIX:
        return _head(name, most, in_bytes)
    return _head(stem, most - _length(dot + suffix, in_bytes), in_bytes) + dot + suffix


def safe_media_type(text: str | None) -> str:
    """The media type without its parameters; the default for what is none."""
    essence = (text or "").partition(";")[0].strip().lower()
    return essence if _MEDIA_TYPE.fullmatch(essence) else DEFAULT_MEDIA_TYPE


def _length(text: str, in_bytes: bool) -> int:
    return len(text.encode()) if in_bytes else len(text)


def _head(text: str, most: int, in_bytes: bool) -> str:
    """Half of a character is none, and a space at the end is not seen."""
    return (text.encode()[:most].decode(errors="ignore") if in_bytes else text[:most]).rstrip()
