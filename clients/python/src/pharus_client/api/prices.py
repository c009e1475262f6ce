"""The group of methods `prices`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.prices import (
    CustomerPrice,
    CustomerPriceBulkImport,
    CustomerPriceCreate,
    CustomerPriceLookUp,
    CustomerPricePage,
    CustomerPriceUpdate,
    SupplierPrice,
    SupplierPriceBulkImport,
    SupplierPriceCreate,
    SupplierPriceLookUp,
    SupplierPricePage,
    SupplierPriceUpdate,
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Prices:
    """`client.prices`: what vendors charge and customers pay, from which quantity on and for how long."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_supplier_price(self, body: SupplierPriceCreate, *, idempotency_key: str | None = None) -> SupplierPrice:
        """Create supplier price.

        What a material or SKU costs at a vendor, for one stock unit of it or one `unit` that it knows, from
        `minQuantity` of these on a line on. Lines of purchase orders that name no `unitCost` have it from here. Where
        several prices fit a line, one in the line's own unit comes first, then one with `validTo` before one without,
        then the one that began last, then the one with the largest `minQuantity`. So a price without `validTo` is good
        until the next one begins. A `validTo` before `validFrom` is 422. Refused with 404 when there is no such vendor,
        material or SKU, and with 409 `conflict` when one of them is deactivated, when the item does not know the unit,
        or when another price for the same vendor, item, unit and `minQuantity` begins on the same day (both without
        `validTo`) or is valid on one of the same days (both with it).

        The least role is member.
        """
        request = Request("POST", "/api/supplier-prices", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, SupplierPrice)

    def list_supplier_prices(
        self,
        *,
        vendor_id: str | None = None,
        material_id: str | None = None,
        sku_id: str | None = None,
        valid_on: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "validFrom", "-validFrom", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[SupplierPricePage, SupplierPrice]:
        """List supplier prices.

        The supplier prices of the organization, the newest first, in pages. `vendorId`, `materialId` and `skuId` narrow
        the list to those of a vendor or an item, `validOn` to those that are valid on a day; which of these holds for a
        quantity is for lookUpSupplierPrice to say. A cursor belongs to the list it came from: keep the filters the same
        from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> SupplierPricePage:
            request = Request(
                "GET",
                "/api/supplier-prices",
                query={
                    "vendorId": vendor_id,
                    "materialId": material_id,
                    "skuId": sku_id,
                    "validOn": valid_on,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, SupplierPricePage)

        return Pages(fetch)

    def update_supplier_price(
        self,
        id: str,
        body: SupplierPriceUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SupplierPrice:
        """Update supplier price.

        Changes the keys that are sent and leaves the others. What it is the price of, and whose, does not change:
        another price is created for that. Lines of orders keep the price that they have. Refused with 404 when there is
        no such supplier price, with 422 or 409 `conflict` when `validTo` would lie before `validFrom` (422 where both
        are sent), and with 409 `conflict` when another price for the same vendor, item and `minQuantity` begins on the
        same day (both without `validTo`) or is valid on one of the same days (both with it).

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/supplier-prices/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SupplierPrice)

    def delete_supplier_price(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete supplier price.

        Deletes a supplier price. Lines of orders keep what they have from it. Refused with 404 when there is no such
        supplier price.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/supplier-prices/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_supplier_price(self, id: str, *, if_none_match: SupplierPrice | None = None) -> SupplierPrice:
        """Get supplier price detail.

        One supplier price. Refused with 404 when there is no such supplier price.

        The least role is viewer.
        """
        request = Request("GET", "/api/supplier-prices/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, SupplierPrice)

    def bulk_import_supplier_prices(
        self,
        body: SupplierPriceBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import supplier prices.

        Stores up to 5,000 supplier prices at once. Every row is a supplier price as createSupplierPrice takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a vendor that does not exist or whose validity meets
        that of another price or of an earlier row as createSupplierPrice says, makes it 422, with `details` naming
        every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
        which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no
        id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/supplier-prices/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def look_up_supplier_price(
        self,
        *,
        vendor_id: str,
        item_type: Literal["material", "sku"],
        item_id: str,
        quantity: str,
        date: Moment | None = None,
        unit: str | None = None,
    ) -> SupplierPriceLookUp:
        """Look up supplier price.

        What a quantity of a material or SKU costs at a vendor on a day: the price that a line of a purchase order gets.
        Where no price holds, `unitCost` and all that belongs to it are null. Deactivated records have prices, too.
        Refused with 404 when there is no such vendor, material or SKU.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/supplier-prices/look-up",
            query={
                "vendorId": vendor_id,
                "itemType": item_type,
                "itemId": item_id,
                "quantity": quantity,
                "date": date,
                "unit": unit,
            },
        )
        return self._transport.send(request, SupplierPriceLookUp)

    def create_customer_price(self, body: CustomerPriceCreate, *, idempotency_key: str | None = None) -> CustomerPrice:
        """Create customer price.

        What one stock unit of a SKU, or one `unit` that it knows, is sold for, from `minQuantity` of these on a line
        on: to one customer and those below it, to a customer segment, or to everybody where neither is named. Lines of
        sales orders that name no `unitPrice` have it from here. Where several prices fit a line, those of the customer
        come first, then those of its parents, of its segment, of everybody; of these one in the line's own unit comes
        first, then one with `validTo` before one without, then the one that began last, then the one with the largest
        `minQuantity`. So a price without `validTo` is good until the next one begins. A `validTo` before `validFrom` is
        422. Refused with 404 when there is no such SKU, customer or customer segment, and with 409 `conflict` when one
        of them is deactivated, when the SKU does not know the unit, or when another price for the same SKU, customer or
        segment, unit and `minQuantity` begins on the same day (both without `validTo`) or is valid on one of the same
        days (both with it).

        The least role is member.
        """
        request = Request("POST", "/api/customer-prices", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, CustomerPrice)

    def list_customer_prices(
        self,
        *,
        sku_id: str | None = None,
        customer_id: str | None = None,
        customer_segment_id: str | None = None,
        valid_on: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "validFrom", "-validFrom", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[CustomerPricePage, CustomerPrice]:
        """List customer prices.

        The customer prices of the organization, the newest first, in pages. `skuId`, `customerId` and
        `customerSegmentId` narrow the list to those of a SKU, to a customer's own or to a segment's, `validOn` to those
        that are valid on a day; which of these holds for a quantity is for lookUpCustomerPrice to say. A cursor belongs
        to the list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> CustomerPricePage:
            request = Request(
                "GET",
                "/api/customer-prices",
                query={
                    "skuId": sku_id,
                    "customerId": customer_id,
                    "customerSegmentId": customer_segment_id,
                    "validOn": valid_on,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, CustomerPricePage)

        return Pages(fetch)

    def update_customer_price(
        self,
        id: str,
        body: CustomerPriceUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> CustomerPrice:
        """Update customer price.

        Changes the keys that are sent and leaves the others. What it is the price of, and for whom, does not change:
        another price is created for that. Lines of orders keep the price that they have. Refused with 404 when there is
        no such customer price, with 422 or 409 `conflict` when `validTo` would lie before `validFrom` (422 where both
        are sent), and with 409 `conflict` when another price for the same SKU, customer or segment, and `minQuantity`
        begins on the same day (both without `validTo`) or is valid on one of the same days (both with it).

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/customer-prices/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, CustomerPrice)

    def delete_customer_price(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete customer price.

        Deletes a customer price. Lines of orders keep what they have from it. Refused with 404 when there is no such
        customer price.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customer-prices/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_customer_price(self, id: str, *, if_none_match: CustomerPrice | None = None) -> CustomerPrice:
        """Get customer price detail.

        One customer price. Refused with 404 when there is no such customer price.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-prices/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, CustomerPrice)

    def bulk_import_customer_prices(
        self,
        body: CustomerPriceBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customer prices.

        Stores up to 5,000 customer prices at once. Every row is a customer price as createCustomerPrice takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a SKU that does not exist or whose validity meets that
        of another price or of an earlier row as createCustomerPrice says, makes it 422, with `details` naming every bad
        row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With
        `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customer-prices/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def look_up_customer_price(
        self,
        *,
        sku_id: str,
        quantity: str,
        customer_id: str | None = None,
        date: Moment | None = None,
        unit: str | None = None,
    ) -> CustomerPriceLookUp:
        """Look up customer price.

        What a quantity of a SKU is sold for to a customer on a day: the price that a line of a sales order gets. Where
        no price holds, `unitPrice` and all that belongs to it are null. Deactivated records have prices, too. Refused
        with 404 when there is no such SKU or customer.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/customer-prices/look-up",
            query={"skuId": sku_id, "quantity": quantity, "customerId": customer_id, "date": date, "unit": unit},
        )
        return self._transport.send(request, CustomerPriceLookUp)


class AsyncPrices:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_supplier_price(
        self,
        body: SupplierPriceCreate,
        *,
        idempotency_key: str | None = None,
    ) -> SupplierPrice:
        """Create supplier price.

        What a material or SKU costs at a vendor, for one stock unit of it or one `unit` that it knows, from
        `minQuantity` of these on a line on. Lines of purchase orders that name no `unitCost` have it from here. Where
        several prices fit a line, one in the line's own unit comes first, then one with `validTo` before one without,
        then the one that began last, then the one with the largest `minQuantity`. So a price without `validTo` is good
        until the next one begins. A `validTo` before `validFrom` is 422. Refused with 404 when there is no such vendor,
        material or SKU, and with 409 `conflict` when one of them is deactivated, when the item does not know the unit,
        or when another price for the same vendor, item, unit and `minQuantity` begins on the same day (both without
        `validTo`) or is valid on one of the same days (both with it).

        The least role is member.
        """
        request = Request("POST", "/api/supplier-prices", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, SupplierPrice)

    def list_supplier_prices(
        self,
        *,
        vendor_id: str | None = None,
        material_id: str | None = None,
        sku_id: str | None = None,
        valid_on: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "validFrom", "-validFrom", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[SupplierPricePage, SupplierPrice]:
        """List supplier prices.

        The supplier prices of the organization, the newest first, in pages. `vendorId`, `materialId` and `skuId` narrow
        the list to those of a vendor or an item, `validOn` to those that are valid on a day; which of these holds for a
        quantity is for lookUpSupplierPrice to say. A cursor belongs to the list it came from: keep the filters the same
        from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[SupplierPricePage]:
            request = Request(
                "GET",
                "/api/supplier-prices",
                query={
                    "vendorId": vendor_id,
                    "materialId": material_id,
                    "skuId": sku_id,
                    "validOn": valid_on,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, SupplierPricePage)

        return AsyncPages(fetch)

    async def update_supplier_price(
        self,
        id: str,
        body: SupplierPriceUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SupplierPrice:
        """Update supplier price.

        Changes the keys that are sent and leaves the others. What it is the price of, and whose, does not change:
        another price is created for that. Lines of orders keep the price that they have. Refused with 404 when there is
        no such supplier price, with 422 or 409 `conflict` when `validTo` would lie before `validFrom` (422 where both
        are sent), and with 409 `conflict` when another price for the same vendor, item and `minQuantity` begins on the
        same day (both without `validTo`) or is valid on one of the same days (both with it).

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/supplier-prices/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SupplierPrice)

    async def delete_supplier_price(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete supplier price.

        Deletes a supplier price. Lines of orders keep what they have from it. Refused with 404 when there is no such
        supplier price.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/supplier-prices/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_supplier_price(self, id: str, *, if_none_match: SupplierPrice | None = None) -> SupplierPrice:
        """Get supplier price detail.

        One supplier price. Refused with 404 when there is no such supplier price.

        The least role is viewer.
        """
        request = Request("GET", "/api/supplier-prices/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, SupplierPrice)

    async def bulk_import_supplier_prices(
        self,
        body: SupplierPriceBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import supplier prices.

        Stores up to 5,000 supplier prices at once. Every row is a supplier price as createSupplierPrice takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a vendor that does not exist or whose validity meets
        that of another price or of an earlier row as createSupplierPrice says, makes it 422, with `details` naming
        every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
        which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no
        id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/supplier-prices/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def look_up_supplier_price(
        self,
        *,
        vendor_id: str,
        item_type: Literal["material", "sku"],
        item_id: str,
        quantity: str,
        date: Moment | None = None,
        unit: str | None = None,
    ) -> SupplierPriceLookUp:
        """Look up supplier price.

        What a quantity of a material or SKU costs at a vendor on a day: the price that a line of a purchase order gets.
        Where no price holds, `unitCost` and all that belongs to it are null. Deactivated records have prices, too.
        Refused with 404 when there is no such vendor, material or SKU.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/supplier-prices/look-up",
            query={
                "vendorId": vendor_id,
                "itemType": item_type,
                "itemId": item_id,
                "quantity": quantity,
                "date": date,
                "unit": unit,
            },
        )
        return await self._transport.send(request, SupplierPriceLookUp)

    async def create_customer_price(
        self,
        body: CustomerPriceCreate,
        *,
        idempotency_key: str | None = None,
    ) -> CustomerPrice:
        """Create customer price.

        What one stock unit of a SKU, or one `unit` that it knows, is sold for, from `minQuantity` of these on a line
        on: to one customer and those below it, to a customer segment, or to everybody where neither is named. Lines of
        sales orders that name no `unitPrice` have it from here. Where several prices fit a line, those of the customer
        come first, then those of its parents, of its segment, of everybody; of these one in the line's own unit comes
        first, then one with `validTo` before one without, then the one that began last, then the one with the largest
        `minQuantity`. So a price without `validTo` is good until the next one begins. A `validTo` before `validFrom` is
        422. Refused with 404 when there is no such SKU, customer or customer segment, and with 409 `conflict` when one
        of them is deactivated, when the SKU does not know the unit, or when another price for the same SKU, customer or
        segment, unit and `minQuantity` begins on the same day (both without `validTo`) or is valid on one of the same
        days (both with it).

        The least role is member.
        """
        request = Request("POST", "/api/customer-prices", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, CustomerPrice)

    def list_customer_prices(
        self,
        *,
        sku_id: str | None = None,
        customer_id: str | None = None,
        customer_segment_id: str | None = None,
        valid_on: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "validFrom", "-validFrom", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[CustomerPricePage, CustomerPrice]:
        """List customer prices.

        The customer prices of the organization, the newest first, in pages. `skuId`, `customerId` and
        `customerSegmentId` narrow the list to those of a SKU, to a customer's own or to a segment's, `validOn` to those
        that are valid on a day; which of these holds for a quantity is for lookUpCustomerPrice to say. A cursor belongs
        to the list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[CustomerPricePage]:
            request = Request(
                "GET",
                "/api/customer-prices",
                query={
                    "skuId": sku_id,
                    "customerId": customer_id,
                    "customerSegmentId": customer_segment_id,
                    "validOn": valid_on,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, CustomerPricePage)

        return AsyncPages(fetch)

    async def update_customer_price(
        self,
        id: str,
        body: CustomerPriceUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> CustomerPrice:
        """Update customer price.

        Changes the keys that are sent and leaves the others. What it is the price of, and for whom, does not change:
        another price is created for that. Lines of orders keep the price that they have. Refused with 404 when there is
        no such customer price, with 422 or 409 `conflict` when `validTo` would lie before `validFrom` (422 where both
        are sent), and with 409 `conflict` when another price for the same SKU, customer or segment, and `minQuantity`
        begins on the same day (both without `validTo`) or is valid on one of the same days (both with it).

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/customer-prices/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, CustomerPrice)

    async def delete_customer_price(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete customer price.

        Deletes a customer price. Lines of orders keep what they have from it. Refused with 404 when there is no such
        customer price.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/customer-prices/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_customer_price(self, id: str, *, if_none_match: CustomerPrice | None = None) -> CustomerPrice:
        """Get customer price detail.

        One customer price. Refused with 404 when there is no such customer price.

        The least role is viewer.
        """
        request = Request("GET", "/api/customer-prices/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, CustomerPrice)

    async def bulk_import_customer_prices(
        self,
        body: CustomerPriceBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import customer prices.

        Stores up to 5,000 customer prices at once. Every row is a customer price as createCustomerPrice takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a SKU that does not exist or whose validity meets that
        of another price or of an earlier row as createCustomerPrice says, makes it 422, with `details` naming every bad
        row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With
        `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/customer-prices/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def look_up_customer_price(
        self,
        *,
        sku_id: str,
        quantity: str,
        customer_id: str | None = None,
        date: Moment | None = None,
        unit: str | None = None,
    ) -> CustomerPriceLookUp:
        """Look up customer price.

        What a quantity of a SKU is sold for to a customer on a day: the price that a line of a sales order gets. Where
        no price holds, `unitPrice` and all that belongs to it are null. Deactivated records have prices, too. Refused
        with 404 when there is no such SKU or customer.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/customer-prices/look-up",
            query={"skuId": sku_id, "quantity": quantity, "customerId": customer_id, "date": date, "unit": unit},
        )
        return await self._transport.send(request, CustomerPriceLookUp)
