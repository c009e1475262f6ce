from typing import Any
from unittest import mock

import pytest

from pharus import hooks
from pharus.deactivation import with_what_it_holds

pytestmark = pytest.mark.no_database


def test_only_a_deactivated_record_that_holds_something_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = mock.Mock(return_value=[{"stock": 1}, {}, {"lots": ["A"]}])
    monkeypatch.setattr(hooks, "hooks", lambda: mock.Mock(still_holds=asked))
    active: dict[str, Any] = {"id": "1", "isActive": True}
    assert with_what_it_holds("material", active) == active
    assert asked.call_count == 0
    gone = {**active, "isActive": False}
    assert with_what_it_holds("material", gone) == {**gone, "stillHolds": {"stock": 1, "lots": ["A"]}}
    asked.assert_called_once_with(table="material", id="1")
    asked.return_value = [{}]
    assert with_what_it_holds("material", gone) == gone
