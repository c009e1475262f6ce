"""The shapes of the requests and responses of contacts.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown

# What a contact can be linked to.
ContactEntityType = Literal["customer", "vendor"]

# How a contact is reached.
ContactMethodType = Literal["email", "phone"]


class Contact(TypedDict):
    id: str
    orgId: str
    displayName: str
    firstName: str
    lastName: str | None
    title: str | None
    notes: str | None
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class ContactCreate(TypedDict):
    firstName: str
    lastName: NotRequired[str | None]
    title: NotRequired[str | None]
    notes: NotRequired[str | None]
    displayName: NotRequired[str]
    isActive: NotRequired[bool]


class ContactUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    firstName: NotRequired[str]
    lastName: NotRequired[str | None]
    title: NotRequired[str | None]
    notes: NotRequired[str | None]
    displayName: NotRequired[str]
    isActive: NotRequired[bool]


class ContactPage(TypedDict):
    data: list[Shown[Contact]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class ContactBulkImport(TypedDict):
    rows: list[ContactCreate]


class ContactDetail(TypedDict):
    contact: Contact
    methods: list[ContactMethod]
    links: list[ContactLink]


class ContactMethod(TypedDict):
    """An email address or phone number of a contact."""

    id: str
    orgId: str
    contactId: str
    methodType: ContactMethodType
    value: str
    label: str | None
    isPrimary: bool
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class ContactMethodCreate(TypedDict):
    type: ContactMethodType
    value: str
    label: NotRequired[str | None]
    isPrimary: NotRequired[bool]


class ContactMethodUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    type: NotRequired[ContactMethodType]
    value: NotRequired[str]
    label: NotRequired[str | None]
    isPrimary: NotRequired[bool]
    isActive: NotRequired[bool]


class ContactMethodList(TypedDict):
    data: list[ContactMethod]


class ContactMethodSummary(TypedDict):
    """An email address or phone number, in the list of those of all contacts."""

    id: str
    orgId: str
    contactId: str
    methodType: ContactMethodType
    value: str
    label: str | None
    isPrimary: bool
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    contactName: NotRequired[str]


class ContactMethodPage(TypedDict):
    data: list[Shown[ContactMethodSummary]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class ContactMethodImport(TypedDict):
    contactId: str
    type: ContactMethodType
    value: str
    label: NotRequired[str | None]
    isPrimary: NotRequired[bool]
    isActive: NotRequired[bool]


class ContactMethodBulkImport(TypedDict):
    rows: list[ContactMethodImport]


class ContactLink(TypedDict):
    """What a contact is to a customer or vendor."""

    id: str
    orgId: str
    contactId: str
    entityType: ContactEntityType
    entityId: str
    role: str | None
    isPrimary: bool
    notes: str | None
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class ContactLinkCreate(TypedDict):
    entityType: ContactEntityType
    entityId: str
    role: NotRequired[str | None]
    notes: NotRequired[str | None]
    isPrimary: NotRequired[bool]


class ContactLinkUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    role: NotRequired[str | None]
    notes: NotRequired[str | None]
    isPrimary: NotRequired[bool]
    isActive: NotRequired[bool]


class ContactLinkSummary(TypedDict):
    """What a contact is to a customer or vendor, in the list of those of all contacts; either customerId or vendorId is
    null.
    """

    id: str
    orgId: str
    contactId: str
    entityType: ContactEntityType
    entityId: str
    customerId: str | None
    vendorId: str | None
    role: str | None
    isPrimary: bool
    notes: str | None
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    contactName: NotRequired[str]
    customerName: NotRequired[str | None]
    vendorName: NotRequired[str | None]


class ContactLinkPage(TypedDict):
    data: list[Shown[ContactLinkSummary]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class ContactLinkImport(TypedDict):
    """With exactly one of customerId and vendorId; a key that is null counts as absent."""

    contactId: str
    customerId: NotRequired[str | None]
    vendorId: NotRequired[str | None]
    role: NotRequired[str | None]
    notes: NotRequired[str | None]
    isPrimary: NotRequired[bool]
    isActive: NotRequired[bool]


class ContactLinkBulkImport(TypedDict):
    rows: list[ContactLinkImport]


class ContactFindOrCreate(TypedDict):
    firstName: str
    lastName: NotRequired[str | None]
    email: str
    entityType: ContactEntityType
    entityId: str
    role: NotRequired[str | None]


class ContactFoundOrCreated(TypedDict):
    contact: Contact
    method: ContactMethod
    link: ContactLink
    created: bool


class LinkedContact(TypedDict):
    link: ContactLink
    contact: Contact
    methods: list[ContactMethod]


class LinkedContactList(TypedDict):
    data: list[LinkedContact]
