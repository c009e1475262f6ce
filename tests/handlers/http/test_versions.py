"""ETag, If-Match and If-None-Match. Every operation is tried in tests/contract/test_versions.py."""

import hashlib
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import httpx
import pytest

from handlers.http.responses import Response
from handlers.http.versions import etag_of, is_among, with_etag
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsRole
from tests.contract.judging import conforms
from tests.factories import Organization
from tests.plugins.purchase_orders.buying import Buying

WRITERS = 50


@pytest.mark.parametrize(
    ("header", "strong", "weak"),
    [
        (b'"a"', True, True),
        (b'"b", "a"', True, True),
        (b' "a" ', True, True),
        (b"*", True, True),
        (b'W/"a"', False, True),
        (b'"b", W/"a"', False, True),
        (b'"A"', False, False),
        (b"a", False, False),
        (b'"b"', False, False),
        (b"", False, False),
        (b'"a', False, False),
    ],
)
def test_etag_is_among_those_of_a_header(header: bytes, strong: bool, weak: bool) -> None:
    assert (is_among(b'"a"', header, weak=False), is_among(b'"a"', header, weak=True)) == (strong, weak)


def test_etag_is_of_the_bytes_alone() -> None:
    whole = bytes(range(256)) * 40
    assert etag_of(whole) == b'"%b"' % hashlib.sha256(whole).hexdigest()[:32].encode()
    assert etag_of(b"{}") == etag_of(b"{}") != etag_of(b"{ }")


def test_etag_is_that_of_the_body_without_what_only_this_answer_has() -> None:
    """Also where another text looks like the key, and where the key says nothing."""
    for body, record in (
        (b'{"a":"1","warnings":[{"b":2}]}', b'{"a":"1"}'),
        (b'{"warnings":[],"a":"x"}', b'{"a":"x"}'),
        (b'{"a":{"warnings":1}}', b'{"a":{"warnings":1}}'),
        (b'{"a":"\\"warnings\\":"}', b'{"a":"\\"warnings\\":"}'),
    ):
        headers = dict(with_etag(Response(201, body), None, apart=(b"warnings",)).headers)
        assert headers[b"etag"] == etag_of(record), body
        assert dict(with_etag(Response(201, body), None).headers)[b"etag"] == etag_of(body)


def test_version_changes_with_a_line_of_an_order(organization: Organization, member: Api) -> None:
    buying = Buying(organization, member)
    order = buying.order()
    path = f"/api/purchase-orders/{order['purchaseOrder']['id']}"
    before = member.get(path).headers["etag"]
    line = order["items"][0]["id"]
    assert member.patch(f"/api/purchase-order-items/{line}", {"quantity": "77"}).status_code == 200
    after = member.get(path).headers["etag"]
    assert before != after
    refused = member.patch(path, {"status": "Placed"}, headers={"If-Match": before})
    assert (refused.status_code, error_code(refused), refused.headers["etag"]) == (412, "precondition_failed", after)
    assert member.patch(path, {"status": "Placed"}, headers={"If-Match": after}).status_code == 200


def test_request_that_is_wrong_by_itself_is_told_so_first(member: Api, organization: Organization) -> None:
    path = f"/api/vendors/{factories.make_vendor(organization.id)}"
    assert member.patch(path, {"name": 1}, headers={"If-Match": '"old"'}).status_code == 422
    missing = f"/api/vendors/{organization.id}"
    assert member.patch(missing, {"name": "A"}, headers={"If-Match": '"old"'}).status_code == 404


@pytest.mark.parametrize("header", ["", "abc", '"abc', '"a" "b"', 'w/"a"', f'"{"a" * 1000}"'])
def test_what_is_no_etag_is_refused(member: Api, organization: Organization, header: str) -> None:
    path = f"/api/vendors/{factories.make_vendor(organization.id)}"
    for refused in (
        member.patch(path, {"name": "A"}, headers={"If-Match": header}),
        member.post("/api/vendors", {"name": "A"}, headers={"If-Match": header}),
    ):
        assert refused.status_code == 422
        assert refused.json()["error"]["details"][0]["path"] == "header/If-Match"


def test_two_versions_are_refused(member: Api, organization: Organization) -> None:
    path = f"/api/vendors/{factories.make_vendor(organization.id)}"
    etag = member.get(path).headers["etag"]
    headers = [*member.headers.items(), ("If-Match", etag), ("If-Match", etag)]
    response = httpx.patch(member.address + path, json={"name": "A"}, headers=headers, trust_env=False)
    conforms(response)
    assert response.status_code == 400


def test_record_that_is_sent_back_is_compared_as_well(member: Api, organization: Organization) -> None:
    path = f"/api/vendors/{factories.make_vendor(organization.id)}"
    seen = member.get(path)
    assert member.patch(path, {"notes": "Other"}).status_code == 200
    refused = member.patch(path, seen.json() | {"name": "Mine"}, headers={"If-Match": seen.headers["etag"]})
    assert (refused.status_code, error_code(refused)) == (412, "precondition_failed")
    now = member.get(path)
    changed = member.patch(path, now.json() | {"name": "Mine"}, headers={"If-Match": now.headers["etag"]})
    assert (changed.status_code, changed.json()["name"], changed.json()["notes"]) == (200, "Mine", "Other")


def test_list_has_no_version(viewer: Api) -> None:
    assert "etag" not in viewer.get("/api/vendors").headers


def test_repeated_change_is_answered_although_its_version_has_passed(member: Api, organization: Organization) -> None:
    path = f"/api/vendors/{factories.make_vendor(organization.id)}"
    headers = {"If-Match": member.get(path).headers["etag"], "Idempotency-Key": "k"}
    first, again = (member.patch(path, {"name": "A"}, headers=headers) for _ in range(2))
    assert (first.status_code, again.content, again.headers["etag"]) == (200, first.content, first.headers["etag"])
    other = {**headers, "If-Match": first.headers["etag"]}
    assert member.patch(path, {"name": "A"}, headers=other).status_code == 422


@pytest.mark.parametrize("path", ["/api/openapi.json", "/api/openapi.yaml"])
def test_document_is_not_sent_again_to_who_has_it(anonymous: Api, path: str) -> None:
    first = anonymous.get(path)
    again = httpx.get(anonymous.address + path, headers={"If-None-Match": first.headers["etag"]}, trust_env=False)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])


def test_no_change_of_fifty_writers_is_lost(member: Api, organization: Organization) -> None:
    """Each adds its line to the notes: reads them, and writes them back if nobody was faster. Others write the name,
    and compare nothing."""
    path = f"/api/vendors/{factories.make_vendor(organization.id)}"
    member.patch(path, {"notes": ""})
    ended = Event()

    def interfere() -> int:
        count = 0
        while not ended.is_set():
            count += 1
            assert member.patch(path, {"name": f"Vendor {count}"}).status_code == 200
            time.sleep(0.05)
        return count

    def add(number: int) -> Counter[int]:
        statuses: Counter[int] = Counter()
        while True:
            seen = member.get(path)
            response = member.patch(
                path, {"notes": f"{seen.json()['notes'] or ''}{number},"}, headers={"If-Match": seen.headers["etag"]}
            )
            statuses[response.status_code] += 1
            if response.status_code == 200:
                return statuses
            assert response.status_code == 412, response.text

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        interfering = pool.submit(interfere)
        results = list(pool.map(add, range(WRITERS)))
        ended.set()
        assert interfering.result() > 0
    notes = member.get(path).json()["notes"]
    assert sorted(map(int, notes.strip(",").split(","))) == list(range(WRITERS))
    assert sum(statuses[412] for statuses in results) > 0, "nobody met anybody"


def test_organization_may_demand_that_changes_name_a_version(organization: Organization, admin: Api) -> None:
    vendor = factories.make_vendor(organization.id)
    path = f"/api/vendors/{vendor}"
    assert admin.patch("/api/organizations/current", {"requiresIfMatch": True}).status_code == 200
    before = admin.get(path)
    for refused in (
        admin.patch(path, {"name": "Other"}),
        admin.delete(path),
        admin.patch("/api/organizations/current", {"requiresIfMatch": False}),
    ):
        assert (refused.status_code, error_code(refused)) == (428, "precondition_required")
    assert admin.get(path).content == before.content
    # What is wrong by itself is said first, and what has no version needs none.
    assert admin.patch(path, {"name": 1}).status_code == 422
    assert admin.post("/api/vendors", {"name": "New"}).status_code == 201
    assert admin.patch(path, {"name": "Other"}, headers={"If-Match": before.headers["etag"]}).status_code == 200
    shown = admin.get("/api/organizations/current")
    assert shown.json()["organization"]["requiresIfMatch"] is True
    etag = {"If-Match": shown.headers["etag"]}
    assert admin.patch("/api/organizations/current", {"requiresIfMatch": False}, headers=etag).status_code == 200
    assert admin.patch(path, {"name": "Again"}).status_code == 200


def test_other_organizations_demand_nothing(organization: Organization, admin: Api, as_role: AsRole) -> None:
    other = factories.make_organization()
    vendor = factories.make_vendor(other.id)
    assert admin.patch("/api/organizations/current", {"requiresIfMatch": True}).status_code == 200
    assert as_role(other, "admin").patch(f"/api/vendors/{vendor}", {"name": "Other"}).status_code == 200
