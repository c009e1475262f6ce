"""The header Content-Disposition of a file that is downloaded (RFC 6266)."""

import re
import unicodedata
from urllib.parse import quote

_PLAIN = re.compile(r"[A-Za-z0-9 ._()+-]+", re.ASCII)


def attachment(name: str) -> str:
    """To be saved under this name. Who cannot read the name's letters gets one in plain ones.

    >>> attachment("Packing list.pdf")
    'attachment; filename="Packing list.pdf"'
    """
    if _PLAIN.fullmatch(name):
        return f'attachment; filename="{name}"'
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", letters)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
