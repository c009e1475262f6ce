"""Why PostgreSQL refuses a migration, and in which line of its file."""

import re

import psycopg2


def reason(error: psycopg2.Error, sql: str) -> str:
    """The sentence of PostgreSQL without its full stop, with the line that it means and what stands there."""
    said = (error.diag.message_primary or str(error).strip().partition("\n")[0]).rstrip(".")
    position = error.diag.statement_position
    if position is not None:
        number = sql.count("\n", 0, int(position) - 1) + 1
        return f"{said} (line {number}: {sql.splitlines()[number - 1].strip()})"
    if error.diag.context is not None:
        # In a block or a function; PostgreSQL counts the lines of that.
        return f"{said} ({error.diag.context.splitlines()[0]})"
    # What goes wrong while a statement runs has no position: what the sentence names is in it.
    for name in re.findall(r'"([^"]+)"', said):
        for number, line in enumerate(sql.splitlines(), 1):
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line):
                return f"{said} (first named in line {number}: {line.strip()})"
    return said
