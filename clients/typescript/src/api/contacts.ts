// The group of methods `contacts`.
//
// Generated from openapi.yaml by `make codegen`. Do not edit.
import type {
  Contact,
  ContactBulkImport,
  ContactCreate,
  ContactDetail,
  ContactEntityType,
  ContactFindOrCreate,
  ContactFoundOrCreated,
  ContactLink,
  ContactLinkBulkImport,
  ContactLinkCreate,
  ContactLinkPage,
  ContactLinkSummary,
  ContactLinkUpdate,
  ContactMethod,
  ContactMethodBulkImport,
  ContactMethodCreate,
  ContactMethodList,
  ContactMethodPage,
  ContactMethodSummary,
  ContactMethodUpdate,
  ContactPage,
  ContactUpdate,
  LinkedContactList,
} from "../models/contacts.js";
import type { BulkImportResult, DeletedId } from "../models/shared.js";
import { Pages } from "../pages.js";
import type { Call, Change, Read, Transport, Write } from "../transport.js";
import type { Moment } from "../values.js";

export interface ListContactsOptions extends Call {
  isActive?: boolean | undefined;
  active?: boolean | undefined;
  q?: string | undefined;
  limit?: number | undefined;
  sort?: "displayName" | "-displayName" | "id" | "-id" | "updatedAt" | "-updatedAt" | undefined;
  ids?: readonly string[] | undefined;
  updatedSince?: Moment | undefined;
  count?: boolean | undefined;
}

export interface BulkImportContactsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

export interface ListAllContactMethodsOptions extends Call {
  limit?: number | undefined;
  sort?: "id" | "-id" | undefined;
  ids?: readonly string[] | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportContactMethodsOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
}

export interface ListAllContactLinksOptions extends Call {
  limit?: number | undefined;
  sort?: "id" | "-id" | undefined;
  ids?: readonly string[] | undefined;
  count?: boolean | undefined;
  expand?: "names" | undefined;
}

export interface BulkImportContactLinksOptions extends Write {
  mode?: "atomic" | "partial" | undefined;
  dryRun?: boolean | undefined;
  acceptDeactivated?: boolean | undefined;
}

export interface ListLinkedContactsOptions extends Call {
  entityType: ContactEntityType;
  entityId: string;
}

/** `client.contacts`: the people behind customers and vendors, and how to reach them. */
export class Contacts {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Create contact.
   *
   * Adds a contact to the pool that customers and vendors share, active, without methods and links. `displayName` is
   * first and last name with a space between them where it is not sent.
   *
   * The least role is member.
   */
  createContact(body: ContactCreate, options: Write = {}): Promise<Contact> {
    return this.#transport.send(
      { method: "POST", template: "/api/contacts", body, takesKey: true, shape: "Contact" },
      options,
    );
  }

  /**
   * List contacts.
   *
   * The contacts of the organization by display name, in pages. `isActive` narrows the list to active or to deactivated
   * contacts, `q` to those whose display name contains a text. A cursor belongs to the list it came from: keep the
   * filters the same from page to page.
   *
   * The least role is viewer.
   */
  listContacts(options: ListContactsOptions = {}): Pages<ContactPage, Contact> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/contacts",
          query: {
            isActive: options.isActive,
            active: options.active,
            q: options.q,
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            updatedSince: options.updatedSince,
            count: options.count,
            cursor,
          },
          shape: "ContactPage",
        },
        options,
      ),
    );
  }

  /**
   * Bulk-import contacts.
   *
   * Stores up to 5,000 contacts at once. Every row is a contact as createContact takes it. Nothing of a contact is
   * unique, so the same rows sent again are further contacts.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one without a first name, makes it 422, with `details` naming every bad row by its
   * index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
   * everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportContacts(body: ContactBulkImport, options: BulkImportContactsOptions = {}): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/contacts/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update contact.
   *
   * Changes the keys that are sent and leaves the others: `displayName` does not follow the names. `isActive: false`
   * hides the contact from new work; its links stay, and naming it in a new link is 409. Refused with 404 when there is
   * no such contact.
   *
   * The least role is member.
   */
  updateContact(id: string, body: ContactUpdate, options: Change = {}): Promise<Contact> {
    return this.#transport.send(
      { method: "PATCH", template: "/api/contacts/{id}", path: { id }, body, takesKey: true, shape: "Contact" },
      options,
    );
  }

  /**
   * Delete contact.
   *
   * Deletes a contact with all its methods and links. Refused with 404 when there is no such contact.
   *
   * The least role is member.
   */
  deleteContact(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/contacts/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Get contact detail.
   *
   * One contact, active or deactivated, with all its methods and links. Refused with 404 when there is no such contact.
   *
   * The least role is viewer.
   */
  getContact(id: string, options: Read<ContactDetail> = {}): Promise<ContactDetail> {
    return this.#transport.send(
      { method: "GET", template: "/api/contacts/{id}", path: { id }, shape: "ContactDetail" },
      options,
    );
  }

  /**
   * Add contact method.
   *
   * Adds an email address or a phone number to a contact. The contact's first method of a type becomes primary;
   * `isPrimary: true` makes a later one primary, and the one that was is no longer so, in the same transaction. Refused
   * with 404 when there is no such contact, and with 409 `conflict` when the contact has this method already; email
   * addresses compare without spaces around them, whatever the letter case.
   *
   * The least role is member.
   */
  addContactMethod(id: string, body: ContactMethodCreate, options: Change = {}): Promise<ContactMethod> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/contacts/{id}/methods",
        path: { id },
        body,
        takesKey: true,
        shape: "ContactMethod",
      },
      options,
    );
  }

  /**
   * List methods for a contact.
   *
   * All methods of a contact, active and deactivated. The list is bounded and comes whole, without pages. Refused with
   * 404 when there is no such contact.
   *
   * The least role is viewer.
   */
  listContactMethods(id: string, options: Call = {}): Promise<ContactMethodList> {
    return this.#transport.send(
      { method: "GET", template: "/api/contacts/{id}/methods", path: { id }, shape: "ContactMethodList" },
      options,
    );
  }

  /**
   * List contact methods of all contacts.
   *
   * The email addresses and phone numbers of all contacts, the oldest first, in pages.
   *
   * The least role is viewer.
   */
  listAllContactMethods(options: ListAllContactMethodsOptions = {}): Pages<ContactMethodPage, ContactMethodSummary> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/contact-methods",
          query: {
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "ContactMethodPage",
        },
        options,
      ),
    );
  }

  /**
   * Bulk-import contact methods.
   *
   * Stores up to 5,000 methods of contacts at once. Every row is a method as addContactMethod takes it, with its
   * contact. The first active one of a type is primary where no row says so.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose type and value its contact has already, makes it 422, with `details`
   * naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
   * which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.
   *
   * The least role is admin.
   */
  bulkImportContactMethods(
    body: ContactMethodBulkImport,
    options: BulkImportContactMethodsOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/contact-methods/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update contact method.
   *
   * Changes the keys that are sent and leaves the others. `isPrimary: true` makes the method primary, and the one of
   * its type that was is no longer so, in the same transaction. Refused with 404 when there is no such contact method,
   * and with 409 `conflict` when another method of the contact has the same type and value.
   *
   * The least role is member.
   */
  updateContactMethod(id: string, body: ContactMethodUpdate, options: Change = {}): Promise<ContactMethod> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/contact-methods/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "ContactMethod",
      },
      options,
    );
  }

  /**
   * Delete contact method.
   *
   * Deletes a method of a contact. Refused with 404 when there is no such contact method.
   *
   * The least role is member.
   */
  deleteContactMethod(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/contact-methods/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Link contact to entity.
   *
   * Links a contact to a customer or vendor. `isPrimary: true` makes it the customer's or vendor's primary link, and
   * the one that was is no longer so, in the same transaction. Refused with 404 when there is no such contact, customer
   * or vendor, and with 409 `conflict` when the two are linked already or when one of them is deactivated.
   *
   * The least role is member.
   */
  createContactLink(id: string, body: ContactLinkCreate, options: Change = {}): Promise<ContactLink> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/contacts/{id}/links",
        path: { id },
        body,
        takesKey: true,
        shape: "ContactLink",
      },
      options,
    );
  }

  /**
   * List contact links of all contacts.
   *
   * What the contacts are to customers and vendors, the oldest first, in pages.
   *
   * The least role is viewer.
   */
  listAllContactLinks(options: ListAllContactLinksOptions = {}): Pages<ContactLinkPage, ContactLinkSummary> {
    return new Pages((cursor) =>
      this.#transport.send(
        {
          method: "GET",
          template: "/api/contact-links",
          query: {
            limit: options.limit,
            sort: options.sort,
            ids: options.ids,
            count: options.count,
            expand: options.expand,
            cursor,
          },
          shape: "ContactLinkPage",
        },
        options,
      ),
    );
  }

  /**
   * Bulk-import contact links.
   *
   * Stores up to 5,000 links of contacts at once. Every row is a link as createContactLink takes it, with its contact,
   * and with exactly one of customerId and vendorId.
   *
   * A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one transaction
   * or none is: a bad row, such as one whose contact is linked to the customer or vendor already, makes it 422, with
   * `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
   * `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
   * results carry no id.
   *
   * The least role is admin.
   */
  bulkImportContactLinks(
    body: ContactLinkBulkImport,
    options: BulkImportContactLinksOptions = {},
  ): Promise<BulkImportResult> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/contact-links/bulk-import",
        query: { mode: options.mode, dryRun: options.dryRun, acceptDeactivated: options.acceptDeactivated },
        body,
        takesKey: true,
        shape: "BulkImportResult",
      },
      options,
    );
  }

  /**
   * Update contact-entity link.
   *
   * Changes the keys that are sent and leaves the others. `isPrimary: true` makes the link the primary one of its
   * customer or vendor, and the one that was is no longer so, in the same transaction. Refused with 404 when there is
   * no such link.
   *
   * The least role is member.
   */
  updateContactLink(id: string, body: ContactLinkUpdate, options: Change = {}): Promise<ContactLink> {
    return this.#transport.send(
      {
        method: "PATCH",
        template: "/api/contact-links/{id}",
        path: { id },
        body,
        takesKey: true,
        shape: "ContactLink",
      },
      options,
    );
  }

  /**
   * Unlink contact from entity.
   *
   * Takes the link away; the contact stays, and so does the customer or vendor. Refused with 404 when there is no such
   * link.
   *
   * The least role is member.
   */
  deleteContactLink(id: string, options: Change = {}): Promise<DeletedId> {
    return this.#transport.send(
      { method: "DELETE", template: "/api/contact-links/{id}", path: { id }, takesKey: true, shape: "DeletedId" },
      options,
    );
  }

  /**
   * Find or create contact for entity.
   *
   * Makes sure that a customer or vendor has a contact with this email address, and answers 200 either way. A contact
   * that is linked to it already and has this address as its primary one is answered as it is. Else a contact of the
   * organization with this primary address is linked to it. Else a contact is made, with this primary address and the
   * link; only then `created` is true, and only then the names are used. `role` is that of a new link. Addresses
   * compare whatever the letter case. Refused with 404 when there is no such customer or vendor, and with 409
   * `conflict` when a link would have to be made to one that is deactivated.
   *
   * The least role is member.
   */
  findOrCreateContact(body: ContactFindOrCreate, options: Write = {}): Promise<ContactFoundOrCreated> {
    return this.#transport.send(
      {
        method: "POST",
        template: "/api/contacts/find-or-create",
        body,
        takesKey: true,
        shape: "ContactFoundOrCreated",
      },
      options,
    );
  }

  /**
   * List contacts linked to an entity.
   *
   * The contacts that are linked to a customer or vendor, each with its link and all its methods, by display name. The
   * list is bounded and comes whole, without pages. It is empty when there is no such customer or vendor.
   *
   * The least role is viewer.
   */
  listLinkedContacts(options: ListLinkedContactsOptions): Promise<LinkedContactList> {
    return this.#transport.send(
      {
        method: "GET",
        template: "/api/contacts/linked-to",
        query: { entityType: options.entityType, entityId: options.entityId },
        shape: "LinkedContactList",
      },
      options,
    );
  }
}
