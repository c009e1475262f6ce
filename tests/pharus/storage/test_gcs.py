"""Against a real emulator process; nothing here leaves this machine."""

import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from pharus.errors import ConfigurationError
from pharus.storage.gcs import GcsStore
from tests.pharus.storage.google_cloud import ACCOUNT, BUCKET, GoogleCloud, private_key, running_cloud

pytestmark = pytest.mark.no_database

PATH = "orgs/1/sales_order/2/3-Übersicht, neu.pdf"


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoogleCloud]:
    with running_cloud(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud


@pytest.fixture
def store(cloud: GoogleCloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[GcsStore]:
    for name, value in cloud.environment.items():
        monkeypatch.setenv(name, value)
    store = GcsStore(BUCKET)
    yield store
    store.delete("orgs/")


def put(store: GcsStore, path: str, content: bytes = b"soap", media_type: str = "text/plain") -> None:
    store.put(path, io.BytesIO(content), media_type)


def url_of(store: GcsStore, path: str = PATH, name: str = "Übersicht, neu.pdf") -> str:
    return store.url(path, name, "application/pdf", datetime.now(UTC) + timedelta(minutes=15))


@pytest.mark.parametrize("size", [1, 1024 * 1024, 1024 * 1024 + 1, 10 * 1024 * 1024])
def test_put_keeps_files_of_any_size_and_the_link_leads_to_them(store: GcsStore, size: int) -> None:
    content = b"\0\xff\r\n" * (size // 4) + b"x" * (size % 4)
    put(store, PATH, content, "application/pdf")
    assert list(store.paths()) == [PATH]
    answer = httpx.get(url_of(store), trust_env=False)
    assert answer.status_code == 200
    assert answer.content == content


def test_put_reads_a_large_file_piece_by_piece(store: GcsStore) -> None:
    largest = 0

    class Watched(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            nonlocal largest
            piece = super().read(size)
            largest = max(largest, len(piece))
            return piece

    store.put(PATH, Watched(b"x" * 10 * 1024 * 1024), "text/plain")
    assert largest <= 1024 * 1024


def test_delete_takes_the_file_and_one_that_is_not_there_is_fine(store: GcsStore) -> None:
    put(store, PATH)
    store.delete(PATH)
    store.delete(PATH)
    assert list(store.paths()) == []
    assert httpx.get(url_of(store), trust_env=False).status_code == 404


def test_delete_with_a_slash_takes_everything_below_and_nothing_beside(store: GcsStore) -> None:
    for path in ("orgs/1/a/1/x", "orgs/1/b/2/y", "orgs/10/a/1/z"):
        put(store, path)
    assert sorted(store.paths("orgs/1/")) == ["orgs/1/a/1/x", "orgs/1/b/2/y"]
    store.delete("orgs/1/")
    store.delete("orgs/1/")
    assert list(store.paths()) == ["orgs/10/a/1/z"]


def test_url_is_signed_for_fifteen_minutes_of_reading_this_file(store: GcsStore) -> None:
    """The signature is checked as Google describes it (V4), with the public key and none of the library's code."""
    parts = urlsplit(url_of(store))
    query = dict(parse_qsl(parts.query))
    assert query["X-Goog-Algorithm"] == "GOOG4-RSA-SHA256"
    assert 890 <= int(query["X-Goog-Expires"]) <= 900
    assert query["X-Goog-Credential"].startswith(f"{ACCOUNT}/")
    assert unquote(parts.path) == f"/{BUCKET}/{PATH}"
    assert query["response-content-type"] == "application/pdf"
    assert query["response-content-disposition"].startswith("attachment; filename=")
    signature = bytes.fromhex(query.pop("X-Goog-Signature"))
    pairs = sorted((quote(name, safe="-._~"), quote(value, safe="-._~")) for name, value in query.items())
    headers = f"host:{parts.netloc}\n"
    request = "\n".join(
        ["GET", parts.path, "&".join(f"{name}={value}" for name, value in pairs), headers, "host", "UNSIGNED-PAYLOAD"]
    )
    signed = "\n".join(
        [
            "GOOG4-RSA-SHA256",
            query["X-Goog-Date"],
            query["X-Goog-Credential"].partition("/")[2],
            hashlib.sha256(request.encode()).hexdigest(),
        ]
    )
    private_key().public_key().verify(signature, signed.encode(), padding.PKCS1v15(), hashes.SHA256())


def test_id_is_that_of_the_bucket(store: GcsStore) -> None:
    assert store.id == f"bucket:{BUCKET}"
    assert store.id == GcsStore(BUCKET).id
    store.tidy()


@pytest.mark.parametrize("key", ["", "{}", '{"type": "authorized_user"}', "no JSON"])
def test_store_without_a_key_to_sign_with_refuses_to_start(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key.json"
    file.write_text(key)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(file))
    with pytest.raises(ConfigurationError, match="GOOGLE_APPLICATION_CREDENTIALS"):
        GcsStore(BUCKET)


def test_store_that_does_not_answer_raises(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pharus.storage.gcs._RETRY_SECONDS", 0.2)
    with running_cloud(tmp_path_factory.mktemp("outage")) as cloud:
        for name, value in cloud.environment.items():
            monkeypatch.setenv(name, value)
        store = GcsStore(BUCKET)
        put(store, PATH)
        cloud.stop()
        for attempt in (lambda: put(store, PATH), lambda: store.delete(PATH), lambda: list(store.paths())):
            with pytest.raises(Exception, match=r"(?i)connection|retry|timeout"):
                attempt()


def test_get_writes_the_content_and_what_is_not_there_is_not_found(store: GcsStore) -> None:
    put(store, PATH, b"soap" * 600_000)
    target = io.BytesIO()
    store.get(PATH, target)
    assert target.getvalue() == b"soap" * 600_000
    with pytest.raises(FileNotFoundError):
        store.get(f"{PATH}x", io.BytesIO())
