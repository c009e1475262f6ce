"""What Prometheus would read."""

import socket
import time
from collections.abc import Callable

import httpx
from prometheus_client.parser import text_string_to_metric_families

# Each sample by its name and its labels.
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def scrape(port: int) -> Samples:
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=30, trust_env=False).raise_for_status().text
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(samples: Samples, name: str, **labels: str) -> float:
    """Of the one series with these labels; 0 when there is none yet."""
    return samples.get((name, frozenset(labels.items())), 0.0)


def wait_for(port: int, condition: Callable[[Samples], bool], seconds: float = 90) -> Samples:
    """States are looked at once a second, and a line is counted behind its answer."""
    deadline = time.monotonic() + seconds
    while True:
        samples = scrape(port)
        if condition(samples):
            return samples
        assert time.monotonic() < deadline, samples
        time.sleep(0.1)
