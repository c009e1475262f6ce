"""The group of methods `platform`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from pharus_client.models.platform import (
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
from pharus_client.models.shared import DeletedId
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Version


class Platform:
    """`client.platform`: users, their API tokens, organizations, members and invitations."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_user(self, body: UserCreate, *, idempotency_key: str | None = None) -> User:
        """Create user.

        Makes the caller's user from the verified token: its uid and its verified email address. Calling it again
        answers the same user, so it may run after every sign-in; it answers 200 either way. Refused with 422 when the
        token has no email address, or when the body's address is not the token's, and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("POST", "/api/user", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, User)

    def get_user(self) -> UserWithOrganizations:
        """Get user.

        The caller's user and the organizations they are an active member of, the oldest membership first. Each call
        stamps `lastLoginAt`. `X-Org-Id` is not needed; if it is sent it must name one of the caller's organizations,
        else 403. Refused with 404 when the caller has no user yet: createUser makes one; and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("GET", "/api/user")
        return self._transport.send(request, UserWithOrganizations)

    def update_user(self, body: UserUpdate, *, idempotency_key: str | None = None) -> User:
        """Update user.

        Changes the caller's display name; null clears it. Refused with 404 when the caller has no user yet: createUser
        makes one; and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("PATCH", "/api/user", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, User)

    def delete_user(self, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete user.

        Deletes the caller for good. Organizations in which the caller is the only active owner are purged with all they
        hold; then the user goes, with memberships and API tokens, and last, as far as it can be reached, the identity
        at the provider. There is no way back. Refused with 404 when the caller has no user, and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("DELETE", "/api/user", takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, DeletedId)

    def create_api_token(self, body: ApiTokenCreate, *, idempotency_key: str | None = None) -> ApiTokenCreated:
        """Create API token (PAT).

        Makes a personal access token that acts in one organization with the role the caller has there at each moment.
        The secret is in `plaintext`, once; only its hash is stored. The token is dead at once when it is revoked, when
        it expires or when the caller's membership ends. Refused with 403 when the caller is no member of the
        organization, and for a PAT: a token cannot make tokens; with 422 for a scope of a tag that there is not; and
        with 409 `conflict` when the organization has as many valid tokens as the server allows (`details.limit`).

        For everybody with a token.
        """
        request = Request("POST", "/api/user/api-tokens", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, ApiTokenCreated)

    def list_api_tokens(self) -> ApiTokenList:
        """List my API tokens.

        The caller's API tokens of all organizations that are not revoked, newest first. Expired ones are among them;
        `expiresAt` tells. The secrets are never shown again. A PAT sees those of its own organization.

        For everybody with a token.
        """
        request = Request("GET", "/api/user/api-tokens")
        return self._transport.send(request, ApiTokenList)

    def revoke_api_token(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Revoke API token.

        Revokes one of the caller's API tokens; the next request with it is 401. Refused with 404 when there is no such
        token, when it is another user's, when it is revoked already, and for a PAT when it is another organization's.

        For everybody with a token.
        """
        request = Request(
            "DELETE",
            "/api/user/api-tokens/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def list_my_invitations(self) -> MyInvitationList:
        """List my pending invitations.

        The pending invitations to the caller's verified email address, from all organizations. Accepted, revoked,
        declined and expired ones are not among them. Refused with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("GET", "/api/invitations")
        return self._transport.send(request, MyInvitationList)

    def get_invitation_by_token(self, token: str) -> InvitationLookup:
        """Look up invitation by token (public).

        What the page behind an invitation's link shows before anyone has signed in. It needs no token but the
        invitation's own. Refused with 404 when the token is unknown, with 409 `invalid_transition` when the invitation
        is no longer pending (accepted, revoked, declined or expired), and with 429 after 20 requests from one address
        within 15 minutes.

        Needs no token.
        """
        request = Request("GET", "/api/invitations/by-token/{token}", {"token": token})
        return self._transport.send(request, InvitationLookup)

    def accept_invitation(self, body: InvitationAccept, *, idempotency_key: str | None = None) -> Membership:
        """Accept invitation.

        Makes the caller a member of the inviting organization, with the invited role, in one transaction; a membership
        that had ended is made active again. Refused with 404 when the token is unknown, with 403 when the caller's
        verified email address is not the invited one, and with 409 `invalid_transition` when the invitation is no
        longer pending; so accepting twice is 409. Refused with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("POST", "/api/invitations/accept", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Membership)

    def decline_invitation(self, body: InvitationDecline, *, idempotency_key: str | None = None) -> InvitationDeclined:
        """Decline invitation.

        Turns an invitation down for good (its `revokedAt` is stamped). Refused with 404 when there is no such
        invitation to the caller's verified email address, with 409 `invalid_transition` when it is no longer pending,
        and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request(
            "POST",
            "/api/invitations/decline",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, InvitationDeclined)

    def create_organization(
        self,
        body: OrganizationCreate,
        *,
        idempotency_key: str | None = None,
    ) -> OrganizationWithMembership:
        """Create organization.

        Makes an organization with empty settings and the caller as its owner, in one transaction. Refused with 409
        `conflict` when the slug is taken or the caller owns as many organizations as the server allows
        (`details.limit`), with 404 when the caller has no user yet (createUser makes one), and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("POST", "/api/organizations", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, OrganizationWithMembership)

    def get_organization(self, *, if_none_match: OrganizationWithSettings | None = None) -> OrganizationWithSettings:
        """Get current organization.

        The organization of the request and its settings.

        The least role is viewer.
        """
        request = Request("GET", "/api/organizations/current", if_none_match=if_none_match)
        return self._transport.send(request, OrganizationWithSettings)

    def update_organization(
        self,
        body: OrganizationUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> OrganizationWithSettings:
        """Update current organization.

        Changes the keys that are sent and leaves the others; `name` and `slug` belong to the organization, all others
        to its settings, where null clears a value. Refused with 409 `conflict` when another organization has the new
        slug.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/organizations/current",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, OrganizationWithSettings)

    def delete_organization(self, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete current organization (purge).

        Purges the organization. At once nobody sees it any more, its tokens are dead and its slug is free; its records,
        the ledgers too, and its files are deleted afterwards. The users stay. There is no way back. Refused with 403
        for a PAT.

        The least role is owner.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current",
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def list_members(self) -> MemberList:
        """List organization members.

        The members of the organization by the date they joined. The list is bounded and comes whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/organizations/current/members")
        return self._transport.send(request, MemberList)

    def update_member_role(
        self,
        user_id: str,
        body: MemberRoleUpdate,
        *,
        idempotency_key: str | None = None,
    ) -> Membership:
        """Update user role.

        Gives a member another role, which counts from their next request on, also for their API tokens. Only an owner
        may. Refused with 404 when the user is no member, with 409 `conflict` for the caller's own role, and with 409
        `invalid_transition` when it would demote the last owner.

        The least role is owner.
        """
        request = Request(
            "PATCH",
            "/api/organizations/current/members/{user_id}",
            {"user_id": user_id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Membership)

    def remove_member(self, user_id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Remove user from org.

        Ends a member's membership; their API tokens for this organization are dead at once. Only an owner may. Refused
        with 404 when the user is no member, with 409 `conflict` for the caller (leaveOrganization is for that), and
        with 409 `invalid_transition` for the last owner.

        The least role is owner.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current/members/{user_id}",
            {"user_id": user_id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def leave_organization(self, *, idempotency_key: str | None = None) -> OrganizationLeft:
        """Leave organization.

        Ends the caller's own membership. When the caller is the last member, the organization is purged with all it
        holds, and `deletedOrg` is true. Refused with 409 `invalid_transition` when the caller is the last owner and
        other members are left: make one of them an owner first; and with 403 for a PAT when the organization would be
        purged.

        The least role is viewer.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current/members/me",
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, OrganizationLeft)

    def send_invitation(self, body: InvitationSend, *, idempotency_key: str | None = None) -> Invitation:
        """Send invitation.

        Invites someone by email address, for 7 days. There is one pending invitation per address: inviting an address
        again answers the same one with a new expiry. The mail goes out if the server can send mail; a mail that fails
        never fails the request. Refused with 422 for the role `owner`, with 409 `conflict` when an active member has
        this address, and with 429 when too many mails have gone to this address or from this organization.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/organizations/current/invitations",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Invitation)

    def list_invitations(self) -> InvitationList:
        """List organization invitations.

        The invitations of the organization, newest first. Those that are no longer pending are among them:
        `acceptedAt`, `revokedAt` and `expiresAt` tell. The list is bounded and comes whole, without pages.

        The least role is admin.
        """
        request = Request("GET", "/api/organizations/current/invitations")
        return self._transport.send(request, InvitationList)

    def resend_invitation(
        self,
        id: str,
        body: InvitationResend | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Invitation:
        """Resend invitation.

        Sends the mail of a pending invitation again and renews its 7 days. The body may be left out. Refused with 404
        when there is no such invitation, with 409 `invalid_transition` when it was accepted, revoked or declined, and
        with 429 when too many mails have gone to this address or from this organization.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/organizations/current/invitations/{id}/resend",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Invitation)

    def revoke_invitation(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Revoke invitation.

        Takes a pending invitation back (its `revokedAt` is stamped); its link no longer works. Refused with 404 when
        there is no such invitation, and with 409 `invalid_transition` when it is no longer pending.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current/invitations/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)


class AsyncPlatform:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_user(self, body: UserCreate, *, idempotency_key: str | None = None) -> User:
        """Create user.

        Makes the caller's user from the verified token: its uid and its verified email address. Calling it again
        answers the same user, so it may run after every sign-in; it answers 200 either way. Refused with 422 when the
        token has no email address, or when the body's address is not the token's, and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("POST", "/api/user", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, User)

    async def get_user(self) -> UserWithOrganizations:
        """Get user.

        The caller's user and the organizations they are an active member of, the oldest membership first. Each call
        stamps `lastLoginAt`. `X-Org-Id` is not needed; if it is sent it must name one of the caller's organizations,
        else 403. Refused with 404 when the caller has no user yet: createUser makes one; and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("GET", "/api/user")
        return await self._transport.send(request, UserWithOrganizations)

    async def update_user(self, body: UserUpdate, *, idempotency_key: str | None = None) -> User:
        """Update user.

        Changes the caller's display name; null clears it. Refused with 404 when the caller has no user yet: createUser
        makes one; and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("PATCH", "/api/user", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, User)

    async def delete_user(self, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete user.

        Deletes the caller for good. Organizations in which the caller is the only active owner are purged with all they
        hold; then the user goes, with memberships and API tokens, and last, as far as it can be reached, the identity
        at the provider. There is no way back. Refused with 404 when the caller has no user, and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("DELETE", "/api/user", takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, DeletedId)

    async def create_api_token(self, body: ApiTokenCreate, *, idempotency_key: str | None = None) -> ApiTokenCreated:
        """Create API token (PAT).

        Makes a personal access token that acts in one organization with the role the caller has there at each moment.
        The secret is in `plaintext`, once; only its hash is stored. The token is dead at once when it is revoked, when
        it expires or when the caller's membership ends. Refused with 403 when the caller is no member of the
        organization, and for a PAT: a token cannot make tokens; with 422 for a scope of a tag that there is not; and
        with 409 `conflict` when the organization has as many valid tokens as the server allows (`details.limit`).

        For everybody with a token.
        """
        request = Request("POST", "/api/user/api-tokens", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, ApiTokenCreated)

    async def list_api_tokens(self) -> ApiTokenList:
        """List my API tokens.

        The caller's API tokens of all organizations that are not revoked, newest first. Expired ones are among them;
        `expiresAt` tells. The secrets are never shown again. A PAT sees those of its own organization.

        For everybody with a token.
        """
        request = Request("GET", "/api/user/api-tokens")
        return await self._transport.send(request, ApiTokenList)

    async def revoke_api_token(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Revoke API token.

        Revokes one of the caller's API tokens; the next request with it is 401. Refused with 404 when there is no such
        token, when it is another user's, when it is revoked already, and for a PAT when it is another organization's.

        For everybody with a token.
        """
        request = Request(
            "DELETE",
            "/api/user/api-tokens/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def list_my_invitations(self) -> MyInvitationList:
        """List my pending invitations.

        The pending invitations to the caller's verified email address, from all organizations. Accepted, revoked,
        declined and expired ones are not among them. Refused with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("GET", "/api/invitations")
        return await self._transport.send(request, MyInvitationList)

    async def get_invitation_by_token(self, token: str) -> InvitationLookup:
        """Look up invitation by token (public).

        What the page behind an invitation's link shows before anyone has signed in. It needs no token but the
        invitation's own. Refused with 404 when the token is unknown, with 409 `invalid_transition` when the invitation
        is no longer pending (accepted, revoked, declined or expired), and with 429 after 20 requests from one address
        within 15 minutes.

        Needs no token.
        """
        request = Request("GET", "/api/invitations/by-token/{token}", {"token": token})
        return await self._transport.send(request, InvitationLookup)

    async def accept_invitation(self, body: InvitationAccept, *, idempotency_key: str | None = None) -> Membership:
        """Accept invitation.

        Makes the caller a member of the inviting organization, with the invited role, in one transaction; a membership
        that had ended is made active again. Refused with 404 when the token is unknown, with 403 when the caller's
        verified email address is not the invited one, and with 409 `invalid_transition` when the invitation is no
        longer pending; so accepting twice is 409. Refused with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("POST", "/api/invitations/accept", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Membership)

    async def decline_invitation(
        self,
        body: InvitationDecline,
        *,
        idempotency_key: str | None = None,
    ) -> InvitationDeclined:
        """Decline invitation.

        Turns an invitation down for good (its `revokedAt` is stamped). Refused with 404 when there is no such
        invitation to the caller's verified email address, with 409 `invalid_transition` when it is no longer pending,
        and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request(
            "POST",
            "/api/invitations/decline",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, InvitationDeclined)

    async def create_organization(
        self,
        body: OrganizationCreate,
        *,
        idempotency_key: str | None = None,
    ) -> OrganizationWithMembership:
        """Create organization.

        Makes an organization with empty settings and the caller as its owner, in one transaction. Refused with 409
        `conflict` when the slug is taken or the caller owns as many organizations as the server allows
        (`details.limit`), with 404 when the caller has no user yet (createUser makes one), and with 403 for a PAT.

        For everybody with a token.
        """
        request = Request("POST", "/api/organizations", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, OrganizationWithMembership)

    async def get_organization(
        self,
        *,
        if_none_match: OrganizationWithSettings | None = None,
    ) -> OrganizationWithSettings:
        """Get current organization.

        The organization of the request and its settings.

        The least role is viewer.
        """
        request = Request("GET", "/api/organizations/current", if_none_match=if_none_match)
        return await self._transport.send(request, OrganizationWithSettings)

    async def update_organization(
        self,
        body: OrganizationUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> OrganizationWithSettings:
        """Update current organization.

        Changes the keys that are sent and leaves the others; `name` and `slug` belong to the organization, all others
        to its settings, where null clears a value. Refused with 409 `conflict` when another organization has the new
        slug.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/organizations/current",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, OrganizationWithSettings)

    async def delete_organization(self, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete current organization (purge).

        Purges the organization. At once nobody sees it any more, its tokens are dead and its slug is free; its records,
        the ledgers too, and its files are deleted afterwards. The users stay. There is no way back. Refused with 403
        for a PAT.

        The least role is owner.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current",
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def list_members(self) -> MemberList:
        """List organization members.

        The members of the organization by the date they joined. The list is bounded and comes whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/organizations/current/members")
        return await self._transport.send(request, MemberList)

    async def update_member_role(
        self,
        user_id: str,
        body: MemberRoleUpdate,
        *,
        idempotency_key: str | None = None,
    ) -> Membership:
        """Update user role.

        Gives a member another role, which counts from their next request on, also for their API tokens. Only an owner
        may. Refused with 404 when the user is no member, with 409 `conflict` for the caller's own role, and with 409
        `invalid_transition` when it would demote the last owner.

        The least role is owner.
        """
        request = Request(
            "PATCH",
            "/api/organizations/current/members/{user_id}",
            {"user_id": user_id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Membership)

    async def remove_member(self, user_id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Remove user from org.

        Ends a member's membership; their API tokens for this organization are dead at once. Only an owner may. Refused
        with 404 when the user is no member, with 409 `conflict` for the caller (leaveOrganization is for that), and
        with 409 `invalid_transition` for the last owner.

        The least role is owner.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current/members/{user_id}",
            {"user_id": user_id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def leave_organization(self, *, idempotency_key: str | None = None) -> OrganizationLeft:
        """Leave organization.

        Ends the caller's own membership. When the caller is the last member, the organization is purged with all it
        holds, and `deletedOrg` is true. Refused with 409 `invalid_transition` when the caller is the last owner and
        other members are left: make one of them an owner first; and with 403 for a PAT when the organization would be
        purged.

        The least role is viewer.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current/members/me",
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, OrganizationLeft)

    async def send_invitation(self, body: InvitationSend, *, idempotency_key: str | None = None) -> Invitation:
        """Send invitation.

        Invites someone by email address, for 7 days. There is one pending invitation per address: inviting an address
        again answers the same one with a new expiry. The mail goes out if the server can send mail; a mail that fails
        never fails the request. Refused with 422 for the role `owner`, with 409 `conflict` when an active member has
        this address, and with 429 when too many mails have gone to this address or from this organization.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/organizations/current/invitations",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Invitation)

    async def list_invitations(self) -> InvitationList:
        """List organization invitations.

        The invitations of the organization, newest first. Those that are no longer pending are among them:
        `acceptedAt`, `revokedAt` and `expiresAt` tell. The list is bounded and comes whole, without pages.

        The least role is admin.
        """
        request = Request("GET", "/api/organizations/current/invitations")
        return await self._transport.send(request, InvitationList)

    async def resend_invitation(
        self,
        id: str,
        body: InvitationResend | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> Invitation:
        """Resend invitation.

        Sends the mail of a pending invitation again and renews its 7 days. The body may be left out. Refused with 404
        when there is no such invitation, with 409 `invalid_transition` when it was accepted, revoked or declined, and
        with 429 when too many mails have gone to this address or from this organization.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/organizations/current/invitations/{id}/resend",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Invitation)

    async def revoke_invitation(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Revoke invitation.

        Takes a pending invitation back (its `revokedAt` is stamped); its link no longer works. Refused with 404 when
        there is no such invitation, and with 409 `invalid_transition` when it is no longer pending.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/organizations/current/invitations/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)
