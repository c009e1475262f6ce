"""The operations of the platform, in the order of the document."""

from pharus.db import current, current_actor, platform_role
from pharus.email_addresses import canonical_email
from pharus.errors import Conflict
from pharus.schemas import DeletedId
from plugins.platform import identities, invitations, members, organizations, purge, quotas, rules, users
from plugins.platform.schemas import (
    ApiTokenCreate,
    ApiTokenCreated,
    ApiTokenList,
    Invitation,
    InvitationAccept,
    InvitationDecline,
    InvitationDeclined,
    InvitationList,
    InvitationLookup,
    InvitationResend,
    InvitationSend,
    MemberList,
    MemberRoleUpdate,
    Membership,
    MyInvitation,
    MyInvitationList,
    OrganizationCreate,
    OrganizationLeft,
    OrganizationUpdate,
    OrganizationWithMembership,
    OrganizationWithSettings,
    User,
    UserCreate,
    UserUpdate,
    UserWithOrganizations,
)

# Users


def create_user(body: UserCreate) -> User:
    actor = current_actor()
    email = rules.require_own_email(actor, body["email"])
    with platform_role():
        return users.save(actor, email, body.get("displayName"))


def get_user() -> UserWithOrganizations:
    actor = current_actor()
    user_id = rules.require_user(actor)
    with platform_role():
        user = users.signed_in(user_id, rules.verified_email(actor))
        return {"user": user, "organizations": users.organizations_of(user_id)}


def update_user(body: UserUpdate) -> User:
    user_id = rules.require_user(current_actor())
    with platform_role():
        return users.update(user_id, body)


def delete_user() -> DeletedId:
    actor = current_actor()
    user_id = rules.require_user(actor)
    with platform_role():
        for org_id in members.solely_owned(user_id):
            purge.request(org_id)
        users.delete(user_id)
        # Best effort: the identity at the provider goes last, when our rows are gone.
        identities.request_removal(actor.uid)
    return {"deletedId": user_id}


# API tokens


def create_api_token(body: ApiTokenCreate) -> ApiTokenCreated:
    actor = current_actor()
    with platform_role():
        return users.create_token(actor.user_id, body)


def list_api_tokens() -> ApiTokenList:
    actor = current_actor()
    with platform_role():
        return {"data": users.tokens_of(actor.user_id, rules.reach(actor))}


def revoke_api_token(id: str) -> DeletedId:
    actor = current_actor()
    with platform_role():
        return {"deletedId": users.revoke_token(actor.user_id, id, rules.reach(actor))}


# Invitations, as the invited see them


def list_my_invitations() -> MyInvitationList:
    email = rules.verified_email(current_actor())
    with platform_role():
        return {"data": [_my_invitation(found) for found in invitations.pending_of(email)]}


def get_invitation_by_token(token: str) -> InvitationLookup:
    with platform_role():
        found = invitations.find(token)
    rules.refuse_unusable(found.accepted_at, found.revoked_at, found.expires_at)
    return {
        "invitation": {
            "email": found.email,
            "role": found.role,
            "orgName": found.org_name,
            "invitedBy": {"displayName": found.inviter_name},
            "expiresAt": found.expires_at,
            "status": "pending",
        }
    }


def accept_invitation(body: InvitationAccept) -> Membership:
    actor = current_actor()
    with platform_role():
        email = rules.require_invited(actor, invitations.find(body["token"]).email)
        found = invitations.lock(body["token"])
        rules.refuse_unusable(found.accepted_at, found.revoked_at, found.expires_at)
        invitations.mark_accepted(found.id)
        user = users.save(actor, email, body.get("displayName"), fill_name=True)
        return members.join(found.org_id, user["id"], found.role)


def decline_invitation(body: InvitationDecline) -> InvitationDeclined:
    email = rules.verified_email(current_actor())
    with platform_role():
        invitations.decline(body["invitationId"], email)
    return {"ok": True}


# Organizations


def create_organization(body: OrganizationCreate) -> OrganizationWithMembership:
    actor = current_actor()
    user_id = rules.require_user(actor)
    with platform_role():
        quotas.require_room_for_organization(user_id)
        organization = organizations.create(body["name"], body["slug"])
        return {"organization": organization, "membership": members.join(organization["id"], user_id, "owner")}


def get_organization() -> OrganizationWithSettings:
    return organizations.get()


def update_organization(body: OrganizationUpdate) -> OrganizationWithSettings:
    rules.refuse_currency(body.get("currency"))
    return organizations.update(body)


def delete_organization() -> DeletedId:
    org_id = current().org_id
    with platform_role():
        purge.request(org_id)
    return {"deletedId": org_id}


# Members


def list_members() -> MemberList:
    return {"data": members.all_active()}


def update_member_role(user_id: str, body: MemberRoleUpdate) -> Membership:
    unit = current()
    rules.refuse_change_of(members.lock(unit.org_id), unit.actor, user_id, body["role"])
    return members.change(user_id, role=body["role"])


def remove_member(user_id: str) -> DeletedId:
    unit = current()
    rules.refuse_change_of(members.lock(unit.org_id), unit.actor, user_id, None)
    _end_membership(user_id)
    return {"deletedId": user_id}


def leave_organization() -> OrganizationLeft:
    unit = current()
    user_id = rules.require_user(unit.actor)
    if rules.is_last_to_leave(members.lock(unit.org_id), user_id):
        rules.refuse_token(unit.actor, "this would delete the organization")
        with platform_role():
            purge.request(unit.org_id)
        return {"deletedOrg": True}
    _end_membership(user_id)
    return {"deletedOrg": False}


# Invitations, as the organization sees them


def send_invitation(body: InvitationSend) -> Invitation:
    email = canonical_email(body["email"])
    if invitations.has_member(email):
        raise Conflict(f"{email} is a member of this organization already")
    invitation = invitations.save(email, body["role"])
    invitations.post(invitation, body.get("inviterDisplayName"))
    return invitation


def list_invitations() -> InvitationList:
    return {"data": invitations.all_of_organization()}


def resend_invitation(id: str, body: InvitationResend) -> Invitation:
    invitation = invitations.renew(id)
    invitations.post(invitation, body.get("inviterDisplayName"))
    return invitation


def revoke_invitation(id: str) -> DeletedId:
    return {"deletedId": invitations.change_open(id, revoked_at=current().now)["id"]}


def _my_invitation(found: invitations.Found) -> MyInvitation:
    return {
        "id": found.id,
        "orgId": found.org_id,
        "orgName": found.org_name,
        "role": found.role,
        "expiresAt": found.expires_at,
        "status": "pending",
    }


def _end_membership(user_id: str) -> None:
    """The row stays, inactive, and the tokens that acted with it are revoked: who comes back makes new ones."""
    members.change(user_id, is_active=False)
    with platform_role():
        users.revoke_tokens_of_member(user_id, current().org_id)
