"""The two clients, and the groups of methods that they have.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import ParamSpec, Self

import httpx

from pharus_client.api.accounting import Accounting, AsyncAccounting
from pharus_client.api.bom import BOM, AsyncBOM
from pharus_client.api.contacts import AsyncContacts, Contacts
from pharus_client.api.customers import AsyncCustomers, Customers
from pharus_client.api.documents import AsyncDocuments, Documents
from pharus_client.api.events import AsyncEvents, Events
from pharus_client.api.finished_goods_inventory import AsyncFinishedGoodsInventory, FinishedGoodsInventory
from pharus_client.api.imports import AsyncImports, Imports
from pharus_client.api.locations import AsyncLocations, Locations
from pharus_client.api.lots import AsyncLots, Lots
from pharus_client.api.materials import AsyncMaterials, Materials
from pharus_client.api.materials_inventory import AsyncMaterialsInventory, MaterialsInventory
from pharus_client.api.platform import AsyncPlatform, Platform
from pharus_client.api.prices import AsyncPrices, Prices
from pharus_client.api.production_orders import AsyncProductionOrders, ProductionOrders
from pharus_client.api.products import AsyncProducts, Products
from pharus_client.api.purchase_orders import AsyncPurchaseOrders, PurchaseOrders
from pharus_client.api.sales_orders import AsyncSalesOrders, SalesOrders
from pharus_client.api.units import AsyncUnits, Units
from pharus_client.api.vendors import AsyncVendors, Vendors
from pharus_client.api.webhooks import AsyncWebhooks, Webhooks
from pharus_client.api.work_orders import AsyncWorkOrders, WorkOrders
from pharus_client.downloads import AsyncDownload, Download, Form, asked
from pharus_client.retries import Retries
from pharus_client.transport import Async, Caller, Sync, Token

_RETRIES = Retries()
P = ParamSpec("P")


class Client:
    """Calls the server at `address`, as whom the token names.

    `token` is a personal access token, or a function that answers an ID token for each request; with ID tokens
    `organization` is the one to act in. `http` may be a client of httpx with a proxy, certificates or a timeout.
    """

    def __init__(
        self,
        address: str,
        token: Token = None,
        *,
        organization: str | None = None,
        retries: Retries = _RETRIES,
        http: httpx.Client | None = None,
    ) -> None:
        self._transport = Sync(Caller(address, token, organization, retries), http)
        self.locations = Locations(self._transport)
        self.vendors = Vendors(self._transport)
        self.customers = Customers(self._transport)
        self.contacts = Contacts(self._transport)
        self.materials = Materials(self._transport)
        self.products = Products(self._transport)
        self.units = Units(self._transport)
        self.bom = BOM(self._transport)
        self.materials_inventory = MaterialsInventory(self._transport)
        self.finished_goods_inventory = FinishedGoodsInventory(self._transport)
        self.prices = Prices(self._transport)
        self.purchase_orders = PurchaseOrders(self._transport)
        self.work_orders = WorkOrders(self._transport)
        self.production_orders = ProductionOrders(self._transport)
        self.sales_orders = SalesOrders(self._transport)
        self.lots = Lots(self._transport)
        self.documents = Documents(self._transport)
        self.accounting = Accounting(self._transport)
        self.imports = Imports(self._transport)
        self.events = Events(self._transport)
        self.webhooks = Webhooks(self._transport)
        self.platform = Platform(self._transport)

    def download(self, form: Form, method: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> Download:
        """A list or a report as a CSV or XLSX file: all rows that the arguments of its method choose, not one page.

        `with client.download("csv", client.vendors.list_vendors, q="oil") as file: file.save("vendors.csv")`.
        """
        return Download(self._transport.stream(asked(form, method, args, kwargs)))

    def close(self) -> None:
        self._transport.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class AsyncClient:
    """The same for asyncio."""

    def __init__(
        self,
        address: str,
        token: Token = None,
        *,
        organization: str | None = None,
        retries: Retries = _RETRIES,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        self._transport = Async(Caller(address, token, organization, retries), http)
        self.locations = AsyncLocations(self._transport)
        self.vendors = AsyncVendors(self._transport)
        self.customers = AsyncCustomers(self._transport)
        self.contacts = AsyncContacts(self._transport)
        self.materials = AsyncMaterials(self._transport)
        self.products = AsyncProducts(self._transport)
        self.units = AsyncUnits(self._transport)
        self.bom = AsyncBOM(self._transport)
        self.materials_inventory = AsyncMaterialsInventory(self._transport)
        self.finished_goods_inventory = AsyncFinishedGoodsInventory(self._transport)
        self.prices = AsyncPrices(self._transport)
        self.purchase_orders = AsyncPurchaseOrders(self._transport)
        self.work_orders = AsyncWorkOrders(self._transport)
        self.production_orders = AsyncProductionOrders(self._transport)
        self.sales_orders = AsyncSalesOrders(self._transport)
        self.lots = AsyncLots(self._transport)
        self.documents = AsyncDocuments(self._transport)
        self.accounting = AsyncAccounting(self._transport)
        self.imports = AsyncImports(self._transport)
        self.events = AsyncEvents(self._transport)
        self.webhooks = AsyncWebhooks(self._transport)
        self.platform = AsyncPlatform(self._transport)

    async def download(
        self, form: Form, method: Callable[P, object], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncDownload:
        """A list or a report as a CSV or XLSX file: all rows that the arguments of its method choose, not one page.

        `async with await client.download("csv", client.vendors.list_vendors) as file: await file.save()`.
        """
        return AsyncDownload(await self._transport.stream(asked(form, method, args, kwargs)))

    async def close(self) -> None:
        await self._transport.http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()
