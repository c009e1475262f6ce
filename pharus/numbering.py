"""Numbers that are never given twice: PO-2026-0001 and the codes of ledger rows.

A number is taken on a connection of its own and committed at once, so that two transactions that number records of one
sequence do not wait for one another until they commit. A transaction that rolls back leaves a gap; a number is never
given again. The commit need not reach the disk first: the record that carries the number commits later on the same
server, and its commit flushes everything before it.

Behind a pooler it is taken within the transaction, and those who number records of one sequence do wait: transactions
that each hold a session and wait for a second one would sooner or later all wait for one another.
"""

import threading
from collections.abc import Sequence

import peewee

from pharus import deadlines
from pharus.connections import Connection
from pharus.constraints import is_disconnect
from pharus.db import current, db

_ENTER = "SET LOCAL synchronous_commit = off; SET LOCAL ROLE pharus_app; SET LOCAL pharus.org_id TO %s"
_TAKE = """
INSERT INTO number_sequence AS taken (org_id, kind, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (org_id, kind, year) DO UPDATE SET last = taken.last + excluded.last
RETURNING last
"""

_local = threading.local()


def take(sequence: str, year: int = 0, count: int = 1) -> range:
    """The next `count` numbers of the sequence in the current organization, beginning with 1 in each year.

    Year 0 is for sequences that do not begin anew each year.
    """
    org_id = current().org_id
    parameters = (org_id, sequence, year, count)
    if db.opened().is_pooled:
        ((last,),) = db.prepared(_TAKE, parameters)
    else:
        last = _execute(org_id, parameters)
    return range(last - count + 1, last + 1)


def order_numbers(prefix: str, year: int, count: int = 1) -> Sequence[str]:
    """`PO-2026-0001`: prefix, calendar year, at least four digits."""
    return [f"{prefix}-{year}-{number:04d}" for number in take(prefix, year, count)]


def _execute(org_id: str, parameters: Sequence[object]) -> int:
    """Run on this thread's second connection, opened when first needed and replaced once if it broke while idle."""
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
            (row,) = connection.send_prepared(_TAKE, parameters).fetchall()
            return int(row[0])
        except peewee.PeeweeException as error:
            if fresh or not is_disconnect(error):
                raise
        finally:
            connection.leave_deadline()
    raise AssertionError("unreachable")
