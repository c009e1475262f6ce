// The shapes of platform.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Decimal, DecimalInput, Instant } from "../values.js";

/**
 * What a member may do, from most to least: an owner everything, an admin what concerns the organization and its master
 * data, a member the daily work, a viewer only reads.
 */
export type Role = "owner" | "admin" | "member" | "viewer";

export interface User {
  id: string;
  /** The id the identity provider knows the user by. */
  firebaseUid: string;
  email: string;
  displayName: string | null;
  isActive: boolean;
  /** When getUser was last called. */
  lastLoginAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface UserCreate {
  /** Must equal the token's verified address. */
  email: string;
  displayName?: string | null | undefined;
}

export interface UserUpdate {
  displayName?: string | null | undefined;
}

export interface UserWithOrganizations {
  user: User;
  /** Those the user is an active member of, the oldest membership first. */
  organizations: UserOrganization[];
}

export interface UserOrganization {
  id: string;
  name: string;
  slug: string;
  role: Role;
}

/** A personal access token, without its secret. */
export interface ApiToken {
  id: string;
  userId: string;
  orgId: string;
  name: string;
  /** The first 12 characters, by which to recognise the token. */
  tokenPrefix: string;
  /** Exact to a minute. */
  lastUsedAt: Instant | null;
  /** Null if it does not expire. */
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  createdAt: Instant;
  /** What it may be used for; null for all that its owner may do. */
  scopes: string[] | null;
  /** Whether what an agent writes with it at `/mcp` is carried out without being confirmed. */
  skipsConfirmation: boolean;
}

export interface ApiTokenCreate {
  /** Stored without spaces around it. */
  name: string;
  orgId: string;
  /** Absent or null for a token that does not expire; absent beside `scopes`, 90 days. */
  expiresInDays?: number | null | undefined;
  /**
   * What the token may be used for: `read` and `write`, of everything or of one tag of this document
   * (`write:PurchaseOrders`), and `costs`.
   */
  scopes?: readonly string[] | null | undefined;
  /** An agent's tools that write (`/mcp`) first answer what would change, and do it when that is confirmed. */
  skipsConfirmation?: boolean | undefined;
}

export interface ApiTokenCreated {
  token: ApiToken;
  /** The secret itself. */
  plaintext: string;
}

export interface ApiTokenList {
  data: ApiToken[];
}

export interface Organization {
  id: string;
  name: string;
  /** A short name for addresses; no two organizations share one. */
  slug: string;
  isActive: boolean;
  /** Whether changes of what has an `ETag` must name in `If-Match` the one that the caller has seen. */
  requiresIfMatch: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

/** What an organization prints on its documents, and how long its log is kept. */
export interface OrganizationSettings {
  orgId: string;
  legalName: string | null;
  address: string | null;
  city: string | null;
  state: string | null;
  /** Two letters. */
  country: string | null;
  zipCode: string | null;
  logoUrl: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  /** For how many days the log of events is kept; null for ever. */
  eventRetentionDays: number | null;
  /** How much more than a line has ordered its receipts may bring, in percent of the order; null for no limit. */
  overReceiptTolerancePercent: Decimal | null;
  /** What all amounts are in, a code of ISO 4217, which papers print; null where it was not said. */
  currency: string | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface OrganizationCreate {
  name: string;
  slug: string;
}

/** Only the keys that are sent change; null clears a value. */
export interface OrganizationUpdate {
  name?: string | undefined;
  slug?: string | undefined;
  legalName?: string | null | undefined;
  address?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  zipCode?: string | null | undefined;
  logoUrl?: string | null | undefined;
  contactEmail?: string | null | undefined;
  contactPhone?: string | null | undefined;
  /**
   * Whether changes of what has an `ETag` must name in `If-Match` the one that the caller has seen; without it they are
   * 428.
   */
  requiresIfMatch?: boolean | undefined;
  /** For how many days events are kept in the log; null, as at first, for ever. */
  eventRetentionDays?: number | null | undefined;
  overReceiptTolerancePercent?: DecimalInput | null | undefined;
  /** What all amounts are in, a code of ISO 4217. */
  currency?: string | null | undefined;
}

export interface OrganizationWithMembership {
  organization: Organization;
  membership: Membership;
}

export interface OrganizationWithSettings {
  organization: Organization;
  settings: OrganizationSettings;
}

export interface OrganizationLeft {
  /** True when the caller was the last member, and the organization went with the membership. */
  deletedOrg: boolean;
}

export interface Membership {
  id: string;
  userId: string;
  orgId: string;
  role: Role;
  isActive: boolean;
  joinedAt: Instant;
  lastActiveAt: Instant | null;
  createdAt: Instant;
  updatedAt: Instant;
}

/** A membership as the list of members shows it. */
export interface Member {
  userId: string;
  email: string;
  displayName: string | null;
  role: Role;
  isActive: boolean;
  joinedAt: Instant;
  lastActiveAt: Instant | null;
}

export interface MemberList {
  data: Member[];
}

export interface MemberRoleUpdate {
  role: Role;
}

export interface Invitation {
  id: string;
  orgId: string;
  /** The id of the user who sent it; null once that user is deleted. */
  invitedBy: string | null;
  email: string;
  role: Role;
  /** What the link in the mail carries. */
  token: string;
  expiresAt: Instant;
  acceptedAt: Instant | null;
  /** When it was revoked or declined. */
  revokedAt: Instant | null;
  createdAt: Instant;
}

export interface InvitationList {
  data: Invitation[];
}

export interface InvitationSend {
  email: string;
  /** The role the invited person will have; not `owner`. */
  role: "owner" | "admin" | "member" | "viewer";
  /** The name the mail gives as the sender. */
  inviterDisplayName?: string | undefined;
}

export interface InvitationResend {
  /** The name the mail gives as the sender. */
  inviterDisplayName?: string | undefined;
}

export interface InvitationLookup {
  invitation: InvitationByToken;
}

/** What may be known of an invitation by its token alone. */
export interface InvitationByToken {
  email: string;
  role: Role;
  orgName: string;
  invitedBy: Inviter;
  expiresAt: Instant;
  status: "pending";
}

export interface Inviter {
  displayName: string | null;
}

/** A pending invitation as the invited user sees it. */
export interface MyInvitation {
  id: string;
  orgId: string;
  orgName: string;
  role: Role;
  expiresAt: Instant;
  status: "pending";
}

export interface MyInvitationList {
  data: MyInvitation[];
}

export interface InvitationAccept {
  token: string;
  /** The name for the caller's user, where it has none yet. */
  displayName?: string | null | undefined;
}

export interface InvitationDecline {
  invitationId: string;
}

export interface InvitationDeclined {
  /** Always true. */
  ok: boolean;
}
