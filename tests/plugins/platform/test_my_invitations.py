"""Invitations as those see them who are invited."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from pharus.fields import new_id
from plugins.platform.access import token_hash
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsIdentity
from tests.factories import unique
from tests.plugins.platform.tables import execute, rows
from tests.server import Server

WINDOW_SECONDS = 900

INVITATIONS = "/api/organizations/current/invitations"


def new_email() -> str:
    return f"{unique('helper')}@example.com"


def invite(
    organization: factories.Organization,
    email: str,
    *,
    role: str = "member",
    expires_at: datetime | None = None,
    **columns: object,
) -> str:
    """The token of an invitation that is pending for a day, by default."""
    expires_at = expires_at or datetime.now(UTC) + timedelta(days=1)
    return factories.make_invitation(organization.id, email=email, role=role, expires_at=expires_at, **columns)


def id_of(token: str) -> str:
    [(id,)] = rows("SELECT id FROM invitation WHERE token_hash = %s", token_hash(token))
    return str(id)


def ended(organization: factories.Organization, email: str) -> list[str]:
    """The tokens of an accepted, a revoked and an expired invitation."""
    now = datetime.now(UTC)
    return [
        invite(organization, email, accepted_at=now),
        invite(organization, email, revoked_at=now),
        invite(organization, email, expires_at=now - timedelta(seconds=1)),
    ]


@pytest.fixture
def visitor(mailing_server: Server) -> Api:
    """Nobody in particular, whose requests are not counted."""
    return Api(mailing_server.address)


def test_list_my_invitations_holds_pending_ones_of_all_organizations(as_identity: AsIdentity) -> None:
    email, first, second = new_email(), factories.make_organization(), factories.make_organization()
    invite(first, email, role="viewer")
    token = invite(second, email)
    ended(factories.make_organization(), email)
    invite(first, new_email())
    data = as_identity(email.upper()).get("/api/invitations").json()["data"]
    assert [(row["orgId"], row["orgName"], row["role"], row["status"]) for row in data] == [
        (second.id, second.name, "member", "pending"),
        (first.id, first.name, "viewer", "pending"),
    ]
    assert data[0]["id"] == id_of(token)


def test_list_my_invitations_needs_a_verified_address(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email = new_email()
    invite(organization, email)
    for caller in (as_identity(email, email_verified=False), as_identity(None, uid=unique("uid"))):
        assert caller.get("/api/invitations").json() == {"data": []}


def test_get_invitation_by_token_shows_what_a_visitor_may_know(
    visitor: Api, organization: factories.Organization
) -> None:
    user = factories.make_user(display_name="Robin Maker")
    email = new_email()
    response = visitor.get(f"/api/invitations/by-token/{invite(organization, email, invited_by=user.id)}")
    assert response.status_code == 200
    found = response.json()["invitation"]
    assert found.pop("expiresAt") > datetime.now(UTC).isoformat()
    assert found == {
        "email": email,
        "role": "member",
        "orgName": organization.name,
        "invitedBy": {"displayName": "Robin Maker"},
        "status": "pending",
    }


def test_get_invitation_by_token_without_a_sender_has_no_name(
    visitor: Api, organization: factories.Organization
) -> None:
    response = visitor.get(f"/api/invitations/by-token/{invite(organization, new_email())}")
    assert response.json()["invitation"]["invitedBy"] == {"displayName": None}


def test_get_invitation_by_token_unknown_is_404(visitor: Api) -> None:
    for token in ("unknown", "x" * 128, "%25", "'; --", "ü"):
        response = visitor.get(f"/api/invitations/by-token/{token}")
        assert (response.status_code, error_code(response)) == (404, "not_found")


def test_get_invitation_by_token_no_longer_pending_is_409(visitor: Api, organization: factories.Organization) -> None:
    for token in ended(organization, new_email()):
        response = visitor.get(f"/api/invitations/by-token/{token}")
        assert (response.status_code, error_code(response)) == (409, "invalid_transition")


def test_get_invitation_by_token_more_than_twenty_times_is_429(anonymous: Api) -> None:
    execute("DELETE FROM rate_limit WHERE key LIKE 'getInvitationByToken:%%'")
    window = time.time() // WINDOW_SECONDS
    responses = [anonymous.get("/api/invitations/by-token/unknown") for _ in range(41)]
    statuses = [response.status_code for response in responses]
    assert error_code(responses[statuses.index(429)]) == "rate_limited"
    assert 1 <= int(responses[statuses.index(429)].headers["retry-after"]) <= WINDOW_SECONDS
    if time.time() // WINDOW_SECONDS == window:
        assert statuses == [404] * 20 + [429] * 21


def test_accept_invitation_makes_a_user_and_a_membership(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email, uid = new_email(), unique("uid")
    token = invite(organization, email, role="admin")
    response = as_identity(email.title(), uid=uid).post(
        "/api/invitations/accept", {"token": token, "displayName": "Robin"}
    )
    assert response.status_code == 200
    membership = response.json()
    assert (membership["orgId"], membership["role"], membership["isActive"]) == (organization.id, "admin", True)
    assert rows("SELECT firebase_uid, email, display_name FROM app_user WHERE id = %s", membership["userId"]) == [
        (uid, email, "Robin")
    ]
    assert rows("SELECT accepted_at IS NOT NULL FROM invitation WHERE token_hash = %s", token_hash(token)) == [(True,)]
    inside = as_identity(email, uid=uid)
    assert [found["role"] for found in inside.get("/api/user").json()["organizations"]] == ["admin"]


def test_accept_invitation_fills_only_a_name_that_is_missing(as_identity: AsIdentity) -> None:
    for name in (None, "Robin"):
        user = factories.make_user(display_name=name)
        token = invite(factories.make_organization(), user.email)
        caller = as_identity(user=user)
        assert caller.post("/api/invitations/accept", {"token": token, "displayName": "Kim"}).status_code == 200
        assert caller.get("/api/user").json()["user"]["displayName"] == (name or "Kim")


def test_accept_invitation_reactivates_a_former_member_with_the_new_role(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    user = factories.make_user()
    id = factories.make_membership(organization.id, user.id, "owner", is_active=False, joined_at="2026-01-01T00:00:00Z")
    token = invite(organization, user.email, role="viewer")
    membership = as_identity(user=user).post("/api/invitations/accept", {"token": token}).json()
    assert (membership["id"], membership["role"], membership["isActive"]) == (id, "viewer", True)
    assert membership["joinedAt"] == "2026-01-01T00:00:00Z"


def test_accept_invitation_twice_is_409(as_identity: AsIdentity, organization: factories.Organization) -> None:
    email = new_email()
    caller, token = as_identity(email), invite(organization, email)
    assert caller.post("/api/invitations/accept", {"token": token}).status_code == 200
    response = caller.post("/api/invitations/accept", {"token": token})
    assert (response.status_code, error_code(response)) == (409, "invalid_transition")


def test_accept_invitation_no_longer_pending_is_409_and_makes_no_user(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email = new_email()
    for token in ended(organization, email):
        response = as_identity(email).post("/api/invitations/accept", {"token": token})
        assert (response.status_code, error_code(response)) == (409, "invalid_transition")
    assert rows("SELECT FROM app_user WHERE email = %s", email) == []


def test_accept_invitation_by_another_address_is_403_also_once_it_has_ended(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email = new_email()
    tokens = [invite(factories.make_organization(), email), *ended(organization, email)]
    for caller in (
        as_identity(new_email()),
        as_identity(email, email_verified=False),
        as_identity(None, uid="no-mail"),
    ):
        for token in tokens:
            response = caller.post("/api/invitations/accept", {"token": token})
            assert (response.status_code, error_code(response)) == (403, "forbidden")
    assert rows("SELECT FROM membership WHERE org_id = %s", organization.id) == []


def test_accept_invitation_by_an_active_member_is_409_and_keeps_the_role(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    token = invite(organization, user.email, role="viewer")
    response = as_identity(user=user).post("/api/invitations/accept", {"token": token})
    assert (response.status_code, error_code(response)) == (409, "conflict")
    assert rows("SELECT role FROM membership WHERE user_id = %s", user.id) == [("owner",)]
    assert rows("SELECT accepted_at FROM invitation WHERE token_hash = %s", token_hash(token)) == [(None,)]


def test_accept_invitation_unknown_is_404(as_identity: AsIdentity) -> None:
    response = as_identity(new_email()).post("/api/invitations/accept", {"token": "unknown"})
    assert (response.status_code, error_code(response)) == (404, "not_found")


def test_accept_invitation_by_an_address_that_only_looks_like_the_invited_one_is_403(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    name = factories.unique("kim")
    token = invite(organization, f"{name}@example.com")
    # The Kelvin sign, which is a small k in lower case.
    other = as_identity(f"\u212a{name[1:]}@example.com")
    assert other.get("/api/invitations").json()["data"] == []
    response = other.post("/api/invitations/accept", {"token": token})
    assert (response.status_code, error_code(response)) == (403, "forbidden")


def test_accept_invitation_to_an_address_with_letters_of_any_script(
    as_identity: AsIdentity, organization: factories.Organization, owner: Api
) -> None:
    name = factories.unique("ünï")
    sent = owner.post(f"{INVITATIONS}", {"email": f"{name.upper()}@BÜCHER.example", "role": "viewer"})
    assert (sent.status_code, sent.json()["email"]) == (201, f"{name}@xn--bcher-kva.example")
    guest = as_identity(f"{name}@bücher.example")
    assert len(guest.get("/api/invitations").json()["data"]) == 1
    assert guest.post("/api/invitations/accept", {"token": sent.json()["token"]}).status_code == 200


def test_decline_invitation_ends_it(as_identity: AsIdentity, organization: factories.Organization) -> None:
    email = new_email()
    token = invite(organization, email)
    caller = as_identity(email)
    response = caller.post("/api/invitations/decline", {"invitationId": id_of(token)})
    assert (response.status_code, response.json()) == (200, {"ok": True})
    assert caller.get("/api/invitations").json() == {"data": []}
    assert caller.post("/api/invitations/accept", {"token": token}).status_code == 409


def test_decline_invitation_that_has_expired_is_allowed(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email = new_email()
    token = invite(organization, email, expires_at=datetime.now(UTC) - timedelta(days=1))
    response = as_identity(email).post("/api/invitations/decline", {"invitationId": id_of(token)})
    assert response.status_code == 200


def test_decline_invitation_that_was_accepted_or_revoked_is_409(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email = new_email()
    for token in ended(organization, email)[:2]:
        response = as_identity(email).post("/api/invitations/decline", {"invitationId": id_of(token)})
        assert (response.status_code, error_code(response)) == (409, "invalid_transition")


def test_decline_invitation_of_another_address_is_404(
    as_identity: AsIdentity, organization: factories.Organization
) -> None:
    email = new_email()
    id = id_of(invite(organization, email))
    strangers = (as_identity(new_email()), as_identity(email, email_verified=False), as_identity(None, uid="no-mail"))
    for caller, invitation_id in (
        *((stranger, id) for stranger in strangers),
        (as_identity(email), new_id()),
    ):
        response = caller.post("/api/invitations/decline", {"invitationId": invitation_id})
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert rows("SELECT revoked_at FROM invitation WHERE id = %s", id) == [(None,)]
