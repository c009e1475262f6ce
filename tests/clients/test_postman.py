"""Postman's import: a collection whose requests need an address and a token, and nothing else. Only run on request:
make clients."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests import factories
from tests.clients import tools
from tests.conftest import AsIdentity
from tests.contract import calls

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]

# What Postman asks when it imports: parameters from the examples instead of placeholders such as <uuid>.
_OPTIONS = "parametersResolution=Example"
# The request itself is refused; 404 and 409 say that the records of the examples are not there.
_WRONG = {400, 405, 413, 415, 422}
# The caller's own address, and which of two parameters that exclude each other is meant.
_LEFT_TO_THE_CALLER = (
    [("/email", "must be the email address of the identity token")],
    [("query/sort", "cannot be given together with q in this list")],
)


def test_collection_has_no_placeholder_that_is_refused(
    tmp_path: Path, as_identity: AsIdentity, record_property: Callable[[str, object], None]
) -> None:
    file = tmp_path / "collection.json"
    made = tools.run("openapi2postmanv2", "-s", str(tools.DOCUMENT), "-o", str(file), "-O", _OPTIONS)
    assert made.returncode == 0, made.stdout + made.stderr
    requests = list(_requests(json.loads(file.read_text(encoding="utf-8"))))
    assert len(requests) == len(calls.operations())
    refused: list[str] = []
    for name, request in requests:
        # An organization for each: some requests are about to delete it, or to leave it.
        organization, user = factories.make_organization(), factories.make_user()
        factories.make_membership(organization.id, user.id, "owner")
        caller = as_identity(user=user, org_id=organization.id)
        answer = caller.request(request["method"], _path(request), **_body(request))
        if answer.status_code in _WRONG and not _is_left_to_the_caller(answer):
            refused.append(f"{name}: {answer.status_code} {answer.text}")
    assert refused == [], "\n".join(refused)
    tool = f"openapi-to-postmanv2 {tools.pins()['openapi-to-postmanv2']}"
    result = f"{len(requests)} requests, none refused for what it holds"
    record_property("client", {"client": "Postman", "tool": tool, "compiled": "—", "result": result})


def _is_left_to_the_caller(answer: httpx.Response) -> bool:
    """Whether it is about something that no example can settle."""
    details = answer.json()["error"].get("details")
    return isinstance(details, list) and [(each["path"], each["message"]) for each in details] in _LEFT_TO_THE_CALLER


def _requests(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in node.get("item", []):
        if "request" in item:
            yield item["name"], item["request"]
        else:
            yield from _requests(item)


def _path(request: dict[str, Any]) -> str:
    values = {variable["key"]: str(variable["value"]) for variable in request["url"]["variable"]}
    segments = [values[part[1:]] if part.startswith(":") else part for part in request["url"]["path"]]
    return "/" + "/".join(segments)


def _body(request: dict[str, Any]) -> dict[str, Any]:
    query = {each["key"]: each["value"] for each in request["url"]["query"] if not each.get("disabled")}
    body = request.get("body") or {}
    if body.get("mode") == "formdata":
        fields = {each["key"]: each["value"] for each in body["formdata"] if each["type"] == "text"}
        # The one thing that who uses the collection has to choose.
        return {"params": query, "data": fields, "files": {"file": ("note.txt", b"A note.", "text/plain")}}
    headers = {each["key"]: each["value"] for each in request["header"]}
    return {"params": query, "content": body.get("raw", ""), "headers": headers}
