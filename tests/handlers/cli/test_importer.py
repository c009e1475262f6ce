from collections.abc import Iterator
from typing import Any

import httpcore
import orjson
import pytest

from handlers.cli import import_parts
from handlers.cli.importer import Importer
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database

_ROWS = {"properties": {"rows": {"type": "array", "items": {"properties": {"name": {"type": "string"}}}}}}
_BODY = {"content": {"application/json": {"schema": _ROWS}}, "x-content": {"text/csv": {}}}
DOCUMENT = {"paths": {"/api/v": {"post": {"operationId": "bulkImport", "requestBody": _BODY, "responses": {}}}}}
FIVE = b"name\nA\nB\nC\nD\nE\n"


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """What the server answers to what comes behind its document: status and body."""
    given: list[Any] = []

    def request(method: str, url: str, **options: Any) -> httpcore.Response:
        status, body = (200, DOCUMENT) if method == "GET" else given.pop(0)
        response = httpcore.Response(status, content=orjson.dumps(body))
        response.read()
        return response

    monkeypatch.setattr(httpcore, "request", request)
    yield given
    assert given == []


def test_problems_are_lines_with_their_cells(answers: list[Any]) -> None:
    details = [
        {"path": "/rows/0/name", "message": "is required", "row": 2, "cell": "A2"},
        {"path": "/rows/1", "message": "is there already", "row": 3},
        {"path": "query/mode", "message": "is none"},
    ]
    answers.append((422, {"error": {"message": "no row was stored", "details": details, "omittedProblems": 7}}))
    outcome = Importer("http://a", "t").send("bulkImport", b"", "text/csv", {})
    assert outcome.refusals == [
        "A2\t/rows/0/name\tis required",
        "row 3\t/rows/1\tis there already",
        "-\tquery/mode\tis none",
        "and 7 more",
    ]
    assert outcome.summary == "Nothing was stored: no row was stored."


def test_refusal_without_details_is_its_message(answers: list[Any]) -> None:
    answers.append((400, {"error": {"message": "the file has no head"}}))
    assert Importer("http://a", "t").send("bulkImport", b"", "text/csv", {}).refusals == ["the file has no head"]


@pytest.mark.parametrize("status", [401, 403])
def test_who_may_not_import_is_told_so(answers: list[Any], status: int) -> None:
    answers.append((status, {"error": {"message": "the role is too low"}}))
    with pytest.raises(ConfigurationError, match="http://a refuses it: the role is too low"):
        Importer("http://a", "t").send("bulkImport", b"", "text/csv", {})


def good(count: int) -> tuple[int, Any]:
    return 200, {"results": [{"index": index, "status": "ok"} for index in range(count)]}


def refused(row: int) -> tuple[int, Any]:
    detail = {"path": "/rows/0/name", "message": "is taken", "row": row, "cell": f"A{row}"}
    return 422, {"error": {"message": "no row was stored", "details": [detail]}}


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    split = import_parts.split
    monkeypatch.setattr(import_parts, "split", lambda *given, **named: split(*given, **named, most_records=2))


@pytest.mark.usefixtures("two_at_once")
def test_parts_are_all_tried_before_one_is_stored(answers: list[Any]) -> None:
    answers += [good(2), refused(3), good(1)]
    outcome = Importer("http://a", "t").send("bulkImport", FIVE, "text/csv", {})
    assert outcome.refusals == ["A4\t/rows/2/name\tis taken"]
    assert (outcome.summary, outcome.good) == ("Nothing was stored in 3 parts: 1 problems.", 0)
    answers += [good(2), good(2), good(1)] * 2
    outcome = Importer("http://a", "t").send("bulkImport", FIVE, "text/csv", {})
    assert (outcome.refusals, outcome.summary) == ([], "5 rows stored in 3 parts, 0 problems.")


@pytest.mark.usefixtures("two_at_once")
def test_part_that_is_refused_although_it_was_good_ends_the_import(answers: list[Any]) -> None:
    answers += [good(2), good(2), good(1), good(2), refused(4)]
    outcome = Importer("http://a", "t").send("bulkImport", FIVE, "text/csv", {})
    assert outcome.refusals == ["A5\t/rows/2/name\tis taken"]
    assert outcome.summary == (
        "2 rows stored; nothing from row 4 on. Correct it, and import the rest with --from-row 4."
    )


@pytest.mark.usefixtures("two_at_once")
def test_partial_import_of_parts_is_not_tried_before(answers: list[Any]) -> None:
    error = {"details": [{"path": "/rows/1/name", "message": "is taken", "row": 4, "cell": "A4"}]}
    answers += [
        good(2),
        (200, {"results": [{"index": 0, "status": "ok"}, {"status": "error", "error": error}]}),
        good(1),
    ]
    outcome = Importer("http://a", "t").send("bulkImport", FIVE, "text/csv", {"mode": "partial"})
    assert outcome.refusals == ["A5\t/rows/3/name\tis taken"]
    assert outcome.summary == "4 rows stored in 3 parts, 1 problems."
