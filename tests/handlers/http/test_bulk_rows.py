from typing import Any

import pytest

from handlers.http.body_schema import Findings
from handlers.http.bulk_rows import BadRows, import_good_rows
from pharus.errors import Conflict, Invalid, Problem

pytestmark = pytest.mark.no_database


class Handler:
    """A bulk import that stores rows of letters and refuses the letter x."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    def __call__(self, body: dict[str, Any], mode: str, dry_run: str) -> dict[str, Any]:
        self.calls.append({"rows": body["rows"], "mode": mode, "dry_run": dry_run})
        bad = [index for index, row in enumerate(body["rows"]) if row == "x"]
        if bad and mode == "atomic":
            raise Invalid([Problem(f"/rows/{index}/letter", "is x") for index in bad], omitted=1)
        results = [
            {"index": index, "status": "error", "error": {"code": "conflict", "message": "is x"}}
            if row == "x"
            else {"index": index, "status": "ok", "id": row}
            for index, row in enumerate(body["rows"])
        ]
        return {"ids": [row for row in body["rows"] if row != "x"], "results": results}


def bad_rows(*indexes: int) -> BadRows:
    bad: BadRows = {}
    for index in indexes:
        bad[index] = Findings()
        bad[index].extend([Problem(f"/rows/{index}/name", "is required")])
    return bad


def arguments(rows: str, mode: str) -> dict[str, Any]:
    return {"body": {"rows": list(rows)}, "mode": mode, "dry_run": "false"}


def test_partial_mode_stores_the_good_rows_and_tells_all_in_their_order() -> None:
    handler = Handler()
    body = import_good_rows(handler, arguments("-ax-b", "partial"), bad_rows(0, 3))
    assert handler.calls == [{"rows": ["a", "x", "b"], "mode": "partial", "dry_run": "false"}]
    assert body["ids"] == ["a", "b"]
    assert [(result["index"], result["status"], result.get("id")) for result in body["results"]] == [
        (0, "error", None),
        (1, "ok", "a"),
        (2, "error", None),
        (3, "error", None),
        (4, "ok", "b"),
    ]
    assert body["results"][3]["error"] == {
        "code": "validation_failed",
        "message": "/name is required",
        "details": [{"path": "/rows/3/name", "message": "is required"}],
    }


def test_partial_mode_without_a_good_row_stores_none() -> None:
    handler = Handler()
    body = import_good_rows(handler, arguments("--", "partial"), bad_rows(0, 1))
    assert handler.calls == []
    assert body["ids"] == []
    assert [result["status"] for result in body["results"]] == ["error", "error"]


def test_atomic_mode_names_what_is_wrong_with_form_and_content_together_and_stores_nothing() -> None:
    handler = Handler()
    with pytest.raises(Invalid) as raised:
        import_good_rows(handler, arguments("ax-xb", "atomic"), bad_rows(2))
    assert handler.calls == [{"rows": ["a", "x", "x", "b"], "mode": "atomic", "dry_run": "true"}]
    assert [problem.path for problem in raised.value.problems] == ["/rows/1/letter", "/rows/2/name", "/rows/3/letter"]
    assert raised.value.omitted == 1


@pytest.mark.parametrize("rows", ["-ab", "-"])
def test_atomic_mode_refuses_what_is_wrong_by_its_form_alone(rows: str) -> None:
    with pytest.raises(Invalid) as raised:
        import_good_rows(Handler(), arguments(rows, "atomic"), bad_rows(0))
    assert [problem.path for problem in raised.value.problems] == ["/rows/0/name"]


def test_atomic_mode_says_422_before_what_the_world_refuses() -> None:
    def refuse(**_: Any) -> None:
        raise Conflict("the world is not like that")

    with pytest.raises(Invalid):
        import_good_rows(refuse, arguments("-a", "atomic"), bad_rows(0))
