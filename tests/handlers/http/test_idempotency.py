"""Requests with an Idempotency-Key. Every operation is tried in tests/contract/test_idempotency_keys.py."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from pharus.db import db
from pharus.fields import new_id
from plugins.platform import retention
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsIdentity, AsRole
from tests.contract.judging import conforms
from tests.factories import Organization
from tests.plugins.documents.orders import DOCUMENTS
from tests.plugins.documents.sending import BOUNDARY, body

KEY = "Idempotency-Key"


def make_vendor(api: Api, key: str, name: str = "Alder & Ash") -> httpx.Response:
    return api.post("/api/vendors", {"name": name}, headers={KEY: key})


def vendors(organization: Organization) -> int:
    return int(db.row("SELECT count(*) FROM vendor WHERE org_id = %s", (organization.id,))[0])


def is_replayed(response: httpx.Response) -> bool:
    return response.headers.get("idempotency-replayed") == "true"


@pytest.mark.parametrize("key", ["", "two words", "k" * 256, "ключ", "tab\tbed"], ids=ascii)
def test_key_that_is_none_is_refused(member: Api, organization: Organization, key: str) -> None:
    response = member.post("/api/vendors", {"name": "A"}, headers={KEY.encode(): key.encode()})  # type: ignore[dict-item]
    assert response.status_code == 422
    assert response.json()["error"]["details"][0]["path"] == "header/Idempotency-Key"
    assert vendors(organization) == 0


def test_longest_key_is_taken(member: Api, organization: Organization) -> None:
    first, again = (make_vendor(member, "~" * 255) for _ in range(2))
    assert (first.status_code, is_replayed(first), is_replayed(again)) == (201, False, True)
    assert vendors(organization) == 1


def test_two_keys_are_refused(member: Api, organization: Organization) -> None:
    headers = [*member.headers.items(), (KEY, "one"), (KEY, "two")]
    response = httpx.post(f"{member.address}/api/vendors", json={"name": "A"}, headers=headers, trust_env=False)
    conforms(response)
    member_saw = member.get("/api/vendors")
    assert (response.status_code, member_saw.json()["data"]) == (400, [])


def test_who_may_not_call_learns_nothing_of_keys(viewer: Api) -> None:
    assert [make_vendor(viewer, key).status_code for key in ("", "k")] == [403, 403]


def test_same_key_of_another_caller_or_organization_is_another_key(
    organization: Organization, as_role: AsRole, as_identity: AsIdentity
) -> None:
    user, other = factories.make_user(), factories.make_organization()
    for each in (organization, other):
        factories.make_membership(each.id, user.id)
    callers = [
        as_role(organization, "member"),
        as_role(organization, "member"),
        as_identity(user=user, org_id=organization.id),
        as_identity(user=user, org_id=other.id),
    ]
    responses = [make_vendor(caller, "same") for caller in callers]
    assert [response.status_code for response in responses] == [201] * 4
    assert len({response.json()["id"] for response in responses}) == 4
    again = [make_vendor(caller, "same") for caller in callers]
    assert [response.content for response in again] == [response.content for response in responses]
    assert all(map(is_replayed, again))


def test_same_key_for_another_operation_is_refused(member: Api) -> None:
    assert make_vendor(member, "k").status_code == 201
    assert member.post("/api/contacts", {"name": "A"}, headers={KEY: "k"}).status_code == 422


def test_sixteen_at_once_are_carried_out_once(member: Api, organization: Organization) -> None:
    key = new_id()

    def until_answered(_: int) -> tuple[Counter[int], bytes]:
        statuses: Counter[int] = Counter()
        while True:
            response = make_vendor(member, key)
            statuses[response.status_code] += 1
            if response.status_code != 409:
                return statuses, response.content
            assert response.headers["retry-after"] == "1"
            time.sleep(0.01)

    with ThreadPoolExecutor(16) as pool:
        results = list(pool.map(until_answered, range(16)))
    assert {content for _, content in results} == {results[0][1]}
    assert all(statuses.keys() <= {201, 409} for statuses, _ in results)
    assert vendors(organization) == 1


def test_refusal_is_not_kept(admin: Api, organization: Organization) -> None:
    taken = factories.make_location(organization.id, name="Cold store")
    body = {"name": "Cold store"}
    assert admin.post("/api/locations", body, headers={KEY: "k"}).status_code == 409
    db.execute_sql("UPDATE location SET name = 'Warm store' WHERE id = %s", (taken,))
    made = admin.post("/api/locations", body, headers={KEY: "k"})
    assert (made.status_code, is_replayed(made)) == (201, False)


def test_import_that_stored_some_rows_is_kept_with_its_errors(admin: Api, organization: Organization) -> None:
    rows = {"rows": [{"name": "A"}, {"name": ""}, {"name": "B"}]}
    first, again = (
        admin.post("/api/vendors/bulk-import", rows, params={"mode": "partial"}, headers={KEY: "k"}) for _ in range(2)
    )
    assert [each["status"] for each in first.json()["results"]] == ["ok", "error", "ok"]
    assert (again.content, is_replayed(again), vendors(organization)) == (first.content, True, 2)


def test_token_is_shown_again_and_stored_nowhere(as_identity: AsIdentity, organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id)
    caller = as_identity(user=user)
    body = {"orgId": organization.id, "name": "laptop"}
    first, again = (caller.post("/api/user/api-tokens", body, headers={KEY: "k"}) for _ in range(2))
    assert again.content == first.content
    secret = first.json()["plaintext"].encode()
    for (stored,) in db.rows("SELECT body FROM idempotency_key WHERE operation = 'createApiToken'"):
        assert secret not in bytes(stored)


def test_who_has_left_gets_the_answer_to_that_and_no_other(as_identity: AsIdentity, organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id)
    factories.make_membership(organization.id, factories.make_user().id, "owner")
    caller = as_identity(user=user, org_id=organization.id)
    assert make_vendor(caller, "before").status_code == 201
    path = "/api/organizations/current/members/me"
    first, again = (caller.delete(path, headers={KEY: "leave"}) for _ in range(2))
    assert (first.status_code, again.content, is_replayed(again)) == (200, first.content, True)
    assert make_vendor(caller, "before").status_code == 403


def test_answer_is_for_who_may_still_ask(as_identity: AsIdentity, organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id)
    caller = as_identity(user=user, org_id=organization.id)
    assert make_vendor(caller, "k").status_code == 201
    db.execute_sql("UPDATE membership SET role = 'viewer' WHERE user_id = %s", (user.id,))
    assert make_vendor(caller, "k").status_code == 403


def test_key_is_free_again_when_it_was_kept_long_enough(member: Api, organization: Organization) -> None:
    first = make_vendor(member, "k")
    _age(organization, "23 hours")
    retention.carry_on()
    assert is_replayed(make_vendor(member, "k"))
    _age(organization, "25 hours")
    retention.carry_on()
    anew = make_vendor(member, "k")
    assert (anew.status_code, is_replayed(anew), vendors(organization)) == (201, False, 2)
    assert anew.json()["id"] != first.json()["id"]


def test_upload_is_the_same_whatever_its_boundary_and_another_with_another_file(
    member: Api, organization: Organization
) -> None:
    order = factories.make_purchase_order(organization.id)

    def upload(content: bytes, boundary: bytes) -> httpx.Response:
        return member.request(
            "POST",
            DOCUMENTS,
            content=body(order, content).replace(BOUNDARY, boundary),
            headers={KEY: "k", "Content-Type": f"multipart/form-data; boundary={boundary.decode()}"},
        )

    first, again = upload(b"a label", b"one"), upload(b"a label", b"two")
    assert (first.status_code, again.content, is_replayed(again)) == (201, first.content, True)
    assert upload(b"a table", b"one").status_code == 422
    assert db.row("SELECT count(*) FROM document WHERE org_id = %s", (organization.id,)) == (1,)


def test_read_takes_no_key(viewer: Api) -> None:
    first, again = (viewer.request("GET", "/api/vendors", headers={KEY: "two words"}) for _ in range(2))
    assert (first.status_code, is_replayed(again)) == (200, False)


def test_public_operation_takes_no_key(anonymous: Api) -> None:
    response = anonymous.request("GET", "/api/invitations/by-token/inv_none", headers={KEY: "k"})
    # Other tests may have looked for tokens from this address.
    assert error_code(response) in {"not_found", "rate_limited"}


def _age(organization: Organization, age: str) -> None:
    db.execute_sql(
        "UPDATE idempotency_key SET created_at = now() - %s::interval WHERE org_id = %s", (age, organization.id)
    )
