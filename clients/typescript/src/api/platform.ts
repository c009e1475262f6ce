// The group of methods `platform`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
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
} from "../models/platform.js";
import type { DeletedId } from "../models/shared.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";

/** `client.platform`: users, their API tokens, organizations, members and invitations. */
export class Platform {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create user.
   *
   * Makes the caller's user from the verified token: its uid and its verified email address. Calling it again answers
   * the same user, so it may run after every sign-in; it answers 200 either way. Refused with 422 when the token has no
   * email address, or when the body's address is not the token's, and with 403 for a PAT.
   *
   * For everybody with a token.
   */
  createUser(body: UserCreate, options: Write = {}): Promise<User> {
    return this.#transport.send(
      { method: "POST", template: "/api/user", body, takesKey: true, shape: "User" },
      options,
    );
  }

  /**
   * Get user.
   *
   * The caller's user and the organizations they are an active member of, the oldest membership first. Each call stamps
   * `lastLoginAt`. `X-Org-Id` is not needed; if it is sent it must name one of the caller's organizations, else 403.
   * Refused with 404 when the caller has no user yet: createUser makes one; and with 403 for a PAT.
   *
   * For everybody with a token.
   */
  getUser(options: Call = {}): Promise<UserWithOrganizations> {
    return this.#transport.send({ method: "GET", template: "/api/user", shape: "UserWithOrganizations" }, options);
  }

  /**
   * Update user.
   *
   * Changes the caller's display name; null clears it. Refused with 404 when the caller has no user yet: createUser
   * makes one; and with 403 for a PAT.
   *
   * For everybody with a token.
   */
  updateUser(body: UserUpdate, options: Write = {}): Promise<User> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/user", body, takesKey: true, shape: "User" },
      options,
    );
  }

  /**
   * Delete user.
   *
   * Deletes the caller for good. Organizations in which the caller is the only active owner are purged with all they
   * hold; then the user goes, with memberships and API tokens, and last, as far as it can be reached, the identity at
   * the provider. There is no way back. Refused with 404 when the caller has no user, and with 403 for a PAT.
   *
   * For everybody with a token.
   */
  deleteUser(options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/user", takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Create API token (PAT).
   *
   * Makes a personal access token that acts in one organization with the role the caller has there at each moment. The
   * secret is in `plaintext`, once; only its hash is stored. The token is dead at once when it is revoked, when it
   * expires or when the caller's membership ends. Refused with 403 when the caller is no member of the organization,
   * and for a PAT: a token cannot make tokens; with 422 for a scope of a tag that there is not; and with 409 `conflict`
   * when the organization has as many valid tokens as the server allows (`details.limit`).
   *
   * For everybody with a token.
   */
  createApiToken(body: ApiTokenCreate, options: Write = {}): Promise<ApiTokenCreated> {
    return this.#transport.send(
      { method: "POST", template: "/api/user/api-tokens", body, takesKey: true, shape: "ApiTokenCreated" },
      options,
    );
  }

  /**
   * List my API tokens.
   *
   * The caller's API tokens of all organizations that are not revoked, newest first. Expired ones are among them;
   * `expiresAt` tells. The secrets are never shown again. A PAT sees those of its own organization.
   *
   * For everybody with a token.
   */
  listApiTokens(options: Call = {}): Promise<ApiTokenList> {
    return this.#transport.send({ method: "GET", template: "/api/user/api-tokens", shape: "ApiTokenList" }, options);
  }

  /**
   * Revoke API token.
   *
   * Revokes one of the caller's API tokens; the next request with it is 401. Refused with 404 when there is no such
   * token, when it is another user's, when it is revoked already, and for a PAT when it is another organization's.
   *
   * For everybody with a token.
   */
  revokeApiToken(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/user/api-tokens/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * List my pending invitations.
   *
   * The pending invitations to the caller's verified email address, from all organizations. Accepted, revoked, declined
   * and expired ones are not among them. Refused with 403 for a PAT.
   *
   * For everybody with a token.
   */
  listMyInvitations(options: Call = {}): Promise<MyInvitationList> {
    return this.#transport.send({ method: "GET", template: "/api/invitations", shape: "MyInvitationList" }, options);
  }

  /**
   * Look up invitation by token (public).
   *
   * What the page behind an invitation's link shows before anyone has signed in. It needs no token but the invitation's
   * own. Refused with 404 when the token is unknown, with 409 `invalid_transition` when the invitation is no longer
   * pending (accepted, revoked, declined or expired), and with 429 after 20 requests from one address within 15
   * minutes.
   *
   * Needs no token.
   */
  getInvitationByToken(token: string, options: Call = {}): Promise<InvitationLookup> {
    return this.#transport.send(
      { method: "GET", template: "/api/invitations/by-token/{token}", path: { token }, shape: "InvitationLookup" },
      options,
    );
  }

  /**
   * Accept invitation.
   *
   * Makes the caller a member of the inviting organization, with the invited role, in one transaction; a membership
   * that had ended is made active again. Refused with 404 when the token is unknown, with 403 when the caller's
   * verified email address is not the invited one, and with 409 `invalid_transition` when the invitation is no longer
   * pending; so accepting twice is 409. Refused with 403 for a PAT.
   *
   * For everybody with a token.
   */
  acceptInvitation(body: InvitationAccept, options: Write = {}): Promise<Membership> {
    return this.#transport.send(
      { method: "POST", template: "/api/invitations/accept", body, takesKey: true, shape: "Membership" },
      options,
    );
  }

  /**
   * Decline invitation.
   *
   * Turns an invitation down for good (its `revokedAt` is stamped). Refused with 404 when there is no such invitation
   * to the caller's verified email address, with 409 `invalid_transition` when it is no longer pending, and with 403
   * for a PAT.
   *
   * For everybody with a token.
   */
  declineInvitation(body: InvitationDecline, options: Write = {}): Promise<InvitationDeclined> {
    return this.#transport.send(
      { method: "POST", template: "/api/invitations/decline", body, takesKey: true, shape: "InvitationDeclined" },
      options,
    );
  }

  /**
   * Create organization.
   *
   * Makes an organization with empty settings and the caller as its owner, in one transaction. Refused with 409
   * `conflict` when the slug is taken or the caller owns as many organizations as the server allows (`details.limit`),
   * with 404 when the caller has no user yet (createUser makes one), and with 403 for a PAT.
   *
   * For everybody with a token.
   */
  createOrganization(body: OrganizationCreate, options: Write = {}): Promise<OrganizationWithMembership> {
    return this.#transport.send(
      { method: "POST", template: "/api/organizations", body, takesKey: true, shape: "OrganizationWithMembership" },
      options,
    );
  }

  /**
   * Get current organization.
   *
   * The organization of the request and its settings.
   *
   * The least role is viewer.
   */
  getOrganization(options: Read<OrganizationWithSettings> = {}): Promise<OrganizationWithSettings> {
    return this.#transport.send(
      { method: "GET", template: "/api/organizations/current", shape: "OrganizationWithSettings" },
      options,
    );
  }

  /**
   * Update current organization.
   *
   * Changes the keys that are sent and leaves the others; `name` and `slug` belong to the organization, all others to
   * its settings, where null clears a value. Refused with 409 `conflict` when another organization has the new slug.
   *
   * The least role is admin.
   */
  updateOrganization(body: OrganizationUpdate, options: Change = {}): Promise<OrganizationWithSettings> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/organizations/current",
        body,
        takesKey: true,
        shape: "OrganizationWithSettings",
      },
      options,
    );
  }

  /**
   * Delete current organization (purge).
   *
   * Purges the organization. At once nobody sees it any more, its tokens are dead and its slug is free; its records,
   * the ledgers too, and its files are deleted afterwards. The users stay. There is no way back. Refused with 403 for a
   * PAT.
   *
   * The least role is owner.
   */
  deleteOrganization(options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/organizations/current", takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * List organization members.
   *
   * The members of the organization by the date they joined. The list is bounded and comes whole, without pages.
   *
   * The least role is viewer.
   */
  listMembers(options: Call = {}): Promise<MemberList> {
    return this.#transport.send(
      { method: "GET", template: "/api/organizations/current/members", shape: "MemberList" },
      options,
    );
  }

  /**
   * Update user role.
   *
   * Gives a member another role, which counts from their next request on, also for their API tokens. Only an owner may.
   * Refused with 404 when the user is no member, with 409 `conflict` for the caller's own role, and with 409
   * `invalid_transition` when it would demote the last owner.
   *
   * The least role is owner.
   */
  updateMemberRole(userId: string, body: MemberRoleUpdate, options: Write = {}): Promise<Membership> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/organizations/current/members/{userId}",
        path: { userId },
        body,
        takesKey: true,
        shape: "Membership",
      },
      options,
    );
  }

  /**
   * Remove user from org.
   *
   * Ends a member's membership; their API tokens for this organization are dead at once. Only an owner may. Refused
   * with 404 when the user is no member, with 409 `conflict` for the caller (leaveOrganization is for that), and with
   * 409 `invalid_transition` for the last owner.
   *
   * The least role is owner.
   */
  removeMember(userId: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      {
        method: "DELETE",
        template: "/api/organizations/current/members/{userId}",
        path: { userId },
        takesKey: true,
        shape: "DeletedId",
      },
      options,
    );
  }

  /**
   * Leave organization.
   *
   * Ends the caller's own membership. When the caller is the last member, the organization is purged with all it holds,
   * and `deletedOrg` is true. Refused with 409 `invalid_transition` when the caller is the last owner and other members
   * are left: make one of them an owner first; and with 403 for a PAT when the organization would be purged.
   *
   * The least role is viewer.
   */
  leaveOrganization(options: Write = {}): Promise<OrganizationLeft> {
    return this.#transport.send(
      {
        method: "DELETE",
        template: "/api/organizations/current/members/me",
        takesKey: true,
        shape: "OrganizationLeft",
      },
      options,
    );
  }

  /**
   * Send invitation.
   *
   * Invites someone by email address, for 7 days. There is one pending invitation per address: inviting an address
   * again answers the same one with a new expiry. The mail goes out if the server can send mail; a mail that fails
   * never fails the request. Refused with 422 for the role `owner`, with 409 `conflict` when an active member has this
   * address, and with 429 when too many mails have gone to this address or from this organization.
   *
   * The least role is admin.
   */
  sendInvitation(body: InvitationSend, options: Write = {}): Promise<Invitation> {
    return this.#transport.send(
      { method: "POST", template: "/api/organizations/current/invitations", body, takesKey: true, shape: "Invitation" },
      options,
    );
  }

  /**
   * List organization invitations.
   *
   * The invitations of the organization, newest first. Those that are no longer pending are among them: `acceptedAt`,
   * `revokedAt` and `expiresAt` tell. The list is bounded and comes whole, without pages.
   *
   * The least role is admin.
   */
  listInvitations(options: Call = {}): Promise<InvitationList> {
    return this.#transport.send(
      { method: "GET", template: "/api/organizations/current/invitations", shape: "InvitationList" },
      options,
    );
  }

  /**
   * Resend invitation.
   *
   * Sends the mail of a pending invitation again and renews its 7 days. The body may be left out. Refused with 404 when
   * there is no such invitation, with 409 `invalid_transition` when it was accepted, revoked or declined, and with 429
   * when too many mails have gone to this address or from this organization.
   *
   * The least role is admin.
   */
  resendInvitation(id: string, body: InvitationResend | undefined, options: Write = {}): Promise<Invitation> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/organizations/current/invitations/{id}/resend",
        path: { id },
        body,
        takesKey: true,
        shape: "Invitation",
      },
      options,
    );
  }

  /**
   * Revoke invitation.
   *
   * Takes a pending invitation back (its `revokedAt` is stamped); its link no longer works. Refused with 404 when there
   * is no such invitation, and with 409 `invalid_transition` when it is no longer pending.
   *
   * The least role is admin.
   */
  revokeInvitation(id: string, options: Write = {}): Promise<DeletedId> {
    return this.#transport.send(
      {
        method: "DELETE",
        template: "/api/organizations/current/invitations/{id}",
        path: { id },
        takesKey: true,
        shape: "DeletedId",
      },
      options,
    );
  }
}
