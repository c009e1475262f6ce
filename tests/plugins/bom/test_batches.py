"""BOMs that are for a batch: its size, what comes out of it, what is lost of its inputs, and what comes out besides."""

import httpx
import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization
from tests.plugins.bom.conftest import Named

Json = dict[str, object]


def bom(sku: Named, material: Named, **values: object) -> Json:
    items: list[Json] = [{"materialId": material("OIL"), "quantity": "12.5", "scrapPercent": "2.5"}]
    return {"outputSkuId": sku("BAR"), "items": items, **values}


def by_product(sku: Named, code: str = "CRUMBS", quantity: object = "3", share: object = "12.5") -> Json:
    return {"byProductSkuId": sku(code), "quantity": quantity, "costSharePercent": share}


def create(member: Api, body: Json) -> httpx.Response:
    return member.post("/api/boms", body)


def replace(member: Api, body: Json) -> httpx.Response:
    return member.patch(f"/api/boms/{body['outputSkuId']}", body)


def header(response: httpx.Response) -> tuple[str, ...]:
    shown = response.json()
    return shown["batchSize"], shown["yieldPercent"], shown["costSharePercent"]


def test_bom_without_a_batch_is_for_one_unit(member: Api, sku: Named, material: Named) -> None:
    created = create(member, {"outputSkuId": sku("BAR"), "items": [{"materialId": material("OIL"), "quantity": 1}]})
    assert header(created) == ("1", "100", "100")
    assert created.json()["byProducts"] == []
    assert created.json()["items"][0]["scrapPercent"] == "0"


def test_bom_of_a_batch_is_shown_as_it_was_sent(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    besides = [by_product(sku), by_product(sku, "BROKEN", 1, 0)]
    created = create(member, bom(sku, material, batchSize=200, yieldPercent="96", byProducts=besides))
    assert created.status_code == 201
    assert header(created) == ("200", "96", "87.5")
    shown = created.json()
    assert shown["items"][0]["scrapPercent"] == "2.5"
    assert [(each["byProductSkuId"], each["quantity"], each["costSharePercent"]) for each in shown["byProducts"]] == [
        (sku("CRUMBS"), "3", "12.5"),
        (sku("BROKEN"), "1", "0"),
    ]
    assert {(each["orgId"], each["skuId"]) for each in shown["byProducts"]} == {(organization.id, sku("BAR"))}
    assert member.get(f"/api/skus/{sku('BAR')}/bom").json() == shown


@pytest.mark.parametrize(
    ("own", "others", "refused"),
    [
        (None, ["60", "40"], []),
        ("0", ["60", "40"], []),
        ("0.000001", ["60", "39.999999"], []),
        (None, ["60", "40.000001"], ["/byProducts"]),
        ("0.000001", ["60", "40"], ["/costSharePercent"]),
        ("99.999999", [], ["/costSharePercent"]),
        ("100", [], []),
        (None, ["100.000001"], ["/byProducts/0/costSharePercent"]),
        (None, ["-1"], ["/byProducts/0/costSharePercent"]),
    ],
)
def test_parts_of_the_cost_are_exactly_the_whole(
    member: Api, sku: Named, material: Named, own: str | None, others: list[str], refused: list[str]
) -> None:
    besides = [by_product(sku, f"S{number}", 1, share) for number, share in enumerate(others)]
    own_share = {} if own is None else {"costSharePercent": own}
    response = create(member, bom(sku, material, byProducts=besides, **own_share))
    assert pointers(response) == refused if refused else response.status_code == 201, response.text


@pytest.mark.parametrize(
    ("key", "value"),
    [("batchSize", 0), ("batchSize", "-1"), ("yieldPercent", "0"), ("yieldPercent", "0.0000001"), ("batchSize", None)],
)
def test_batch_is_refused_that_nothing_comes_out_of(
    member: Api, sku: Named, material: Named, key: str, value: object
) -> None:
    assert set(pointers(create(member, bom(sku, material, **{key: value})))) == {f"/{key}"}


def test_by_products_that_are_wrong_by_themselves_are_all_named(member: Api, sku: Named, material: Named) -> None:
    body = bom(sku, material, byProducts=[by_product(sku, code, 1, 1) for code in ("BAR", "A", "IN", "A", "B")])
    body["items"] = [{"inputSkuId": sku("IN"), "quantity": 1}]
    assert pointers(create(member, body)) == [f"/byProducts/{number}/byProductSkuId" for number in (0, 2, 3)]


def test_by_products_must_exist_and_be_active(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    elsewhere = factories.make_sku(factories.make_organization().id)
    named = {"byProductSkuId": elsewhere, "quantity": 1, "costSharePercent": 1}
    assert create(member, bom(sku, material, byProducts=[named])).status_code == 404
    named["byProductSkuId"] = factories.make_sku(organization.id, is_active=False)
    assert error_code(create(member, bom(sku, material, byProducts=[named]))) == "conflict"


def test_replace_keeps_what_it_does_not_name(member: Api, sku: Named, material: Named) -> None:
    create(member, bom(sku, material, batchSize=200, yieldPercent="96", byProducts=[by_product(sku)]))
    replaced = replace(member, bom(sku, material))
    assert header(replaced) == ("200", "96", "87.5")
    assert len(replaced.json()["byProducts"]) == 1
    assert header(replace(member, bom(sku, material, yieldPercent="95"))) == ("200", "95", "87.5")
    emptied = replace(member, bom(sku, material, byProducts=[], batchSize=1))
    assert header(emptied) == ("1", "95", "100")
    assert emptied.json()["byProducts"] == []


def test_replace_holds_the_parts_of_the_cost_against_those_that_stay(member: Api, sku: Named, material: Named) -> None:
    create(member, bom(sku, material, byProducts=[by_product(sku)]))
    assert pointers(replace(member, bom(sku, material, costSharePercent="100"))) == ["/costSharePercent"]
    assert replace(member, bom(sku, material, costSharePercent="87.5")).status_code == 200


def test_delete_takes_the_batch_along(member: Api, sku: Named, material: Named) -> None:
    create(member, bom(sku, material, batchSize=200, byProducts=[by_product(sku)]))
    assert member.delete(f"/api/boms/{sku('BAR')}").status_code == 200
    assert header(create(member, bom(sku, material))) == ("1", "100", "100")
    assert member.get(f"/api/skus/{sku('BAR')}/bom").json()["byProducts"] == []


def test_sku_that_is_a_by_product_is_in_use(admin: Api, sku: Named, material: Named) -> None:
    create(admin, bom(sku, material, byProducts=[by_product(sku)]))
    refused = admin.delete(f"/api/skus/{sku('CRUMBS')}")
    assert error_code(refused) == "in_use"
    assert refused.json()["error"]["details"]["references"]["bomCount"] == 1


def test_by_product_that_is_an_input_of_itself_is_a_loop(member: Api, sku: Named, material: Named) -> None:
    """A bar of base leaves crumbs; base that is made of crumbs would make crumbs of themselves."""
    body = bom(sku, material, byProducts=[by_product(sku)])
    body["items"] = [{"inputSkuId": sku("BASE"), "quantity": 1}]
    assert create(member, body).status_code == 201
    closing = create(member, {"outputSkuId": sku("BASE"), "items": [{"inputSkuId": sku("CRUMBS"), "quantity": 1}]})
    assert error_code(closing) == "conflict"
    assert closing.json()["error"]["details"]["path"] == ["BASE", "CRUMBS", "BASE"]


def test_by_product_that_would_close_a_loop_is_refused(member: Api, sku: Named, material: Named) -> None:
    """The same from the other end, and when the by-product is one that stays."""
    create(member, {"outputSkuId": sku("BASE"), "items": [{"inputSkuId": sku("CRUMBS"), "quantity": 1}]})
    body = bom(sku, material, byProducts=[by_product(sku)])
    of_base: Json = {**body, "items": [{"inputSkuId": sku("BASE"), "quantity": 1}]}
    refused = create(member, of_base)
    assert refused.json()["error"]["details"]["path"] == ["CRUMBS", "BASE", "CRUMBS"]
    assert create(member, body).status_code == 201
    del of_base["byProducts"]
    assert replace(member, of_base).json()["error"]["details"]["path"] == ["CRUMBS", "BASE", "CRUMBS"]
    of_crumbs: Json = {**of_base, "items": [{"inputSkuId": sku("CRUMBS"), "quantity": 1}]}
    assert replace(member, of_crumbs).json()["error"]["details"]["path"] == ["CRUMBS", "CRUMBS"]
