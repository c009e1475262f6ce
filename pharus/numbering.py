"""Numbers that are never given twice: PO-2026-0001 and the codes of ledger rows.

A number is taken on a connection of its own and committed at once, so that two transactions that number records of one
sequence do not wait for one another until they commit. A transaction that rolls back leaves a gap; a number is never
given again. The commit need not reach the disk first: the record that carries the number commits later on the same
server, and its commit flushes everything before it.

An import may bring numbers along that were given elsewhere (`given_among`): the sequence goes on behind them, and keeps
in mind which numbers it has passed over without giving them.

Behind a pooler it is taken within the transaction, and those who number records of one sequence do wait: transactions
that each hold a session and wait for a second one would sooner or later all wait for one another.
"""

import re
import threading
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import peewee

from pharus import deadlines
from pharus.connections import Connection
from pharus.constraints import is_disconnect
from pharus.db import current, db
from pharus.rowsets import array

_ENTER = "SET LOCAL synchronous_commit = off; SET LOCAL ROLE pharus_app; SET LOCAL pharus.org_id TO %s"
_TAKE = """
INSERT INTO number_sequence AS taken (org_id, kind, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (org_id, kind, year) DO UPDATE SET last = taken.last + excluded.last
RETURNING last
"""
# What lies between the last number and one that is brought along was never given, and may be brought along as well.
_GO_ON_BEHIND = """
INSERT INTO number_sequence AS taken (org_id, kind, year, last, free)
SELECT %s, %s, year, highest, int8multirange(int8range(1, highest, '[]'))
FROM unnest(%s::integer[], %s::bigint[]) AS brought (year, highest) ORDER BY year
ON CONFLICT (org_id, kind, year) DO UPDATE SET last = greatest(taken.last, excluded.last),
    free = CASE WHEN excluded.last > taken.last
        THEN coalesce(taken.free, '{}') + int8multirange(int8range(taken.last + 1, excluded.last, '[]'))
        ELSE taken.free END
RETURNING year, last, free::text
"""
_LOOK = """
SELECT year, last, free::text FROM number_sequence WHERE org_id = %s AND kind = %s AND year = ANY(%s::integer[])
"""
_RANGE = re.compile(r"\[(\d+),(\d+)\)")

_local = threading.local()


def take(sequence: str, year: int = 0, count: int = 1) -> range:
    """The next `count` numbers of the sequence in the current organization, beginning with 1 in each year.

    Year 0 is for sequences that do not begin anew each year.
    """
    org_id = current().org_id
    parameters = (org_id, sequence, year, count)
    ((last,),) = _execute(_TAKE, parameters)
    return range(last - count + 1, last + 1)


def order_numbers(prefix: str, year: int, count: int = 1) -> Sequence[str]:
    """`PO-2026-0001`: prefix, calendar year, at least four digits."""
    return [f"{prefix}-{year}-{number:04d}" for number in take(prefix, year, count)]


class Number(NamedTuple):
    """Of a sequence: the counter in a year."""

    year: int
    counter: int


def given_among(sequence: str, numbers: Iterable[Number], *, go_on_behind: bool) -> set[Number]:
    """Those of the numbers that `take` has given, or may have: nobody else can have them any more.

    With `go_on_behind` the sequence goes on behind the highest of each year from now on, so that nobody is given any of
    the others meanwhile. It stays so when the transaction rolls back.
    """
    named = set(numbers)
    if not named:
        return set()
    org_id = current().org_id
    highest = {number.year: number.counter for number in sorted(named)}
    years = array(map(str, highest))
    rows: Sequence[Sequence[Any]]
    if go_on_behind:
        counters = array(map(str, highest.values()))
        rows = _execute(_GO_ON_BEHIND, (org_id, sequence, years, counters))
    else:
        rows = db.rows(_LOOK, (org_id, sequence, years))
    last = {year: last for year, last, _ in rows}
    free = {
        year: [range(int(first), int(end)) for first, end in _RANGE.findall(ranges or "")] for year, _, ranges in rows
    }
    return {
        number
        for number in named
        if number.counter <= last.get(number.year, 0) and not any(number.counter in each for each in free[number.year])
    }


def _execute(sql: str, parameters: Sequence[object]) -> Sequence[Sequence[Any]]:
    """Run on this thread's second connection, opened when first needed and replaced once if it broke while idle."""
    if db.opened().is_pooled:
        return db.prepared(sql, parameters)
    org_id = current().org_id
    deadline = deadlines.current.get()
    for fresh in (False, True):
        connection: Connection | None = getattr(_local, "connection", None)
        if fresh or connection is None or connection.closed or _local.database != db.database:
            connection = db.another()
            _local.connection, _local.database = connection, db.database
        try:
            if deadline is not None:
                deadline.enter(connection)
            connection.begin_with(_ENTER, (org_id,))
            return connection.send_prepared(sql, parameters).fetchall()
        except peewee.PeeweeException as error:
            if fresh or not is_disconnect(error):
                raise
        finally:
            connection.leave_deadline()
    raise AssertionError("unreachable")
