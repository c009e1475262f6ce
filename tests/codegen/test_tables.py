"""docs/reference/tables.md, held against a database with every migration applied.

`make codegen` writes it (TABLES=write); a plain run compares.
"""

import os
from collections.abc import Sequence
from typing import Any

import pytest

from codegen.__main__ import CHECKOUT
from codegen.tables import Table, read_tables, table_page
from pharus import migrations
from pharus.db import db
from plugins import manager

PAGE = CHECKOUT / "docs" / "reference" / "tables.md"


def execute(statement: str) -> Sequence[tuple[Any, ...]]:
    return list(db.execute_sql(statement))


@pytest.fixture
def example(scratch: str) -> dict[str, Table]:
    db.execute_sql(
        "CREATE TABLE shelf (org_id uuid, id uuid, PRIMARY KEY (org_id, id));"
        "CREATE TABLE box (id int PRIMARY KEY, org_id uuid, shelf_id uuid, label varchar(20) NOT NULL DEFAULT 'none',"
        "    lower_label text GENERATED ALWAYS AS (lower(label)) STORED,"
        "    FOREIGN KEY (org_id, shelf_id) REFERENCES shelf (org_id, id) ON DELETE CASCADE);"
        "CREATE UNIQUE INDEX box_label_key ON box (org_id, lower(label)) WHERE shelf_id IS NOT NULL;"
        "CREATE INDEX box_shelf ON box (shelf_id);"
        "CREATE VIEW boxes AS SELECT id FROM box"
    )
    return {table.name: table for table in read_tables(execute)}


def test_page_is_what_the_migrations_make(scratch: str) -> None:
    owners: dict[str, str] = {}
    for source in manager.sources(manager.load(())):
        migrations.apply(migrations.read([source]))
        for table in read_tables(execute):
            owners.setdefault(table.name, source)
    page = table_page(read_tables(execute), owners)
    if os.environ.get("TABLES") == "write":
        PAGE.write_text(page, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == page, "run `make codegen`"


def test_columns_have_type_null_and_default(example: dict[str, Table]) -> None:
    assert list(example) == ["box", "shelf"]
    columns = {column.name: (column.type, column.is_nullable, column.default) for column in example["box"].columns}
    assert columns == {
        "id": ("integer", False, ""),
        "org_id": ("uuid", True, ""),
        "shelf_id": ("uuid", True, ""),
        "label": ("character varying(20)", False, "'none'::character varying"),
        "lower_label": ("text", True, "generated: lower((label)::text)"),
    }


def test_unique_indexes_have_their_parts_and_condition(example: dict[str, Table]) -> None:
    primary, label = example["box"].unique_indexes
    assert (primary.is_primary, primary.parts) == (True, ["id"])
    assert (label.name, label.is_primary, label.parts) == ("box_label_key", False, ["org_id", "lower(label::text)"])
    assert label.condition == "shelf_id IS NOT NULL"


def test_references_are_known_on_both_sides(example: dict[str, Table]) -> None:
    (reference,) = example["box"].references
    assert (reference.target, reference.columns, reference.on_delete) == ("shelf", ["org_id", "shelf_id"], "cascade")
    assert example["shelf"].referred_to_by == [reference]
    assert example["box"].referred_to_by == example["shelf"].references == []


def test_page_shows_what_was_read(example: dict[str, Table]) -> None:
    page = table_page(list(example.values()), {"shelf": "plugins.shelves", "box": "plugins.boxes"})
    assert page.index("## plugins.shelves") < page.index("### shelf") < page.index("## plugins.boxes")
    assert "| `label` | character varying(20) | no | `'none'::character varying` |\n" in page
    assert "- Unique `box_label_key`: `org_id`, `lower(label::text)` where `shelf_id IS NOT NULL`\n" in page
    assert "- `org_id`, `shelf_id` → [shelf](#shelf) (on delete: cascade)\n" in page
    assert "- Referred to by [box](#box) `org_id`, `shelf_id`\n" in page
    assert "\n\n\n" not in page
