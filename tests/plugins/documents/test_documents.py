from datetime import UTC, datetime, timedelta

import pytest

from pharus.db import db
from pharus.fields import new_id
from pharus.storage import LocalStore
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization
from tests.plugins.documents.orders import DOCUMENTS, MOST_BYTES, listed, make_order, upload, uploaded, wait_until

KINDS = ("sales_order", "purchase_order", "work_order", "lot")


@pytest.mark.parametrize("kind", KINDS)
def test_document_is_uploaded_listed_read_and_deleted(
    member: Api, organization: Organization, store: LocalStore, kind: str
) -> None:
    entity_id = make_order(kind, organization.id)
    content = b"%PDF-1.7\0\xff" * 1000
    document = uploaded(
        member, entity_id.upper(), content, kind=kind, name="Packing list.pdf", media_type="application/pdf"
    )
    path = f"orgs/{organization.id}/{kind}/{entity_id}/{document['id']}-Packing list.pdf"
    assert document == {
        "id": document["id"],
        "orgId": organization.id,
        "entityType": kind,
        "entityId": entity_id,
        "name": "Packing list.pdf",
        "gcsPath": path,
        "mimeType": "application/pdf",
        "sizeBytes": str(len(content)),
        "createdAt": document["createdAt"],
    }
    assert (store.folder / path).read_bytes() == content
    assert listed(member, entity_id, kind=kind) == [document]
    detail = member.get(f"{DOCUMENTS}/{document['id']}")
    assert detail.headers["cache-control"] == "no-store"
    signed_url = detail.json().pop("signedUrl")
    assert detail.json() == {**document, "signedUrl": signed_url}
    assert member.delete(f"{DOCUMENTS}/{document['id']}").json() == {"deletedId": document["id"]}
    wait_until(lambda: not (store.folder / path).exists())
    assert listed(member, entity_id, kind=kind) == []
    for response in (member.get(f"{DOCUMENTS}/{document['id']}"), member.delete(f"{DOCUMENTS}/{document['id']}")):
        assert (response.status_code, error_code(response)) == (404, "not_found")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\label.pdf", "label.pdf"),
        ("/etc/passwd", "passwd"),
        ("%2e%2e%2fpasswd", "%2e%2e%2fpasswd"),
        ("..", "document"),
        ("x" * 10_000 + ".pdf", "x" * 251 + ".pdf"),
        ("\U0001f9fc" * 300 + ".pdf", "\U0001f9fc" * 251 + ".pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("NUL", "NUL"),
        (".id", ".id"),
        ('a"b;c=d.txt', 'a"b;c=d.txt'),
    ],
)
def test_name_of_any_kind_stays_inside_of_the_store(
    member: Api, order: str, store: LocalStore, name: str, kept: str
) -> None:
    """`\"` of a name is sent as %22 by every browser, and by this client; nobody decodes anything."""
    document = uploaded(member, order, name=name)
    assert document["name"].replace("%22", '"') == kept
    file = (store.folder / document["gcsPath"]).resolve()
    assert file.read_bytes() == b"soap"
    assert file.parent == (store.folder / "orgs" / document["orgId"] / "purchase_order" / order).resolve()
    assert file.name.startswith(f"{document['id']}-")
    link = member.get(f"{DOCUMENTS}/{document['id']}").json()["signedUrl"]
    assert Api(member.address).request("GET", link.removeprefix(member.address)).content == b"soap"


def test_name_with_a_nul_is_malformed(member: Api, order: str) -> None:
    assert upload(member, order, name="a\0b.txt").status_code == 201
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a\0b.txt"\r\n\r\nsoap\r\n'
        b'--b\r\nContent-Disposition: form-data; name="entityType"\r\n\r\npurchase_order\r\n'
        b'--b\r\nContent-Disposition: form-data; name="entityId"\r\n\r\n%b\r\n--b--\r\n' % order.encode()
    )
    response = member.request(
        "POST", DOCUMENTS, content=body, headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert (response.status_code, error_code(response)) == (400, "validation_failed")


def test_file_without_a_media_type_counts_as_bytes(member: Api, order: str) -> None:
    for media_type in ("", "garbage", "text/html; charset=utf-8"):
        document = uploaded(member, order, name="x", media_type=media_type)
        assert document["mimeType"] == ("text/html" if "html" in media_type else "application/octet-stream")


def test_file_of_ten_megabytes_is_kept_and_one_byte_more_is_not(member: Api, order: str, store: LocalStore) -> None:
    document = uploaded(member, order, b"x" * MOST_BYTES)
    assert document["sizeBytes"] == str(MOST_BYTES)
    assert (store.folder / document["gcsPath"]).stat().st_size == MOST_BYTES
    response = upload(member, order, b"x" * (MOST_BYTES + 1))
    assert (response.status_code, error_code(response)) == (413, "payload_too_large")
    assert listed(member, order) == [document]


def test_what_is_wrong_with_an_upload_is_named_with_its_pointer(member: Api, order: str) -> None:
    empty = upload(member, order, b"")
    assert (empty.status_code, pointers(empty)) == (422, ["/file"])
    both = upload(member, "7", kind="production_order")
    assert (both.status_code, pointers(both)) == (422, ["/entityId", "/entityType"])
    nothing = member.request("POST", DOCUMENTS, files={"other": ("a", b"x")})
    assert (nothing.status_code, pointers(nothing)) == (422, ["/entityId", "/entityType", "/file", "/other"])
    as_json = member.post(DOCUMENTS, {"entityType": "purchase_order", "entityId": order, "file": "x"})
    assert (as_json.status_code, error_code(as_json)) == (415, "unsupported_media_type")
    no_form = member.request(
        "POST", DOCUMENTS, content=b"soap", headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert (no_form.status_code, error_code(no_form)) == (400, "validation_failed")
    assert listed(member, order) == []


def test_order_that_does_not_exist_or_is_anothers_has_no_documents(
    member: Api, order: str, as_role: AsRole, store: LocalStore
) -> None:
    document = uploaded(member, order)
    neighbour = as_role(factories.make_organization(), "owner")
    for api, entity_id, kind in (
        (member, new_id(), "purchase_order"),
        (member, order, "sales_order"),
        (neighbour, order, "purchase_order"),
    ):
        response = upload(api, entity_id, kind=kind)
        assert (response.status_code, error_code(response)) == (404, "not_found")
        assert listed(api, entity_id, kind=kind) == []
    for response in (
        neighbour.get(f"{DOCUMENTS}/{document['id']}"),
        neighbour.delete(f"{DOCUMENTS}/{document['id']}"),
    ):
        assert response.status_code == 404
    assert listed(member, order) == [document]
    assert (store.folder / document["gcsPath"]).exists()


def test_viewer_reads_and_does_not_write(viewer: Api, member: Api, order: str) -> None:
    document = uploaded(member, order)
    assert listed(viewer, order) == [document]
    assert viewer.get(f"{DOCUMENTS}/{document['id']}").status_code == 200
    for response in (upload(viewer, order), viewer.delete(f"{DOCUMENTS}/{document['id']}")):
        assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_list_comes_in_pages_newest_first(member: Api, order: str, organization: Organization) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    ids = [
        factories.make_document(
            organization.id, purchase_order_id=order, created_at=start + timedelta(seconds=number // 2)
        )
        for number in range(7)
    ]
    factories.make_document(organization.id, purchase_order_id=order, is_stored=False)
    factories.make_document(organization.id, purchase_order_id=make_order("purchase_order", organization.id))
    seen: list[str] = []
    cursor = None
    while True:
        parameters = {"cursor": cursor} if cursor else {}
        page = member.get(DOCUMENTS, entityType="purchase_order", entityId=order, limit=3, **parameters).json()
        assert len(page["data"]) <= 3
        seen += [document["id"] for document in page["data"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]
    missing = member.get(DOCUMENTS)
    assert (missing.status_code, pointers(missing)) == (422, ["query/entityId", "query/entityType"])


def test_document_whose_file_is_on_its_way_is_not_shown(member: Api, order: str, organization: Organization) -> None:
    id = factories.make_document(organization.id, purchase_order_id=order, is_stored=False)
    assert listed(member, order) == []
    assert member.get(f"{DOCUMENTS}/{id}").status_code == 404
    assert member.delete(f"{DOCUMENTS}/{id}").status_code == 404
    assert db.row("SELECT count(*) FROM document WHERE id = %s", (id,)) == (1,)
