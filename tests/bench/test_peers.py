"""The peers do the same work as Pharus: real servers, one database, answers compared."""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench.database import Database
from bench.harness import Plan, compare_and_count
from bench.peers import DJANGO, FASTAPI, FLOOR, PEERS, PHARUS
from bench.workloads import WORKLOADS

_BY_NAME = {peer.name: peer for peer in PEERS}

_ROUND_TRIPS = {PHARUS: 3, FLOOR: 3, FASTAPI: 4, DJANGO: 4}
_READS = ("list-vendors", "list-ledger", "stock-summary")


def needs(module: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(find_spec(module) is None, reason=f"make bench installs {module}")


each_peer = pytest.mark.parametrize(
    "name",
    [
        FLOOR,
        pytest.param(FASTAPI, marks=needs("fastapi")),
        pytest.param(DJANGO, marks=needs("rest_framework")),
    ],
)


@each_peer
def test_peer_answers_like_pharus(name: str, database_url: str, tmp_path: Path) -> None:
    # Organizations of its own: another process may run the other case at the same time.
    workloads = [replace(each, name=f"{each.name}-{name}") for each in WORKLOADS if each.webhook is None]
    plan = Plan([_BY_NAME[PHARUS], _BY_NAME[name]], workloads, [1], 1, 1.0, 0.0, [1], tmp_path)
    database = Database(database_url, None, {})
    for workload in workloads:
        database.fill(workload)
    found, trips = compare_and_count(plan, database, lambda _: None)
    assert found == []
    for workload in workloads:
        usual = {peer: counted.usual for peer, counted in trips[workload.name].items()}
        if workload.name.startswith(_READS):
            assert usual == {peer: _ROUND_TRIPS[peer] for peer in (PHARUS, name)}
        assert usual[PHARUS] <= usual[name], workload.name


@each_peer
def test_peer_delivers_what_pharus_delivers(name: str, migrated: str, tmp_path: Path) -> None:
    """On a database of its own: what delivers there takes whatever is to be delivered in it."""
    workloads = [each for each in WORKLOADS if each.webhook is not None]
    plan = Plan([_BY_NAME[PHARUS], _BY_NAME[name]], workloads, [1], 1, 1.0, 0.0, [1], tmp_path)
    database = Database(migrated, None, {})
    for workload in workloads:
        database.fill(workload)
    found, trips = compare_and_count(plan, database, lambda _: None)
    assert found == []
    assert [trips[workload.name][PHARUS].usual for workload in workloads] == [2] * len(workloads)
