"""The group of methods `customers`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.customers import (
    BrokerInUse,
    Customer,
    CustomerBulkImport,
    CustomerCreate,
    CustomerLookupInUse,
    CustomerPage,
    CustomerUpdate,
)
from pharus_client.models.shared import (
    BulkImportResult,
    DeletedId,
    Lookup,
    LookupBulkImport,
    LookupCreate,
    LookupList,
    LookupUpdate,
)
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Customers:
    """`client.customers`: those finished goods are sold to, and the types, segments and brokers they are sorted by."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_customer(self, body: CustomerCreate, *, idempotency_key: str | None = None) -> Customer:
        """Create customer.

        Adds a customer to the organization, active. Names need not be unique. Refused with 404 when there is no such
        type, segment, broker or parent, and with 409 `conflict` when one of them is deactivated or when another
        customer has the same `qboId`.

        The least role is member.
        """
        request = Request("POST", "/api/customers", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Customer)

    def list_customers(
        self,
        *,
        active: bool | None = None,
        type: str | None = None,
        segment: str | None = None,
        broker: str | None = None,
        parent_customer: str | None = None,
        q: str | None = None,
        limit: int | None = None,
        is_active: bool | None = None,
        sort: Literal["name", "-name", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[CustomerPage, Customer]:
        """List customers.

        The customers of the organization by name, in pages. `active` narrows the list to active or to deactivated
        customers, `type`, `segment`, `broker` and `parentCustomer` to those that have this one, `q` to those whose name
        contains a text. A cursor belongs to the list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> CustomerPage:
            request = Request(
                "GET",
                "/api/customers",
                query={
                    "active": active,
                    "type": type,
                    "segment": segment,
                    "broker": broker,
                    "parentCustomer": parent_customer,
                    "q": q,
                    "limit": limit,
                    "isActive": is_active,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, CustomerPage)

        return Pages(fetch)

    def update_customer(
        self,
        id: str,
        body: CustomerUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Customer:
        """Update customer.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the customer from new work;
        existing orders keep it, and naming it in a new order, as a parent or in a contact link is 409. A customer
        cannot be its own parent: 422. Refused with 404 when there is no such customer, type, segment, broker or parent,
        and with 409 `conflict` when one that is newly named is deactivated, when another customer has the new `qboId`,
        or when the new parent is below this customer, which would close a loop; the error then names the chain.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/customers/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Customer)

    def delete_customer(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete customer.

        Deletes a customer nothing refers to; its contact links go with it, the contacts stay. Refused with 404 when
        there is no such customer, and with 409 `in_use` while a sales order refers to it or a customer has it as its
        parent; `details.references` then has the counts by kind. Deactivate such a customer instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customers/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_customer(self, id: str, *, if_none_match: Customer | None = None) -> Customer:
        """Get customer detail.

        One customer, active or deactivated. Refused with 404 when there is no such customer.

        The least role is viewer.
        """
        request = Request("GET", "/api/customers/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, Customer)

    def bulk_import_customers(
        self,
        body: CustomerBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customers.

        Stores up to 5,000 customers at once. Every row is a customer as createCustomer takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a type that does not exist or whose `qboId` is taken
        by another customer or by an earlier row, makes it 422, with `details` naming every bad row by its index. In
        `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
        everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customers/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def create_customer_type(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create customer type.

        Adds a customer type to the organization, active and last in the order (`sortOrder` is the highest so far plus
        one). Refused with 409 `conflict` when another customer type has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/customer-types", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lookup)

    def list_customer_types(self) -> LookupList:
        """List customer types.

        All customer types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-types")
        return self._transport.send(request, LookupList)

    def bulk_import_customer_types(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customer types.

        Stores up to 5,000 customer types at once. Every row is a customer type as createCustomerType takes it; they
        come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another customer type or an earlier row has, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customer-types/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_customer_type(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update customer type.

        Changes the keys that are sent and leaves the others. Moving a customer type to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the customer type from new work; its
        customers keep it, and naming it in a new customer is 409. Refused with 404 when there is no such customer type,
        and with 409 `conflict` when another customer type has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/customer-types/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def delete_customer_type(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete customer type.

        Deletes a customer type nothing refers to. Refused with 404 when there is no such customer type, and with 409
        `in_use` while a customer refers to it; `details.references` then has the counts by kind. Deactivate such a
        customer type instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customer-types/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def create_customer_segment(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create customer segment.

        Adds a customer segment to the organization, active and last in the order (`sortOrder` is the highest so far
        plus one). Refused with 409 `conflict` when another customer segment has the same name, whatever the letter
        case.

        The least role is admin.
        """
        request = Request("POST", "/api/customer-segments", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lookup)

    def list_customer_segments(self) -> LookupList:
        """List customer segments.

        All customer segments of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-segments")
        return self._transport.send(request, LookupList)

    def bulk_import_customer_segments(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customer segments.

        Stores up to 5,000 customer segments at once. Every row is a customer segment as createCustomerSegment takes it;
        they come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another customer segment or an earlier row has, makes
        it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customer-segments/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_customer_segment(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update customer segment.

        Changes the keys that are sent and leaves the others. Moving a customer segment to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the customer segment from new work; its
        customers keep it, and naming it in a new customer is 409. Refused with 404 when there is no such customer
        segment, and with 409 `conflict` when another customer segment has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/customer-segments/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def delete_customer_segment(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete customer segment.

        Deletes a customer segment nothing refers to. Refused with 404 when there is no such customer segment, and with
        409 `in_use` while a customer refers to it; `details.references` then has the counts by kind. Deactivate such a
        customer segment instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customer-segments/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def create_broker(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create broker.

        Adds a broker to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
        Refused with 409 `conflict` when another broker has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/brokers", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lookup)

    def list_brokers(self) -> LookupList:
        """List brokers.

        All brokers of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/brokers")
        return self._transport.send(request, LookupList)

    def bulk_import_brokers(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import brokers.

        Stores up to 5,000 brokers at once. Every row is a broker as createBroker takes it; they come last in the order,
        one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another broker or an earlier row has, makes it 422,
        with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own,
        and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and
        the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/brokers/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_broker(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update broker.

        Changes the keys that are sent and leaves the others. Moving a broker to a `sortOrder` that is taken shifts the
        others in the same transaction. `isActive: false` hides the broker from new work; its customers and sales orders
        keep it, and naming it in a new customer or sales order is 409. Refused with 404 when there is no such broker,
        and with 409 `conflict` when another broker has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/brokers/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def delete_broker(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete broker.

        Deletes a broker nothing refers to. Refused with 404 when there is no such broker, and with 409 `in_use` while a
        customer or sales order refers to it; `details.references` then has the counts by kind. Deactivate such a broker
        instead.

        The least role is admin.
        """
        request = Request("DELETE", "/api/brokers/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, DeletedId)

    def check_customer_type_in_use(self, id: str) -> CustomerLookupInUse:
        """Check customer type usage.

        Counts the customers that have a customer type, and so tells whether deleteCustomerType would refuse. Refused
        with 404 when there is no such customer type.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-types/{id}/in-use", {"id": id})
        return self._transport.send(request, CustomerLookupInUse)

    def check_customer_segment_in_use(self, id: str) -> CustomerLookupInUse:
        """Check customer segment usage.

        Counts the customers that have a customer segment, and so tells whether deleteCustomerSegment would refuse.
        Refused with 404 when there is no such customer segment.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-segments/{id}/in-use", {"id": id})
        return self._transport.send(request, CustomerLookupInUse)

    def check_broker_in_use(self, id: str) -> BrokerInUse:
        """Check broker usage.

        Counts the customers and sales orders that have a broker, and so tells whether deleteBroker would refuse.
        Refused with 404 when there is no such broker.

        The least role is viewer.
        """
        request = Request("GET", "/api/brokers/{id}/in-use", {"id": id})
        return self._transport.send(request, BrokerInUse)


class AsyncCustomers:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_customer(self, body: CustomerCreate, *, idempotency_key: str | None = None) -> Customer:
        """Create customer.

        Adds a customer to the organization, active. Names need not be unique. Refused with 404 when there is no such
        type, segment, broker or parent, and with 409 `conflict` when one of them is deactivated or when another
        customer has the same `qboId`.

        The least role is member.
        """
        request = Request("POST", "/api/customers", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Customer)

    def list_customers(
        self,
        *,
        active: bool | None = None,
        type: str | None = None,
        segment: str | None = None,
        broker: str | None = None,
        parent_customer: str | None = None,
        q: str | None = None,
        limit: int | None = None,
        is_active: bool | None = None,
        sort: Literal["name", "-name", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[CustomerPage, Customer]:
        """List customers.

        The customers of the organization by name, in pages. `active` narrows the list to active or to deactivated
        customers, `type`, `segment`, `broker` and `parentCustomer` to those that have this one, `q` to those whose name
        contains a text. A cursor belongs to the list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[CustomerPage]:
            request = Request(
                "GET",
                "/api/customers",
                query={
                    "active": active,
                    "type": type,
                    "segment": segment,
                    "broker": broker,
                    "parentCustomer": parent_customer,
                    "q": q,
                    "limit": limit,
                    "isActive": is_active,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, CustomerPage)

        return AsyncPages(fetch)

    async def update_customer(
        self,
        id: str,
        body: CustomerUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Customer:
        """Update customer.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the customer from new work;
        existing orders keep it, and naming it in a new order, as a parent or in a contact link is 409. A customer
        cannot be its own parent: 422. Refused with 404 when there is no such customer, type, segment, broker or parent,
        and with 409 `conflict` when one that is newly named is deactivated, when another customer has the new `qboId`,
        or when the new parent is below this customer, which would close a loop; the error then names the chain.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/customers/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Customer)

    async def delete_customer(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete customer.

        Deletes a customer nothing refers to; its contact links go with it, the contacts stay. Refused with 404 when
        there is no such customer, and with 409 `in_use` while a sales order refers to it or a customer has it as its
        parent; `details.references` then has the counts by kind. Deactivate such a customer instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customers/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_customer(self, id: str, *, if_none_match: Customer | None = None) -> Customer:
        """Get customer detail.

        One customer, active or deactivated. Refused with 404 when there is no such customer.

        The least role is viewer.
        """
        request = Request("GET", "/api/customers/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, Customer)

    async def bulk_import_customers(
        self,
        body: CustomerBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customers.

        Stores up to 5,000 customers at once. Every row is a customer as createCustomer takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a type that does not exist or whose `qboId` is taken
        by another customer or by an earlier row, makes it 422, with `details` naming every bad row by its index. In
        `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
        everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customers/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def create_customer_type(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create customer type.

        Adds a customer type to the organization, active and last in the order (`sortOrder` is the highest so far plus
        one). Refused with 409 `conflict` when another customer type has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/customer-types", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lookup)

    async def list_customer_types(self) -> LookupList:
        """List customer types.

        All customer types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-types")
        return await self._transport.send(request, LookupList)

    async def bulk_import_customer_types(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customer types.

        Stores up to 5,000 customer types at once. Every row is a customer type as createCustomerType takes it; they
        come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another customer type or an earlier row has, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customer-types/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_customer_type(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update customer type.

        Changes the keys that are sent and leaves the others. Moving a customer type to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the customer type from new work; its
        customers keep it, and naming it in a new customer is 409. Refused with 404 when there is no such customer type,
        and with 409 `conflict` when another customer type has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/customer-types/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def delete_customer_type(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete customer type.

        Deletes a customer type nothing refers to. Refused with 404 when there is no such customer type, and with 409
        `in_use` while a customer refers to it; `details.references` then has the counts by kind. Deactivate such a
        customer type instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customer-types/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def create_customer_segment(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create customer segment.

        Adds a customer segment to the organization, active and last in the order (`sortOrder` is the highest so far
        plus one). Refused with 409 `conflict` when another customer segment has the same name, whatever the letter
        case.

        The least role is admin.
        """
        request = Request("POST", "/api/customer-segments", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lookup)

    async def list_customer_segments(self) -> LookupList:
        """List customer segments.

        All customer segments of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-segments")
        return await self._transport.send(request, LookupList)

    async def bulk_import_customer_segments(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customer segments.

        Stores up to 5,000 customer segments at once. Every row is a customer segment as createCustomerSegment takes it;
        they come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another customer segment or an earlier row has, makes
        it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customer-segments/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_customer_segment(
        self,
        id: str,
        body: LookupUpdate,
        *,
        idempotency_key: str | None = None,
    ) -> Lookup:
        """Update customer segment.

        Changes the keys that are sent and leaves the others. Moving a customer segment to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the customer segment from new work; its
        customers keep it, and naming it in a new customer is 409. Refused with 404 when there is no such customer
        segment, and with 409 `conflict` when another customer segment has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/customer-segments/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def delete_customer_segment(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete customer segment.

        Deletes a customer segment nothing refers to. Refused with 404 when there is no such customer segment, and with
        409 `in_use` while a customer refers to it; `details.references` then has the counts by kind. Deactivate such a
        customer segment instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customer-segments/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def create_broker(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create broker.

        Adds a broker to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
        Refused with 409 `conflict` when another broker has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/brokers", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lookup)

    async def list_brokers(self) -> LookupList:
        """List brokers.

        All brokers of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/brokers")
        return await self._transport.send(request, LookupList)

    async def bulk_import_brokers(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import brokers.

        Stores up to 5,000 brokers at once. Every row is a broker as createBroker takes it; they come last in the order,
        one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another broker or an earlier row has, makes it 422,
        with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own,
        and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and
        the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/brokers/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_broker(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update broker.

        Changes the keys that are sent and leaves the others. Moving a broker to a `sortOrder` that is taken shifts the
        others in the same transaction. `isActive: false` hides the broker from new work; its customers and sales orders
        keep it, and naming it in a new customer or sales order is 409. Refused with 404 when there is no such broker,
        and with 409 `conflict` when another broker has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/brokers/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def delete_broker(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete broker.

        Deletes a broker nothing refers to. Refused with 404 when there is no such broker, and with 409 `in_use` while a
        customer or sales order refers to it; `details.references` then has the counts by kind. Deactivate such a broker
        instead.

        The least role is admin.
        """
        request = Request("DELETE", "/api/brokers/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, DeletedId)

    async def check_customer_type_in_use(self, id: str) -> CustomerLookupInUse:
        """Check customer type usage.

        Counts the customers that have a customer type, and so tells whether deleteCustomerType would refuse. Refused
        with 404 when there is no such customer type.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-types/{id}/in-use", {"id": id})
        return await self._transport.send(request, CustomerLookupInUse)

    async def check_customer_segment_in_use(self, id: str) -> CustomerLookupInUse:
        """Check customer segment usage.

        Counts the customers that have a customer segment, and so tells whether deleteCustomerSegment would refuse.
        Refused with 404 when there is no such customer segment.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-segments/{id}/in-use", {"id": id})
        return await self._transport.send(request, CustomerLookupInUse)

    async def check_broker_in_use(self, id: str) -> BrokerInUse:
        """Check broker usage.

        Counts the customers and sales orders that have a broker, and so tells whether deleteBroker would refuse.
        Refused with 404 when there is no such broker.

        The least role is viewer.
        """
        request = Request("GET", "/api/brokers/{id}/in-use", {"id": id})
        return await self._transport.send(request, BrokerInUse)
