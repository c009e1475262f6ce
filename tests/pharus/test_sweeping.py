import pytest

from pharus import db
from pharus.identity import ANONYMOUS
from pharus.sweeping import requested
from plugins.platform import purge
from tests import factories


def test_sweeping_is_requested_once_the_transaction_has_committed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Relay:
        def organization_purged(self, org_id: str) -> None:
            """No plugin keeps anything outside of the tables."""

    monkeypatch.setattr(purge, "hooks", Relay)
    requested.clear()
    with db.unit_of_work(ANONYMOUS):
        purge.request(factories.make_organization().id)
        assert not requested.is_set()
    assert requested.is_set()
