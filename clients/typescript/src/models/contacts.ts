// The shapes of contacts.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type { Instant } from "../values.js";
import type { ListTotal } from "./shared.js";

/** What a contact can be linked to. */
export type ContactEntityType = "customer" | "vendor";

/** How a contact is reached. */
export type ContactMethodType = "email" | "phone";

export interface Contact {
  id: string;
  orgId: string;
  displayName: string;
  firstName: string;
  lastName: string | null;
  /** The contact's position. */
  title: string | null;
  notes: string | null;
  /** A deactivated contact takes no new links. */
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface ContactCreate {
  firstName: string;
  lastName?: string | null | undefined;
  /** The contact's position. */
  title?: string | null | undefined;
  notes?: string | null | undefined;
  /** First and last name with a space between them where it is not sent. */
  displayName?: string | undefined;
  /** False for one that takes no new links from the beginning; true if it is not sent. */
  isActive?: boolean | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface ContactUpdate {
  firstName?: string | undefined;
  lastName?: string | null | undefined;
  /** The contact's position. */
  title?: string | null | undefined;
  notes?: string | null | undefined;
  /** Does not follow the names; it changes only where it is sent. */
  displayName?: string | undefined;
  /** False hides the contact from new work. */
  isActive?: boolean | undefined;
}

export interface ContactPage {
  data: Contact[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface ContactBulkImport {
  rows: readonly ContactCreate[];
}

export interface ContactDetail {
  contact: Contact;
  methods: ContactMethod[];
  links: ContactLink[];
}

/** An email address or phone number of a contact. */
export interface ContactMethod {
  id: string;
  orgId: string;
  contactId: string;
  methodType: ContactMethodType;
  value: string;
  label: string | null;
  /** At most one method of each type is primary. */
  isPrimary: boolean;
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface ContactMethodCreate {
  type: ContactMethodType;
  value: string;
  label?: string | null | undefined;
  /** The first method of a type is primary in any case. */
  isPrimary?: boolean | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface ContactMethodUpdate {
  type?: ContactMethodType | undefined;
  value?: string | undefined;
  label?: string | null | undefined;
  /** True takes it from the other methods of the type. */
  isPrimary?: boolean | undefined;
  isActive?: boolean | undefined;
}

export interface ContactMethodList {
  data: ContactMethod[];
}

/** An email address or phone number, in the list of those of all contacts. */
export interface ContactMethodSummary {
  id: string;
  orgId: string;
  contactId: string;
  methodType: ContactMethodType;
  value: string;
  label: string | null;
  /** At most one method of each type is primary. */
  isPrimary: boolean;
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
  /** What the contact is called. */
  contactName?: string;
}

export interface ContactMethodPage {
  data: ContactMethodSummary[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

export interface ContactMethodImport {
  contactId: string;
  type: ContactMethodType;
  value: string;
  label?: string | null | undefined;
  /** True takes it from the one of its type that the contact has; two rows of one contact and type cannot both be. */
  isPrimary?: boolean | undefined;
  /** False for one that is no longer in use; true if it is not sent. */
  isActive?: boolean | undefined;
}

export interface ContactMethodBulkImport {
  rows: readonly ContactMethodImport[];
}

/** What a contact is to a customer or vendor. */
export interface ContactLink {
  id: string;
  orgId: string;
  contactId: string;
  entityType: ContactEntityType;
  entityId: string;
  role: string | null;
  /** At most one link of each customer or vendor is primary. */
  isPrimary: boolean;
  notes: string | null;
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
}

export interface ContactLinkCreate {
  entityType: ContactEntityType;
  entityId: string;
  role?: string | null | undefined;
  notes?: string | null | undefined;
  /** True takes it from the other links of the customer or vendor. */
  isPrimary?: boolean | undefined;
}

/** Only the keys that are sent change; null clears a value. */
export interface ContactLinkUpdate {
  role?: string | null | undefined;
  notes?: string | null | undefined;
  /** True takes it from the other links of the customer or vendor. */
  isPrimary?: boolean | undefined;
  isActive?: boolean | undefined;
}

/**
 * What a contact is to a customer or vendor, in the list of those of all contacts; either customerId or vendorId is
 * null.
 */
export interface ContactLinkSummary {
  id: string;
  orgId: string;
  contactId: string;
  entityType: ContactEntityType;
  entityId: string;
  customerId: string | null;
  vendorId: string | null;
  role: string | null;
  /** At most one link of each customer or vendor is primary. */
  isPrimary: boolean;
  notes: string | null;
  isActive: boolean;
  createdAt: Instant;
  updatedAt: Instant;
  /** What the contact is called. */
  contactName?: string;
  /** The name of the customer. */
  customerName?: string | null;
  /** The name of the vendor. */
  vendorName?: string | null;
}

export interface ContactLinkPage {
  data: ContactLinkSummary[];
  /** The next page's `cursor`; null on the last page. */
  nextCursor: string | null;
  total?: ListTotal;
}

/** With exactly one of customerId and vendorId; a key that is null counts as absent. */
export interface ContactLinkImport {
  contactId: string;
  customerId?: string | null | undefined;
  vendorId?: string | null | undefined;
  role?: string | null | undefined;
  notes?: string | null | undefined;
  /** True takes it from the link that the customer or vendor has; two rows of one customer or vendor cannot both be. */
  isPrimary?: boolean | undefined;
  /** False for one that no longer holds; true if it is not sent. */
  isActive?: boolean | undefined;
}

export interface ContactLinkBulkImport {
  rows: readonly ContactLinkImport[];
}

export interface ContactFindOrCreate {
  firstName: string;
  lastName?: string | null | undefined;
  email: string;
  entityType: ContactEntityType;
  entityId: string;
  /** The role of the link if one is made. */
  role?: string | null | undefined;
}

export interface ContactFoundOrCreated {
  contact: Contact;
  method: ContactMethod;
  link: ContactLink;
  /** Whether the contact is new. */
  created: boolean;
}

export interface LinkedContact {
  link: ContactLink;
  contact: Contact;
  methods: ContactMethod[];
}

export interface LinkedContactList {
  data: LinkedContact[];
}
