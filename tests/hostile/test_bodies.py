"""Whatever a body of up to 8 MiB holds, it is refused, and its refusal costs little: at every operation.

`make test` sends each kind of body to some operations and to each operation some kinds; `make drills` sends all.
"""

import resource
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import httpx
import pytest

from contract.hostile.bodies import JSON, MOST_BYTES, MULTIPART, HostileBody, for_any_operation, for_operation
from pharus import openapi
from pharus.providers import LocalProvider
from tests import factories
from tests.api import Api
from tests.contract.conftest import Say, Tally, say, tally
from tests.contract.judging import document, is_error_body
from tests.hostile.measuring import HealthWatch, Meter
from tests.server import Server

__all__ = ["say", "tally"]

# Method, path, operation and body.
HostileCase = tuple[str, str, str, HostileBody]

# What no schema is asked about is sent to these, and to every upload.
_FOR_ALL = ("createPurchaseOrder", "bulkImportSalesOrders")

ADDRESS_SPACE = 3_000_000_000
MOST_MEGABYTES = 100
MOST_SECONDS = 1.0
MOST_ANSWER_BYTES = 64 * 1024
MOST_HEALTH_SECONDS = 1.0


@pytest.fixture(scope="module")
def attacked(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, with little memory."""
    log = tmp_path_factory.mktemp("attacked") / "server.log"
    server = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, log)
    resource.prlimit(server.pid, resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    yield server
    server.end()


@pytest.fixture
def caller(attacked: Server, local_provider: LocalProvider, organization: factories.Organization) -> Api:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    return Api(attacked.address, local_provider.issue(user.email, uid=user.uid), organization.id)


@pytest.mark.long
def test_hostile_body_is_refused_and_costs_little(attacked: Server, caller: Api, say: Say, tally: Tally) -> None:
    send_all(some_of(list(cases())), attacked, caller, say, tally)


@pytest.mark.drills
def test_every_hostile_body_is_refused_and_costs_little(attacked: Server, caller: Api, say: Say, tally: Tally) -> None:
    send_all(cases(), attacked, caller, say, tally)


def some_of(all_cases: Sequence[HostileCase]) -> Iterator[HostileCase]:
    """Of each operation at least one, and of each kind of body at least two, if there are so many."""
    seen: Counter[str] = Counter()
    for case in all_cases:
        _, _, operation, body = case
        kind = body.name.rpartition(" in ")[0] or body.name.partition(" as ")[0]
        if not seen[operation] or seen[kind] < 2:
            seen.update((operation, kind))
            yield case


def send_all(cases: Iterable[HostileCase], attacked: Server, caller: Api, say: Say, tally: Tally) -> None:
    caller.get("/api/vendors")
    meter = Meter(attacked.pid)
    broken: list[str] = []
    count = 0
    highest: dict[str, tuple[float, str]] = {}
    with HealthWatch(attacked.address) as health:
        for method, path, operation, body in cases:
            content = body.make()
            assert len(content) <= MOST_BYTES, (operation, body)
            with meter.measure() as cost:
                response = send(caller, method, path, content, body.content_type)
            count += 1
            where = f"{operation}, {body.name}"
            for what, value, most in (
                ("MB over idle", cost.megabytes, MOST_MEGABYTES),
                ("seconds of processor", cost.seconds, MOST_SECONDS),
                ("bytes of answer", len(response.content), MOST_ANSWER_BYTES),
            ):
                highest[what] = max(highest.get(what, (0, "")), (value, where))
                if value > most:
                    broken.append(f"{where}: {value:.1f} {what}")
            if response.status_code not in (400, 413, 422):
                broken.append(f"{where}: answered {response.status_code}")
            is_error_body(response.content)
    tally("hostile bodies", count)
    say(f"{count} hostile bodies; at most {highest}; health answers within {health.slowest:.2f} s")
    assert broken == [], f"{len(broken)} of {count}:\n" + "\n".join(broken[:60])
    assert health.failures == []
    assert health.slowest <= MOST_HEALTH_SECONDS


def cases() -> Iterator[HostileCase]:
    for path, method, operation in openapi.operations(document()):
        content = openapi.dereference(document(), operation.get("requestBody", {})).get("content", {})
        for media_type, declared in content.items():
            bodies = for_operation(document(), declared["schema"]) if media_type == JSON else iter(())
            if media_type == MULTIPART or operation["operationId"] in _FOR_ALL:
                bodies = chain(bodies, for_any_operation(media_type))
            for body in bodies:
                yield method.upper(), _filled(path, operation), operation["operationId"], body


def send(caller: Api, method: str, path: str, content: bytes, content_type: str) -> httpx.Response:
    return caller.request(method, path, content=content, headers={"Content-Type": content_type})


def _filled(path: str, operation: dict[str, Any]) -> str:
    """The path with the examples of its parameters."""
    for reference in operation.get("parameters", ()):
        parameter = openapi.dereference(document(), reference)
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", str(parameter["example"]))
    return path
