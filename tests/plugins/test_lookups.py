"""The lookup lists (types, segments, brokers, channels, locations): the same operations seven times, held by one table.

What a single list does beside that is tested in the folder of its domain.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization
from tests.plugins.platform.together import together

Json = dict[str, Any]

_LAST_POSITION = 2147483647


@dataclass(frozen=True)
class Lookup:
    """One lookup list, and the records that refer to its entries.

    make         inserts an entry
    noun         what an entry is called in the sentence of a conflict
    fields       keys that only this list has, with values
    make_user    inserts record number so and so that refers to an entry; samples are in the order of these numbers
                 (records that can be deactivated: every second is)
    user_path    where such a record is read, and `reference` the keys that lead to the entry's id in the response
    create_user  path and body of a request that makes such a record
    counts       all that is counted of an entry's use, when so many such records refer to it
    sample       the key of the sample of their ids
    """

    path: str
    table: str
    noun: str
    make: Callable[[str], str]
    make_user: Callable[[str, str, int], str]
    user_path: str
    reference: tuple[str, ...]
    create_user: Callable[[str, str], tuple[str, Json]]
    counts: Callable[[int], dict[str, int]]
    sample: str | None = None
    fields: Mapping[str, str | None] = field(default_factory=dict)

    def path_of(self, id: str) -> str:
        return f"{self.path}/{id}"

    def create(self, api: Api, *names: str) -> list[str]:
        """The ids of new entries."""
        return [api.post(self.path, {"name": name}).json()["id"] for name in names]

    def order(self, api: Api) -> list[tuple[str, int]]:
        """The names and positions, as listed."""
        return [(row["name"], row["sortOrder"]) for row in api.get(self.path).json()["data"]]


def _numbered(key: str, number: int) -> Json:
    return {key: f"Number {number:02}", "is_active": number % 2 == 0}


def _location_counts(count: int) -> dict[str, int]:
    return {"poCount": count, "woCount": 0, "soCount": 0, "ledgerCount": 0, "productionOrderCount": 0}


def _customer_list(noun: str, make: Callable[[str], str]) -> Lookup:
    """One of the three lists that customers refer to."""
    table, word = noun.replace(" ", "_"), noun.rsplit(maxsplit=1)[-1]

    def make_user(org_id: str, id: str, number: int) -> str:
        column = "type_id" if word == "type" else f"{table}_id"
        return factories.make_customer(org_id, **_numbered("name", number), **{column: id})

    def create_user(org_id: str, id: str) -> tuple[str, Json]:
        return "/api/customers", {"name": "A", "typeId": factories.make_customer_type(org_id), f"{word}Id": id}

    return Lookup(
        path=f"/api/{noun.replace(' ', '-')}s",
        table=table,
        noun=noun,
        make=make,
        make_user=make_user,
        user_path="/api/customers/{}",
        reference=("brokerId" if word == "broker" else f"customer{word.title()}Id",),
        create_user=create_user,
        counts=lambda count: {"customerCount": count, **({"soCount": 0} if word == "broker" else {})},
        sample=None if word == "broker" else "sampleCustomerIds",
    )


def _order_of(org_id: str, id: str) -> tuple[str, Json]:
    """A purchase order that is to be delivered to the location."""
    items = [{"materialId": factories.make_material(org_id), "quantity": 1}]
    named = {"vendorId": factories.make_vendor(org_id), "shipToLocationId": id}
    return "/api/purchase-orders", {**named, "targetType": "materials", "status": "Planning", "items": items}


def _sale_of(org_id: str, id: str) -> tuple[str, Json]:
    """A sales order that came by the channel."""
    items = [{"skuId": factories.make_sku(org_id), "quantity": 1, "unitPrice": 1}]
    named = {"customerId": factories.make_customer(org_id), "channelId": id}
    statuses = {"status": "Received", "fulfillmentStatus": "Pending"}
    return "/api/sales-orders", {**named, **statuses, "mabd": "2026-12-01", "items": items}


LOOKUPS = [
    Lookup(
        path="/api/material-types",
        table="material_type",
        noun="material type",
        make=factories.make_material_type,
        make_user=lambda org_id, id, number: factories.make_material(org_id, type_id=id, **_numbered("code", number)),
        user_path="/api/materials/{}",
        reference=("materialTypeId",),
        create_user=lambda _, id: ("/api/materials", {"code": "A", "name": "x", "typeId": id}),
        counts=lambda count: {"materialCount": count},
        sample="sampleMaterialIds",
    ),
    Lookup(
        path="/api/sku-types",
        table="sku_type",
        noun="sku type",
        make=factories.make_sku_type,
        make_user=lambda org_id, id, number: factories.make_sku(org_id, type_id=id, **_numbered("code", number)),
        user_path="/api/skus/{}",
        reference=("skuTypeId",),
        create_user=lambda _, id: ("/api/skus", {"code": "A", "name": "x", "typeId": id}),
        counts=lambda count: {"skuCount": count},
        sample="sampleSkuIds",
    ),
    Lookup(
        path="/api/locations",
        table="location",
        noun="location",
        make=factories.make_location,
        make_user=lambda org_id, id, _: factories.make_purchase_order(org_id, ship_to_location_id=id),
        user_path="/api/purchase-orders/{}",
        reference=("purchaseOrder", "shipToLocationId"),
        create_user=_order_of,
        counts=_location_counts,
        fields={
            **dict.fromkeys(("address", "city", "state", "notes", "contactName", "contactPhone", "contactEmail")),
            "country": "US",
            "zipCode": "97401",
        },
    ),
    Lookup(
        path="/api/order-channels",
        table="order_channel",
        noun="order channel",
        make=factories.make_order_channel,
        make_user=lambda org_id, id, _: factories.make_sales_order(org_id, order_channel_id=id),
        user_path="/api/sales-orders/{}",
        reference=("salesOrder", "orderChannelId"),
        create_user=_sale_of,
        counts=lambda count: {"soCount": count},
    ),
    _customer_list("customer type", factories.make_customer_type),
    _customer_list("customer segment", factories.make_customer_segment),
    _customer_list("broker", factories.make_broker),
]

pytestmark = pytest.mark.parametrize("lookup", LOOKUPS, ids=lambda lookup: lookup.path.removeprefix("/api/"))


def test_create_comes_last_and_active(admin: Api, organization: Organization, lookup: Lookup) -> None:
    lookup.create(admin, "Zebra", "Apple")
    created = admin.post(lookup.path, {"name": "Middle", **lookup.fields})
    assert created.status_code == 201
    differs = dict.fromkeys(("id", "createdAt", *(["updatedAt"] if lookup.fields else [])))
    assert {**created.json(), **differs} == {
        **differs,
        "orgId": organization.id,
        "name": "Middle",
        "sortOrder": 2,
        "isActive": True,
        **lookup.fields,
    }
    assert lookup.order(admin) == [("Zebra", 0), ("Apple", 1), ("Middle", 2)]


def test_create_refuses_a_taken_name_in_any_case(admin: Api, lookup: Lookup) -> None:
    lookup.create(admin, "Same")
    refused = admin.post(lookup.path, {"name": "SAME"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["message"] == f"another {lookup.noun} has this name"


def test_create_allows_a_name_of_another_organization(admin: Api, as_role: AsRole, lookup: Lookup) -> None:
    lookup.create(as_role(factories.make_organization(), "admin"), "Same")
    assert admin.post(lookup.path, {"name": "Same"}).status_code == 201


def test_create_at_once_gives_distinct_positions(admin: Api, lookup: Lookup) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: lookup.create(admin, f"Entry {number}"), range(24)))
    assert [position for _, position in lookup.order(admin)] == list(range(24))


def test_viewers_read_and_admins_write(viewer: Api, member: Api, admin: Api, lookup: Lookup) -> None:
    (id,) = lookup.create(admin, "Oils")
    assert viewer.get(lookup.path).status_code == 200
    for refused in (
        member.post(lookup.path, {"name": "No"}),
        member.patch(lookup.path_of(id), {"name": "No"}),
        member.delete(lookup.path_of(id)),
        member.patch(lookup.path_of(new_id()), {}),
        member.delete(lookup.path_of(new_id())),
    ):
        assert (refused.status_code, error_code(refused)) == (403, "forbidden")
    assert lookup.order(admin) == [("Oils", 0)]


def test_list_shows_the_deactivated_too(admin: Api, viewer: Api, lookup: Lookup) -> None:
    first, _ = lookup.create(admin, "A", "B")
    assert admin.patch(lookup.path_of(first), {"isActive": False}).json()["isActive"] is False
    listed = viewer.get(lookup.path).json()["data"]
    assert [(row["name"], row["isActive"]) for row in listed] == [("A", False), ("B", True)]


def test_update_moves_renames_and_deactivates(admin: Api, lookup: Lookup) -> None:
    ids = lookup.create(admin, "A", "B", "C")
    moved = admin.patch(lookup.path_of(ids[2]), {"sortOrder": 0, "name": "D", "isActive": False}).json()
    assert (moved["name"], moved["sortOrder"], moved["isActive"]) == ("D", 0, False)
    assert lookup.order(admin) == [("D", 0), ("A", 1), ("B", 2)]


def test_update_to_a_taken_position_shifts_those_from_there_on(admin: Api, lookup: Lookup) -> None:
    ids = lookup.create(admin, "A", "B", "C", "D")
    admin.patch(lookup.path_of(ids[3]), {"sortOrder": 1})
    assert [name for name, _ in lookup.order(admin)] == ["A", "D", "B", "C"]


def test_update_to_a_free_position_moves_nothing_else(admin: Api, lookup: Lookup) -> None:
    ids = lookup.create(admin, "A", "B")
    admin.patch(lookup.path_of(ids[0]), {"sortOrder": 40})
    assert lookup.order(admin) == [("B", 1), ("A", 40)]


def test_update_to_its_own_position_changes_nothing(admin: Api, lookup: Lookup) -> None:
    ids = lookup.create(admin, "A", "B")
    admin.patch(lookup.path_of(ids[0]), {"sortOrder": 0})
    assert lookup.order(admin) == [("A", 0), ("B", 1)]


def test_update_at_the_last_position_there_is(admin: Api, lookup: Lookup) -> None:
    ids = lookup.create(admin, "A", "B")
    for id in ids:
        assert admin.patch(lookup.path_of(id), {"sortOrder": _LAST_POSITION}).status_code == 200
    lookup.create(admin, "C")
    assert lookup.order(admin) == [(name, _LAST_POSITION) for name in "ABC"]
    assert pointers(admin.patch(lookup.path_of(ids[0]), {"sortOrder": _LAST_POSITION + 1})) == ["/sortOrder"]


def test_update_refuses_anothers_name_and_keeps_its_own(admin: Api, lookup: Lookup) -> None:
    ids = lookup.create(admin, "A", "B")
    refused = admin.patch(lookup.path_of(ids[0]), {"name": "b"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert admin.patch(lookup.path_of(ids[0]), {"name": "a"}).json()["name"] == "a"
    assert pointers(admin.patch(lookup.path_of(ids[0]), {"name": " "})) == ["/name"]


def test_entry_of_another_organization_does_not_exist(admin: Api, as_role: AsRole, lookup: Lookup) -> None:
    other = as_role(factories.make_organization(), "admin")
    (id,) = lookup.create(other, "Theirs")
    for response in (
        admin.patch(lookup.path_of(id), {"sortOrder": 0}),
        admin.patch(lookup.path_of(id), {"name": "Mine"}),
        admin.delete(lookup.path_of(id)),
        admin.get(lookup.path_of(id) + "/in-use"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert lookup.order(admin) == []
    assert lookup.order(other) == [("Theirs", 0)]


def test_delete_removes_what_nothing_refers_to(admin: Api, lookup: Lookup) -> None:
    (id,) = lookup.create(admin, "A")
    assert admin.delete(lookup.path_of(id)).json() == {"deletedId": id}
    assert lookup.order(admin) == []
    assert admin.delete(lookup.path_of(id)).status_code == 404
    assert admin.get(lookup.path_of(id) + "/in-use").status_code == 404


def test_entry_in_use_can_be_renamed_and_deactivated_but_not_deleted(
    admin: Api, organization: Organization, lookup: Lookup
) -> None:
    (id,) = lookup.create(admin, "A")
    users = [lookup.make_user(organization.id, id, number) for number in range(2)]
    refused = admin.delete(lookup.path_of(id))
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    counts = refused.json()["error"]["details"]["references"]
    assert {**dict.fromkeys(counts, 0), **lookup.counts(2)} == counts
    assert admin.patch(lookup.path_of(id), {"name": "B", "isActive": False}).status_code == 200
    for user in users:
        record = admin.get(lookup.user_path.format(user)).json()
        for key in lookup.reference:
            record = record[key]
        assert record == id


@pytest.mark.parametrize("count", [0, 1, 12])
def test_in_use_counts_and_samples(viewer: Api, organization: Organization, lookup: Lookup, count: int) -> None:
    id = lookup.make(organization.id)
    ids = [lookup.make_user(organization.id, id, number) for number in range(count)]
    lookup.make_user(organization.id, lookup.make(organization.id), count)
    body = viewer.get(lookup.path_of(id) + "/in-use").json()
    if lookup.sample is not None:
        assert body.pop(lookup.sample) == ids[:10]
    is_used, counts = body.pop("inUse"), body.pop("references", body)
    assert (is_used, counts) == (count > 0, lookup.counts(count))


def test_in_use_refuses_what_is_no_id(viewer: Api, lookup: Lookup) -> None:
    assert pointers(viewer.get(f"{lookup.path}/nonsense/in-use")) == ["path/id"]


def test_delete_while_a_record_takes_the_entry_leaves_no_record_without_it(
    admin: Api, organization: Organization, lookup: Lookup
) -> None:
    (id,) = lookup.create(admin, "A")
    path, body = lookup.create_user(organization.id, id)
    deleted, created = together(
        f"SELECT FROM {lookup.table} WHERE org_id = %s AND id = %s FOR UPDATE",
        (organization.id, id),
        partial(admin.delete, lookup.path_of(id)),
        partial(admin.post, path, body),
    )
    assert (deleted.status_code, created.status_code) in {(200, 404), (409, 201)}
