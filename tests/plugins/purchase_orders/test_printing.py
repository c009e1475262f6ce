"""The document for the vendor, as a caller gets it."""

from io import BytesIO

from pypdf import PdfReader

from pharus.fields import new_id
from tests import factories
from tests.api import Api
from tests.plugins.purchase_orders.buying import Buying, Json


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_pdf_of_an_order_says_what_is_ordered(buying: Buying, owner: Api) -> None:
    settings = {"legalName": "Example Soap Works LLC", "address": "1 Example Street", "city": "Sampleton"}
    assert owner.patch("/api/organizations/current", settings).status_code == 200
    org_id = buying.organization.id
    oil = factories.make_material(org_id, code="OIL-7", name="Olive oil, extra <b>virgin</b>")
    made = buying.order(
        {"materialId": oil, "quantity": 12.5, "unitCost": 1234.565}, buying.line(1, 2, 3), shippingCosts=35.5
    )
    response = buying.api.get(f"/api/purchase-orders/{made['purchaseOrder']['id']}/pdf")
    number = made["purchaseOrder"]["poNumber"]
    assert (response.status_code, response.headers["content-type"]) == (200, "application/pdf")
    assert response.headers["content-disposition"] == f'attachment; filename="{number}.pdf"'
    text = text_of(response.content)
    for part in (number, "Example Soap Works LLC", "1 Example Street", "Example Oils", "OIL-7", "12.5", "15,432.06"):
        assert part in text
    assert "extra <b>virgin</b>" in " ".join(text.split())
    assert "15,473.56" in text


def test_pdf_without_a_location_and_with_skus(buying: Buying) -> None:
    made = buying.order(
        {"skuId": buying.skus[0], "quantity": 4}, targetType="finished_goods", shipToLocationId=None, status="Planning"
    )
    response = buying.api.get(f"/api/purchase-orders/{made['purchaseOrder']['id']}/pdf")
    assert "SKU-" in text_of(response.content)


def test_pdf_of_nothing_is_404(buying: Buying, viewer: Api) -> None:
    assert buying.api.get(f"/api/purchase-orders/{new_id()}/pdf").status_code == 404


def printed(buying: Buying, made: Json) -> str:
    response = buying.api.get(f"/api/purchase-orders/{made['purchaseOrder']['id']}/pdf")
    assert response.status_code == 200, response.text
    return " ".join(text_of(response.content).split())


def test_pdf_has_what_a_vendor_needs_to_accept_the_order(buying: Buying, admin: Api) -> None:
    settings = {"currency": "JPY", "contactEmail": "buying@example.com", "contactPhone": "555 0100"}
    assert admin.patch("/api/organizations/current", settings).status_code == 200
    dock = {"contactName": "Sam Dock", "contactEmail": "dock@example.com", "contactPhone": "555 0101", "city": "Salem"}
    assert admin.patch(f"/api/locations/{buying.location}", dock).status_code == 200
    assert admin.patch(f"/api/vendors/{buying.vendor}", {"term": "Net 45"}).status_code == 200
    contact = admin.post("/api/contacts", {"firstName": "Marie", "lastName": "Exemple"}).json()["id"]
    admin.post(f"/api/contacts/{contact}/methods", {"type": "email", "value": "marie@example.com"})
    link = {"entityType": "vendor", "entityId": buying.vendor, "isPrimary": True}
    assert admin.post(f"/api/contacts/{contact}/links", link).status_code == 201
    lines = [{**buying.line(0, 1, "0.5"), "supplierItemCode": "EX-77"}, buying.line(1, 1, "0.5")]
    made = buying.order(*lines, shippingCosts="0.4", status="In Transit", expectedDeliveryDate="2026-12-24")
    text = printed(buying, made)
    for part in (
        "buying@example.com",
        "Attn Marie Exemple marie@example.com",
        "Salem Attn Sam Dock 555 0101 dock@example.com",
        "Requested for 24 Dec 2026",
        "Terms Net 45",
        "Currency JPY",
        "Your code",
        "EX-77",
        # Half a yen is one, twice; four tenths are nothing.
        "Subtotal 2 Shipping 0 Setup 0 Other costs 0 Total JPY 2",
    ):
        assert part in text, part
    assert "In Transit" not in text
    assert buying.update(made, terms="Cash with order").status_code == 200
    assert "Terms Cash with order" in printed(buying, made)


def test_pdf_says_what_is_no_order(buying: Buying) -> None:
    plan = buying.order(status="Planning")
    assert "Draft: not an order yet" in printed(buying, plan)
    buying.update(plan, status="Placed")
    text = printed(buying, plan)
    assert "Draft" not in text
    assert "Placed" not in text
    buying.update(plan, status="Cancelled")
    assert "PO-" in printed(buying, plan)
    assert "Cancelled" in printed(buying, plan)


def test_lines_keep_what_the_vendor_calls_the_item(buying: Buying) -> None:
    made = buying.order({**buying.line(0), "supplierItemCode": "EX-77"})
    (item,) = made["items"]
    changed = buying.api.patch(f"/api/purchase-order-items/{item['id']}", {"supplierItemCode": "EX-78"}).json()
    assert (item["supplierItemCode"], changed["supplierItemCode"]) == ("EX-77", "EX-78")
    (row,) = buying.api.get("/api/purchase-order-items").json()["data"]
    assert (row["supplierItemCode"], row["receivedQuantity"]) == ("EX-78", "0")
