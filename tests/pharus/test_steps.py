"""What a step costs where nobody watches it. As the domains make them: tests/plugins/test_steps.py."""

from collections.abc import Sequence
from typing import Any, NoReturn

import pytest

from pharus import hooks
from pharus.hooks import Plugins, hookimpl
from pharus.steps import NewOrders, StatusChange
from tests.pharus.modules import module

pytestmark = pytest.mark.no_database


def read() -> NoReturn:
    raise AssertionError("nobody wants to see them")


def watching(monkeypatch: pytest.MonkeyPatch, **implementations: Any) -> None:
    monkeypatch.setattr(hooks, "_loaded", Plugins([module("example", **implementations)]))


def test_new_orders_are_not_read_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    watching(monkeypatch)
    step = NewOrders("work_order", read)
    step.begin()
    step.end()


def test_new_orders_are_read_once_for_both_hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Sequence[StatusChange]] = []

    def note(changes: Sequence[StatusChange]) -> None:
        told.append(changes)

    after = hookimpl(note, specname="after_status_changes")
    watching(monkeypatch, behind=after)
    readings = iter([[{"id": "7", "status": "Entered"}]])
    step = NewOrders("work_order", lambda: next(readings))
    step.begin()
    step.end()
    assert told == [[StatusChange("work_order", {"id": "7", "status": "Entered"}, None, "Entered")]]


def test_no_new_order_is_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    watching(monkeypatch, watch=hookimpl(lambda changes: read(), specname="before_status_changes"))
    NewOrders("work_order", list).begin()


def test_the_same_status_is_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    watching(monkeypatch, watch=hookimpl(lambda changes: read(), specname="before_status_changes"))
    step = StatusChange("work_order", {}, "Entered", "Entered")
    step.begin()
    step.end({})
