"""Every version that the document promises: shown by reads and writes alike, compared before anything is changed."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from contract.calling import Call, examples
from contract.document import Operation
from pharus import openapi
from pharus.db import db
from tests.api import Api
from tests.contract import calls, stored_rows
from tests.contract.judging import declared, document
from tests.contract.seed_data import tenants
from tests.contract.seed_data.preparation import Preparation
from tests.server import Server

_ATTEMPTS = 10
# Whose version a part has: table and column.
_PARTS = {
    "purchase_order_item": "purchase_order_id",
    "work_order_item": "order_id",
    "production_order_item": "order_id",
    "sales_order_item": "sales_order_id",
    "contact_method": "contact_id",
    "contact_link": "contact_id",
}
_STALE = '"00000000000000000000000000000000"'


def _has_etag(operation: Operation) -> bool:
    success = operation.declared["responses"][str(operation.successes[0])]
    return "ETag" in declared().follow(success).get("headers", {})


def _compares(operation: Operation) -> bool:
    return openapi.IF_MATCH in openapi.headers(document(), operation.declared)


_ALL = calls.operations()
_READS = [each for each in _ALL if each.method == "GET" and _has_etag(each)]
_SHOWING = [each for each in _ALL if each.method != "GET" and _has_etag(each)]
_COMPARING = [each for each in _ALL if _compares(each)]
_OTHERS = [each for each in _ALL if each.method != "GET" and not _compares(each)]


class Stage:
    def __init__(self, address: str, environment: dict[str, str]) -> None:
        self.address = address
        self._environment = environment
        self._set()

    def _set(self) -> None:
        self.tenants = tenants.make(
            self.address, self._environment["PHARUS_DATABASE_URL"], Path(self._environment["PHARUS_DATA"])
        )
        self._preparation = Preparation(self.tenants)

    def call(self, operation: Operation, attempt: int = 0) -> Call:
        call = examples(operation)[0]
        call.headers = dict(self.tenants.alice.headers)
        self._preparation.prepare(operation, call, steady=attempt < _ATTEMPTS // 2)
        return call

    def done(self, operation: Operation) -> httpx.Response:
        """The response to a request that was carried out."""
        for attempt in range(_ATTEMPTS):
            response = calls.send(self.call(operation, attempt), self.address)
            if response.is_success:
                return response
        raise AssertionError(f"{operation.id}: {response.text}")

    def read(self, path: str, headers: dict[str, str], **more: str) -> httpx.Response:
        return Api(self.address).request("GET", path, headers={**headers, **more})


@pytest.fixture(scope="module")
def stage(unlimited_server: Server, environment: dict[str, str]) -> Stage:
    return Stage(unlimited_server.address, environment)


@pytest.mark.parametrize("operation", _READS, ids=lambda operation: operation.id)
def test_read_is_not_answered_again_to_who_has_it(stage: Stage, operation: Operation) -> None:
    call = stage.call(operation)
    first = calls.send(call, stage.address)
    assert first.status_code == 200, first.text
    etag = first.headers["etag"]
    assert etag.startswith('"'), "it is a strong one"
    for header, status in ((etag, 304), (f"{_STALE}, W/{etag}", 304), ("*", 304), (_STALE, 200), ("nonsense", 200)):
        call.headers["If-None-Match"] = header
        again = calls.send(call, stage.address)
        expected = (status, etag, b"" if status == 304 else first.content)
        assert (again.status_code, again.headers["etag"], again.content) == expected, header


@pytest.mark.parametrize("operation", _SHOWING, ids=lambda operation: operation.id)
def test_write_shows_the_version_that_a_read_shows_next(stage: Stage, operation: Operation) -> None:
    written = stage.done(operation)
    read = next(each for each in _READS if _schema(each) == _schema(operation))
    path = read.path
    if "{" in path:
        path = path.format(**dict.fromkeys(read.example_parameters("path"), _id_in(written.json())))
    shown = stage.read(path, stage.tenants.alice.headers)
    assert (shown.status_code, shown.content) == (200, written.content)
    assert shown.headers["etag"] == written.headers["etag"]


@pytest.mark.parametrize("operation", _COMPARING, ids=lambda operation: operation.id)
def test_change_of_another_version_is_refused(stage: Stage, operation: Operation) -> None:
    for attempt in range(_ATTEMPTS):
        call = stage.call(operation, attempt)
        path = _path_of_read(call)
        if path is None:
            # The example names what another one has taken away: prepared anew, it is there.
            continue
        read = stage.read(path, call.headers)
        assert read.status_code == 200, read.text
        before = stored_rows.fingerprint(call.headers["X-Org-Id"])
        call.headers["If-Match"] = f"{_STALE}, W/{read.headers['etag']}"
        refused = calls.send(call, stage.address)
        assert refused.status_code == 412, refused.text
        assert refused.headers["etag"] == read.headers["etag"] == refused.json()["error"]["details"]["etag"]
        assert stored_rows.changed(before, stored_rows.fingerprint(call.headers["X-Org-Id"])) == []
        call.headers["If-Match"] = f"{_STALE}, {read.headers['etag']}"
        done = calls.send(call, stage.address)
        if done.is_success:
            return
    raise AssertionError(f"{operation.id}: {done.text}")


@pytest.mark.parametrize("operation", _OTHERS, ids=lambda operation: operation.id)
def test_change_of_what_has_no_version_does_not_pretend_to_compare(stage: Stage, operation: Operation) -> None:
    for attempt in range(_ATTEMPTS):
        call = stage.call(operation, attempt)
        call.headers["If-Match"] = "*"
        refused = calls.send(call, stage.address)
        if refused.status_code not in (404, 422):
            break
    assert refused.status_code == 412, refused.text


def test_what_changes_a_record_with_a_version_compares_it() -> None:
    paths = {each.path for each in _READS}
    for operation in _ALL:
        if operation.method in ("PATCH", "PUT", "DELETE") and operation.path in paths:
            assert operation in _COMPARING, operation.id
    assert len(_COMPARING) > 35


def _path_of_read(call: Call) -> str | None:
    """Where the version is read with which the call is compared; None when it names what is not there."""
    named = declared().operation(call.operation.declared.get("x-version-of", ""))
    path = call.operation.path if named is None else named.path
    reads = {each.path for each in _READS}
    while path not in reads:
        path = path.rpartition("/")[0]
    table = call.operation.path.split("/")[2].replace("-", "_").removesuffix("s")
    if table not in _PARTS:
        return path.format(**call.path_parameters)
    rows = db.rows(f"SELECT {_PARTS[table]} FROM {table} WHERE id = %s", (call.path_parameters["id"],))
    return path.format(id=rows[0][0]) if rows else None


def _schema(operation: Operation) -> Any:
    success = declared().follow(operation.declared["responses"][str(operation.successes[0])])
    return success["content"][openapi.JSON]["schema"]


def _id_in(body: dict[str, Any]) -> Any:
    """Of the record that a body shows: its own, or that of its first part."""
    if "outputSkuId" in body:
        return body["outputSkuId"]
    return body["id"] if "id" in body else _id_in(next(iter(body.values())))
