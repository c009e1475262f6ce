"""Which form of an answer a caller prefers, by `Accept` (RFC 9110, 12.5.1)."""

from functools import lru_cache

from pharus.openapi import CSV, JSON, XLSX

# By the names that `format` takes; the first is given where nothing else is asked for.
MEDIA_TYPES = {"json": JSON, "csv": CSV, "xlsx": XLSX}

# No client has more to say; what is remembered of them stays small.
_MOST_BYTES = 1000


def preferred(header: bytes | None) -> str | None:
    """`json`, `csv` or `xlsx`; None where none of them is accepted. Of what is wanted alike what is named goes first,
    and then JSON."""
    return "json" if header is None or len(header) > _MOST_BYTES else _preferred(header)


@lru_cache(256)
def _preferred(header: bytes) -> str | None:
    ranges: dict[str, float] = {}
    for each in header.decode("latin-1").lower().split(","):
        media_type, *parameters = (part.strip() for part in each.split(";"))
        if media_type:
            ranges[media_type] = _weight(parameters)
    if not ranges:
        return "json"
    best: tuple[float, int] = (0.0, 0)
    found = None
    for name, media_type in MEDIA_TYPES.items():
        asked = [media_type, f"{media_type.partition('/')[0]}/*", "*/*"]
        closest = next((each for each in asked if each in ranges), None)
        if closest is None:
            continue
        rank = (ranges[closest], -asked.index(closest))
        if rank[0] > 0 and (found is None or rank > best):
            found, best = name, rank
    return found


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
