"""A small maker's story, played with a client that was generated from openapi.yaml. mypy holds it against its types.

`generated_client` is made by test_python_client.py; this file is imported only where it has been.
"""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from generated_client import AuthenticatedClient
from generated_client.api.bom import create_bom, get_sku_bom
from generated_client.api.customers import create_customer, create_customer_type
from generated_client.api.finished_goods_inventory import get_finished_goods_summary
from generated_client.api.locations import check_location_in_use, create_location, delete_location
from generated_client.api.materials import create_material, create_material_type, list_materials
from generated_client.api.materials_inventory import (
    adjust_materials_inventory,
    complete_materials_transfer,
    create_materials_transfer,
    dispose_materials_inventory,
    get_materials_summary,
)
from generated_client.api.products import create_sku, create_sku_type
from generated_client.api.purchase_orders import create_purchase_order, create_purchase_order_receipt
from generated_client.api.sales_orders import create_order_channel, create_sales_order, update_sales_order
from generated_client.api.vendors import create_vendor, update_vendor
from generated_client.api.work_orders import create_work_order, create_work_order_receipt
from generated_client.models import (
    BomCreate,
    BomItemInput,
    CustomerCreate,
    ErrorCode,
    FinishedGoodsSummary,
    FulfillmentStatus,
    LocationCreate,
    LookupCreate,
    MaterialCreate,
    MaterialsAdjustment,
    MaterialsDisposal,
    MaterialsSummary,
    MaterialsTransferCreate,
    PurchaseOrderCreate,
    PurchaseOrderItemCreate,
    PurchaseOrderReceiptCreate,
    PurchaseOrderReceiptItemCreate,
    PurchaseOrderStatus,
    PurchaseOrderTargetType,
    Refusal,
    SalesOrderCreate,
    SalesOrderItemCreate,
    SalesOrderStatus,
    SalesOrderUpdate,
    SkuCreate,
    TransferComplete,
    VendorCreate,
    VendorUpdate,
    WorkOrderCreate,
    WorkOrderItemCreate,
    WorkOrderReceiptCreate,
    WorkOrderReceiptItemCreate,
    WorkOrderStatus,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Maker:
    """What the story is about: two places, a vendor, two materials and the soap that is made of them."""

    workshop: UUID
    store: UUID
    vendor: UUID
    oil: UUID
    lye: UUID
    soap: UUID


def tell(client: AuthenticatedClient) -> None:
    """From an empty organization: bought, made, sold. Raises when an answer is another one than the story's."""
    maker = _set_up(client)
    _buy(client, maker)
    _keep(client, maker)
    _make(client, maker)
    _sell(client, maker)


def _set_up(client: AuthenticatedClient) -> Maker:
    workshop = _served(create_location.sync(client=client, body=LocationCreate("Example workshop", country="US"))).id
    store = _served(create_location.sync(client=client, body=LocationCreate("Example store"))).id
    vendor = _served(create_vendor.sync(client=client, body=VendorCreate("Sample Oils", term="Net 30")))
    renamed = _served(update_vendor.sync(vendor.id, client=client, body=VendorUpdate(name="Sample Oils and Butters")))
    assert (renamed.id, renamed.name, renamed.term) == (vendor.id, "Sample Oils and Butters", "Net 30")
    oil, lye = _make_materials(client)
    type_id = _served(create_sku_type.sync(client=client, body=LookupCreate("Soaps"))).id
    body = SkuCreate("SOAP-1", "Example soap", type_id, items_per_unit=6, oz_per_item=4.5)
    soap = _served(create_sku.sync(client=client, body=body)).id
    lines = [BomItemInput("0.25", material_id=oil), BomItemInput("0.035", material_id=lye)]
    _served(create_bom.sync(client=client, body=BomCreate(soap, lines)))
    bom = _served(get_sku_bom.sync(soap, client=client))
    assert [(line.material_id, line.quantity) for line in bom.items] == [(oil, "0.25"), (lye, "0.035")]
    return Maker(workshop, store, vendor.id, oil, lye, soap)


def _make_materials(client: AuthenticatedClient) -> tuple[UUID, UUID]:
    type_id = _served(create_material_type.sync(client=client, body=LookupCreate("Raw materials"))).id
    oil = MaterialCreate("OIL-1", "Example olive oil", type_id)
    oil_id = _served(create_material.sync(client=client, body=oil)).id
    assert _refused(create_material.sync(client=client, body=oil)) == ErrorCode.CONFLICT
    lye_id = _served(create_material.sync(client=client, body=MaterialCreate("LYE-1", "Example lye", type_id))).id
    first = _served(list_materials.sync(client=client, limit=1))
    assert isinstance(first.next_cursor, str)
    second = _served(list_materials.sync(client=client, limit=1, cursor=first.next_cursor))
    assert {each.id for page in (first, second) for each in page.data} == {oil_id, lye_id}
    assert second.next_cursor is None
    return oil_id, lye_id


def _buy(client: AuthenticatedClient, maker: Maker) -> None:
    order = PurchaseOrderCreate(
        maker.vendor,
        PurchaseOrderTargetType.MATERIALS,
        PurchaseOrderStatus.PLACED,
        [
            PurchaseOrderItemCreate("100", material_id=maker.oil, unit_cost="4.75"),
            PurchaseOrderItemCreate("20", material_id=maker.lye, unit_cost="1.5"),
        ],
        ship_to_location_id=maker.workshop,
    )
    bought = _served(create_purchase_order.sync(client=client, body=order))
    assert _stock(client, maker.oil, maker.workshop).on_order == "100"
    arrived = [PurchaseOrderReceiptItemCreate(line.id, line.quantity) for line in bought.items]
    received = _served(
        create_purchase_order_receipt.sync(
            bought.purchase_order.id, client=client, body=PurchaseOrderReceiptCreate(arrived)
        )
    )
    assert received.purchase_order.status == PurchaseOrderStatus.RECEIVED
    oil = _stock(client, maker.oil, maker.workshop)
    assert (oil.on_hand, oil.on_order, oil.average_cost, oil.value) == ("100", "0", "4.75", "475")


def _keep(client: AuthenticatedClient, maker: Maker) -> None:
    oil = maker.oil
    _served(adjust_materials_inventory.sync(client=client, body=MaterialsAdjustment(oil, maker.workshop, 0.5)))
    _served(dispose_materials_inventory.sync(client=client, body=MaterialsDisposal(oil, maker.workshop, 0.5)))
    too_much = MaterialsDisposal(oil, maker.workshop, 1000)
    assert _refused(dispose_materials_inventory.sync(client=client, body=too_much)) == ErrorCode.CONFLICT
    asked = MaterialsTransferCreate(oil, maker.workshop, maker.store, 40)
    sent = _served(create_materials_transfer.sync(client=client, body=asked))
    assert _stock(client, oil, maker.store).in_transit == "40"
    _served(complete_materials_transfer.sync(sent.ref, client=client, body=TransferComplete(notes="All there.")))
    assert [_stock(client, oil, place).on_hand for place in (maker.workshop, maker.store)] == ["60", "40"]
    in_use = _served(check_location_in_use.sync(maker.store, client=client))
    assert in_use.in_use
    assert in_use.references.ledger_count > 0
    assert _refused(delete_location.sync(maker.store, client=client)) == ErrorCode.IN_USE


def _make(client: AuthenticatedClient, maker: Maker) -> None:
    order = WorkOrderCreate(
        WorkOrderStatus.PLACED, maker.workshop, [WorkOrderItemCreate(maker.soap, 100, conversion_cost=0.5)]
    )
    made = _served(create_work_order.sync(client=client, body=order))
    assert _stock(client, maker.oil, maker.workshop).demand == "25"
    finished = WorkOrderReceiptCreate([WorkOrderReceiptItemCreate(maker.soap, 100)])
    received = _served(create_work_order_receipt.sync(made.work_order.id, client=client, body=finished))
    assert received.work_order.status == WorkOrderStatus.RECEIVED
    assert [_stock(client, item, maker.workshop).on_hand for item in (maker.oil, maker.lye)] == ["35", "16.5"]
    soap = _finished(client, maker)
    # 25 x 4.75 of oil, 3.5 x 1.5 of lye, 100 x 0.5 for the work.
    assert (soap.on_hand, soap.value) == ("100", "174")


def _sell(client: AuthenticatedClient, maker: Maker) -> None:
    type_id = _served(create_customer_type.sync(client=client, body=LookupCreate("Shops"))).id
    customer = _served(create_customer.sync(client=client, body=CustomerCreate("Sample Shop", type_id))).id
    channel = _served(create_order_channel.sync(client=client, body=LookupCreate("Wholesale"))).id
    order = SalesOrderCreate(
        customer,
        channel,
        SalesOrderStatus.ENTERED,
        FulfillmentStatus.PENDING,
        "2026-12-24",
        [SalesOrderItemCreate(maker.soap, 40, unit_price=6.5)],
        fulfillment_location_id=maker.workshop,
    )
    sold = _served(create_sales_order.sync(client=client, body=order)).sales_order
    soap = _finished(client, maker)
    assert (soap.on_hand, soap.allocated, soap.available) == ("100", "40", "60")
    shipped = SalesOrderUpdate(status=SalesOrderStatus.SHIPPED, fulfillment_status=FulfillmentStatus.FULFILLED)
    assert _served(update_sales_order.sync(sold.id, client=client, body=shipped)).shipped_at is not None
    back = SalesOrderUpdate(status=SalesOrderStatus.RECEIVED)
    assert _refused(update_sales_order.sync(sold.id, client=client, body=back)) == ErrorCode.INVALID_TRANSITION
    soap = _finished(client, maker)
    assert (soap.on_hand, soap.allocated, soap.value) == ("60", "0", "104.4")


def _stock(client: AuthenticatedClient, material: UUID, location: UUID) -> MaterialsSummary:
    (row,) = _served(get_materials_summary.sync(client=client, material_id=material, location_id=location)).data
    return row


def _finished(client: AuthenticatedClient, maker: Maker) -> FinishedGoodsSummary:
    found = get_finished_goods_summary.sync(client=client, sku_id=maker.soap, location_id=maker.workshop)
    (row,) = _served(found).data
    return row


def _served(answer: T | Refusal | None) -> T:
    assert answer is not None, "the answer has a status that the document does not declare"
    assert not isinstance(answer, Refusal), f"refused: {answer.error.message}"
    return answer


def _refused(answer: object) -> ErrorCode:
    assert isinstance(answer, Refusal), f"served: {answer}"
    return answer.error.code
