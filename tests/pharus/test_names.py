import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import spec
from pharus.names import camel, snake


@pytest.mark.parametrize(
    ("contract", "python"),
    [
        ("id", "id"),
        ("qboId", "qbo_id"),
        ("createSalesOrder", "create_sales_order"),
        ("isActive", "is_active"),
        ("line2Name", "line2_name"),
    ],
)
def test_snake_and_camel_turn_one_into_the_other(contract: str, python: str) -> None:
    assert snake(contract) == python
    assert camel(python) == contract


@given(st.from_regex(re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]+)*"), fullmatch=True))
def test_camel_undoes_snake(name: str) -> None:
    assert camel(snake(name)) == name


def test_every_key_of_the_document_survives_the_way_to_a_column_and_back() -> None:
    names = {
        key
        for schema in spec.load()["components"]["schemas"].values()
        for key in schema.get("properties", ())
    }
    assert len(names) > 20
    assert [name for name in names if camel(snake(name)) != name] == []
