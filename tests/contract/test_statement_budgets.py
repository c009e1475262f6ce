"""How many SQL statements each list sends, whatever the number of its rows: a budget that nobody raises unseen.

Opening the unit of work and committing it come on top: two round trips more.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest

from pharus import openapi
from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from pharus.names import snake
from plugins.inventory.engine import post
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.postings import Posting
from plugins.manager import DOMAINS
from tests import factories
from tests.contract.judging import document
from tests.statements import statements

# The statements of each list.
BUDGET = {
    "listLocations": 1,
    "listVendors": 1,
    "listCustomers": 1,
    "listCustomerTypes": 1,
    "listCustomerSegments": 1,
    "listBrokers": 1,
    "listContacts": 1,
    "listContactMethods": 2,
    "listLinkedContacts": 2,
    "listAllContactMethods": 1,
    "listAllContactLinks": 1,
    "listMaterials": 1,
    "listMaterialTypes": 1,
    "listSkus": 1,
    "listSkuTypes": 1,
    "listItemUnits": 1,
    "listBoms": 1,
    "listBomLines": 2,
    "getMaterialsSummary": 1,
    "listMaterialsLedgerEntries": 1,
    "getFinishedGoodsSummary": 1,
    "listFinishedGoodsLedgerEntries": 1,
    "listSupplierPrices": 1,
    "listCustomerPrices": 1,
    "listLots": 1,
    "listLotBalances": 2,
    "listLotEntries": 2,
    "listLotTrackingEvents": 8,
    "listLotRecalls": 2,
    "listLotRecallLines": 6,
    "listExpiringLots": 1,
    "listPurchaseOrders": 1,
    "listPurchaseOrderItems": 2,
    "listAllPurchaseOrderItems": 1,
    "listPurchaseOrderReceipts": 2,
    "listPurchaseOrderCostChanges": 3,
    "listWorkOrders": 1,
    "listWorkOrderReceipts": 2,
    "listProductionOrders": 1,
    "listProductionOrderReceipts": 2,
    "listSalesOrders": 1,
    "listSalesOrderItems": 2,
    "listSalesOrderShipments": 3,
    "listSalesOrderReturns": 2,
    "listSalesOrderNotes": 2,
    "listOrderChannels": 1,
    "listDocuments": 1,
    "listWebhookEndpoints": 1,
    "listWebhookAttempts": 2,
    "listWebhookDeliveries": 2,
    "listApiTokens": 1,
    "listMyInvitations": 1,
    "listInvitations": 1,
    "listMembers": 1,
}

# Reports: what they show is no list of records, and what they cost does not grow with the ledger (the history of the
# inventory); the built-in units and what can be imported cost nothing. The feed of events and the audit have one more
# for each ledger of which they show entries.
REPORTS = {
    "listUnits",
    "listImports",
    "getValuation",
    "getCostOfGoods",
    "listJournalEntries",
    "listEvents",
    "listAuditEvents",
}


class Filled:
    """An organization with `rows` records of every entity, and the arguments that the lists need."""

    def __init__(self, rows: int) -> None:
        self.organization = factories.make_organization()
        org_id = self.organization.id
        self.user = factories.make_user()
        factories.make_membership(org_id, self.user.id, "owner")
        self.contact = factories.make_contact(org_id)
        self.customer = factories.make_customer(org_id)
        self.purchase_order = factories.make_purchase_order(org_id)
        self.made = {kind: factories.make_manufacturing_order(org_id, kind) for kind in ("work", "production")}
        self.sales_order = factories.make_sales_order(org_id, customer_id=self.customer)
        self.webhook_endpoint = factories.make_webhook_endpoint(org_id)
        of_lots = factories.make_material(org_id, lot_tracking="lots")
        self.lot = factories.make_lot(org_id, material_id=of_lots, best_before="2030-01-31")
        vendor = factories.make_vendor(org_id)
        later = datetime.now(UTC) + timedelta(days=1)
        places = [factories.make_location(org_id, sort_order=number) for number in range(rows)]
        materials, skus = [], []
        for _ in range(rows):
            for make in (
                factories.make_vendor,
                factories.make_customer,
                factories.make_customer_segment,
                factories.make_broker,
            ):
                make(org_id)
            materials.append(factories.make_material(org_id))
            skus.append(factories.make_sku(org_id))
            factories.make_material_unit(org_id, material_id=materials[-1])
            factories.make_bom_item(org_id, sku_id=skus[-1], material_id=materials[-1])
            factories.make_supplier_price(org_id, vendor_id=vendor, material_id=materials[-1])
            factories.make_customer_price(org_id, sku_id=skus[-1])
            factories.make_lot(org_id, material_id=materials[-1])
            factories.make_lot_entry(org_id, lot_id=self.lot, event_type="RECEIVE", source_type="transfer")
            self.recall = factories.make_lot_recall(org_id, lot_id=self.lot)
            factories.make_lot_balance(org_id, lot_id=self.lot, item_id=of_lots)
            order = self.purchase_order
            line = factories.make_purchase_order_item(org_id, purchase_order_id=order, material_id=materials[-1])
            receipt = factories.make_purchase_order_receipt(org_id, purchase_order_id=order)
            received = factories.make_purchase_order_receipt_item(org_id, receipt_id=receipt, po_item_id=line)
            factories.make_cost_change(org_id, purchase_order_id=order, receipt_item_id=received)
            factories.make_purchase_order(org_id)
            for kind, order in self.made.items():
                factories.make_manufacturing_order(org_id, kind)
                factories.make_manufacturing_order_receipt(org_id, kind, order_id=order)
            factories.make_sales_order_item(org_id, sales_order_id=self.sales_order, sku_id=skus[-1])
            factories.make_sales_order_shipment(org_id, sales_order_id=self.sales_order)
            factories.make_sales_order_return(org_id, sales_order_id=self.sales_order)
            factories.make_timeline_note(org_id, sales_order_id=self.sales_order)
            factories.make_document(org_id, sales_order_id=self.sales_order)
            factories.make_sales_order(org_id)
            factories.make_contact_method(org_id, contact_id=self.contact)
            contact = factories.make_contact(org_id)
            factories.make_contact_method(org_id, contact_id=contact)
            factories.make_contact_link(org_id, contact_id=contact, customer_id=self.customer)
            factories.make_membership(org_id, factories.make_user().id)
            factories.make_api_token(org_id, self.user.id)
            factories.make_webhook_endpoint(org_id)
            factories.make_webhook_attempt(org_id, endpoint_id=self.webhook_endpoint)
            factories.make_webhook_delivery(org_id, endpoint_id=self.webhook_endpoint)
            factories.make_invitation(org_id, email=f"{factories.unique('guest')}@example.com", expires_at=later)
            factories.make_invitation(factories.make_organization().id, email=self.user.email, expires_at=later)
        with unit_of_work(self.actor):
            for ledger, items in ((MATERIALS, materials), (FINISHED_GOODS, skus)):
                post(
                    ledger,
                    [Posting(item, place, "ADJUST", Decimal(1)) for item, place in zip(items, places, strict=True)],
                )

    @property
    def actor(self) -> Actor:
        return Actor(self.user.uid, self.user.email, True, self.user.id, self.organization.id, Role.owner)

    def arguments(self, operation_id: str) -> dict[str, Any]:
        return {
            "listContactMethods": {"id": self.contact},
            "listLotBalances": {"id": self.lot},
            "listLotEntries": {"id": self.lot},
            "listLotTrackingEvents": {"id": self.lot},
            "listLotRecalls": {"id": self.lot},
            "listLotRecallLines": {"id": self.recall},
            "listPurchaseOrderItems": {"id": self.purchase_order},
            "listPurchaseOrderReceipts": {"id": self.purchase_order},
            "listPurchaseOrderCostChanges": {"id": self.purchase_order},
            "listWorkOrderReceipts": {"id": self.made["work"]},
            "listProductionOrderReceipts": {"id": self.made["production"]},
            "listSalesOrderItems": {"id": self.sales_order},
            "listSalesOrderShipments": {"id": self.sales_order},
            "listWebhookAttempts": {"id": self.webhook_endpoint},
            "listWebhookDeliveries": {"id": self.webhook_endpoint},
            "listSalesOrderReturns": {"id": self.sales_order},
            "listSalesOrderNotes": {"id": self.sales_order},
            "listDocuments": {"entity_type": "sales_order", "entity_id": self.sales_order},
            "listLinkedContacts": {"entity_type": "customer", "entity_id": self.customer},
        }.get(operation_id, {})


@pytest.fixture(scope="module")
def organizations(database_url: str) -> tuple[Filled, Filled]:
    if db.is_closed():
        db.connect()
    return Filled(2), Filled(40)


def function(operation_id: str) -> Callable[..., Any]:
    modules = (import_module(f"plugins.{domain}.operations") for domain in DOMAINS)
    return next(getattr(module, snake(operation_id)) for module in modules if hasattr(module, snake(operation_id)))


def rows_of(answer: Any) -> int:
    return len(answer["data"])


@pytest.mark.parametrize("operation_id", BUDGET)
def test_list_keeps_its_budget_whatever_the_rows(organizations: tuple[Filled, Filled], operation_id: str) -> None:
    few, many = organizations
    counted = []
    for organization in (few, few, many):
        with unit_of_work(organization.actor), statements() as executed:
            answer = function(operation_id)(**organization.arguments(operation_id))
        counted.append((len(executed), rows_of(answer)))
    # The first call of a process may read the installation's secret.
    assert [count for count, _ in counted[1:]] == [BUDGET[operation_id]] * 2
    assert counted[1][1] < counted[2][1] >= 40


def test_every_list_has_a_budget() -> None:
    lists = {
        operation["operationId"]
        for _, method, operation in openapi.operations(document())
        if method == "get" and _answers_a_list(operation)
    }
    assert lists - REPORTS == set(BUDGET)


def _answers_a_list(operation: dict[str, Any]) -> bool:
    content = operation["responses"]["200"]["content"]
    if "application/json" not in content:
        return False
    data = openapi.dereference(document(), content["application/json"]["schema"]).get("properties", {}).get("data")
    # A list of the values of an enum has no rows.
    return data is not None and "enum" not in openapi.dereference(document(), data["items"])
