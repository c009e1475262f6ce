"""The demo organization's production: bars from raw materials, with offcuts and a bottle that broke, gift sets
assembled of them, more sets under way."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.manufacturing import operations
from plugins.manufacturing.schemas import ProductionOrderImport, WorkOrderImport


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `sku.…`, `location.workshop`."""
    ids = demo_data.ids
    bars = operations.create_production_order(
        {
            "status": "Placed",
            "locationId": ids["location.workshop"],
            "notes": "Both scents for the spring market",
            "items": [
                {"skuId": ids["sku.lavender_bar"], "quantity": 60, "productionCost": Decimal("0.85")},
                {"skuId": ids["sku.citrus_bar"], "quantity": 30, "productionCost": Decimal("0.85")},
            ],
        }
    )
    ids["production_order.bars"] = bars["productionOrder"]["id"]
    operations.create_production_order_receipt(
        ids["production_order.bars"],
        {
            "items": [
                {
                    "skuId": ids["sku.lavender_bar"],
                    "quantity": 60,
                    "inputs": [{"materialId": ids["material.olive_oil"], "used": Decimal("7.9")}],
                },
                {
                    "skuId": ids["sku.citrus_bar"],
                    "quantity": 30,
                    "inputs": [
                        {"materialId": ids["material.citrus"], "scrapped": 2, "scrapReason": "A bottle broke"},
                    ],
                    "byProducts": [{"byProductSkuId": ids["sku.offcuts"], "quantity": 1}],
                },
            ]
        },
    )
    sets = operations.create_work_order(
        {
            "status": "Entered",
            "workSiteLocationId": ids["location.workshop"],
            "items": [{"skuId": ids["sku.gift_set"], "quantity": 20, "conversionCost": Decimal("0.6")}],
        }
    )
    ids["work_order.gift_sets"] = sets["workOrder"]["id"]
    operations.create_work_order_receipt(
        ids["work_order.gift_sets"],
        {"notes": "The first dozen", "items": [{"skuId": ids["sku.gift_set"], "quantity": 12}]},
    )
    operations.bulk_import_production_orders({"rows": [_bars_of_before(ids)]}, "atomic", "false")
    operations.bulk_import_work_orders({"rows": [_sets_of_before(ids)]}, "atomic", "false")


def _bars_of_before(ids: dict[str, str]) -> ProductionOrderImport:
    """What was made before the organization came here."""
    return {
        "history": True,
        "prodNumber": "PROD-2024-0055",
        "status": "Completed",
        "locationId": ids["location.workshop"],
        "orderDate": "2024-10-28",
        "receivedAt": "2024-11-02",
        "completedAt": "2024-11-02",
        "items": [{"skuId": ids["sku.lavender_bar"], "quantity": 240, "productionCost": Decimal("0.8")}],
    }


def _sets_of_before(ids: dict[str, str]) -> WorkOrderImport:
    return {
        "history": True,
        "woNumber": "WO-2024-0009",
        "status": "Completed",
        "workSiteLocationId": ids["location.workshop"],
        "orderDate": "2024-11-18",
        "completedAt": "2024-11-25",
        "items": [{"skuId": ids["sku.gift_set"], "quantity": 40, "conversionCost": Decimal("0.55")}],
    }
