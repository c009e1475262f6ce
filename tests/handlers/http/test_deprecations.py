"""What is deprecated says so in each response: RFC 9745 and RFC 8594."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.http import deprecations
from pharus.errors import ConfigurationError
from tests.api import Api
from tests.handlers.http.deprecating import SINCE, SUNSET
from tests.server import Server

# 2026-11-28 and 2027-06-01, at midnight UTC.
_DEPRECATION, _SUNSET = "@1795824000", "Tue, 01 Jun 2027 00:00:00 GMT"
_MARKS = {"deprecated": True, "x-deprecated-since": SINCE, "x-sunset": SUNSET}


@pytest.fixture(scope="module")
def deprecating(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("deprecating") / "log"
    running = Server(environment, Path(log), module="tests.handlers.http.deprecating")
    yield running
    running.end()


def test_deprecated_operation_says_so_in_every_response(deprecating: Server, viewer: Api) -> None:
    for caller, status in (
        (Api(deprecating.address, viewer.token, viewer.org_id), 200),
        (Api(deprecating.address), 401),
    ):
        response = caller.get("/api/vendors")
        assert response.status_code == status
        assert (response.headers["deprecation"], response.headers["sunset"]) == (_DEPRECATION, _SUNSET)


def test_deprecated_parameter_says_so_where_it_is_sent(deprecating: Server, viewer: Api) -> None:
    caller = Api(deprecating.address, viewer.token, viewer.org_id)
    assert "deprecation" not in caller.get("/api/customers", limit=5).headers
    response = caller.get("/api/customers", limit=5, q="a")
    assert (response.status_code, response.headers["deprecation"]) == (200, _DEPRECATION)
    assert response.headers["sunset"] == "Thu, 01 Jul 2027 00:00:00 GMT"


def test_others_say_nothing(deprecating: Server, viewer: Api) -> None:
    headers = Api(deprecating.address, viewer.token, viewer.org_id).get("/api/materials").headers
    assert {"deprecation", "sunset"} & set(headers) == set()


def _of(*parameters: dict[str, Any], **operation: Any) -> deprecations.Deprecations | None:
    return deprecations.of_operation({}, {"operationId": "listThings", "parameters": list(parameters), **operation})


def test_of_several_marks_the_first_dates_count() -> None:
    query = {"name": "old", "in": "query", **_MARKS, "x-deprecated-since": "2026-11-27"}
    header = {"name": "X-Old", "in": "header", "deprecated": True, "x-deprecated-since": "2026-11-28"}
    found = _of(query, header)
    assert found is not None
    assert found.headers(b"new=1", {}) == []
    assert found.headers(b"new=old", {b"x-older": b""}) == []
    assert found.headers(b"", {b"x-old": b"1"}) == [(b"deprecation", _DEPRECATION.encode())]
    assert found.headers(b"%6fld=", {b"x-old": b"1"}) == [
        (b"deprecation", b"@1795737600"),
        (b"sunset", _SUNSET.encode()),
    ]


def test_operation_without_a_mark_has_nothing_to_say() -> None:
    assert _of({"name": "a", "in": "query", "deprecated": False}) is None


@pytest.mark.parametrize("since", [None, 20261128, "28.11.2026", "2026-02-30"])
def test_mark_without_a_date_is_refused(since: object) -> None:
    with pytest.raises(ConfigurationError, match="listThings: x-deprecated-since must be a date"):
        _of(deprecated=True, **{"x-deprecated-since": since})
    with pytest.raises(ConfigurationError, match="listThings, query/a: x-deprecated-since must be a date"):
        _of({"name": "a", "in": "query", "deprecated": True, "x-deprecated-since": since})
