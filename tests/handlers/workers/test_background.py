import threading

import pytest

from handlers.workers import background
from pharus.config import Settings
from pharus.hooks import Plugins

pytestmark = pytest.mark.no_database


def test_parts_are_closed_beside_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """None could end its closing if it had to wait for the other one to have ended."""
    together = threading.Barrier(2)
    closed = []

    class Part:
        def start(self) -> None:
            raise AssertionError

        def close(self, timeout: float) -> None:
            together.wait(timeout)
            closed.append(timeout)

    # What the settings say is of the whole process.
    for module in (background.mail, background.identities, background.retention, background.webhooks):
        monkeypatch.setattr(module, "configure", lambda settings: None)
    made = background.Background(Settings(), Plugins([]))
    made.parts = (Part(), Part())
    made.close(10)
    assert closed == [10, 10]
