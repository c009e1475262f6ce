"""A second server whose limits are small enough to be reached, and which browsers of one origin may call."""

from collections.abc import Iterator

import pytest

from tests.server import Server

ORIGIN = "https://app.example.com"
MOST_BODY_BYTES = 2048


@pytest.fixture(scope="session")
def small_server(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(
        {
            **environment,
            "PHARUS_LOG": "console",
            "PHARUS_MAX_BODY_BYTES": str(MOST_BODY_BYTES),
            "PHARUS_CORS_ORIGINS": ORIGIN,
        },
        tmp_path_factory.mktemp("small") / "log",
    )
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]
    assert "internal error" not in running.read_log()
