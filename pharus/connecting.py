"""How a connection is opened: within which times, with which settings, and whether a pooler stands in between.

A pooler in transaction mode (PgBouncer) hands out another session of PostgreSQL for each transaction. What a session
is told or keeps there, the next transaction may meet or miss: settings go along with each transaction, and nothing is
prepared.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import psycopg2
import psycopg2.extensions

from pharus import deadlines

if TYPE_CHECKING:
    from pharus.connections import Connection

# A server that was stopped takes a connection and says nothing; one behind a broken network does not even take it.
_CONNECT_SECONDS = 5
# A peer that has fallen silent is noticed after so long, by the kernel: what was sent must have been acknowledged, and
# while nothing is sent it is asked. The usual times are a quarter of an hour and two hours.
_SILENT_SECONDS = 20
# So often PostgreSQL looks, while it works or waits for a lock, whether we are still there: a severed connection ends
# its statement.
_LOOK_MILLISECONDS = 500

# PgBouncer's words for what it cannot forward.
_REFUSED = "unsupported startup parameter"


def parameters(url: str, settings: Mapping[str, str]) -> dict[str, Any]:
    """What the driver is told. What the URL says itself goes before."""
    told = {
        "connect_timeout": _CONNECT_SECONDS,
        "tcp_user_timeout": _SILENT_SECONDS * 1000,
        "keepalives_idle": _SILENT_SECONDS // 2,
        "keepalives_interval": _SILENT_SECONDS // 4,
        "keepalives_count": 2,
    }
    said = psycopg2.extensions.parse_dsn(url)
    options = [*(f"-c {name}={value}" for name, value in settings.items()), said.get("options", "")]
    return {
        **{name: value for name, value in told.items() if name not in said},
        "options": " ".join(options).strip(),
    }


def settings(statement_timeout_seconds: int) -> dict[str, str]:
    """What every session, or every transaction, is set to."""
    return {
        "statement_timeout": str(statement_timeout_seconds * 1000),
        "idle_in_transaction_session_timeout": str(max(60, statement_timeout_seconds * 2) * 1000),
        "client_connection_check_interval": str(_LOOK_MILLISECONDS),
        "timezone": "UTC",
    }


def for_each_transaction(settings: Mapping[str, str]) -> str:
    return "; ".join(f"SET LOCAL {name} = '{value}'" for name, value in settings.items())


def connect(url: str, parameters: Mapping[str, Any]) -> "Connection":
    """A new connection without a transaction. It says of itself whether it is `pooled`.

    That costs a round trip, once for each connection: a pooler gives a number to each of its own, which is not that of
    the session behind it.
    """
    deadline = deadlines.current.get()
    if deadline is not None:
        deadline.check()
    # All threads share them, and one that learns that the pooler takes no options meanwhile strikes them off.
    parameters = dict(parameters)
    try:
        connection: Connection = psycopg2.connect(url, **parameters)
    except psycopg2.OperationalError as error:
        if _REFUSED not in str(error) or "options" not in parameters:
            raise
        return connect(url, {name: value for name, value in parameters.items() if name != "options"})
    try:
        connection.autocommit = True
        if deadline is not None:
            deadline.enter(connection)
        connection.is_pooled = goes_through_pooler(connection)
        connection.leave_deadline()
    except BaseException:
        connection.close()
        raise
    return connection


def goes_through_pooler(connection: psycopg2.extensions.connection) -> bool:
    with connection.cursor(cursor_factory=psycopg2.extensions.cursor) as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return bool(cursor.fetchone() != (connection.get_backend_pid(),))
