import pytest

from pharus.cursors import read_cursor, write_cursor
from pharus.errors import Invalid

pytestmark = pytest.mark.no_database


def test_cursor_with_any_byte_changed_is_refused() -> None:
    cursor = write_cursor("vendor", ["ä", "00000000-0000-7000-8000-000000000000"])
    assert read_cursor("vendor", cursor, 2) == ["ä", "00000000-0000-7000-8000-000000000000"]
    for position in range(len(cursor)):
        for other in "Aa0-_=":
            if cursor[position] != other:
                with pytest.raises(Invalid) as raised:
                    read_cursor("vendor", cursor[:position] + other + cursor[position + 1 :], 2)
                assert [problem.path for problem in raised.value.problems] == ["query/cursor"]
    for tampered in (
        "",
        cursor[:-1],
        cursor + "A",
        cursor + "=",
        cursor + "\n",
        " " + cursor,
        "ä",
        "\0",
        "A" * 5000,
    ):
        with pytest.raises(Invalid):
            read_cursor("vendor", tampered, 2)


def test_cursor_of_another_list_or_of_another_length_is_refused() -> None:
    cursor = write_cursor("vendor:sort_key,id", ["ä", "00000000-0000-7000-8000-000000000000"])
    for name, length in (("vendor", 2), ("vendor:sort_key,id", 3)):
        with pytest.raises(Invalid):
            read_cursor(name, cursor, length)
