"""The same server with a bucket of Google Cloud Storage, which is an emulator on this machine."""

from collections.abc import Iterator

import httpx
import pytest

from pharus.db import db
from tests.api import Api
from tests.factories import Organization
from tests.pharus.storage.google_cloud import BUCKET, GoogleCloud, running_cloud
from tests.plugins.documents.orders import DOCUMENTS, MOST_BYTES, listed, upload, uploaded, wait_until
from tests.server import Server


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GoogleCloud]:
    with running_cloud(tmp_path_factory.mktemp("cloud")) as cloud:
        yield cloud


@pytest.fixture(scope="module")
def with_bucket(
    environment: dict[str, str], cloud: GoogleCloud, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    settings = {"PHARUS_STORAGE": "gcs", "PHARUS_STORAGE_BUCKET": BUCKET, "PHARUS_FIREBASE_PROJECT": "example-project"}
    server = Server({**environment, **cloud.environment, **settings}, tmp_path_factory.mktemp("server") / "log")
    yield server
    assert server.stop() == 0
    assert '"internal error"' not in server.read_log()


@pytest.fixture
def api(with_bucket: Server, member: Api) -> Api:
    return Api(with_bucket.address, member.token)


def objects(cloud: GoogleCloud, organization: Organization) -> list[str]:
    response = httpx.get(
        f"{cloud.address}/storage/v1/b/{BUCKET}/o", params={"prefix": f"orgs/{organization.id}/"}, trust_env=False
    )
    return [each["name"] for each in response.json().get("items", [])]


def test_document_lies_in_the_bucket_and_its_link_leads_there(
    api: Api, order: str, organization: Organization, cloud: GoogleCloud
) -> None:
    content = b"\0\xff" * (MOST_BYTES // 2)
    document = uploaded(api, order, content, name="Übersicht.pdf", media_type="application/pdf")
    assert objects(cloud, organization) == [document["gcsPath"]]
    link = api.get(f"{DOCUMENTS}/{document['id']}").json()["signedUrl"]
    assert link.startswith(f"{cloud.address}/{BUCKET}/orgs/")
    assert httpx.get(link, trust_env=False).content == content
    assert api.delete(f"{DOCUMENTS}/{document['id']}").status_code == 200
    wait_until(lambda: objects(cloud, organization) == [])
    assert httpx.get(link, trust_env=False).status_code == 404


def test_server_with_a_bucket_serves_no_files_itself(api: Api) -> None:
    assert api.get("/api/files/x").status_code == 404


def test_bucket_that_does_not_answer_is_service_unavailable_and_leaves_nothing(
    api: Api, order: str, organization: Organization, cloud: GoogleCloud
) -> None:
    """The last of this file: the cloud does not come back."""
    document = uploaded(api, order)
    cloud.process.terminate()
    cloud.process.wait()
    assert api.delete(f"{DOCUMENTS}/{document['id']}").status_code == 200
    assert upload(api, order).status_code == 503
    assert listed(api, order) == []
    assert db.row("SELECT count(*) FROM document WHERE org_id = %s", (organization.id,)) == (0,)
    paths = db.execute_sql(
        "SELECT path FROM file_removal WHERE path LIKE %s", (f"orgs/{organization.id}/%",)
    ).fetchall()
    assert len(paths) == 2, "both wait for the bucket"
