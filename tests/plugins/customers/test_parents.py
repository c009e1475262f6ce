"""A customer's parents make no loop, however many change them at once."""

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization
from tests.pharus.acting import at_once
from tests.plugins.platform.together import together


def _chain(organization: Organization, *names: str) -> list[str]:
    """Customers of which each is the parent of the next; their ids in that order."""
    ids: list[str] = []
    type_id = factories.make_customer_type(organization.id)
    for name in names:
        parent = ids[-1] if ids else None
        ids.append(factories.make_customer(organization.id, type_id=type_id, name=name, parent_customer_id=parent))
    return ids


def _set_parent(api: Api, id: str, parent_id: str | None) -> int:
    return api.patch(f"/api/customers/{id}", {"parentId": parent_id}).status_code


def _parent(api: Api, id: str) -> str | None:
    parent: str | None = api.get(f"/api/customers/{id}").json()["parentCustomerId"]
    return parent


@pytest.mark.parametrize("capitals", [False, True])
def test_update_customer_refuses_itself_as_parent(member: Api, organization: Organization, capitals: bool) -> None:
    (id,) = _chain(organization, "Alone")
    refused = member.patch(f"/api/customers/{id}", {"parentId": id.upper() if capitals else id})
    assert refused.status_code == 422
    assert pointers(refused) == ["/parentId"]


def test_update_customer_refuses_a_loop_and_names_the_chain(member: Api, organization: Organization) -> None:
    ids = _chain(organization, "Group", "Region", "Shop")
    refused = member.patch(f"/api/customers/{ids[0]}", {"parentId": ids[2]})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert "Group → Shop → Region → Group" in refused.json()["error"]["message"]
    assert refused.json()["error"]["details"] == {"chain": ["Group", "Shop", "Region", "Group"]}
    assert member.get(f"/api/customers/{ids[0]}").json()["parentCustomerId"] is None


def test_update_customer_finds_a_loop_for_an_id_in_capitals(member: Api, organization: Organization) -> None:
    ids = _chain(organization, "Group", "Shop")
    assert _set_parent(member, ids[0].upper(), ids[1].upper()) == 409


def test_update_customer_moves_within_the_tree(member: Api, organization: Organization) -> None:
    ids = _chain(organization, "Group", "Region", "Shop")
    (other,) = _chain(organization, "Other group")
    assert _set_parent(member, ids[2], ids[0]) == 200
    assert _set_parent(member, ids[1], ids[2]) == 200
    assert _set_parent(member, ids[0], other) == 200
    assert _set_parent(member, other, ids[1]) == 409
    assert _set_parent(member, ids[2], None) == 200
    assert _set_parent(member, other, ids[1]) == 200
    assert [_parent(member, id) for id in (*ids, other)] == [other, ids[2], None, ids[1]]


def test_update_customer_walks_up_a_long_chain(member: Api, organization: Organization) -> None:
    ids = _chain(organization, *(f"Level {number}" for number in range(300)))
    refused = member.patch(f"/api/customers/{ids[0]}", {"parentId": ids[-1]})
    assert refused.status_code == 409
    assert len(refused.json()["error"]["details"]["chain"]) == 301


def test_two_changes_that_close_a_loop_together_leave_one(member: Api, organization: Organization) -> None:
    """Both have read the tree, and wait to write, when the rows are let go: without turns both would be stored."""
    ids = _chain(organization, "A") + _chain(organization, "B")
    responses = together(
        "SELECT FROM customer WHERE org_id = %s FOR UPDATE",
        (organization.id,),
        lambda: _set_parent(member, ids[0], ids[1]),
        lambda: _set_parent(member, ids[1], ids[0]),
    )
    assert sorted(responses) == [200, 409]
    assert sorted([_parent(member, ids[0]) is None, _parent(member, ids[1]) is None]) == [False, True]


def test_changes_that_close_a_ring_together_leave_it_open(member: Api, organization: Organization) -> None:
    ids = [id for name in "ABCDE" for id in _chain(organization, name)]
    for _ in range(5):
        responses = at_once(5, lambda number: _set_parent(member, ids[number], ids[(number + 1) % 5]))
        assert sorted(responses) == [200, 200, 200, 200, 409]
        for id in ids:
            assert _set_parent(member, id, None) == 200
