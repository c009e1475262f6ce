import pytest

from handlers.http.responses import to_json
from pharus import db
from pharus.details import Detail
from pharus.errors import NotFound
from plugins.purchase_orders.records import cost_changes, details, items, orders
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.statements import statements

UNKNOWN = "00000000-0000-7000-8000-000000000000"


def make_order(org_id: str, *quantities: str) -> str:
    order = factories.make_purchase_order(org_id)
    for quantity in quantities:
        material = factories.make_material(org_id)
        factories.make_purchase_order_item(
            org_id, purchase_order_id=order, material_id=material, quantity=quantity, unit_cost="0.000001"
        )
    return order


def test_lines_are_shown_as_if_they_had_been_read_by_themselves(organization: Organization, unit: db.Unit) -> None:
    order = make_order(organization.id, "12.500000", "1000000", "999999999999.999999")
    make_order(organization.id, "7")
    with statements() as seen:
        head, shown = details.get(order)
    assert len(seen) == 1
    assert head == orders.get(order)
    assert len(shown) == 3
    assert to_json(shown) == to_json(items.of("purchase_order_id", order))


def test_record_without_lines(organization: Organization, unit: db.Unit) -> None:
    assert details.get(make_order(organization.id))[1] == []


def test_nobody_sees_the_record_of_another_organization(organization: Organization) -> None:
    foreign = make_order(factories.make_organization().id, "1")
    for id in (UNKNOWN, foreign):
        with db.unit_of_work(owner_of(organization.id)), pytest.raises(NotFound, match=f"no purchase order.* {id}"):
            details.get(id)


def test_what_is_compared_and_then_changed_is_locked(organization: Organization, unit: db.Unit) -> None:
    order = make_order(organization.id, "2.50")
    shown = details.get(order)
    unit.locks_reads = True
    assert to_json(details.get(order)) == to_json(shown)
    assert ("purchase_order", order) in unit.locked


def test_column_that_postgresql_would_write_in_another_form_is_refused() -> None:
    with pytest.raises(TypeError, match="event_date cannot be shown"):
        Detail(orders, cost_changes, "purchase_order_id")
