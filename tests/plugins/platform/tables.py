"""Looks into the tables behind the server's back."""

from collections.abc import Mapping
from typing import Any

from pharus.db import db


def rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What the query finds, as the owner of the database: row-level security hides nothing."""
    if db.is_closed():
        db.connect()
    return list(db.execute_sql(sql, parameters).fetchall())


def execute(sql: str, *parameters: Any) -> None:
    if db.is_closed():
        db.connect()
    db.execute_sql(sql, parameters)


def rows_by_table(org_id: str) -> Mapping[str, int]:
    """How many rows each table that has an org_id holds of this organization; the organization's own row included."""
    tables = rows(
        "SELECT table_name FROM information_schema.columns"
        " JOIN information_schema.tables USING (table_schema, table_name)"
        " WHERE table_schema = 'public' AND column_name = 'org_id' AND table_type = 'BASE TABLE'"
    )
    counts = {table: rows(f"SELECT count(*) FROM {table} WHERE org_id = %s", org_id)[0][0] for (table,) in tables}
    return {**counts, "organization": rows("SELECT count(*) FROM organization WHERE id = %s", org_id)[0][0]}
