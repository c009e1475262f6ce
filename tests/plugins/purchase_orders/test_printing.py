"""The document for the vendor, as a caller gets it."""

from io import BytesIO

from pypdf import PdfReader

from pharus.fields import new_id
from tests import factories
from tests.api import Api
from tests.plugins.purchase_orders.buying import Buying


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
