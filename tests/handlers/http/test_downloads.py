"""Which links are answered here; what they answer is tested in tests/plugins/documents/test_links.py."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from handlers.http.downloads import routes
from handlers.workers.threads import Workers
from pharus.storage import LocalStore
from pharus.storage.gcs import GcsStore
from tests.api import Api, error_code


@pytest.fixture
def workers() -> Iterator[Workers]:
    running = Workers(1, 1)
    yield running
    running.close()


def test_local_store_serves_its_files_and_a_bucket_none(tmp_path: Path, workers: Workers) -> None:
    assert set(routes(LocalStore(tmp_path, ""), workers)) == {"/api/files/{token}"}
    assert routes(GcsStore.__new__(GcsStore), workers) == {}


def test_link_that_nobody_has_made_is_forbidden(anonymous: Api) -> None:
    for path in ("/api/files/x", "/api/files/x?expires=9999999999&signature=x", "/api/files/%00", "/api/files/%ff"):
        response = anonymous.get(path)
        assert (response.status_code, error_code(response)) == (403, "forbidden"), path
    for path in ("/api/files", "/api/files/", "/api/files/x/y"):
        response = anonymous.get(path)
        assert (response.status_code, error_code(response)) == (404, "not_found"), path
