"""Packing slip, delivery note and credit note, as a caller gets them."""

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from pharus.fields import new_id
from tests import factories
from tests.plugins.sales_orders.selling import Json, Selling
from tests.plugins.sales_orders.test_returning import return_path, sent_back
from tests.plugins.sales_orders.test_shipping import FULL, path, shipped


def text_of(response: Any) -> str:
    assert (response.status_code, response.headers["content-type"]) == (200, "application/pdf")
    pages = PdfReader(BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def order_of_two(selling: Selling) -> Json:
    org_id = selling.organization.id
    customer = factories.make_customer(org_id, name="Example Grocers <b>North</b>", city="Sampleton")
    other = factories.make_sku(org_id, code="BOX-12", name="Gift set, large")
    selling.skus[2] = other
    selling.receive(100, sku=2)
    return selling.order(
        selling.line(0, 10, "12.335"),
        selling.line(2, 5000),
        status="Entered",
        customerId=customer,
        fulfillmentStatus="Pending",
    )


def test_packing_slip_says_what_is_in_the_box_and_what_follows(selling: Selling) -> None:
    made = order_of_two(selling)
    first = shipped(selling, made, 6, 20, **FULL)
    last = shipped(selling, made, 4)
    response = selling.api.get(f"{path(first)}/packing-slip")
    number = first["shipment"]["shipmentNumber"]
    assert response.headers["content-disposition"] == f'attachment; filename="{number}.pdf"'
    text = text_of(response)
    for part in (
        number,
        "Packing slip",
        "Example Grocers <b>North</b>",
        "Sampleton",
        "Northern Parcel",
        "NP 4471 2093",
    ):
        assert part in text
    assert made["salesOrder"]["soNumber"] in text
    # What came later is not told by the first slip.
    assert "10 6 4" in text
    assert "BOX-12 Gift set, large 5,000 20 4,980" in text
    assert "10 4 0" in text_of(selling.api.get(f"{path(last)}/packing-slip"))
    assert "12.34" not in text
    assert "49.34" not in text


def test_delivery_note_is_signed_and_has_no_prices(selling: Selling) -> None:
    made = order_of_two(selling)
    text = text_of(selling.api.get(f"{path(shipped(selling, made, 6, 20, **FULL))}/delivery-note"))
    # Labels are printed in capitals.
    for part in ("Delivery note", "BOX-12 Gift set, large 20", "Pieces in all 26", "Two cartons.", "SIGNATURE"):
        assert part in text
    assert "12.335" not in text


def test_what_the_status_has_shipped_has_papers_under_the_number_of_the_order(selling: Selling) -> None:
    made = selling.order(status="Invoiced")
    paper = f"/api/sales-order-shipments/{made['salesOrder']['id']}"
    for name in ("packing-slip", "delivery-note"):
        assert made["salesOrder"]["soNumber"] in text_of(selling.api.get(f"{paper}/{name}"))


def test_credit_note_adds_up(selling: Selling) -> None:
    made = order_of_two(selling)
    left = shipped(selling, made, 6, 20)
    back = sent_back(selling, left, 3, notes="Crushed on the way.")
    text = text_of(selling.api.get(f"{return_path(back)}/credit-note"))
    for part in ("Credit note", back["salesOrderReturn"]["creditNoteNumber"], "RET-", "Example Grocers <b>North</b>"):
        assert part in text
    # Three of 12.335 are 37.005, half up.
    assert "3 12.335 37.01" in text
    assert "Total credit 37.01" in text
    assert "Crushed on the way." in text


def test_papers_of_nothing_are_404(selling: Selling) -> None:
    for name in (f"sales-order-shipments/{new_id()}/packing-slip", f"sales-order-shipments/{new_id()}/delivery-note"):
        assert selling.api.get(f"/api/{name}").status_code == 404
    assert selling.api.get(f"/api/sales-order-returns/{new_id()}/credit-note").status_code == 404
    assert selling.api.get(f"/api/sales-orders/{new_id()}/confirmation").status_code == 404
    left = shipped(selling, selling.order(status="Entered"), 1)
    exchanged = sent_back(selling, left, 1, creditNote=False)
    assert selling.api.get(f"{return_path(exchanged)}/credit-note").status_code == 404


def test_confirmation_says_what_is_sold_and_adds_up(selling: Selling) -> None:
    assert selling.api.patch("/api/organizations/current", {"currency": "KWD"}).status_code == 200
    contact = factories.make_contact(selling.organization.id, display_name="Pat Buyer")
    factories.make_contact_link(
        selling.organization.id, contact_id=contact, customer_id=selling.customer, is_primary=True
    )
    made = selling.order(
        selling.line(0, 3, "1.2345"),
        selling.line(1, 1000, "0.25"),
        status="Entered",
        customerReference="4500017",
        terms="Net 30",
        freightCosts="77.77",
        notes="Pays late.",
    )
    path = f"/api/sales-orders/{made['salesOrder']['id']}/confirmation"
    response = selling.api.get(path)
    number = made["salesOrder"]["soNumber"]
    assert response.headers["content-disposition"] == f'attachment; filename="{number}.pdf"'
    text = text_of(response)
    for part in (
        "Order confirmation",
        number,
        "Example Grocers Attn Pat Buyer",
        "Your order 4500017",
        "Arrives by 1 Dec 2026",
        "Terms Net 30",
        "Currency KWD",
        "3 1.2345 3.704",
        "1,000 0.250 250.000",
        "Total KWD 253.704",
    ):
        assert part in text, part
    for part in ("77.77", "Pays late.", "Entered", "Not confirmed"):
        assert part not in text
    for status, mark in (("Received", "Not confirmed yet"), ("Rejected", "Cancelled")):
        selling.update(made, status=status)
        assert mark in text_of(selling.api.get(path))


def test_papers_of_a_shipment_name_the_customer_s_order(selling: Selling) -> None:
    made = selling.order(status="Entered", customerReference="4500017")
    left = shipped(selling, made, 6)
    for name in ("packing-slip", "delivery-note"):
        assert "Your order 4500017" in text_of(selling.api.get(f"{path(left)}/{name}"))


@pytest.mark.parametrize(("currency", "amount", "printed"), [("JPY", "37", "37"), ("KWD", "37.005", "37.005")])
def test_credit_is_rounded_to_the_places_of_the_currency(
    selling: Selling, currency: str, amount: str, printed: str
) -> None:
    assert selling.api.patch("/api/organizations/current", {"currency": currency}).status_code == 200
    back = sent_back(selling, shipped(selling, order_of_two(selling), 6), 3)
    assert back["salesOrderReturn"]["amount"] == amount
    assert f"Total credit {currency} {printed}" in text_of(selling.api.get(f"{return_path(back)}/credit-note"))
