"""What is excused as no failure of the server, and how little more."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from contract.false_positives import is_refused_row_by_row

pytestmark = pytest.mark.no_database

BAD = {"index": 0, "status": "error", "error": {"code": "validation_failed", "message": "no"}}
GOOD = {"index": 1, "status": "ok", "id": "x"}
GONE = {"index": 0, "status": "error", "error": {"code": "not_found", "message": "no"}}


def _is_excused(body: Any, results: list[Any], *, query: str = "dryRun=true&mode=partial", status: int = 200) -> bool:
    request = SimpleNamespace(url=f"http://x/api/vendors/bulk-import?{query}")
    content = {"ids": [], "results": results}
    response = SimpleNamespace(status_code=status, request=request, json=lambda: json.loads(json.dumps(content)))
    return is_refused_row_by_row(SimpleNamespace(body=body), response)


def test_wrong_row_of_a_partial_import_is_excused_when_it_was_refused() -> None:
    assert _is_excused({"rows": [{}, {"name": "a"}]}, [BAD, GOOD])


@pytest.mark.parametrize(
    ("body", "results", "options"),
    [
        ({"rows": [{}, {}]}, [GOOD, GOOD], {}),
        ({"rows": [{}]}, [GONE], {}),
        ({"rows": [{}, {}]}, [BAD], {}),
        ({"rows": [{}], "more": 1}, [BAD], {}),
        ({"rows": {}}, [BAD], {}),
        ([], [BAD], {}),
        ({"rows": [{}]}, [BAD], {"query": "mode=atomic"}),
        ({"rows": [{}]}, [BAD], {"query": "dryRun=true"}),
        ({"rows": [{}]}, [BAD], {"status": 201}),
    ],
)
def test_nothing_else_is_excused(body: Any, results: list[Any], options: dict[str, Any]) -> None:
    assert not _is_excused(body, results, **options)
