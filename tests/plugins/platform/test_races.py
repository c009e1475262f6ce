"""Requests at the same time: one of them wins, none is half done, and an organization keeps an owner."""

import time
from datetime import UTC, datetime, timedelta

import httpx

from plugins.platform.access import token_hash
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsIdentity, AsRole
from tests.factories import unique
from tests.plugins.platform.tables import rows, rows_by_table
from tests.plugins.platform.together import together
from tests.waiting import wait_until

MEMBERS = "/api/organizations/current/members"
HOLD_ORGANIZATION = "SELECT FROM organization WHERE id = %s FOR UPDATE"


def owners(organization: factories.Organization, as_identity: AsIdentity, count: int) -> list[tuple[str, Api]]:
    """Owners and their user ids."""
    users = [factories.make_user() for _ in range(count)]
    for user in users:
        factories.make_membership(organization.id, user.id, "owner")
    return [(user.id, as_identity(user=user, org_id=organization.id)) for user in users]


def roles(organization: factories.Organization) -> list[str]:
    return [role for (role,) in rows("SELECT role FROM membership WHERE org_id = %s AND is_active", organization.id)]


def test_two_owners_demoting_each_other_leave_one(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    (first_id, first), (second_id, second) = owners(organization, as_identity, 2)
    responses = together(
        HOLD_ORGANIZATION,
        (organization.id,),
        lambda: first.patch(f"{MEMBERS}/{second_id}", {"role": "member"}),
        lambda: second.patch(f"{MEMBERS}/{first_id}", {"role": "member"}),
    )
    assert sorted(response.status_code for response in responses) == [200, 409]
    [refused] = [response for response in responses if response.status_code == 409]
    assert error_code(refused) == "invalid_transition"
    assert sorted(roles(organization)) == ["member", "owner"]


def test_two_owners_removing_each_other_leave_one(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    (first_id, first), (second_id, second) = owners(organization, as_identity, 2)
    responses = together(
        HOLD_ORGANIZATION,
        (organization.id,),
        lambda: first.delete(f"{MEMBERS}/{second_id}"),
        lambda: second.delete(f"{MEMBERS}/{first_id}"),
    )
    assert sorted(response.status_code for response in responses) == [200, 409]
    assert roles(organization) == ["owner"]


def test_an_owner_demoted_meanwhile_can_demote_nobody(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    (first_id, first), (second_id, second), _ = owners(organization, as_identity, 3)
    responses = together(
        HOLD_ORGANIZATION,
        (organization.id,),
        lambda: first.patch(f"{MEMBERS}/{second_id}", {"role": "viewer"}),
        lambda: second.patch(f"{MEMBERS}/{first_id}", {"role": "viewer"}),
    )
    assert sorted(response.status_code for response in responses) == [200, 403]
    assert sorted(roles(organization)) == ["owner", "owner", "viewer"]


def test_two_owners_leaving_at_once_do_not_leave_the_others_without(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    (_, first), (_, second) = owners(organization, as_identity, 2)
    factories.make_membership(organization.id, factories.make_user().id, "member")
    responses = together(
        HOLD_ORGANIZATION,
        (organization.id,),
        lambda: first.delete(f"{MEMBERS}/me"),
        lambda: second.delete(f"{MEMBERS}/me"),
    )
    assert sorted(response.status_code for response in responses) == [200, 409]
    assert sorted(roles(organization)) == ["member", "owner"]


def test_two_owners_deleting_themselves_at_once_purge_the_organization(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    (_, first), (_, second) = owners(organization, as_identity, 2)
    factories.make_location(organization.id)
    responses = together(
        HOLD_ORGANIZATION, (organization.id,), lambda: first.delete("/api/user"), lambda: second.delete("/api/user")
    )
    assert [response.status_code for response in responses] == [200, 200]
    wait_until(lambda: not any(rows_by_table(organization.id).values()))


def test_the_last_member_leaving_while_another_joins_keeps_the_organization(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    [(_, owner)] = owners(organization, as_identity, 1)
    email = f"{unique('helper')}@example.com"
    token = factories.make_invitation(organization.id, email=email, expires_at=datetime.now(UTC) + timedelta(days=1))
    joiner = as_identity(email)
    left, joined = together(
        HOLD_ORGANIZATION,
        (organization.id,),
        lambda: owner.delete(f"{MEMBERS}/me"),
        lambda: joiner.post("/api/invitations/accept", {"token": token}),
    )
    # In whichever order they came, nobody is a member of nothing, and no organization is left without an owner.
    if joined.status_code == 200:
        assert (left.status_code, error_code(left)) == (409, "invalid_transition")
        assert sorted(roles(organization)) == ["member", "owner"]
    else:
        assert (left.status_code, left.json()) == (200, {"deletedOrg": True})
        assert joined.status_code == 404
        wait_until(lambda: not any(rows_by_table(organization.id).values()))


def test_two_accepts_of_one_invitation_make_one_membership(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    email = f"{unique('helper')}@example.com"
    token = factories.make_invitation(organization.id, email=email, expires_at=datetime.now(UTC) + timedelta(days=1))
    callers = [as_identity(email) for _ in range(4)]
    responses = together(
        "SELECT FROM invitation WHERE token_hash = %s FOR UPDATE",
        (token_hash(token),),
        *(lambda caller=caller: caller.post("/api/invitations/accept", {"token": token}) for caller in callers),
    )
    assert sorted(response.status_code for response in responses) == [200, 409, 409, 409]
    assert {error_code(response) for response in responses if response.status_code == 409} == {"invalid_transition"}
    assert roles(organization) == ["member"]
    assert len(rows("SELECT FROM app_user WHERE email = %s", email)) == 1


def test_an_invitation_revoked_meanwhile_is_not_accepted(
    organization: factories.Organization, as_identity: AsIdentity, admin: Api
) -> None:
    email = f"{unique('helper')}@example.com"
    token = factories.make_invitation(organization.id, email=email, expires_at=datetime.now(UTC) + timedelta(days=1))
    [(id,)] = rows("SELECT id FROM invitation WHERE token_hash = %s", token_hash(token))
    joiner = as_identity(email)
    responses = together(
        "SELECT FROM invitation WHERE token_hash = %s FOR UPDATE",
        (token_hash(token),),
        lambda: joiner.post("/api/invitations/accept", {"token": token}),
        lambda: admin.delete(f"/api/organizations/current/invitations/{id}"),
    )
    assert sorted(response.status_code for response in responses) == [200, 409]
    [(accepted, revoked)] = rows("SELECT accepted_at, revoked_at FROM invitation WHERE id = %s", id)
    assert (accepted is None) != (revoked is None)


def test_two_sends_to_one_address_make_one_invitation(organization: factories.Organization, as_role: AsRole) -> None:
    email = f"{unique('helper')}@example.com"
    senders = [as_role(organization, "admin") for _ in range(4)]
    responses = together(
        "INSERT INTO invitation (org_id, id, email, role, token_hash, expires_at)"
        " VALUES (%s, gen_random_uuid(), %s, 'viewer', 'held back', now())",
        (organization.id, email),
        *(
            lambda sender=sender: sender.post(
                "/api/organizations/current/invitations", {"email": email, "role": "member"}
            )
            for sender in senders
        ),
    )
    assert [response.status_code for response in responses] == [201] * 4
    assert len({(response.json()["id"], response.json()["token"]) for response in responses}) == 1
    assert len(rows("SELECT FROM invitation WHERE email = %s", email)) == 1


def test_two_create_user_at_once_answer_the_same_user(as_identity: AsIdentity) -> None:
    email, uid = f"{unique('maker')}@example.com", unique("uid")
    callers = [as_identity(email, uid=uid) for _ in range(4)]
    responses = together(
        "INSERT INTO app_user (id, firebase_uid, email) VALUES (gen_random_uuid(), %s, 'held@example.com')",
        (uid,),
        *(lambda caller=caller: caller.post("/api/user", {"email": email}) for caller in callers),
    )
    assert [response.status_code for response in responses] == [200] * 4
    assert len({response.json()["id"] for response in responses}) == 1
    assert len(rows("SELECT FROM app_user WHERE firebase_uid = %s", uid)) == 1


def test_a_token_created_while_its_owner_is_removed_is_dead(
    organization: factories.Organization, as_identity: AsIdentity
) -> None:
    [(_, owner)] = owners(organization, as_identity, 1)
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "member")
    caller = as_identity(user=user)

    def remove() -> httpx.Response:
        # By now the other request has seen the membership and waits to write its token.
        time.sleep(0.5)
        return owner.delete(f"{MEMBERS}/{user.id}")

    created, removed = together(
        "SELECT FROM app_user WHERE id = %s FOR UPDATE",
        (user.id,),
        lambda: caller.post("/api/user/api-tokens", {"name": "late", "orgId": organization.id}),
        remove,
    )
    assert (created.status_code, removed.status_code) == (201, 200)
    assert len(rows("SELECT FROM api_token WHERE user_id = %s AND revoked_at IS NOT NULL", user.id)) == 1


def test_a_slug_taken_by_two_at_once_belongs_to_one(as_identity: AsIdentity) -> None:
    slug = unique("same")
    callers = [as_identity(user=factories.make_user()) for _ in range(3)]
    responses = together(
        "INSERT INTO organization (id, name, slug) VALUES (gen_random_uuid(), 'held', %s)",
        (slug,),
        *(
            lambda caller=caller: caller.post("/api/organizations", {"name": "Example", "slug": slug})
            for caller in callers
        ),
    )
    assert sorted(response.status_code for response in responses) == [201, 409, 409]
    assert len(rows("SELECT FROM organization WHERE slug = %s", slug)) == 1
