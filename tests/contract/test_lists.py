"""What every list takes beside its filters, by the document and by the list itself."""

from typing import Any

import pytest

from pharus import openapi
from tests import factories
from tests.api import Api, error_code, pointers
from tests.contract.judging import document
from tests.contract.test_list_costs import LISTS
from tests.factories import Organization

# The operation of each list; the journal and the costs of goods are reports, in an order of their own, and so are the
# logs of deliveries.
OPERATIONS = {
    "vendors": "listVendors",
    "customers": "listCustomers",
    "contacts": "listContacts",
    "materials": "listMaterials",
    "skus": "listSkus",
    "boms": "listBoms",
    "purchase orders": "listPurchaseOrders",
    "lines of purchase orders": "listAllPurchaseOrderItems",
    "work orders": "listWorkOrders",
    "production orders": "listProductionOrders",
    "sales orders": "listSalesOrders",
    "notes": "listSalesOrderNotes",
    "documents": "listDocuments",
    "materials ledger": "listMaterialsLedgerEntries",
    "finished goods ledger": "listFinishedGoodsLedgerEntries",
}
_REPORTS = {"getCostOfGoods", "listAuditEvents", "listJournalEntries"}
