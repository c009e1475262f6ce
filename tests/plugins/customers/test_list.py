"""listCustomers: the order, the filters and the pages."""

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization


def _names(api: Api, **params: object) -> list[str]:
    return [row["name"] for row in api.get("/api/customers", **params).json()["data"]]


def test_list_customers_filters_by_text_and_activity(member: Api, organization: Organization, type_id: str) -> None:
    for name in ("beta Shop", "Alpha Shop", "100% Natural"):
        factories.make_customer(organization.id, type_id=type_id, name=name)
    factories.make_customer(organization.id, type_id=type_id, name="Gone Shop", is_active=False)
    assert _names(member) == ["100% Natural", "Alpha Shop", "beta Shop", "Gone Shop"]
    assert _names(member, q="SHOP", active="true") == ["Alpha Shop", "beta Shop"]
    assert _names(member, active="false") == ["Gone Shop"]
    assert _names(member, q="%") == ["100% Natural"]
    assert pointers(member.get("/api/customers", active="yes")) == ["query/active"]


def test_list_customers_filters_by_what_they_refer_to(member: Api, organization: Organization) -> None:
    org_id = organization.id
    columns = {
        "type": ("customer_type_id", factories.make_customer_type(org_id)),
        "segment": ("customer_segment_id", factories.make_customer_segment(org_id)),
        "broker": ("broker_id", factories.make_broker(org_id)),
        "parentCustomer": ("parent_customer_id", factories.make_customer(org_id, name="Group")),
    }
    for parameter, (column, id) in columns.items():
        type_id = id if parameter == "type" else None
        rest = {} if parameter == "type" else {column: id}
        factories.make_customer(org_id, name=f"With {parameter}", type_id=type_id, **rest)
    for parameter, (_, id) in columns.items():
        assert _names(member, **{parameter: id}) == [f"With {parameter}"]
        assert _names(member, **{parameter: id.upper(), "active": "true"}) == [f"With {parameter}"]
        assert _names(member, **{parameter: new_id()}) == []
        assert pointers(member.get("/api/customers", **{parameter: "x"})) == [f"query/{parameter}"]
    assert _names(member, type=columns["type"][1], broker=columns["broker"][1]) == []


@pytest.mark.parametrize("narrowed", [False, True])
def test_list_customers_pages_through_all(
    member: Api, organization: Organization, type_id: str, narrowed: bool
) -> None:
    expected = [
        factories.make_customer(organization.id, type_id=type_id, name=f"Customer {number % 3}") for number in range(7)
    ]
    params = {"type": type_id} if narrowed else {}
    seen: list[str] = []
    cursor = None
    while True:
        page = member.get("/api/customers", limit=2, **params, **({"cursor": cursor} if cursor else {})).json()
        seen += [row["id"] for row in page["data"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert sorted(seen) == sorted(expected)
    assert len(seen) == len(set(seen))
