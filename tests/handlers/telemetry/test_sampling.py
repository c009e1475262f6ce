import time

import pytest
from prometheus_client import CollectorRegistry

from handlers.telemetry.metrics import Metrics
from handlers.telemetry.sampling import Sampler


def test_look_reads_the_states_and_counts_what_was_computed_since() -> None:
    registry = CollectorRegistry()
    waiting = [3, 1]
    sampler = Sampler(Metrics(registry), {"queue_waiting": ("Who waits.", lambda: waiting.pop(0))}, {})
    sampler.look()
    assert registry.get_sample_value("pharus_queue_waiting") == 3
    first = registry.get_sample_value("pharus_cpu_seconds_total")
    until = time.process_time() + 0.05
    while time.process_time() < until:
        pass
    sampler.look()
    assert registry.get_sample_value("pharus_queue_waiting") == 1
    second = registry.get_sample_value("pharus_cpu_seconds_total")
    assert first is not None
    assert second is not None
    assert 0.05 <= second - first < 5


def test_database_that_cannot_be_looked_into_is_down_and_what_was_known_stays(
    caplog: pytest.LogCaptureFixture,
) -> None:
    registry = CollectorRegistry()
    looks = iter([7, None, 8])

    def look() -> int:
        found = next(looks)
        if found is None:
            raise OSError("no such thing")
        return found

    sampler = Sampler(Metrics(registry), {}, {"purges_waiting": ("Who is purged.", look)})
    seen = []
    for _ in range(3):
        sampler.look_into_database()
        seen.append(
            (registry.get_sample_value("pharus_database_up"), registry.get_sample_value("pharus_purges_waiting"))
        )
    assert seen == [(1, 7), (0, 7), (1, 8)]
    assert "could not be looked into" in caplog.text
