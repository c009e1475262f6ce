"""What may be taken away, and when."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from codegen.breaking import breaking_changes
from codegen.deprecation import premature, unsound
from pharus.openapi import Document

pytestmark = pytest.mark.no_database

_MARKS = {"deprecated": True, "x-deprecated-since": "2026-01-01", "x-sunset": "2026-09-01"}
_OVER = date(2026, 9, 1)


def _document(*parameters: dict[str, Any], ids: tuple[str, ...] = ("listThings",), **operation: Any) -> Document:
    declared = {"parameters": list(parameters), "responses": {"200": {"description": "Things."}}, **operation}
    paths = {f"/api/{id}": {"get": {"operationId": id, **declared}} for id in ids}
    return Document({"openapi": "3.0.3", "paths": paths})


def _query(**marks: Any) -> dict[str, Any]:
    return {"name": "old", "in": "query", "schema": {"type": "string"}, **marks}


def _early(before: Document, after: Document, today: date = _OVER) -> list[str]:
    return [f"{each.operation_id} {each.pointer}" for each in premature(breaking_changes(before, after), before, today)]


def test_operation_goes_after_its_sunset() -> None:
    gone = _document(ids=())
    assert _early(_document(**_MARKS), gone) == []
    assert _early(_document(**_MARKS), gone, date(2026, 8, 31)) == ["listThings GET /api/listThings"]


@pytest.mark.parametrize(
    "marks",
    [
        {},
        {"deprecated": True},
        {"deprecated": False, "x-deprecated-since": "2026-01-01", "x-sunset": "2026-09-01"},
        {"deprecated": True, "x-deprecated-since": "2026-01-01"},
        {"deprecated": True, "x-sunset": "2026-09-01"},
        # A sunset that comes too soon does not shorten it.
        {"deprecated": True, "x-deprecated-since": "2026-08-01", "x-sunset": "2026-09-01"},
    ],
)
def test_what_was_not_deprecated_for_long_enough_stays(marks: dict[str, Any]) -> None:
    assert _early(_document(**marks), _document(ids=())) == ["listThings GET /api/listThings"]
    assert _early(_document(_query(**marks)), _document()) == ["listThings query/old"]


def test_parameter_goes_after_its_sunset() -> None:
    before = _document(_query(**_MARKS))
    assert _early(before, _document()) == []
    assert _early(before, _document(), date(2026, 8, 31)) == ["listThings query/old"]


def test_other_changes_are_no_removal() -> None:
    before = _document(_query(), **{"x-minimum-role": "viewer"})
    after = _document({**_query(), "required": True}, **{"x-minimum-role": "admin"})
    assert len(breaking_changes(before, after)) == 2
    assert _early(before, after) == []


def test_mark_needs_both_dates_far_enough_apart() -> None:
    assert unsound(_document(_query(**_MARKS), **_MARKS)) == []
    assert unsound(_document(_query(deprecated=False))) == []
    for marks in ({"deprecated": True}, {**_MARKS, "x-sunset": "2026-06-29"}, {**_MARKS, "x-sunset": "soon"}):
        assert [each.split(":")[0] for each in unsound(_document(_query(**marks), **marks))] == [
            "listThings",
            "listThings query/old",
        ]
    assert unsound(_document(**{**_MARKS, "x-sunset": "2026-06-30"})) == []
