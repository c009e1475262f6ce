"""Do all peers answer alike? Asked outside of the measured runs.

Answers are compared as JSON. Values that differ by nature (a new id, an instant, a cursor) are replaced by their kind
once they look like it; a cursor is followed instead, so that it must work. Of a refusal the status, the code and the
places of the problems are compared; its sentences are each peer's own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from bench.workloads.workload import Caller, Check, Workload

Token = Callable[[Caller], str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, made comparable. `pages` are the bodies of the page and, where asked for, of the next."""

    status: int
    pages: tuple[Any, ...]


def answers(client: httpx.Client, workload: Workload, token: Token) -> dict[str, Answer]:
    """The answers to all checks of a workload, by the check's name."""
    return {check.name: _answer(client, workload, check, token(check.caller)) for check in workload.checks}


def differences(workload: Workload, by_peer: Mapping[str, Mapping[str, Answer]]) -> list[str]:
    """A sentence for every answer that has not the expected status, or differs from the first peer's."""
    found = []
    first = next(iter(by_peer), None)
    for check in workload.checks:
        for peer, given in by_peer.items():
            answer, wanted = given[check.name], by_peer[first or peer][check.name]
            if answer.status != check.status:
                found.append(
                    f"{workload.name}, {check.name}: {peer} answered {answer.status}, not {check.status}: "
                    f"{str(answer.pages)[:300]}"
                )
            elif answer != wanted and wanted.status == check.status:
                place = _first_difference(wanted.pages, answer.pages)
                found.append(f"{workload.name}, {check.name}: {peer} differs from {first} at {place}")
    return found


def comparable(body: Any, volatile: Mapping[str, Any]) -> Any:
    """The body with values that differ by nature replaced by their kind."""
    if isinstance(body, list):
        return [comparable(item, volatile) for item in body]
    if not isinstance(body, dict):
        return body
    replaced = {}
    for key, value in body.items():
        pattern = volatile.get(key)
        if key == "nextCursor" and isinstance(value, str):
            replaced[key] = "<cursor>"
        elif pattern is not None and isinstance(value, str) and pattern.fullmatch(value):
            replaced[key] = f"<{key}>"
        elif pattern is not None and isinstance(value, list):
            replaced[key] = [f"<{key}>" if pattern.fullmatch(str(each)) else each for each in value]
        else:
            replaced[key] = comparable(value, volatile)
    return replaced


def _answer(client: httpx.Client, workload: Workload, check: Check, token: str | None) -> Answer:
    response = _send(client, check, token)
    if check.repeat:
        response = _send(client, check, token)
    body = _json(response)
    if response.status_code >= 400:
        return Answer(response.status_code, (_refusal(response, body),))
    pages = [body]
    if check.follow and isinstance(body, dict) and body.get("nextCursor"):
        mark = "&" if "?" in check.path else "?"
        following = _send(client, check, token, f"{check.path}{mark}cursor={quote(body['nextCursor'])}")
        pages.append(_json(following))
    return Answer(response.status_code, tuple(comparable(page, workload.volatile) for page in pages))


def _send(client: httpx.Client, check: Check, token: str | None, path: str | None = None) -> httpx.Response:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    if check.content is not None:
        headers["content-type"] = "application/json"
    return client.request(check.method, path or check.path, content=check.content, headers=headers)


def _json(response: httpx.Response) -> Any:
    if response.headers.get("content-type", "").partition(";")[0] != "application/json":
        return f"not JSON: {response.text[:300]}"
    return response.json()


def _refusal(response: httpx.Response, body: Any) -> Any:
    """What must agree; the whole body where it is not an error body."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict) or not isinstance(error.get("message"), str):
        return body
    places = error.get("details") if response.status_code == 422 else None
    return {
        "code": error.get("code"),
        "places": sorted({problem["path"] for problem in places}) if isinstance(places, list) else None,
        "challenge": "www-authenticate" in response.headers,
    }


def _first_difference(wanted: Any, given: Any, place: str = "") -> str:
    if isinstance(wanted, dict) and isinstance(given, dict) and list(wanted) == list(given):
        pairs = [(key, wanted[key], given[key]) for key in wanted]
    elif isinstance(wanted, list | tuple) and isinstance(given, list | tuple) and len(wanted) == len(given):
        pairs = [(str(index), *pair) for index, pair in enumerate(zip(wanted, given, strict=True))]
    else:
        return f"{place or '/'}: {str(wanted)[:300]} and {str(given)[:300]}"
    for key, left, right in pairs:
        if left != right:
            return _first_difference(left, right, f"{place}/{key}")
    return place or "/"
