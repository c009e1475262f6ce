import pytest

from pharus.row_dicts import dicts


def test_each_row_has_its_values_under_the_keys() -> None:
    keys = ("id", "it's \"\\")
    assert dicts(keys, [(1, "a"), (2, None)]) == [{keys[0]: 1, keys[1]: "a"}, {keys[0]: 2, keys[1]: None}]
    assert dicts(("id",), [(1,), [2]]) == [{"id": 1}, {"id": 2}]
    assert dicts(("id",), []) == []


def test_what_comes_behind_the_keys_is_left_out() -> None:
    assert dicts(("id", "name"), iter([(1, "a", "sort key"), (2, "b", "sort key")])) == [
        {"id": 1, "name": "a"},
        {"id": 2, "name": "b"},
    ]


def test_the_keys_come_in_their_order() -> None:
    assert list(dicts(("z", "a", "m"), [(1, 2, 3)])[0]) == ["z", "a", "m"]


@pytest.mark.parametrize("rows", [[(1,)], [(1, 2), (3,)], [(1, 2), (3, 4, 5)]])
def test_a_row_of_another_width_is_refused(rows: list[tuple[int, ...]]) -> None:
    with pytest.raises(ValueError, match="value"):
        dicts(("id", "name"), rows)
