"""A migration that was shipped stays as it is, to the letter: databases keep its checksum, and refuse another file.

`tests/pharus/shipped_migrations.json` has the checksum of each. `make codegen` adds new ones, and changes none.
"""

import json
import os
from pathlib import Path

import pytest

from pharus import migrations
from plugins import manager

pytestmark = pytest.mark.no_database

FILE = Path(__file__).with_name("shipped_migrations.json")


def test_migrations_are_what_was_shipped() -> None:
    there = {f"{each.source}/{each.name}": each.checksum for each in migrations.read(manager.sources(manager.load(())))}
    shipped = json.loads(FILE.read_text(encoding="utf-8"))
    if os.environ.get("SHIPPED") == "write":
        shipped = {**there, **shipped}
        FILE.write_text(json.dumps(dict(sorted(shipped.items())), indent=1) + "\n", encoding="utf-8")
    assert there == shipped, "put the change in a new migration, and record that one by `make codegen`"
