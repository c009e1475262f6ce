"""Keyset pages over a statement."""

from typing import Any

from fastapi.exceptions import RequestValidationError
from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from bench.peers.cursors import read_cursor, write_cursor
from bench.peers.fastapi_sqlalchemy.access import signing_secret


def page(
    session: Session,
    statement: Select[Any],
    name: str,
    sorted_by: tuple[Any, Any],
    query: Any,
    *,
    descending: bool = False,
) -> dict[str, Any]:
    """The rows after the query's cursor, as the page's model takes them."""
    key = tuple_(*sorted_by)
    if query.cursor is not None:
        after = read_cursor(signing_secret(), name, query.cursor)
        if after is None:
            raise RequestValidationError([{"loc": ("query", "cursor"), "msg": "is not a cursor of this list"}])
        statement = statement.where(key < tuple_(*after) if descending else key > tuple_(*after))
    ordered = [column.desc() if descending else column for column in sorted_by]
    rows = session.execute(statement.order_by(*ordered).limit(query.limit + 1)).mappings().all()
    following = None
    shown = [dict(row) for row in rows]
    if len(shown) > query.limit:
        shown = shown[: query.limit]
        following = write_cursor(signing_secret(), name, [shown[-1][column.key] for column in sorted_by])
    session.commit()
    return {"data": shown, "next_cursor": following}
