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


WORDS = st.text("abcxyz019", min_size=2, max_size=6).filter(lambda word: word[0].isalpha())


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_camel_undoes_snake(words: list[str]) -> None:
    name = words[0] + "".join(word.capitalize() for word in words[1:])
    assert snake(name).count("_") <= len(words) - 1
    assert camel(snake(name)) == name


def test_every_key_of_the_document_survives_the_way_to_a_column_and_back() -> None:
    names = {key for schema in spec.load()["components"]["schemas"].values() for key in schema.get("properties", ())}
    assert len(names) > 20
    assert [name for name in names if camel(snake(name)) != name] == []
