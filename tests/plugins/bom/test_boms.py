"""The BOMs' operations, as a caller sees them."""

from typing import Any

import httpx
import pytest

from pharus.db import Unit
from plugins.bom import operations
from plugins.bom.schemas import BomItemInput
from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization
from tests.plugins.bom.conftest import Named
from tests.statements import statements

UNKNOWN = "01935d6c-7b1a-7c3e-8f00-0000000000ff"


def create(api: Api, output: str, *items: dict[str, object]) -> httpx.Response:
    return api.post("/api/boms", {"outputSkuId": output, "items": list(items)})


def replace(api: Api, output: str, *items: dict[str, object]) -> httpx.Response:
    return api.patch(f"/api/boms/{output}", {"outputSkuId": output, "items": list(items)})


def lines(bom: Any) -> list[tuple[str | None, str | None, str]]:
    return [(item["materialId"], item["inputSkuId"], item["quantity"]) for item in bom["items"]]


def test_create_bom_answers_the_lines_in_the_order_sent(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    created = create(
        member,
        sku("GIFT"),
        {"materialId": material("BOX"), "quantity": 1},
        {"inputSkuId": sku("BAR"), "quantity": 3.0},
        {"materialId": material("ALMOND OIL"), "quantity": 0.000001},
    )
    assert created.status_code == 201
    body = created.json()
    assert body["outputSkuId"] == sku("GIFT")
    assert lines(body) == [
        (material("BOX"), None, "1"),
        (None, sku("BAR"), "3"),
        (material("ALMOND OIL"), None, "0.000001"),
    ]
    assert {(item["orgId"], item["skuId"]) for item in body["items"]} == {(organization.id, sku("GIFT"))}
    assert len({item["id"] for item in body["items"]}) == 3
    assert member.get(f"/api/skus/{sku('GIFT')}/bom").json() == body


def test_create_bom_keeps_every_digit_of_a_quantity(member: Api, sku: Named, material: Named) -> None:
    item = f'{{"materialId": "{material("OIL")}", "quantity": 123456789012.123456}}'
    created = member.post(
        "/api/boms",
        content=f'{{"outputSkuId": "{sku("BAR")}", "items": [{item}]}}',
        headers={"Content-Type": "application/json"},
    )
    assert created.json()["items"][0]["quantity"] == "123456789012.123456"


def test_create_bom_takes_ids_in_capitals(member: Api, sku: Named, material: Named) -> None:
    created = create(
        member,
        sku("GIFT").upper(),
        {"inputSkuId": sku("BAR").upper(), "quantity": 1},
        {"materialId": material("BOX").upper(), "quantity": 1},
    )
    assert created.json()["outputSkuId"] == sku("GIFT")
    assert lines(created.json()) == [(None, sku("BAR"), "1"), (material("BOX"), None, "1")]


@pytest.mark.parametrize("quantity", [0, -1, 0.0000001, 1000000000000, "0", "1e0", None])
def test_create_bom_refuses_an_odd_quantity(member: Api, sku: Named, material: Named, quantity: object) -> None:
    refused = create(member, sku("BAR"), {"materialId": material("OIL"), "quantity": quantity})
    assert (refused.status_code, set(pointers(refused))) == (422, {"/items/0/quantity"})


def test_create_bom_refuses_a_line_without_exactly_one_input(member: Api, sku: Named, material: Named) -> None:
    both = {"materialId": material("OIL"), "inputSkuId": sku("BAR"), "quantity": 1}
    for item in (both, {"quantity": 1}, {"materialId": None, "quantity": 1}):
        assert create(member, sku("GIFT"), item).status_code == 422
    assert pointers(create(member, sku("GIFT"))) == ["/items"]


def test_create_bom_names_every_input_that_comes_twice_or_is_the_output(
    member: Api, sku: Named, material: Named
) -> None:
    oil, box, bar, gift = material("OIL"), material("BOX"), sku("BAR"), sku("GIFT")
    refused = create(
        member,
        gift,
        {"materialId": oil, "quantity": 1},
        {"inputSkuId": bar, "quantity": 1},
        {"materialId": box, "quantity": 1},
        {"materialId": oil.upper(), "quantity": 2},
        {"inputSkuId": gift.upper(), "quantity": 1},
        {"inputSkuId": bar, "quantity": 1},
        {"materialId": oil, "quantity": 1},
    )
    assert refused.status_code == 422
    assert pointers(refused) == [
        "/items/3/materialId",
        "/items/4/inputSkuId",
        "/items/5/inputSkuId",
        "/items/6/materialId",
    ]
    assert member.get("/api/boms").json()["data"] == []


def test_create_bom_of_what_does_not_exist_is_not_found(member: Api, sku: Named, material: Named) -> None:
    elsewhere = factories.make_organization().id
    good = {"materialId": material("OIL"), "quantity": 1}
    for output, item in (
        (UNKNOWN, good),
        (factories.make_sku(elsewhere), good),
        (sku("BAR"), {"materialId": UNKNOWN, "quantity": 1}),
        (sku("BAR"), {"materialId": sku("GIFT"), "quantity": 1}),
        (sku("BAR"), {"materialId": factories.make_material(elsewhere), "quantity": 1}),
        (sku("BAR"), {"inputSkuId": UNKNOWN, "quantity": 1}),
        (sku("BAR"), {"inputSkuId": material("OIL"), "quantity": 1}),
        (sku("BAR"), {"inputSkuId": factories.make_sku(elsewhere), "quantity": 1}),
    ):
        refused = create(member, output, good, item) if item is not good else create(member, output, good)
        assert (refused.status_code, error_code(refused)) == (404, "not_found")
    assert member.get("/api/boms").json()["data"] == []


def test_create_and_replace_bom_of_what_is_deactivated_is_a_conflict(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    gone_sku = factories.make_sku(organization.id, is_active=False)
    gone_material = factories.make_material(organization.id, is_active=False)
    good = {"materialId": material("OIL"), "quantity": 1}
    for item in ({"materialId": gone_material, "quantity": 1}, {"inputSkuId": gone_sku, "quantity": 1}):
        assert error_code(create(member, sku("BAR"), item)) == "conflict"
    assert error_code(create(member, gone_sku, good)) == "conflict"
    create(member, sku("BAR"), good)
    assert error_code(replace(member, sku("BAR"), good, {"inputSkuId": gone_sku, "quantity": 1})) == "conflict"
    member.patch(f"/api/skus/{sku('BAR')}", {"isActive": False})
    assert error_code(replace(member, sku("BAR"), {"materialId": material("LYE"), "quantity": 1})) == "conflict"
    # What was deactivated later stays in the BOM.
    assert lines(member.get(f"/api/skus/{sku('BAR')}/bom").json()) == [(material("OIL"), None, "1")]


def test_create_bom_of_a_sku_that_has_one_is_a_conflict(member: Api, sku: Named, material: Named) -> None:
    create(member, sku("BAR"), {"materialId": material("OIL"), "quantity": 1})
    refused = create(member, sku("BAR"), {"materialId": material("LYE"), "quantity": 1})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert lines(member.get(f"/api/skus/{sku('BAR')}/bom").json()) == [(material("OIL"), None, "1")]


def test_replace_bom_puts_the_new_lines_in_the_place_of_all_old_ones(member: Api, sku: Named, material: Named) -> None:
    before = create(
        member,
        sku("BAR"),
        {"materialId": material("OIL"), "quantity": 1},
        {"materialId": material("LYE"), "quantity": 2},
    ).json()
    replaced = replace(
        member,
        sku("BAR").upper(),
        {"materialId": material("LYE"), "quantity": 2},
        {"inputSkuId": sku("BASE"), "quantity": 0.5},
    )
    assert replaced.status_code == 200
    assert lines(replaced.json()) == [(material("LYE"), None, "2"), (None, sku("BASE"), "0.5")]
    assert not {item["id"] for item in before["items"]} & {item["id"] for item in replaced.json()["items"]}
    assert member.get(f"/api/skus/{sku('BAR')}/bom").json() == replaced.json()


def test_replace_bom_that_is_refused_leaves_the_old_lines(member: Api, sku: Named, material: Named) -> None:
    before = create(member, sku("BAR"), {"materialId": material("OIL"), "quantity": 1}).json()
    create(member, sku("GIFT"), {"inputSkuId": sku("BAR"), "quantity": 1})
    for item, status in (
        ({"materialId": UNKNOWN, "quantity": 1}, 404),
        ({"inputSkuId": sku("BAR"), "quantity": 1}, 422),
        ({"inputSkuId": sku("GIFT"), "quantity": 1}, 409),
    ):
        assert replace(member, sku("BAR"), {"materialId": material("LYE"), "quantity": 1}, item).status_code == status
    assert member.get(f"/api/skus/{sku('BAR')}/bom").json() == before


def test_replace_bom_refuses_another_output_than_that_of_the_path(member: Api, sku: Named, material: Named) -> None:
    item = {"materialId": material("OIL"), "quantity": 1}
    create(member, sku("BAR"), item)
    body = {"outputSkuId": sku("GIFT"), "items": [item, item, {"inputSkuId": sku("BAR"), "quantity": 1}]}
    refused = member.patch(f"/api/boms/{sku('BAR')}", body)
    assert (refused.status_code, pointers(refused)) == (
        422,
        ["/items/1/materialId", "/items/2/inputSkuId", "/outputSkuId"],
    )


def test_what_has_no_bom_cannot_be_replaced_read_or_deleted(member: Api, sku: Named, material: Named) -> None:
    elsewhere = factories.make_organization().id
    theirs = factories.make_sku(elsewhere)
    factories.make_bom_item(elsewhere, sku_id=theirs, material_id=factories.make_material(elsewhere))
    for id in (sku("BAR"), UNKNOWN, material("OIL"), theirs):
        for response in (
            member.get(f"/api/skus/{id}/bom"),
            replace(member, id, {"materialId": material("OIL"), "quantity": 1}),
            member.delete(f"/api/boms/{id}"),
        ):
            assert (response.status_code, error_code(response)) == (404, "not_found")


def test_delete_bom_leaves_the_sku_and_what_uses_it(member: Api, sku: Named, material: Named) -> None:
    create(member, sku("BAR"), {"materialId": material("OIL"), "quantity": 1})
    gift = create(member, sku("GIFT"), {"inputSkuId": sku("BAR"), "quantity": 3}).json()
    assert member.delete(f"/api/boms/{sku('BAR')}").json() == {"deletedId": sku("BAR")}
    assert member.delete(f"/api/boms/{sku('BAR')}").status_code == 404
    assert member.get(f"/api/skus/{sku('BAR')}").status_code == 200
    assert member.get(f"/api/skus/{sku('GIFT')}/bom").json() == gift
    assert create(member, sku("BAR"), {"materialId": material("LYE"), "quantity": 1}).status_code == 201


def test_boms_are_read_by_viewers_and_written_by_members(viewer: Api, member: Api, sku: Named, material: Named) -> None:
    item = {"materialId": material("OIL"), "quantity": 1}
    create(member, sku("BAR"), item)
    assert viewer.get("/api/boms").status_code == viewer.get(f"/api/skus/{sku('BAR')}/bom").status_code == 200
    for refused in (
        create(viewer, sku("GIFT"), item),
        replace(viewer, sku("BAR"), item),
        viewer.delete(f"/api/boms/{sku('BAR')}"),
    ):
        assert (refused.status_code, error_code(refused)) == (403, "forbidden")


def test_create_and_replace_bom_take_as_many_statements_for_a_thousand_lines_as_for_two(unit: Unit) -> None:
    counts = []
    for size in (2, 1000):
        output = factories.make_sku(unit.org_id)
        type_id = factories.make_sku_type(unit.org_id)
        items: list[BomItemInput] = [
            {"inputSkuId": factories.make_sku(unit.org_id, type_id=type_id), "quantity": 1} for _ in range(size - 1)
        ]
        items.append({"materialId": factories.make_material(unit.org_id), "quantity": 1})
        with statements() as creating:
            operations.create_bom({"outputSkuId": output, "items": items})
        with statements() as replacing:
            assert len(operations.replace_bom(output, {"outputSkuId": output, "items": items})["items"]) == size
        counts.append((len(creating), len(replacing)))
    assert counts[0] == counts[1] == (6, 6)
