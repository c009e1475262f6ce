"""Orders of both kinds: created, shown, moved through their statuses, deleted."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharus.fields import new_id
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from tests import factories
from tests.api import error_code, pointers
from tests.days import today
from tests.plugins.manufacturing.making import Making


def taken(making: Making, made: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """Quantities of the inputs by name."""
    names = {id: name for name, id in making.ids.items()}
    return {names[each.get("inputSkuId") or each["materialId"]]: each["quantity"] for each in made["inputs"]}


def test_work_order_takes_its_bom_one_level_deep(assembling: Making) -> None:
    made = assembling.order(assembling.line("box", 40), orderDate="2026-03-09", status="Entered", notes="Market")
    assert taken(assembling, made) == {"bar": "80", "carton": "40"}
    order = made["workOrder"]
    assert order["woNumber"].startswith(f"WO-{datetime.now(UTC).year}-")
    assert (order["workSiteId"], order["notes"]) == (assembling.location, "Market")
    assert (order["placedAt"], order["enteredAt"], order["draftAt"]) == ("2026-03-09", str(today()), None)
    (item,) = made["items"]
    assert (item["workOrderId"], item["quantity"], item["conversionCost"]) == (order["id"], 40, "0.75")
    assert {each["workOrderItemId"] for each in made["inputs"]} == {item["id"]}
    assert assembling.get(made) == made


def test_production_order_takes_raw_materials_summed(manufacturing: Making) -> None:
    manufacturing.sku("crate", box=3, bar=1, oil="0.1")
    made = manufacturing.order(manufacturing.line("crate", 10, 4.8), status="Entered")
    # 3 boxes of 2 bars and one bar more are 7 bars.
    assert taken(manufacturing, made) == {"oil": "36", "lye": "17.5", "carton": "30"}
    order = made["productionOrder"]
    assert order["prodNumber"].startswith(f"PROD-{datetime.now(UTC).year}-")
    assert (order["locationId"], made["items"][0]["productionCost"]) == (manufacturing.location, "4.8")
    keys = {"id", "orgId", "productionOrderItemId", "materialId", "quantity", "quantityVariance"}
    assert set(made["inputs"][0]) == keys
    assert manufacturing.get(made) == made


def test_cost_not_given_is_zero_or_not_known(assembling: Making, manufacturing: Making) -> None:
    assert assembling.order(assembling.line(cost=""))["items"][0]["conversionCost"] == "0"
    assert manufacturing.order(manufacturing.line(cost=""))["items"][0]["productionCost"] is None
    assert manufacturing.order(manufacturing.line(cost=None))["items"][0]["productionCost"] is None


def test_numbers_are_counted_by_kind(assembling: Making, manufacturing: Making) -> None:
    numbers = [assembling.order()["order"]["woNumber"], manufacturing.order()["order"]["prodNumber"]]
    assert [number[-4:] for number in numbers] == ["0001", "0001"]


def test_later_edits_of_a_bom_change_nothing(making: Making) -> None:
    made = making.order(making.line("bar", 10))
    path = f"/api/boms/{making.ids['bar']}"
    changed = {"outputSkuId": making.ids["bar"], "items": [{"materialId": making.ids["carton"], "quantity": 9}]}
    assert making.api.patch(path, changed).status_code == 200
    assert making.get(made)["inputs"] == made["inputs"]
    detail = making.api.patch(making.item_path(made["items"][0]), {"quantity": 20}).json()
    assert taken(making, detail) == {"oil": "10", "lye": "5"}
    assert making.api.delete(path).status_code == 200
    assert making.receive(made, 1).json()["error"]["details"]["itemId"] == making.ids["oil"]


def test_rescaling_does_not_drift(making: Making) -> None:
    """What is shown is rounded; what is scaled is not."""
    making.sku("third", oil="0.333333")
    making.sku("ninth", third="0.333333")
    made = making.order(making.line("ninth", 1), status="Draft")
    path = making.item_path(made["items"][0])
    exact = Decimal("0.333333") if making.kind.source == "wo" else Decimal("0.333333") ** 2
    for quantity in (1, 7, 3, 10**9, 1):
        (only,) = making.api.patch(path, {"quantity": quantity}).json()["inputs"]
        assert Decimal(only["quantity"]) == round(exact * quantity, 6)


def test_so_little_that_it_rounds_away_is_the_least_that_can_be_kept(manufacturing: Making) -> None:
    manufacturing.sku("drop", oil="0.0001")
    manufacturing.sku("trace", drop="0.0001")
    manufacturing.sku("hint", trace="0.0001")
    made = manufacturing.order(manufacturing.line("hint", 1))
    assert taken(manufacturing, made) == {"oil": "0.000001"}
    # A million of them take as much, and ten million a round number again.
    path = manufacturing.item_path(made["items"][0])
    for quantity, expected in ((10**6, "0.000001"), (10**7, "0.00001")):
        detail = manufacturing.api.patch(path, {"quantity": quantity}).json()
        assert taken(manufacturing, detail) == {"oil": expected}


def test_quantity_that_cannot_be_kept_is_409(making: Making) -> None:
    making.sku("heavy", oil="999999999999.999999")
    assert making.order(making.line("heavy", 1), status="Draft")["inputs"][0]["quantity"] == "999999999999.999999"
    refused = making.api.post(making.root, making.body(making.line("heavy", 2)))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    made = making.order(making.line("heavy", 1), making.line(), status="Draft")
    refused = making.api.patch(making.item_path(made["items"][0]), {"quantity": 2})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert making.get(made) == made


def test_output_without_a_bom_is_409(making: Making) -> None:
    making.sku("plain")
    refused = making.api.post(making.root, making.body(making.line("plain")))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert making.ids["plain"] in refused.json()["error"]["message"]


def test_sub_assembly_without_a_bom_is_409_for_production_only(assembling: Making, manufacturing: Making) -> None:
    for making, status in ((assembling, 201), (manufacturing, 409)):
        making.sku("wax")
        making.sku("candle", oil=1, wax=1)
        making.sku("set", candle=1)
        assert making.api.post(making.root, making.body(making.line("set"))).status_code == status


@pytest.mark.parametrize("missing", ["location", "sku"])
def test_create_with_what_does_not_exist_is_404(making: Making, missing: str) -> None:
    body = making.body(**{making.location_key: new_id()} if missing == "location" else {})
    if missing == "sku":
        body["items"].append({"skuId": new_id(), "quantity": 1})
    assert making.api.post(making.root, body).status_code == 404


@pytest.mark.parametrize("table", ["location", "sku"])
def test_create_with_what_is_deactivated_is_409(making: Making, table: str) -> None:
    org_id = making.org_id
    if table == "location":
        body = making.body(**{making.location_key: factories.make_location(org_id, is_active=False)})
    else:
        making.ids["old"] = factories.make_sku(org_id, is_active=False)
        making.bom("old", oil=1)
        body = making.body(making.line("old"))
    refused = making.api.post(making.root, body)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_sku_that_comes_twice_is_422(making: Making) -> None:
    twice = making.line()
    twice["skuId"] = twice["skuId"].upper()
    refused = making.api.post(making.root, making.body(making.line(), making.line("box"), twice))
    assert (refused.status_code, pointers(refused)) == (422, ["/items/2/skuId"])


@pytest.mark.parametrize(
    ("status", "output", "oil"),
    [
        ("Draft", {}, {}),
        ("Entered", {"onOrder": "10"}, {"demand": "5"}),
        ("Placed", {"onOrder": "10"}, {"demand": "5"}),
        ("Production", {"onOrder": "10"}, {"allocated": "5"}),
        ("In Transit", {"onOrder": "10"}, {"allocated": "5"}),
        ("Partial", {"onOrder": "10"}, {"allocated": "5"}),
        ("Received", {}, {}),
        ("Completed", {}, {}),
        ("Cancelled", {}, {}),
    ],
)
def test_order_created_at_any_status_commits_what_the_status_says(
    making: Making, status: str, output: dict[str, str], oil: dict[str, str]
) -> None:
    making.order(status=status)
    assert (making.stock("bar"), making.stock("oil")) == (output, oil)
    assert making.discrepancies() == []


def test_sub_assemblies_are_held_in_the_ledger_of_finished_goods(assembling: Making) -> None:
    made = assembling.order(assembling.line("box", 3), status="Production")
    assert assembling.stock("bar") == {"allocated": "6"}
    assert assembling.stock("carton") == {"allocated": "3"}
    assert assembling.stock("box") == {"onOrder": "3"}
    rows = assembling.entries(made, FINISHED_GOODS)
    assert sorted((row["eventType"], row["sourceType"]) for row in rows) == [
        ("ALLOCATE", "wo_input"),
        ("DEMAND", "wo_input"),
        ("ORDER", "wo_item"),
    ]
    assert {row["sourceId"] for row in rows} == {made["items"][0]["id"], made["inputs"][0]["id"]}


def test_source_types_are_those_of_the_kind(making: Making) -> None:
    made = making.order(status="Entered")
    source = making.kind.source
    assert {row["sourceType"] for row in making.entries(made, FINISHED_GOODS)} == {f"{source}_item"}
    assert {row["sourceType"] for row in making.entries(made, MATERIALS)} == {f"{source}_input"}


def test_status_leads_commitments_and_dates_there_and_back(making: Making) -> None:
    made = making.order(status="Draft", orderDate="2026-01-05")
    steps = (
        ("Entered", "demand"),
        ("Placed", "demand"),
        ("Production", "allocated"),
        ("In Transit", "allocated"),
        ("Production", "allocated"),
        ("Placed", "demand"),
        ("Entered", "demand"),
        ("Draft", None),
    )
    for status, amount in steps:
        assert making.update(made, status=status).json()["status"] == status
        assert making.stock("oil") == ({amount: "5"} if amount else {})
        assert making.stock("bar") == ({"onOrder": "10"} if amount else {})
    order = making.get(made)["order"]
    assert (order["draftAt"], order["enteredAt"], order["placedAt"], order["productionStartedAt"]) == (
        str(today()),
        None,
        None,
        None,
    )
    assert making.discrepancies() == []


def test_same_status_again_writes_nothing(making: Making) -> None:
    made = making.order(status="Production")
    before = making.entries(made, MATERIALS)
    assert making.update(made, status="Production").status_code == 200
    assert making.entries(made, MATERIALS) == before


def test_step_that_the_map_does_not_know_is_409(making: Making) -> None:
    refused = making.update(making.order(status="Draft"), status="Production")
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert refused.json()["error"]["details"] == {
        "from": "Draft",
        "to": "Production",
        "allowed": ["Entered", "Placed", "Cancelled"],
    }


@pytest.mark.parametrize("status", ["Completed", "Cancelled"])
def test_ended_order_stays_ended(making: Making, status: str) -> None:
    refused = making.update(making.order(status=status), status="Draft")
    assert refused.json()["error"]["details"]["allowed"] == []


def test_placed_at_wins_over_order_date(making: Making) -> None:
    made = making.order(status="Draft")
    both = making.update(made, placedAt="2026-02-03", orderDate="2026-02-01").json()
    assert both["placedAt"] == "2026-02-03"
    assert making.update(made, orderDate="2026-02-01", placedAt="2026-02-04").json()["placedAt"] == "2026-02-04"
    assert making.update(made, orderDate="2026-02-05T23:59:00-08:00").json()["placedAt"] == "2026-02-05"


def test_update_changes_only_what_is_sent(making: Making) -> None:
    made = making.order(status="Draft", notes="Soap", expectedDeliveryDate="2026-05-01")
    assert making.update(made).json() == made["order"]
    after = making.update(made, notes=None, status="Placed", placedAt="2026-04-01", draftAt=None).json()
    assert (after["notes"], after["expectedDeliveryDate"]) == (None, "2026-05-01")
    assert (after["placedAt"], after["draftAt"]) == ("2026-04-01", None)


def test_order_that_moves_takes_its_commitments_along(making: Making) -> None:
    made = making.order(status="Production")
    other = factories.make_location(making.org_id)
    assert making.update(made, **{making.location_key: other}).json()[making.kind.location_key] == other
    assert (making.stock("oil"), making.stock("bar")) == ({}, {})
    assert (making.stock("oil", other), making.stock("bar", other)) == ({"allocated": "5"}, {"onOrder": "10"})
    assert making.discrepancies() == []


def test_order_keeps_its_location_when_that_is_deactivated_and_takes_no_other_such(making: Making) -> None:
    made = making.order()
    making.api.patch(f"/api/locations/{making.location}", {"isActive": False})
    assert (
        making.update(made, **{making.location_key: making.location.upper(), "status": "Production"}).status_code == 200
    )
    closed = factories.make_location(making.org_id, is_active=False)
    refused = making.update(made, **{making.location_key: closed})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert making.update(made, **{making.location_key: new_id()}).status_code == 404


def test_delete_reverses_all_that_the_order_holds(making: Making) -> None:
    made = making.order(making.line("bar"), making.line("box", 2), status="Production")
    assert making.delete(made).json() == {"deletedId": made["order"]["id"]}
    for name in ("oil", "lye", "carton", "bar", "box"):
        assert making.stock(name) == {}
    assert making.api.get(f"{making.root}/{made['order']['id']}").status_code == 404
    assert making.api.patch(making.item_path(made["items"][0]), {"quantity": 1}).status_code == 404
    assert making.delete(made).status_code == 404
    assert making.discrepancies() == []


def test_delete_gives_back_what_receipts_consumed_and_takes_what_they_made(making: Making) -> None:
    making.have(oil=3, lye=2)
    before = making.value()
    made = making.order()
    making.receive(made, 4)
    making.receive(made, 5)
    assert making.delete(made).status_code == 200
    assert making.stock("oil") == {"onHand": "1000", "value": "3000"}
    assert making.stock("bar") == {}
    assert making.value() == before
    assert making.discrepancies() == []


def test_delete_is_409_when_what_was_made_is_gone(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = making.order()
    making.receive(made, 9)
    gone = {"skuId": making.ids["bar"], "locationId": making.location, "quantity": 1}
    assert making.api.post("/api/finished-goods-inventory/disposals", gone).status_code == 201
    refused = making.delete(made)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"]["itemId"] == making.ids["bar"]
    assert making.status(made) == "Partial"


def test_what_orders_refer_to_cannot_be_deleted(assembling: Making, manufacturing: Making) -> None:
    for making in (assembling, manufacturing):
        making.order(making.line("box"))
        names = {"wo": "wo", "prod": "productionOrder"}
        prefix = names[making.kind.source]
        for path, expected in (
            (f"/api/locations/{making.location}", {f"{prefix}Count": 1}),
            (f"/api/materials/{making.ids['carton']}", {f"{prefix}InputCount": 1}),
            (f"/api/skus/{making.ids['box']}", {f"{prefix}LineCount": 1}),
        ):
            refused = making.api.delete(path)
            assert (refused.status_code, error_code(refused)) == (409, "in_use")
            assert expected.items() <= refused.json()["error"]["details"]["references"].items()
        counts = making.api.get(f"/api/locations/{making.location}/in-use").json()["references"]
        assert counts[f"{prefix}Count"] == 1
    bar = assembling.api.delete(f"/api/skus/{assembling.ids['bar']}").json()["error"]["details"]["references"]
    assert bar["woInputCount"] == 1


def test_dates_in_the_future_and_the_past_are_kept_as_given(making: Making) -> None:
    later = str(datetime.now(UTC).date() + timedelta(days=90))
    order = making.order(status="Placed", orderDate="1999-12-31", expectedDeliveryDate=later)["order"]
    assert (order["placedAt"], order["expectedDeliveryDate"]) == ("1999-12-31", later)


def test_status_types_come_in_the_order_of_life(making: Making) -> None:
    listed = making.api.get(f"{making.root[:-1]}-status-types").json()["data"]
    assert listed == [
        "Draft",
        "Entered",
        "Placed",
        "Production",
        "In Transit",
        "Partial",
        "Received",
        "Completed",
        "Cancelled",
    ]
