"""The group of methods `contacts`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.contacts import (
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
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Contacts:
    """`client.contacts`: the people behind customers and vendors, and how to reach them."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_contact(self, body: ContactCreate, *, idempotency_key: str | None = None) -> Contact:
        """Create contact.

        Adds a contact to the pool that customers and vendors share, active, without methods and links. `displayName` is
        first and last name with a space between them where it is not sent.

        The least role is member.
        """
        request = Request("POST", "/api/contacts", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Contact)

    def list_contacts(
        self,
        *,
        is_active: bool | None = None,
        active: bool | None = None,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["displayName", "-displayName", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> Pages[ContactPage, Contact]:
        """List contacts.

        The contacts of the organization by display name, in pages. `isActive` narrows the list to active or to
        deactivated contacts, `q` to those whose display name contains a text. A cursor belongs to the list it came
        from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> ContactPage:
            request = Request(
                "GET",
                "/api/contacts",
                query={
                    "isActive": is_active,
                    "active": active,
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, ContactPage)

        return Pages(fetch)

    def bulk_import_contacts(
        self,
        body: ContactBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import contacts.

        Stores up to 5,000 contacts at once. Every row is a contact as createContact takes it. Nothing of a contact is
        unique, so the same rows sent again are further contacts.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one without a first name, makes it 422, with `details` naming every
        bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells which.
        With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/contacts/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_contact(
        self,
        id: str,
        body: ContactUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Contact:
        """Update contact.

        Changes the keys that are sent and leaves the others: `displayName` does not follow the names. `isActive: false`
        hides the contact from new work; its links stay, and naming it in a new link is 409. Refused with 404 when there
        is no such contact.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/contacts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Contact)

    def delete_contact(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete contact.

        Deletes a contact with all its methods and links. Refused with 404 when there is no such contact.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/contacts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_contact(self, id: str, *, if_none_match: ContactDetail | None = None) -> ContactDetail:
        """Get contact detail.

        One contact, active or deactivated, with all its methods and links. Refused with 404 when there is no such
        contact.

        The least role is viewer.
        """
        request = Request("GET", "/api/contacts/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, ContactDetail)

    def add_contact_method(
        self,
        id: str,
        body: ContactMethodCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactMethod:
        """Add contact method.

        Adds an email address or a phone number to a contact. The contact's first method of a type becomes primary;
        `isPrimary: true` makes a later one primary, and the one that was is no longer so, in the same transaction.
        Refused with 404 when there is no such contact, and with 409 `conflict` when the contact has this method
        already; email addresses compare without spaces around them, whatever the letter case.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/contacts/{id}/methods",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ContactMethod)

    def list_contact_methods(self, id: str) -> ContactMethodList:
        """List methods for a contact.

        All methods of a contact, active and deactivated. The list is bounded and comes whole, without pages. Refused
        with 404 when there is no such contact.

        The least role is viewer.
        """
        request = Request("GET", "/api/contacts/{id}/methods", {"id": id})
        return self._transport.send(request, ContactMethodList)

    def list_all_contact_methods(
        self,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[ContactMethodPage, ContactMethodSummary]:
        """List contact methods of all contacts.

        The email addresses and phone numbers of all contacts, the oldest first, in pages.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> ContactMethodPage:
            request = Request(
                "GET",
                "/api/contact-methods",
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, ContactMethodPage)

        return Pages(fetch)

    def bulk_import_contact_methods(
        self,
        body: ContactMethodBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import contact methods.

        Stores up to 5,000 methods of contacts at once. Every row is a method as addContactMethod takes it, with its
        contact. The first active one of a type is primary where no row says so.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose type and value its contact has already, makes it 422, with
        `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
        `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
        results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/contact-methods/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_contact_method(
        self,
        id: str,
        body: ContactMethodUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactMethod:
        """Update contact method.

        Changes the keys that are sent and leaves the others. `isPrimary: true` makes the method primary, and the one of
        its type that was is no longer so, in the same transaction. Refused with 404 when there is no such contact
        method, and with 409 `conflict` when another method of the contact has the same type and value.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/contact-methods/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ContactMethod)

    def delete_contact_method(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete contact method.

        Deletes a method of a contact. Refused with 404 when there is no such contact method.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/contact-methods/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def create_contact_link(
        self,
        id: str,
        body: ContactLinkCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactLink:
        """Link contact to entity.

        Links a contact to a customer or vendor. `isPrimary: true` makes it the customer's or vendor's primary link, and
        the one that was is no longer so, in the same transaction. Refused with 404 when there is no such contact,
        customer or vendor, and with 409 `conflict` when the two are linked already or when one of them is deactivated.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/contacts/{id}/links",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ContactLink)

    def list_all_contact_links(
        self,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[ContactLinkPage, ContactLinkSummary]:
        """List contact links of all contacts.

        What the contacts are to customers and vendors, the oldest first, in pages.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> ContactLinkPage:
            request = Request(
                "GET",
                "/api/contact-links",
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, ContactLinkPage)

        return Pages(fetch)

    def bulk_import_contact_links(
        self,
        body: ContactLinkBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import contact links.

        Stores up to 5,000 links of contacts at once. Every row is a link as createContactLink takes it, with its
        contact, and with exactly one of customerId and vendorId.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose contact is linked to the customer or vendor already, makes
        it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/contact-links/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_contact_link(
        self,
        id: str,
        body: ContactLinkUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactLink:
        """Update contact-entity link.

        Changes the keys that are sent and leaves the others. `isPrimary: true` makes the link the primary one of its
        customer or vendor, and the one that was is no longer so, in the same transaction. Refused with 404 when there
        is no such link.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/contact-links/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ContactLink)

    def delete_contact_link(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Unlink contact from entity.

        Takes the link away; the contact stays, and so does the customer or vendor. Refused with 404 when there is no
        such link.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/contact-links/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def find_or_create_contact(
        self,
        body: ContactFindOrCreate,
        *,
        idempotency_key: str | None = None,
    ) -> ContactFoundOrCreated:
        """Find or create contact for entity.

        Makes sure that a customer or vendor has a contact with this email address, and answers 200 either way. A
        contact that is linked to it already and has this address as its primary one is answered as it is. Else a
        contact of the organization with this primary address is linked to it. Else a contact is made, with this primary
        address and the link; only then `created` is true, and only then the names are used. `role` is that of a new
        link. Addresses compare whatever the letter case. Refused with 404 when there is no such customer or vendor, and
        with 409 `conflict` when a link would have to be made to one that is deactivated.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/contacts/find-or-create",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, ContactFoundOrCreated)

    def list_linked_contacts(self, *, entity_type: ContactEntityType, entity_id: str) -> LinkedContactList:
        """List contacts linked to an entity.

        The contacts that are linked to a customer or vendor, each with its link and all its methods, by display name.
        The list is bounded and comes whole, without pages. It is empty when there is no such customer or vendor.

        The least role is viewer.
        """
        request = Request("GET", "/api/contacts/linked-to", query={"entityType": entity_type, "entityId": entity_id})
        return self._transport.send(request, LinkedContactList)


class AsyncContacts:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_contact(self, body: ContactCreate, *, idempotency_key: str | None = None) -> Contact:
        """Create contact.

        Adds a contact to the pool that customers and vendors share, active, without methods and links. `displayName` is
        first and last name with a space between them where it is not sent.

        The least role is member.
        """
        request = Request("POST", "/api/contacts", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Contact)

    def list_contacts(
        self,
        *,
        is_active: bool | None = None,
        active: bool | None = None,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["displayName", "-displayName", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> AsyncPages[ContactPage, Contact]:
        """List contacts.

        The contacts of the organization by display name, in pages. `isActive` narrows the list to active or to
        deactivated contacts, `q` to those whose display name contains a text. A cursor belongs to the list it came
        from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[ContactPage]:
            request = Request(
                "GET",
                "/api/contacts",
                query={
                    "isActive": is_active,
                    "active": active,
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, ContactPage)

        return AsyncPages(fetch)

    async def bulk_import_contacts(
        self,
        body: ContactBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import contacts.

        Stores up to 5,000 contacts at once. Every row is a contact as createContact takes it. Nothing of a contact is
        unique, so the same rows sent again are further contacts.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one without a first name, makes it 422, with `details` naming every
        bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells which.
        With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/contacts/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_contact(
        self,
        id: str,
        body: ContactUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Contact:
        """Update contact.

        Changes the keys that are sent and leaves the others: `displayName` does not follow the names. `isActive: false`
        hides the contact from new work; its links stay, and naming it in a new link is 409. Refused with 404 when there
        is no such contact.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/contacts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Contact)

    async def delete_contact(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete contact.

        Deletes a contact with all its methods and links. Refused with 404 when there is no such contact.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/contacts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_contact(self, id: str, *, if_none_match: ContactDetail | None = None) -> ContactDetail:
        """Get contact detail.

        One contact, active or deactivated, with all its methods and links. Refused with 404 when there is no such
        contact.

        The least role is viewer.
        """
        request = Request("GET", "/api/contacts/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, ContactDetail)

    async def add_contact_method(
        self,
        id: str,
        body: ContactMethodCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactMethod:
        """Add contact method.

        Adds an email address or a phone number to a contact. The contact's first method of a type becomes primary;
        `isPrimary: true` makes a later one primary, and the one that was is no longer so, in the same transaction.
        Refused with 404 when there is no such contact, and with 409 `conflict` when the contact has this method
        already; email addresses compare without spaces around them, whatever the letter case.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/contacts/{id}/methods",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ContactMethod)

    async def list_contact_methods(self, id: str) -> ContactMethodList:
        """List methods for a contact.

        All methods of a contact, active and deactivated. The list is bounded and comes whole, without pages. Refused
        with 404 when there is no such contact.

        The least role is viewer.
        """
        request = Request("GET", "/api/contacts/{id}/methods", {"id": id})
        return await self._transport.send(request, ContactMethodList)

    def list_all_contact_methods(
        self,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[ContactMethodPage, ContactMethodSummary]:
        """List contact methods of all contacts.

        The email addresses and phone numbers of all contacts, the oldest first, in pages.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[ContactMethodPage]:
            request = Request(
                "GET",
                "/api/contact-methods",
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, ContactMethodPage)

        return AsyncPages(fetch)

    async def bulk_import_contact_methods(
        self,
        body: ContactMethodBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import contact methods.

        Stores up to 5,000 methods of contacts at once. Every row is a method as addContactMethod takes it, with its
        contact. The first active one of a type is primary where no row says so.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose type and value its contact has already, makes it 422, with
        `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
        `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
        results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/contact-methods/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_contact_method(
        self,
        id: str,
        body: ContactMethodUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactMethod:
        """Update contact method.

        Changes the keys that are sent and leaves the others. `isPrimary: true` makes the method primary, and the one of
        its type that was is no longer so, in the same transaction. Refused with 404 when there is no such contact
        method, and with 409 `conflict` when another method of the contact has the same type and value.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/contact-methods/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ContactMethod)

    async def delete_contact_method(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete contact method.

        Deletes a method of a contact. Refused with 404 when there is no such contact method.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/contact-methods/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def create_contact_link(
        self,
        id: str,
        body: ContactLinkCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactLink:
        """Link contact to entity.

        Links a contact to a customer or vendor. `isPrimary: true` makes it the customer's or vendor's primary link, and
        the one that was is no longer so, in the same transaction. Refused with 404 when there is no such contact,
        customer or vendor, and with 409 `conflict` when the two are linked already or when one of them is deactivated.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/contacts/{id}/links",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ContactLink)

    def list_all_contact_links(
        self,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[ContactLinkPage, ContactLinkSummary]:
        """List contact links of all contacts.

        What the contacts are to customers and vendors, the oldest first, in pages.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[ContactLinkPage]:
            request = Request(
                "GET",
                "/api/contact-links",
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, ContactLinkPage)

        return AsyncPages(fetch)

    async def bulk_import_contact_links(
        self,
        body: ContactLinkBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import contact links.

        Stores up to 5,000 links of contacts at once. Every row is a link as createContactLink takes it, with its
        contact, and with exactly one of customerId and vendorId.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose contact is linked to the customer or vendor already, makes
        it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/contact-links/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_contact_link(
        self,
        id: str,
        body: ContactLinkUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ContactLink:
        """Update contact-entity link.

        Changes the keys that are sent and leaves the others. `isPrimary: true` makes the link the primary one of its
        customer or vendor, and the one that was is no longer so, in the same transaction. Refused with 404 when there
        is no such link.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/contact-links/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ContactLink)

    async def delete_contact_link(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Unlink contact from entity.

        Takes the link away; the contact stays, and so does the customer or vendor. Refused with 404 when there is no
        such link.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/contact-links/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def find_or_create_contact(
        self,
        body: ContactFindOrCreate,
        *,
        idempotency_key: str | None = None,
    ) -> ContactFoundOrCreated:
        """Find or create contact for entity.

        Makes sure that a customer or vendor has a contact with this email address, and answers 200 either way. A
        contact that is linked to it already and has this address as its primary one is answered as it is. Else a
        contact of the organization with this primary address is linked to it. Else a contact is made, with this primary
        address and the link; only then `created` is true, and only then the names are used. `role` is that of a new
        link. Addresses compare whatever the letter case. Refused with 404 when there is no such customer or vendor, and
        with 409 `conflict` when a link would have to be made to one that is deactivated.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/contacts/find-or-create",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, ContactFoundOrCreated)

    async def list_linked_contacts(self, *, entity_type: ContactEntityType, entity_id: str) -> LinkedContactList:
        """List contacts linked to an entity.

        The contacts that are linked to a customer or vendor, each with its link and all its methods, by display name.
        The list is bounded and comes whole, without pages. It is empty when there is no such customer or vendor.

        The least role is viewer.
        """
        request = Request("GET", "/api/contacts/linked-to", query={"entityType": entity_type, "entityId": entity_id})
        return await self._transport.send(request, LinkedContactList)
