"""Which events there are: of tables of plugins, their statuses say which."""

import pytest

from pharus import hooks
from pharus.external import External
from pharus.hooks import Plugins, hookimpl
from plugins.webhooks.event_types import LoggedTable
from tests.pharus.modules import module

pytestmark = pytest.mark.no_database


def test_statuses_of_a_plugins_table_name_events(monkeypatch: pytest.MonkeyPatch) -> None:
    said = hookimpl(lambda: {"labels_item": ["In print", "printed"]}, specname="event_statuses")
    labels = External("labels", module("pharus_labels", said=said))
    monkeypatch.setattr(hooks, "_loaded", Plugins([], [labels, External("z", module("z"))]))
    assert list(LoggedTable("labels_item", (), False, "status").types) == [
        "labels_item.created",
        "labels_item.updated",
        "labels_item.deleted",
        "labels_item.in_print",
        "labels_item.printed",
    ]
    assert LoggedTable("labels_other", (), False, "status").statuses == ()
