"""A thousand requests that nobody means well with, over raw sockets: each is refused in the same words."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests import factories
from tests.api import Api
from tests.contract import wire
from tests.contract.conftest import Say, Tally
from tests.contract.hostile import Attacker, Hostile
from tests.contract.judging import is_error_body
from tests.server import Server

_SEED = 20261122
_REQUESTS = 1000
_MOST_RESIDENT_BYTES = 300 * 1024 * 1024


@pytest.fixture
def attacked(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    """A server of its own: its memory is measured."""
    server = Server({**environment, "PHARUS_RATE_LIMITS": "off"}, tmp_path / "server.log")
    yield server
    assert server.stop() == 0, server.read_log()[-2000:]


def test_hostile_requests_are_refused_and_the_server_lives(
    attacked: Server, organization: factories.Organization, say: Say, tally: Tally
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    token = factories.make_api_token(organization.id, user.id)
    process = psutil.Process(attacked.pid)
    sent: Counter[str] = Counter()
    violations: list[str] = []
    by_protocol = highest = 0
    for hostile in Attacker(token, _SEED).requests():
        sent[hostile.name] += 1
        answers = _answers(attacked, hostile)
        violations += _violations(hostile, answers)
        by_protocol += sum(answer.is_by_protocol for answer in answers)
        highest = max(highest, process.memory_info().rss)
    tally("hostile requests", sent.total())
    say(f"{sent.total()} hostile requests: {dict(sent)}")
    say(f"{by_protocol} refused before there was a request; at most {highest / 1024**2:.0f} MB resident")
    assert violations == [], f"{len(violations)} of {sent.total()}:\n" + "\n".join(violations[:40])
    assert sent.total() == _REQUESTS
    assert highest < _MOST_RESIDENT_BYTES
    assert '"internal error"' not in attacked.read_log()
    _serves_as_before(attacked, token, organization.id)


def _answers(server: Server, hostile: Hostile) -> list[wire.Answer]:
    if not hostile.statuses:
        wire.hang_up(server.address, hostile.pieces)
        return []
    return wire.exchange(
        server.address,
        hostile.pieces,
        answers=max(hostile.answers, 1),
        half_close=hostile.half_close,
        has_body=hostile.has_body,
    )


def _violations(hostile: Hostile, answers: list[wire.Answer]) -> list[str]:
    """What is wrong with the answers to one request, each with the beginning and the end of the request."""
    found = [_fault(hostile, answer) for answer in answers]
    if len(answers) < hostile.answers and hostile.statuses:
        found.append(f"{len(answers)} answers instead of {hostile.answers}")
    start = b"".join(piece for piece in hostile.pieces if isinstance(piece, bytes))[:2000]
    return [f"{hostile.name}: {problem}: {start[:200]!r} … {start[-120:]!r}" for problem in found if problem]


def _fault(hostile: Hostile, answer: wire.Answer) -> str | None:
    if answer.status not in hostile.statuses:
        return f"answered {answer.status}, not {sorted(hostile.statuses)}: {answer.body[:200]!r}"
    if hostile.is_http and answer.is_by_protocol:
        return "is HTTP, but never came to the application"
    # An id that is no single word is not taken from a caller.
    if "x-injected" in answer.headers or not answer.headers.get("x-request-id", "").isalnum():
        return f"answered with the headers {answer.headers}"
    if answer.status >= 400 and answer.body:
        if not answer.is_json:
            return f"answered {answer.headers.get('content-type')}: {answer.body[:200]!r}"
        is_error_body(answer.body)
    return None


def _serves_as_before(server: Server, token: str, org_id: str) -> None:
    api = Api(server.address, token)
    created = api.post("/api/vendors", {"name": "After the storm"})
    assert created.status_code == 201
    assert created.json()["orgId"] == org_id
    # What worked in the storm is stored once, and nothing of what was refused.
    names = [vendor["name"] for vendor in api.get("/api/vendors", limit=500).json()["data"]]
    assert {name.split()[0] for name in names} == {"After", "Chunk", "Slow"}
