"""Many large bodies at the same time: what they cost in memory, and that everybody is answered."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from contract.hostile.bodies import MOST_BYTES
from tests import factories
from tests.api import Api
from tests.conftest import AsRole
from tests.hostile.measuring import HealthWatch, Meter
from tests.server import Server
from tests.waiting import Stopwatch

CALLERS = 40
MOST_MEGABYTES_FORGED = 30
MOST_MEGABYTES = 150
MOST_SECONDS_OF_OTHERS = 3.0


@pytest.fixture(scope="module")
def attacked(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(environment, tmp_path_factory.mktemp("in-flight") / "log")
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]
    assert '"internal error"' not in running.read_log()


def body() -> bytes:
    """Nearly as large as it may be, read whole, and no vendor."""
    rows = MOST_BYTES // 1700
    return json.dumps({"rows": [{"notes": "x" * 1600}] * rows}).encode()


def send_by_many(attacked: Server, token: str | None, quiet: Api) -> tuple[Counter[int], float, float]:
    """The statuses, the megabytes that it took, and the longest time that another organization's request took."""
    content = body()
    api = Api(attacked.address, token)
    headers = {"Content-Type": "application/json"}
    # Whatever a server loads with its first requests is not what these cost.
    for _ in range(8):
        assert quiet.post("/api/vendors", {"name": "Waters"}).status_code == 201
        assert quiet.get("/api/vendors").status_code == 200
    meter = Meter(attacked.pid)
    slowest = 0.0
    with meter.measure() as cost, HealthWatch(attacked.address) as health, ThreadPoolExecutor(CALLERS) as crowd:
        sent = [
            crowd.submit(api.request, "POST", "/api/vendors", content=content, headers=headers) for _ in range(CALLERS)
        ]
        while not all(each.done() for each in sent):
            watch = Stopwatch(attacked.pid)
            assert quiet.post("/api/vendors", {"name": "Waters"}).status_code == 201
            slowest = max(slowest, watch.seconds())
            time.sleep(0.05)
        statuses = Counter(each.result().status_code for each in sent)
    assert health.failures == []
    return statuses, cost.megabytes, slowest


@pytest.fixture
def quiet(attacked: Server, as_role: AsRole) -> Api:
    return Api(attacked.address, as_role(factories.make_organization(), "member").token)


def test_large_bodies_with_a_forged_token_are_not_kept(attacked: Server, quiet: Api) -> None:
    statuses, megabytes, slowest = send_by_many(attacked, "pharus_pat_" + "x" * 32, quiet)
    assert statuses == {401: CALLERS}
    assert megabytes < MOST_MEGABYTES_FORGED
    assert slowest < MOST_SECONDS_OF_OTHERS


def test_large_bodies_of_one_organization_are_answered_and_leave_room(
    attacked: Server, quiet: Api, as_role: AsRole
) -> None:
    member = as_role(factories.make_organization(), "member")
    statuses, megabytes, slowest = send_by_many(attacked, member.token, quiet)
    # Those for which there is no room for long are told to come again.
    assert set(statuses) <= {422, 503}
    assert statuses[422] >= CALLERS // 2
    assert megabytes < MOST_MEGABYTES
    assert slowest < MOST_SECONDS_OF_OTHERS
