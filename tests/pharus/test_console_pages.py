import pytest

from pharus.console_pages import Page

pytestmark = pytest.mark.no_database


def test_page_is_the_first_file_and_for_everybody_unless_it_says_something_else() -> None:
    assert Page("Labels") == Page("Labels", "index.html", "viewer")
