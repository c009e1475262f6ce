from datetime import UTC, datetime, timedelta

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsIdentity
from tests.factories import unique
from tests.plugins.platform.tables import execute, rows
from tests.server import Server

INVITATIONS = "/api/organizations/current/invitations"


def new_email() -> str:
    return f"{unique('helper')}@example.com"


def send(caller: Api, **body: object) -> dict[str, object]:
    response = caller.post(INVITATIONS, {"email": new_email(), "role": "member", **body})
    assert response.status_code == 201, response.text
    return dict(response.json())


def stamp(invitation: dict[str, object], column: str) -> None:
    execute(f"UPDATE invitation SET {column} = now() WHERE id = %s", invitation["id"])


def expire(invitation: dict[str, object]) -> None:
    execute("UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = %s", invitation["id"])


def lifetime(invitation: dict[str, object]) -> timedelta:
    return datetime.fromisoformat(str(invitation["expiresAt"])) - datetime.now(UTC)


def test_send_invitation_is_open_for_seven_days(organization: factories.Organization, as_identity: AsIdentity) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    email = new_email()
    sent = send(as_identity(user=user, org_id=organization.id), email=email, role="viewer")
    assert (sent["orgId"], sent["invitedBy"], sent["email"], sent["role"]) == (
        organization.id,
        user.id,
        email,
        "viewer",
    )
    assert (sent["acceptedAt"], sent["revokedAt"]) == (None, None)
    assert timedelta(days=7) - timedelta(minutes=1) < lifetime(sent) <= timedelta(days=7)


def test_send_invitation_stores_the_address_in_lower_case(admin: Api) -> None:
    email = new_email()
    assert send(admin, email=email.upper())["email"] == email


def test_send_invitation_again_renews_the_pending_one(admin: Api, owner: Api) -> None:
    email = new_email()
    first = send(admin, email=email)
    expire(first)
    second = send(owner, email=email.title(), role="viewer")
    assert (second["id"], second["token"], second["createdAt"]) == (first["id"], first["token"], first["createdAt"])
    assert (second["role"], second["invitedBy"] == first["invitedBy"]) == ("viewer", False)
    assert lifetime(second) > timedelta(days=6)


def test_send_invitation_after_an_ended_one_makes_a_new_one(admin: Api) -> None:
    email = new_email()
    for column in ("accepted_at", "revoked_at"):
        ended = send(admin, email=email)
        stamp(ended, column)
        again = send(admin, email=email)
        assert again["id"] != ended["id"]
        assert again["token"] != ended["token"]
        stamp(again, "revoked_at")


def test_send_invitation_to_an_active_member_is_409(organization: factories.Organization, admin: Api) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "viewer")
    response = admin.post(INVITATIONS, {"email": user.email.upper(), "role": "member"})
    assert (response.status_code, error_code(response)) == (409, "conflict")


def test_send_invitation_to_a_former_member_or_a_member_elsewhere_is_201(
    organization: factories.Organization, admin: Api
) -> None:
    former, stranger = factories.make_user(), factories.make_user()
    factories.make_membership(organization.id, former.id, "viewer", is_active=False)
    factories.make_membership(factories.make_organization().id, stranger.id, "viewer")
    send(admin, email=former.email)
    send(admin, email=stranger.email)


def test_send_invitation_with_the_role_owner_is_422(owner: Api) -> None:
    response = owner.post(INVITATIONS, {"email": new_email(), "role": "owner"})
    assert (response.status_code, set(pointers(response))) == (422, {"/role"})


def test_send_invitation_to_no_address_is_422(admin: Api) -> None:
    for email in ("nobody", "a@b@c", "a b@example.com", "", "x@example.com\r\nBcc: y@example.com"):
        response = admin.post(INVITATIONS, {"email": email, "role": "member"})
        assert (response.status_code, set(pointers(response))) == (422, {"/email"}), email


def test_send_invitation_without_a_mail_server_logs_the_link(admin: Api, server: Server) -> None:
    sent = send(admin)
    assert f"/invitations/{sent['token']}" in server.read_log()


def test_list_invitations_holds_all_of_the_organization_newest_first(admin: Api) -> None:
    pending, accepted, revoked, expired = (send(admin) for _ in range(4))
    stamp(accepted, "accepted_at")
    stamp(revoked, "revoked_at")
    expire(expired)
    factories.make_invitation(
        factories.make_organization().id, email=new_email(), expires_at=datetime.now(UTC) + timedelta(days=1)
    )
    listed = admin.get(INVITATIONS).json()["data"]
    assert [row["id"] for row in listed] == [expired["id"], revoked["id"], accepted["id"], pending["id"]]
    assert listed[3] == pending
    assert [bool(row["acceptedAt"]) for row in listed] == [False, False, True, False]


def test_resend_invitation_renews_the_seven_days_also_once_expired(admin: Api) -> None:
    sent = send(admin)
    expire(sent)
    for body in (None, {}, {"inviterDisplayName": "Robin"}):
        response = admin.post(f"{INVITATIONS}/{sent['id']}/resend", body)
        assert response.status_code == 200
        assert {**response.json(), "expiresAt": ""} == {**sent, "expiresAt": ""}
        assert lifetime(response.json()) > timedelta(days=6)


def test_revoke_invitation_stamps_it(admin: Api) -> None:
    sent = send(admin)
    response = admin.delete(f"{INVITATIONS}/{sent['id']}")
    assert (response.status_code, response.json()) == (200, {"deletedId": sent["id"]})
    [listed] = admin.get(INVITATIONS).json()["data"]
    assert listed["revokedAt"] is not None


def test_revoke_invitation_that_has_expired_makes_room_for_a_new_one(admin: Api) -> None:
    sent = send(admin)
    expire(sent)
    assert admin.delete(f"{INVITATIONS}/{sent['id']}").status_code == 200
    assert send(admin, email=sent["email"])["id"] != sent["id"]


def test_resend_and_revoke_of_an_ended_invitation_are_409(admin: Api) -> None:
    for column in ("accepted_at", "revoked_at"):
        sent = send(admin)
        stamp(sent, column)
        before = rows("SELECT * FROM invitation WHERE id = %s", sent["id"])
        for response in (
            admin.post(f"{INVITATIONS}/{sent['id']}/resend"),
            admin.delete(f"{INVITATIONS}/{sent['id']}"),
        ):
            assert (response.status_code, error_code(response)) == (409, "invalid_transition")
        assert rows("SELECT * FROM invitation WHERE id = %s", sent["id"]) == before


def test_resend_and_revoke_of_an_invitation_of_others_are_404(admin: Api) -> None:
    foreign = factories.make_organization()
    factories.make_invitation(foreign.id, email=new_email(), expires_at=datetime.now(UTC) + timedelta(days=1))
    [(id,)] = rows("SELECT id FROM invitation WHERE org_id = %s", foreign.id)
    for unknown in (id, new_id()):
        for response in (admin.post(f"{INVITATIONS}/{unknown}/resend"), admin.delete(f"{INVITATIONS}/{unknown}")):
            assert (response.status_code, error_code(response)) == (404, "not_found")


def test_invitation_operations_below_admin_are_403(admin: Api, member: Api) -> None:
    sent = send(admin)
    for response in (
        member.get(INVITATIONS),
        member.post(INVITATIONS, {"email": new_email(), "role": "viewer"}),
        member.post(f"{INVITATIONS}/{sent['id']}/resend"),
        member.delete(f"{INVITATIONS}/{sent['id']}"),
    ):
        assert (response.status_code, error_code(response)) == (403, "forbidden")
