"""Do all peers answer alike? Asked outside of the measured runs.

Responses are compared as JSON, as far as the workload says what the peers implement: a key that only the first of them
has, Pharus, is reported and not compared. Values that differ by nature (a new id, an instant, a cursor) are replaced by
their key once they look like it; a cursor is followed instead, so that it must work. Of a refusal the status, the code
and the pointers of the problems are compared; its sentences are each peer's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from bench.entities import Shape
from bench.workloads.workload import Caller, Check, Workload

Token = Callable[[Caller], str | None]


@dataclass(frozen=True, slots=True)
class Response:
    """One response, made comparable. `pages` are the bodies of the page and, where asked for, of the next.
    `is_replayed` is false when the request was sent again and got another response than the first time."""

    status: int
    pages: tuple[Any, ...]
    is_replayed: bool = True


# The responses of each peer to the checks of a workload, by the check's name.
ByPeer = Mapping[str, Mapping[str, Response]]


def responses(client: httpx.Client, workload: Workload, token: Token) -> dict[str, Response]:
    """The responses to all checks of a workload, by the check's name."""
    return {check.name: _response(client, workload, check, token(check.caller)) for check in workload.checks}


def differences(workload: Workload, by_peer: ByPeer) -> list[str]:
    """A sentence for every response that has not the expected status, or differs from the first peer's."""
    found = []
    first = next(iter(by_peer), None)
    for check in workload.checks:
        for peer, given in by_peer.items():
            response, expected = given[check.name], by_peer[first or peer][check.name]
            if response.status != check.status:
                found.append(
                    f"{workload.name}, {check.name}: {peer} answered {response.status}, not {check.status}: "
                    f"{str(response.pages)[:300]}"
                )
            elif not response.is_replayed:
                found.append(f"{workload.name}, {check.name}: {peer} did not replay the response")
            elif peer != first and expected.status == check.status:
                compared = _compared(workload, check, expected)
                if response.pages != compared:
                    pointer = _first_difference(compared, response.pages)
                    found.append(f"{workload.name}, {check.name}: {peer} differs from {first} at {pointer}")
    return found


def deliveries_that_differ(workload: Workload, by_peer: Mapping[str, Any]) -> list[str]:
    """A sentence for every peer whose webhooks say something else than the first peer's."""
    first = next(iter(by_peer), None)
    return [
        f"{workload.name}: the webhooks of {peer} differ from those of {first} at "
        f"{_first_difference(by_peer[first], said)}"
        for peer, said in by_peer.items()
        if first is not None and said != by_peer[first]
    ]


def not_compared(workload: Workload, by_peer: ByPeer) -> list[str]:
    """A sentence that names the keys which the first peer has and the others need not implement, if there are any."""
    first = next(iter(by_peer))
    found = {
        pointer
        for check in workload.checks
        if _is_success(check)
        for page in by_peer[first][check.name].pages
        for pointer in _others(page, workload.compared, "")
    }
    return [f"{workload.name}: only {first} has {', '.join(sorted(found))}; not compared"] if found else []


def _is_success(check: Check) -> bool:
    return check.status < 400


def _compared(workload: Workload, check: Check, response: Response) -> tuple[Any, ...]:
    if not _is_success(check):
        return response.pages
    return tuple(_only(page, workload.compared) for page in response.pages)


def _only(body: Any, shape: Shape) -> Any:
    """The body without the keys that are not in the shape."""
    if isinstance(shape, list) and isinstance(body, list):
        return [_only(entry, shape[0]) for entry in body]
    if shape is None or isinstance(shape, list) or not isinstance(body, dict):
        return body
    return {key: _only(value, _shape_of(shape, key)) for key, value in body.items() if key in shape}


def _others(body: Any, shape: Shape, pointer: str) -> Iterator[str]:
    """Pointers to the keys of a body that are not in the shape; `-` is any entry of a list."""
    if isinstance(shape, list) and isinstance(body, list):
        for entry in body:
            yield from _others(entry, shape[0], f"{pointer}/-")
    elif shape is not None and not isinstance(shape, list) and isinstance(body, dict):
        for key, value in body.items():
            if key in shape:
                yield from _others(value, _shape_of(shape, key), f"{pointer}/{key}")
            else:
                yield f"{pointer}/{key}"


def _shape_of(shape: tuple[str, ...] | Mapping[str, Shape], key: str) -> Shape:
    return shape[key] if isinstance(shape, Mapping) else None


def comparable(body: Any, volatile: Mapping[str, Any]) -> Any:
    """The body with values that differ by nature replaced by their key."""
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


def _response(client: httpx.Client, workload: Workload, check: Check, token: str | None) -> Response:
    response = _send(client, check, token)
    is_replayed = not check.replay or _is_replay(response, _send(client, check, token))
    if check.repeat:
        response = _send(client, check, token)
    body = _json(response)
    if response.status_code >= 400:
        return Response(response.status_code, (_refusal(response, body),))
    pages = [body]
    if check.follow and isinstance(body, dict) and body.get("nextCursor"):
        mark = "&" if "?" in check.path else "?"
        following = _send(client, check, token, f"{check.path}{mark}cursor={quote(body['nextCursor'])}")
        pages.append(_json(following))
    return Response(response.status_code, tuple(comparable(page, workload.volatile) for page in pages), is_replayed)


def _is_replay(first: httpx.Response, second: httpx.Response) -> bool:
    return (first.status_code, first.content) == (second.status_code, second.content) and [
        response.headers.get("idempotency-replayed") for response in (first, second)
    ] == [None, "true"]


def _send(client: httpx.Client, check: Check, token: str | None, path: str | None = None) -> httpx.Response:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    if check.key is not None:
        headers["idempotency-key"] = check.key
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
    problems = error.get("details") if response.status_code == 422 else None
    return {
        "code": error.get("code"),
        "pointers": sorted({problem["path"] for problem in problems}) if isinstance(problems, list) else None,
        "challenge": "www-authenticate" in response.headers,
    }


def _first_difference(expected: Any, given: Any, pointer: str = "") -> str:
    if isinstance(expected, dict) and isinstance(given, dict) and expected.keys() == given.keys():
        pairs = [(key, expected[key], given[key]) for key in expected]
    elif isinstance(expected, list | tuple) and isinstance(given, list | tuple) and len(expected) == len(given):
        pairs = [(str(index), *pair) for index, pair in enumerate(zip(expected, given, strict=True))]
    else:
        return f"{pointer or '/'}: {str(expected)[:300]} and {str(given)[:300]}"
    for key, left, right in pairs:
        if left != right:
            return _first_difference(left, right, f"{pointer}/{key}")
    return pointer or "/"
