import pytest

from pharus.long_polls import NothingYet

pytestmark = pytest.mark.no_database


def test_what_is_not_there_yet_says_what_is_waited_for() -> None:
    nothing = NothingYet({"data": []}, (7, 0, 0), 30)
    assert (nothing.answer, nothing.seconds) == ({"data": []}, 30)
    # The next event is behind it, whatever its number is.
    assert (7, 1, 1) > nothing.position >= (6, 9, 9)
