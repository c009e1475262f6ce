"""The kinds of entries fit the document, the tables and the operations."""

import inspect

import pytest

from handlers.cli.history_kinds import OPENING_BALANCES, ORDERS, Kind
from pharus.db import db
from pharus.names import snake
from tests.contract.judging import document

KINDS = [*ORDERS.values(), *OPENING_BALANCES.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.schema)
def test_keys_are_those_of_the_row_and_names_those_of_a_table(kind: Kind) -> None:
    schemas = document()["components"]["schemas"]
    row = schemas[kind.schema]["properties"]["rows"]["items"]["$ref"].rpartition("/")[2]
    keys = schemas[row]["properties"]
    assert {key for key, _ in kind.names.values()} - {"materialId", "skuId"} <= set(keys)
    assert (kind.number_key or kind.item_key) in keys
    assert set(kind.other.values()) <= set(keys)
    for _, naming in kind.names.values():
        columns = db.rows("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass", (naming.table,))
        assert {(naming.column,), (naming.key or naming.column,)} <= set(columns)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.schema)
def test_the_operation_is_the_one_of_the_body(kind: Kind) -> None:
    assert inspect.signature(kind.store).parameters.keys() == {"body", "mode", "dry_run"}
    assert snake(kind.schema.removesuffix("BulkImport")) in kind.store.__name__
