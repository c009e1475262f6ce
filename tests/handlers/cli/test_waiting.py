import time

import pytest

from handlers.cli.waiting import waiting

pytestmark = pytest.mark.no_database


def test_waiting_says_what_is_done_when_it_takes_long_and_nothing_before(capsys: pytest.CaptureFixture[str]) -> None:
    with waiting("Counting"):
        pass
    assert capsys.readouterr().err == ""
    with waiting("Counting"):
        time.sleep(1.1)
    first, last = capsys.readouterr().err.splitlines()
    assert (first, last[:18]) == ("Counting …", "Counting: done in ")
