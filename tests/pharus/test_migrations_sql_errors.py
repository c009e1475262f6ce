import psycopg2
import pytest

from pharus.migrations import sql_errors
from tests import database


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "CREATE TABLE labels_item (\n    org_id uuid,\n    name txt\n);",
            'type "txt" does not exist (line 3: name txt)',
        ),
        (
            "SELECT 1;\n\nCREATE TABEL labels_item ();\n",
            'syntax error at or near "TABEL" (line 3: CREATE TABEL labels_item ();)',
        ),
        (
            "CREATE TABLE labels_ä ();\nSELECT 'ä', nothing;",
            "column \"nothing\" does not exist (line 2: SELECT 'ä', nothing;)",
        ),
        (
            "SELECT 1;\nCREATE TABLE pg_temp.twice ();\nCREATE TABLE pg_temp.twice ();",
            'relation "twice" already exists (first named in line 2: CREATE TABLE pg_temp.twice ();)',
        ),
        (
            "SELECT 1;\nDO $$\nBEGIN\n    RAISE 'not now';\nEND $$;",
            "not now (PL/pgSQL function inline_code_block line 3 at RAISE)",
        ),
        ("SELECT 1 / 0;", "division by zero"),
    ],
)
def test_reason_names_the_line(database_url: str, sql: str, said: str) -> None:
    with pytest.raises(psycopg2.Error) as refused:
        database.execute(database_url, sql)
    assert sql_errors.reason(refused.value, sql) == said
