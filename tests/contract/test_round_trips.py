"""The SQL round trips of every operation, pinned: none is added unseen, and none is without a line.

`make round-trips` measures them and writes the table anew; what changed shows in the diff.
"""

import os
from pathlib import Path

from pharus import openapi
from tests.contract import round_trips
from tests.contract.judging import document


def test_every_operation_makes_the_round_trips_of_the_table(environment: dict[str, str], tmp_path: Path) -> None:
    measured = round_trips.measure(environment, tmp_path)
    if os.environ.get("ROUND_TRIPS") == "write":
        round_trips.write(measured)
    pinned = round_trips.read()
    differences = [
        f"{name}: {measured.get(name, 'no operation')}, pinned {pinned.get(name, 'nowhere')}"
        for name in {**pinned, **measured}
        if measured.get(name) != pinned.get(name)
    ]
    assert differences == [], "`make round-trips` writes what was measured:\n" + "\n".join(differences)


def test_the_table_is_in_the_order_of_the_document() -> None:
    operations = [operation["operationId"] for _, _, operation in openapi.operations(document())]
    assert list(round_trips.read()) == operations
