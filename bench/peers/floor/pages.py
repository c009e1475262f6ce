"""One page of a list: the SQL's rows as JSON, and the cursor of the next page."""

from typing import Any

import orjson

from bench.peers.cursors import read_cursor, write_cursor
from bench.peers.floor.bodies import Problems
from bench.peers.floor.transactions import signing_secret


def read_key(name: str, values: dict[str, Any], problems: Problems) -> list[Any] | None:
    """The sort key in the parameter `cursor`, if it is given."""
    if "cursor" not in values:
        return None
    cursor = values["cursor"]
    key = read_cursor(signing_secret(), name, cursor) if len(cursor) <= 512 else None
    if key is None:
        problems.append(("query/cursor", "is not a cursor of this list"))
    return key


def page(name: str, keys: tuple[str, ...], rows: list[Any], limit: int, sorted_by: tuple[int, ...]) -> bytes:
    """The JSON of the rows, of which there is one more than `limit` if another page follows; `sorted_by` are the
    positions of the sort key in a row."""
    following = None
    if len(rows) > limit:
        del rows[limit:]
        last = rows[-1]
        following = write_cursor(signing_secret(), name, [last[position] for position in sorted_by])
    # zip stops before a sort key that comes after what is shown.
    shown = [dict(zip(keys, row, strict=False)) for row in rows]
    return orjson.dumps({"data": shown, "nextCursor": following}, option=orjson.OPT_UTC_Z)
