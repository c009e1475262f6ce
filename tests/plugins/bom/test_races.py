"""Edits of BOMs that really run at the same time: all wait for the turn of the table before any of them goes on."""

import httpx

from pharus.db import unit_of_work
from pharus.locks import advisory_lock
from tests import factories
from tests.api import Api, error_code
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.plugins.bom.conftest import Named
from tests.plugins.bom.test_boms import create, lines, replace
from tests.plugins.platform.together import together

# The lock that `advisory_lock("bom_item")` takes.
TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def turn(organization: Organization) -> tuple[str]:
    return (f"bom_item:{organization.id}",)


def statuses(*responses: httpx.Response) -> list[int]:
    return sorted(response.status_code for response in responses)


def test_two_boms_that_would_close_a_loop_together(member: Api, organization: Organization, sku: Named) -> None:
    a, b = sku("A"), sku("B")
    responses = together(
        TURN,
        turn(organization),
        lambda: create(member, a, {"inputSkuId": b, "quantity": 1}),
        lambda: create(member, b, {"inputSkuId": a, "quantity": 1}),
    )
    assert statuses(*responses) == [201, 409]
    (refused,) = (response for response in responses if response.status_code == 409)
    assert refused.json()["error"]["details"]["path"] in (["A", "B", "A"], ["B", "A", "B"])
    assert len(member.get("/api/boms").json()["data"]) == 1


def test_three_replacements_that_would_close_a_loop_together(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    oil = {"materialId": material("OIL"), "quantity": 1}
    codes = "ABC"
    for code in codes:
        create(member, sku(code), oil)

    def edit(code: str, used: str) -> httpx.Response:
        return replace(member, sku(code), oil, {"inputSkuId": sku(used), "quantity": 1})

    responses = together(
        TURN,
        turn(organization),
        *(lambda code=code, used=used: edit(code, used) for code, used in zip(codes, "BCA", strict=True)),
    )
    assert statuses(*responses) == [200, 200, 409]
    counts = [row["itemCount"] for row in member.get("/api/boms").json()["data"]]
    assert sorted(counts) == [1, 2, 2]


def test_create_bom_of_one_sku_at_once_succeeds_once(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    bar = sku("BAR")
    codes = ["OIL", "LYE", "BOX"]
    for code in codes:
        material(code)
    responses = together(
        TURN,
        turn(organization),
        *(lambda code=code: create(member, bar, {"materialId": material(code), "quantity": 1}) for code in codes),
    )
    assert statuses(*responses) == [201, 409, 409]
    (made,) = (response for response in responses if response.status_code == 201)
    assert member.get(f"/api/skus/{bar}/bom").json() == made.json()


def test_replace_bom_at_once_leaves_the_lines_of_one_of_them_whole(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    bar = sku("BAR")
    create(member, bar, {"materialId": material("OIL"), "quantity": 1})
    edits = [[{"materialId": material(f"{edit}-{line}"), "quantity": 1} for line in range(3)] for edit in range(4)]
    responses = together(
        TURN, turn(organization), *(lambda items=items: replace(member, bar, *items) for items in edits)
    )
    assert statuses(*responses) == [200] * 4
    stored = lines(member.get(f"/api/skus/{bar}/bom").json())
    assert stored in [lines(response.json()) for response in responses]


def test_delete_bom_while_it_is_replaced_is_not_told_that_there_is_none(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    bar = sku("BAR")
    create(member, bar, {"materialId": material("OIL"), "quantity": 1})
    lye = material("LYE")
    deleted, replaced = together(
        TURN,
        turn(organization),
        lambda: member.delete(f"/api/boms/{bar}"),
        lambda: replace(member, bar, {"materialId": lye, "quantity": 1}),
    )
    assert (deleted.status_code, replaced.status_code) in {(200, 200), (200, 404)}
    assert member.get(f"/api/skus/{bar}/bom").status_code == 404


def test_delete_material_while_a_bom_takes_it_leaves_no_line_without_it(
    admin: Api, organization: Organization, sku: Named, material: Named
) -> None:
    bar, oil = sku("BAR"), material("OIL")
    deleted, created = together(
        "SELECT FROM material WHERE org_id = %s AND id = %s FOR UPDATE",
        (organization.id, oil),
        lambda: admin.delete(f"/api/materials/{oil}"),
        lambda: create(admin, bar, {"materialId": oil, "quantity": 1}),
    )
    if created.status_code == 201:
        assert (deleted.status_code, error_code(deleted)) == (409, "in_use")
    else:
        assert (deleted.status_code, created.status_code) == (200, 404)


def test_edits_of_one_organization_do_not_hold_up_another(
    member: Api, organization: Organization, sku: Named, material: Named
) -> None:
    body = {"outputSkuId": sku("BAR"), "items": [{"materialId": material("OIL"), "quantity": 1}]}
    with unit_of_work(owner_of(factories.make_organization().id)):
        advisory_lock("bom_item")
        assert member.post("/api/boms", body).status_code == 201
