"""What PostgreSQL refused, said as one of our errors.

Indexes follow the convention `<table>_<columns>_key`, so that the sentence can be made from the name: the
violation of `vendor_qbo_id_key` reads "another vendor has this qboId". Exclusion constraints are named
`<table>_<what overlaps>_excl`: that of `supplier_price_validity_excl` reads "its validity overlaps that of another
supplier price".
"""

from typing import Any

import psycopg2
from psycopg2 import errorcodes

from pharus.errors import Conflict, PharusError, ServiceUnavailable
from pharus.names import camel

# A prepared statement is gone, or reads columns that a migration has changed under a running server.
OUTDATED = frozenset({errorcodes.INVALID_SQL_STATEMENT_NAME, errorcodes.FEATURE_NOT_SUPPORTED})
FORGOTTEN = "the database has changed meanwhile; try again"

_IN_THE_WAY = frozenset({errorcodes.SERIALIZATION_FAILURE, errorcodes.DEADLOCK_DETECTED})

# Two transactions were in each other's way, or a record was deleted while another began to refer to it. The same
# work, begun anew, sees the new state of the world: it succeeds, or its own rules refuse it with the right words.
RETRIABLE = _IN_THE_WAY | OUTDATED | {errorcodes.FOREIGN_KEY_VIOLATION}

# What PostgreSQL says when it cannot do now what it could do at another time, and what the caller is told.
_BUSY = "the database does not answer in time; try again"
_NOT_NOW = {
    errorcodes.QUERY_CANCELED: _BUSY,
    errorcodes.LOCK_NOT_AVAILABLE: _BUSY,
    errorcodes.IDLE_IN_TRANSACTION_SESSION_TIMEOUT: _BUSY,
    errorcodes.ADMIN_SHUTDOWN: _BUSY,
    errorcodes.CRASH_SHUTDOWN: _BUSY,
    errorcodes.CANNOT_CONNECT_NOW: _BUSY,
    errorcodes.TOO_MANY_CONNECTIONS: _BUSY,
    errorcodes.READ_ONLY_SQL_TRANSACTION: "the database can only be read at present; nothing was stored",
    errorcodes.DISK_FULL: "the database has no room left; nothing was stored",
    errorcodes.OUT_OF_MEMORY: "the database is short of memory; nothing was stored",
    errorcodes.CONFIGURATION_LIMIT_EXCEEDED: "the database has reached a limit of its own; nothing was stored",
    errorcodes.IO_ERROR: "the database cannot reach its disk; nothing was stored",
}
# Its administrator has to do something about these.
_LASTING = frozenset(
    {
        errorcodes.READ_ONLY_SQL_TRANSACTION,
        errorcodes.DISK_FULL,
        errorcodes.CONFIGURATION_LIMIT_EXCEEDED,
        errorcodes.IO_ERROR,
    }
)
_LASTING_RETRY_SECONDS = 30

UNKNOWN_OUTCOME = "the database did not answer whether it has stored this; look, before you try again"

# A server that shuts down, or an administrator who ends a session, may still get this word through.
_GONE = frozenset({errorcodes.ADMIN_SHUTDOWN, errorcodes.CRASH_SHUTDOWN})


def sqlstate(error: BaseException) -> str | None:
    """The SQLSTATE of a driver error, or of the peewee error that wraps one; None when the connection itself broke."""
    return getattr(_driver_error(error), "pgcode", None)


def is_disconnect(error: BaseException) -> bool:
    """Whether the connection is gone: the server never answered, or only to say that it closes the connection."""
    driver = _driver_error(error)
    # DatabaseError itself, none of its kinds: libpq met the end of the connection in the middle of an answer.
    is_about_connection = type(driver) is psycopg2.DatabaseError or isinstance(
        driver, psycopg2.OperationalError | psycopg2.InterfaceError
    )
    return is_about_connection and (is_unanswered(driver) or driver.pgcode in _GONE)


def is_unanswered(error: BaseException) -> bool:
    """Whether it is not PostgreSQL who says this: the connection broke, or a pooler speaks of its own connections."""
    state = sqlstate(error)
    return state is None or state.startswith(errorcodes.CLASS_CONNECTION_EXCEPTION)


def refusal(error: BaseException) -> PharusError | None:
    """The error a caller should see instead, or None when the database error is a defect of ours."""
    state = sqlstate(error)
    if state == errorcodes.UNIQUE_VIOLATION:
        return Conflict(unique_message(_driver_error(error).diag))
    if state == errorcodes.EXCLUSION_VIOLATION:
        return Conflict(_overlap_message(_driver_error(error).diag))
    if state == errorcodes.NUMERIC_VALUE_OUT_OF_RANGE:
        return Conflict("a quantity or an amount would grow larger than can be kept")
    if state == errorcodes.FOREIGN_KEY_VIOLATION:
        return Conflict("a record that this one refers to, or that refers to it, has changed meanwhile")
    if state in _IN_THE_WAY:
        return Conflict("too many others are changing the same records; try again")
    if state == errorcodes.INVALID_SQL_STATEMENT_NAME:
        return ServiceUnavailable(FORGOTTEN)
    if state in _NOT_NOW:
        return ServiceUnavailable(_NOT_NOW[state], _LASTING_RETRY_SECONDS if state in _LASTING else 1)
    if is_disconnect(error):
        return ServiceUnavailable(_BUSY)
    return None


def unique_message(diagnostics: Any) -> str:
    table, column = _named(diagnostics, "_key")
    return f"another {table} has this {camel(column)}"


def _overlap_message(diagnostics: Any) -> str:
    table, what = _named(diagnostics, "_excl")
    return f"its {camel(what)} overlaps that of another {table}"


def _named(diagnostics: Any, suffix: str) -> tuple[str, str]:
    table, name = diagnostics.table_name or "", diagnostics.constraint_name or ""
    return table.replace("_", " "), name.removeprefix(f"{table}_").removesuffix(suffix)


def _driver_error(error: BaseException) -> Any:
    """peewee raises its own class and keeps the driver's exception in `orig`."""
    return getattr(error, "orig", error)
