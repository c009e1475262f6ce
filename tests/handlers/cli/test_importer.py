from collections.abc import Iterator
from typing import Any

import httpcore
import orjson
import pytest

from handlers.cli.importer import Importer
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database

DOCUMENT = {
    "paths": {
        "/api/v": {"post": {"operationId": "bulkImport", "requestBody": {"content": {"text/csv": {}}}, "responses": {}}}
    }
}


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
