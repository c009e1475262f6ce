import pytest

from pharus import extensions

pytestmark = pytest.mark.no_database


def test_a_part_is_there_for_its_plugin_until_the_request_has_ended() -> None:
    assert extensions.given("quality") is None
    with extensions.of_request({"quality": {"grade": "A"}}):
        assert extensions.given("quality") == {"grade": "A"}
        assert extensions.given("labels") is None
    assert extensions.given("quality") is None
