"""The story of tests/clients/protocol.py, with the client of openapi-generator. A decimal is sent as a string."""

import json
import sys

import openapi_client as pharus

(_, address, token, bought, unit_cost, per_unit, made, conversion_cost, sold, unit_price, ounces) = sys.argv
client = pharus.ApiClient(pharus.Configuration(host=address, access_token=token))
materials, products = pharus.MaterialsApi(client), pharus.ProductsApi(client)
purchases, works, sales = pharus.PurchaseOrdersApi(client), pharus.WorkOrdersApi(client), pharus.SalesOrdersApi(client)
customers = pharus.CustomersApi(client)


def say(name: str, value: object) -> None:
    sys.stdout.write(f"{name} {value}\n")


place = pharus.LocationsApi(client).create_location(pharus.LocationCreate(name="Example workshop")).id
vendor = pharus.VendorsApi(client).create_vendor(pharus.VendorCreate(name="Sample Oils")).id
material_type = materials.create_material_type(pharus.LookupCreate(name="Raw materials")).id
oil_body = pharus.MaterialCreate(code="OIL-1", name="Example oil", type_id=material_type)
oil = materials.create_material(oil_body).id
try:
    materials.create_material(oil_body)
    raise SystemExit("a code was taken twice")
except pharus.ApiException as refused:
    say("refused.code", pharus.Error.from_dict(json.loads(refused.body)).error.code.value)
materials.create_material(pharus.MaterialCreate(code="LYE-1", name="Example lye", type_id=material_type))
listed, cursor = set(), None
while True:
    page = materials.list_materials(limit=1, cursor=cursor)
    listed |= {each.id for each in page.data}
    if page.next_cursor is None:
        break
    cursor = page.next_cursor
say("listed.materials", len(listed))
sku_type = products.create_sku_type(pharus.LookupCreate(name="Soaps")).id
soap = products.create_sku(
    pharus.SkuCreate(code="SOAP-1", name="Example soap", type_id=sku_type, oz_per_item=pharus.OzPerItem(ounces))
)
say("sku.ozPerItem", soap.oz_per_item)
line = pharus.BomItemInput(material_id=oil, quantity=pharus.LineQuantity(per_unit))
pharus.BOMApi(client).create_bom(pharus.BomCreate(output_sku_id=soap.id, items=[line]))


def material() -> pharus.MaterialsSummary:
    found = pharus.MaterialsInventoryApi(client).get_materials_summary(material_id=oil, location_id=place)
    return found.data[0]


def finished() -> pharus.FinishedGoodsSummary:
    found = pharus.FinishedGoodsInventoryApi(client).get_finished_goods_summary(sku_id=soap.id, location_id=place)
    return found.data[0]


purchase = purchases.create_purchase_order(
    pharus.PurchaseOrderCreate(
        vendor_id=vendor,
        target_type=pharus.PurchaseOrderTargetType.MATERIALS,
        status=pharus.PurchaseOrderStatus.PLACED,
        ship_to_location_id=place,
        items=[
            pharus.PurchaseOrderItemCreate(
                material_id=oil, quantity=pharus.LineQuantity(bought), unit_cost=pharus.Money(unit_cost)
            )
        ],
    )
)
say("bought.quantity", purchase.items[0].quantity)
say("bought.unitCost", purchase.items[0].unit_cost)
arrival = pharus.PurchaseOrderReceiptItemCreate(po_item_id=purchase.items[0].id, quantity=pharus.Quantity(bought))
arrived = purchases.create_purchase_order_receipt(
    purchase.purchase_order.id, pharus.PurchaseOrderReceiptCreate(items=[arrival])
)
assert arrived.purchase_order.status == pharus.PurchaseOrderStatus.RECEIVED
say("bought.onHand", material().on_hand)
say("bought.averageCost", material().average_cost)
say("bought.value", material().value)

work_line = pharus.WorkOrderItemCreate(
    sku_id=soap.id, quantity=int(made), conversion_cost=pharus.Money(conversion_cost)
)
work = works.create_work_order(
    pharus.WorkOrderCreate(status=pharus.WorkOrderStatus.PLACED, work_site_location_id=place, items=[work_line])
)
output = pharus.WorkOrderReceiptItemCreate(sku_id=soap.id, quantity=pharus.Quantity(made))
produced = works.create_work_order_receipt(work.work_order.id, pharus.WorkOrderReceiptCreate(items=[output]))
say("made.materialOnHand", material().on_hand)
say("made.onHand", finished().on_hand)
say("made.value", finished().value)

customer_type = customers.create_customer_type(pharus.LookupCreate(name="Shops")).id
customer = customers.create_customer(pharus.CustomerCreate(name="Sample Shop", type_id=customer_type)).id
channel = sales.create_order_channel(pharus.LookupCreate(name="Wholesale")).id
sale = sales.create_sales_order(
    pharus.SalesOrderCreate(
        customer_id=customer,
        channel_id=channel,
        status=pharus.SalesOrderStatus.ENTERED,
        fulfillment_status=pharus.FulfillmentStatus.PENDING,
        fulfillment_location_id=place,
        mabd="2026-12-24",
        items=[
            pharus.SalesOrderItemCreate(sku_id=soap.id, quantity=int(sold), unit_price=pharus.Money(unit_price)),
        ],
    )
)
say("sold.quantity", sale.items[0].quantity)
say("sold.unitPrice", sale.items[0].unit_price)
shipped = sales.update_sales_order(
    sale.sales_order.id,
    pharus.SalesOrderUpdate(
        status=pharus.SalesOrderStatus.SHIPPED, fulfillment_status=pharus.FulfillmentStatus.FULFILLED
    ),
)
assert shipped.shipped_at is not None
say("sold.onHand", finished().on_hand)

assert sales.delete_sales_order(sale.sales_order.id).deleted_id == sale.sales_order.id
works.delete_work_order_receipt(produced.receipt.id)
say("undone.onHand", finished().on_hand)
purchases.delete_purchase_order_receipt(arrived.receipt.id)
say("undone.materialOnHand", material().on_hand)
say("undone.materialValue", material().value)
