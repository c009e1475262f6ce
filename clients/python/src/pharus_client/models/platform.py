"""The shapes of platform.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

# What a member may do, from most to least: an owner everything, an admin what concerns the organization and its master
# data, a member the daily work, a viewer only reads.
Role = Literal["owner", "admin", "member", "viewer"]


class User(TypedDict):
    id: str
    firebaseUid: str
    email: str
    displayName: str | None
    isActive: bool
    lastLoginAt: datetime.datetime | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class UserCreate(TypedDict):
    email: str
    displayName: NotRequired[str | None]


class UserUpdate(TypedDict):
    displayName: NotRequired[str | None]


class UserWithOrganizations(TypedDict):
    user: User
    organizations: list[UserOrganization]


class UserOrganization(TypedDict):
    id: str
    name: str
    slug: str
    role: Role


class ApiToken(TypedDict):
    """A personal access token, without its secret."""

    id: str
    userId: str
    orgId: str
    name: str
    tokenPrefix: str
    lastUsedAt: datetime.datetime | None
    expiresAt: datetime.datetime | None
    revokedAt: datetime.datetime | None
    createdAt: datetime.datetime
    scopes: list[str] | None
    skipsConfirmation: bool


class ApiTokenCreate(TypedDict):
    name: str
    orgId: str
    expiresInDays: NotRequired[int | None]
    scopes: NotRequired[list[str] | None]
    skipsConfirmation: NotRequired[bool]


class ApiTokenCreated(TypedDict):
    token: ApiToken
    plaintext: str


class ApiTokenList(TypedDict):
    data: list[ApiToken]


class Organization(TypedDict):
    id: str
    name: str
    slug: str
    isActive: bool
    requiresIfMatch: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class OrganizationSettings(TypedDict):
    """What an organization prints on its documents, and how long its log is kept."""

    orgId: str
    legalName: str | None
    address: str | None
    city: str | None
    state: str | None
    country: str | None
    zipCode: str | None
    logoUrl: str | None
    contactEmail: str | None
    contactPhone: str | None
    eventRetentionDays: int | None
    overReceiptTolerancePercent: Decimal | None
    currency: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class OrganizationCreate(TypedDict):
    name: str
    slug: str


class OrganizationUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    name: NotRequired[str]
    slug: NotRequired[str]
    legalName: NotRequired[str | None]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    logoUrl: NotRequired[str | None]
    contactEmail: NotRequired[str | None]
    contactPhone: NotRequired[str | None]
    requiresIfMatch: NotRequired[bool]
    eventRetentionDays: NotRequired[int | None]
    overReceiptTolerancePercent: NotRequired[Decimal | int | None]
    currency: NotRequired[str | None]


class OrganizationWithMembership(TypedDict):
    organization: Organization
    membership: Membership


class OrganizationWithSettings(TypedDict):
    organization: Organization
    settings: OrganizationSettings


class OrganizationLeft(TypedDict):
    deletedOrg: bool


class Membership(TypedDict):
    id: str
    userId: str
    orgId: str
    role: Role
    isActive: bool
    joinedAt: datetime.datetime
    lastActiveAt: datetime.datetime | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class Member(TypedDict):
    """A membership as the list of members shows it."""

    userId: str
    email: str
    displayName: str | None
    role: Role
    isActive: bool
    joinedAt: datetime.datetime
    lastActiveAt: datetime.datetime | None


class MemberList(TypedDict):
    data: list[Member]


class MemberRoleUpdate(TypedDict):
    role: Role


class Invitation(TypedDict):
    id: str
    orgId: str
    invitedBy: str | None
    email: str
    role: Role
    token: str
    expiresAt: datetime.datetime
    acceptedAt: datetime.datetime | None
    revokedAt: datetime.datetime | None
    createdAt: datetime.datetime


class InvitationList(TypedDict):
    data: list[Invitation]


class InvitationSend(TypedDict):
    email: str
    role: Literal["owner", "admin", "member", "viewer"]
    inviterDisplayName: NotRequired[str]


class InvitationResend(TypedDict):
    inviterDisplayName: NotRequired[str]


class InvitationLookup(TypedDict):
    invitation: InvitationByToken


class InvitationByToken(TypedDict):
    """What may be known of an invitation by its token alone."""

    email: str
    role: Role
    orgName: str
    invitedBy: Inviter
    expiresAt: datetime.datetime
    status: Literal["pending"]


class Inviter(TypedDict):
    displayName: str | None


class MyInvitation(TypedDict):
    """A pending invitation as the invited user sees it."""

    id: str
    orgId: str
    orgName: str
    role: Role
    expiresAt: datetime.datetime
    status: Literal["pending"]


class MyInvitationList(TypedDict):
    data: list[MyInvitation]


class InvitationAccept(TypedDict):
    token: str
    displayName: NotRequired[str | None]


class InvitationDecline(TypedDict):
    invitationId: str


class InvitationDeclined(TypedDict):
    ok: bool
