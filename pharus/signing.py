"""What this installation signs with: the cursors of its lists, the links to its files."""

from pharus.db import db

_secrets: dict[str, bytes] = {}


def secret() -> bytes:
    """The installation's secret, read once per process and database: it never changes."""
    url = str(db.database)
    known = _secrets.get(url)
    if known is None:
        known = _secrets[url] = bytes(db.row("SELECT installation_secret()")[0])
    return known
