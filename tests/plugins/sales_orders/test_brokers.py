"""Broker, fee percent and fees of a new order."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from pharus.db import Unit, db, maintenance
from pharus.fields import TOO_LARGE
from plugins.sales_orders import fees, rules
from plugins.sales_orders.records import stored_orders
from tests import factories
from tests.api import error_code
from tests.factories import Organization
from tests.plugins.sales_orders.selling import Selling


@pytest.fixture
def broker(selling: Selling) -> str:
    """The broker of the customer, for 7.5 percent."""
    id = factories.make_broker(selling.organization.id)
    selling.customer = factories.make_customer(selling.organization.id, broker_id=id, broker_fee_percent="7.5")
    return id


def test_broker_and_percent_are_the_customer_s_where_they_are_not_sent(selling: Selling, broker: str) -> None:
    order = selling.order(selling.line(0, 24, 3.25), selling.line(1, 2, 26.4))["salesOrder"]
    # 24 x 3.25 + 2 x 26.4 = 130.8, of which 7.5 percent are 9.81.
    assert (order["brokerId"], order["brokerFeePercent"], order["brokerFees"]) == (broker, "7.5", "9.81")


def test_null_means_none(selling: Selling, broker: str) -> None:
    order = selling.order(brokerId=None, brokerFeePercent=None)["salesOrder"]
    assert (order["brokerId"], order["brokerFeePercent"], order["brokerFees"]) == (None, None, "0")


def test_each_that_is_sent_wins(selling: Selling, broker: str) -> None:
    other = factories.make_broker(selling.organization.id)
    order = selling.order(brokerId=other, brokerFeePercent=10)["salesOrder"]
    assert (order["brokerId"], order["brokerFeePercent"], order["brokerFees"]) == (other, "10", "4")
    order = selling.order(brokerFees=0.123456)["salesOrder"]
    assert (order["brokerId"], order["brokerFees"]) == (broker, "0.123456")


def test_a_customer_s_broker_that_is_deactivated_is_409_unless_another_is_sent(selling: Selling, broker: str) -> None:
    assert selling.api.patch(f"/api/brokers/{broker}", {"isActive": False}).status_code == 200
    refused = selling.create()
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert broker in refused.json()["error"]["message"]
    assert selling.create(brokerId=None).status_code == 201


def test_fees_that_nobody_set_follow_their_order_until_it_is_invoiced(selling: Selling, broker: str) -> None:
    """A line is 10 x 4."""

    def fees() -> str:
        return str(selling.get(made)["salesOrder"]["brokerFees"])

    made = selling.order()
    assert fees() == "3"
    assert selling.update(made, brokerFeePercent=50).json()["brokerFees"] == "20"
    added = selling.api.post(f"{selling.path(made)}/items", selling.line(1))
    assert (added.status_code, fees()) == (201, "40")
    line = f"/api/sales-order-items/{added.json()['id']}"
    assert (selling.api.patch(line, {"unitPrice": 2}).status_code, fees()) == (200, "30")
    assert (selling.api.patch(line, {"quantity": 5}).status_code, fees()) == (200, "25")
    assert (selling.api.delete(line).status_code, fees()) == (200, "20")
    assert selling.update(made, brokerId=None).json()["brokerFees"] == "0"
    assert selling.update(made, brokerId=broker).json()["brokerFees"] == "20"
    selling.receive(1000)
    for status in ("Entered", "Shipped"):
        assert selling.update(made, status=status).status_code == 200
    assert selling.update(made, brokerFeePercent=10).json()["brokerFees"] == "4"
    assert selling.update(made, status="Invoiced").status_code == 200
    assert selling.update(made, brokerFeePercent=50).json()["brokerFees"] == "4"


def test_fees_that_somebody_set_stay(selling: Selling, broker: str) -> None:
    made = selling.order(brokerFees=7)
    assert selling.update(made, brokerFeePercent=50).json()["brokerFees"] == "7"
    assert selling.api.post(f"{selling.path(made)}/items", selling.line(1)).status_code == 201
    assert selling.get(made)["salesOrder"]["brokerFees"] == "7"
    other = selling.order()
    assert selling.update(other, brokerFees=1, brokerFeePercent=50).json()["brokerFees"] == "1"
    assert selling.update(other, brokerFeePercent=20).json()["brokerFees"] == "1"


def test_another_customer_brings_its_broker_and_percent(selling: Selling, broker: str) -> None:
    org_id = selling.organization.id
    second = factories.make_broker(org_id)
    customer = factories.make_customer(org_id, broker_id=second, broker_fee_percent="10")
    made, own = selling.order(), selling.order(brokerFeePercent=50)
    moved = selling.update(made, customerId=customer).json()
    assert (moved["brokerId"], moved["brokerFeePercent"], moved["brokerFees"]) == (second, "10", "4")
    moved = selling.update(own, customerId=customer).json()
    assert (moved["brokerId"], moved["brokerFeePercent"], moved["brokerFees"]) == (second, "50", "20")


def test_without_a_broker_there_is_no_fee(selling: Selling, broker: str) -> None:
    order = selling.order(brokerId=None)["salesOrder"]
    assert (order["brokerId"], order["brokerFeePercent"], order["brokerFees"]) == (None, "7.5", "0")


def test_fees_that_cannot_be_kept_are_409(selling: Selling, broker: str) -> None:
    refused = selling.create(selling.line(0, 10**9, 999999999999))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert "brokerFees" in refused.json()["error"]["message"]


@pytest.mark.parametrize(
    ("price", "percent", "fees"),
    [("1", "0.5", "0.01"), ("1", "0.499999", "0"), ("0.1", "5", "0.01"), ("33.33", "7.5", "2.5"), ("1", None, "0")],
)
def test_fees_are_rounded_half_up_to_cents(price: str, percent: str | None, fees: str) -> None:
    rounded = rules.broker_fees([{"quantity": 1, "unit_price": Decimal(price)}], "broker", percent and Decimal(percent))
    assert rounded == Decimal(fees)


money = st.decimals(0, 10**12, places=6, allow_nan=False).filter(lambda amount: amount < 10**12)


@given(st.lists(st.tuples(st.integers(1, 10**9), money), min_size=1, max_size=20), st.decimals(0, 100, places=6))
def test_fees_are_at_most_half_a_cent_off(lines: list[tuple[int, Decimal]], percent: Decimal) -> None:
    """Compared in whole millionths of a millionth, which cannot round."""
    fees = rules.broker_fees([{"quantity": number, "unit_price": price} for number, price in lines], "broker", percent)
    exact = sum(number * int(price.scaleb(6)) for number, price in lines) * int(percent.scaleb(6))
    difference = int(fees.scaleb(2)) * 10**12 - exact
    assert -5 * 10**11 < difference <= 5 * 10**11


@given(st.lists(st.tuples(st.integers(1, 10**9), money), min_size=1, max_size=5), st.decimals(0, 100, places=6))
@example([(1, Decimal("0.999999"))], Decimal("0.500000"))
@example([(1, Decimal("49999.950000"))], Decimal("0.000001"))
@example([(1, Decimal("0.5"))], Decimal(1))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_postgresql_and_python_compute_the_same_fees(
    organization: Organization, unit: Unit, lines: list[tuple[int, Decimal]], percent: Decimal
) -> None:
    broker = factories.make_broker(organization.id)
    expected = rules.broker_fees(
        [{"quantity": number, "unit_price": price} for number, price in lines], broker, percent
    )
    assume(expected < TOO_LARGE)
    id = factories.make_sales_order(organization.id, broker_id=broker, broker_fee_percent=percent)
    for number, price in lines:
        item = factories.make_sales_order_item(organization.id, sales_order_id=id, quantity=number)
        with maintenance():
            db.execute_sql("UPDATE sales_order_item SET unit_price = %s WHERE id = %s", (price, item))
    fees.follow_lines(stored_orders.get(id))
    assert stored_orders.get(id)["brokerFees"] == expected
