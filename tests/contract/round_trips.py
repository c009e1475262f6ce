"""How many SQL round trips each operation makes: counted on the wire, of one request that is served.

The request is the first example of the document, and names what the fuzzing would name. It is sent until it was served
four times. The first one opens connections and reads what a process reads once; of the others the smallest count
stands.
"""

import copy
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from bench.roundtrips import CountingProxy
from pharus import openapi
from tests.contract.conformance import conforms, document
from tests.contract.fuzzing import world
from tests.contract.fuzzing.callers import Callers
from tests.server import Server

_ATTEMPTS = 20
_TIMES = 4

# What only the connections of requests send: who calls, and numbers. The sweeper has a connection of its own and works
# when it likes.
_OF_REQUESTS = ("app_user u ON", "INTO number_sequence")

# By operation, in the order of the document.
TABLE = Path(__file__).parent / "round_trips.json"


def read() -> dict[str, int]:
    table: dict[str, int] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table


def write(measured: dict[str, int]) -> None:
    TABLE.write_text(json.dumps(measured, indent=4) + "\n", encoding="utf-8")


def measure(environment: dict[str, str], folder: Path) -> dict[str, int]:
    """The round trips of every operation. AssertionError when one of them does not answer with success."""
    # One worker thread: a second one would open a connection of its own at some time.
    alone = {"PHARUS_THREADS": "1", "PHARUS_RATE_LIMITS": "off"}
    url = environment["PHARUS_DATABASE_URL"]
    with (
        CountingProxy(url, _OF_REQUESTS) as proxy,
        _serving({**environment, **alone, "PHARUS_DATABASE_URL": proxy.url}, folder) as at,
    ):
        made = world.make(at, url, Path(environment["PHARUS_DATA"]))
        callers = Callers(made)
        with httpx.Client(base_url=at, timeout=60, trust_env=False, event_hooks={"response": [_judge]}) as client:
            return {
                operation["operationId"]: _of_the_later(client, proxy, callers, route, method, operation)
                for route, method, operation in openapi.operations(document())
            }


def _judge(answer: httpx.Response) -> None:
    answer.read()
    conforms(answer)


@contextmanager
def _serving(environment: dict[str, str], folder: Path) -> Iterator[str]:
    server = Server(environment, folder / "server.log")
    try:
        yield server.address
    finally:
        server.stop()


@dataclass
class _Operation:
    path: str


@dataclass
class _Case:
    """A request, as the fuzzing prepares it."""

    operation: _Operation
    path_parameters: dict[str, Any]
    query: dict[str, Any]
    headers: dict[str, str]
    body: Any
    meta: None = None


def _of_the_later(
    client: httpx.Client, proxy: CountingProxy, callers: Callers, route: str, method: str, operation: dict[str, Any]
) -> int:
    counted: list[int] = []
    answer = ""
    for attempt in range(_ATTEMPTS):
        case = _case(callers, route, operation)
        # What the fuzzing keeps steady is refused by one or two operations.
        callers.prepare(operation["operationId"], case, steady=attempt < _TIMES)
        before = proxy.count
        response = client.request(
            method,
            route.format(**case.path_parameters),
            params=case.query,
            headers=case.headers,
            **_sent(operation, case.body),
        )
        if response.is_success:
            counted.append(proxy.count - before)
        answer = f"{response.status_code} {response.text[:500]}"
        if len(counted) == _TIMES:
            # Once a minute a caller's activity is noted, and counted with one of them.
            return min(counted[1:])
    raise AssertionError(f"{operation['operationId']} was not served {_TIMES} times: {answer}")


def _sent(operation: dict[str, Any], body: Any) -> dict[str, Any]:
    """The body as httpx takes it: JSON, or a form whose `file` is a file."""
    declared = openapi.dereference(document(), operation.get("requestBody"))
    if not declared or "multipart/form-data" not in declared["content"]:
        return {"json": body}
    fields = {name: value for name, value in body.items() if name != "file"}
    return {"data": fields, "files": {"file": ("note.txt", b"A note", "text/plain")}}


def _case(callers: Callers, route: str, operation: dict[str, Any]) -> _Case:
    parameters = [openapi.dereference(document(), parameter) for parameter in operation.get("parameters", ())]
    asked = [each for each in parameters if each.get("required")]
    headers = {"Authorization": callers.alice.owner.authorization, "X-Org-Id": callers.alice.org_id}
    case = _Case(
        _Operation(route),
        {each["name"]: each["example"] for each in asked if each["in"] == "path"},
        {each["name"]: each["example"] for each in asked if each["in"] == "query"},
        headers,
        None,
    )
    body = openapi.dereference(document(), operation.get("requestBody"))
    if body:
        (content,) = body["content"].values()
        examples = content.get("examples") or {"only": {"value": content["example"]}}
        case.body = copy.deepcopy(next(iter(examples.values()))["value"])
    return case
