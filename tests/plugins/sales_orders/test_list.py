"""The list of sales orders: newest first, in pages, narrowed."""

from tests import factories
from tests.api import Api, pointers
from tests.plugins.sales_orders.selling import Selling

PATH = "/api/sales-orders"


def ids(api: Api, **given: object) -> list[str]:
    return [order["id"] for order in api.get(PATH, **given).json()["data"]]


def test_list_is_newest_first_in_pages(selling: Selling, viewer: Api) -> None:
    made = [selling.order()["salesOrder"]["id"] for _ in range(5)]
    first = viewer.get(PATH, limit=3).json()
    assert [order["id"] for order in first["data"]] == made[:1:-1]
    selling.order()
    second = viewer.get(PATH, limit=3, cursor=first["nextCursor"]).json()
    assert ([order["id"] for order in second["data"]], second["nextCursor"]) == (made[1::-1], None)
    assert viewer.get(PATH, cursor=first["nextCursor"][:-1]).status_code == 422


def test_list_is_narrowed_by_status_customer_and_date(selling: Selling, viewer: Api) -> None:
    other = factories.make_customer(selling.organization.id)
    received = selling.order()["salesOrder"]["id"]
    entered = selling.order(status="Entered", customerId=other)
    old = selling.order()
    selling.update(old, placedAt="2020-02-29")
    entered_id, old_id = entered["salesOrder"]["id"], old["salesOrder"]["id"]
    assert ids(viewer, status="Entered") == [entered_id]
    assert ids(viewer, status="Received") == [old_id, received]
    assert ids(viewer, status="Received", customerId=other) == []
    assert ids(viewer, customerId=other) == [entered_id]
    assert ids(viewer, dateTo="2020-02-29") == [old_id]
    assert ids(viewer, dateFrom="2020-02-29", dateTo="2020-02-29T00:00:00Z") == [old_id]
    assert ids(viewer, dateTo="2020-02-28") == []
    assert ids(viewer, dateFrom="2020-03-01") == [entered_id, received]
    assert pointers(viewer.get(PATH, status="Gone")) == ["query/status"]


def test_list_is_searched_by_number_and_customer_s_name(selling: Selling, viewer: Api) -> None:
    named = factories.make_customer(selling.organization.id, name="Sample 50% Shop_1")
    first = selling.order()["salesOrder"]
    second = selling.order(customerId=named)["salesOrder"]
    assert ids(viewer, q=first["soNumber"].lower()[-6:]) == [first["id"]]
    assert ids(viewer, q="EXAMPLE gro") == [first["id"]]
    assert ids(viewer, q="50% shop_") == [second["id"]]
    assert ids(viewer, q="%") == [second["id"]]
    assert ids(viewer, q="nothing like it") == []


def test_list_shows_only_the_organization_s_own(selling: Selling) -> None:
    selling.order()
    other = factories.make_organization()
    factories.make_sales_order(other.id)
    assert len(ids(selling.api)) == 1
