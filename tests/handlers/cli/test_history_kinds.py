"""The kinds of entries fit the document, the tables and the operations."""

import inspect

import pytest

from handlers.cli.history_kinds import KINDS, Kind
from pharus.db import Unit
from pharus.fields import new_id
from tests.handlers.cli.moving_in import forms

_KINDS = [kind for kinds in KINDS.values() for kind in kinds]


@pytest.mark.parametrize("kind", _KINDS, ids=lambda kind: kind.operation)
def test_keys_and_names_are_those_of_the_row(kind: Kind, unit: Unit) -> None:
    keys = {column.name for column in forms().of(kind).table.columns}
    assert {*kind.keys, *kind.names.values()} <= keys
    assert inspect.signature(kind.store).parameters.keys() == {"body", "mode", "dry_run"}
    # Nothing of it is there, and the tables and columns are.
    row = {key: new_id() if key.endswith("Id") else "1" for key in kind.keys}
    assert kind.stored([{**row, "quantity": "1", "unitCost": "1"}]) == set()
