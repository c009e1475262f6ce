"""Batches come from what is posted: received, counted, moved, taken back."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

from contract.fixtures import Caller, Server

from tests.factories import (
    adjust,
    batch_balances,
    batches_of,
    dispose,
    make_arrival,
    make_location,
    make_material,
    make_sku,
)

BATCHES, SUGGESTION = "/api/x/batches/batches", "/api/x/batches/suggestion"


def suggested(owner: Caller, item_id: str, location_id: str, quantity: str) -> tuple[list[tuple[str, str]], str]:
    query = {"itemType": "material", "itemId": item_id, "locationId": location_id, "quantity": quantity}
    body = owner.get(SUGGESTION, **query).json()
    return [(batch["number"], batch["quantity"]) for batch in body["batches"]], body["missing"]


def transfer(owner: Caller, material_id: str, source: str, destination: str, quantity: float) -> str:
    body = {
        "materialId": material_id,
        "sourceLocationId": source,
        "destinationLocationId": destination,
        "quantity": quantity,
    }
    response = owner.post("/api/materials-inventory/transfers", body)
    assert response.status_code == 201, response.text
    ref: str = response.json()["ref"]
    return ref


def test_stock_that_comes_in_is_a_batch_with_what_was_announced(owner: Caller) -> None:
    location, oil, other = make_location(owner), make_material(owner), make_material(owner)
    arrival = make_arrival(owner, oil, supplierBatch="SAMPLE-1", expiresOn="2027-03-31")
    make_arrival(owner, oil, ref="PO-2026-9999", supplierBatch="SAMPLE-2")
    entries = [adjust(owner, oil, location, 10), adjust(owner, oil, location, 2.5), adjust(owner, other, location, 1)]
    first, second = batches_of(owner, oil)
    assert (first["number"], first["supplierBatch"], first["expiresOn"]) == (
        entries[0]["code"],
        "SAMPLE-1",
        "2027-03-31",
    )
    # The other announcement waits for its order.
    assert (second["number"], second["supplierBatch"], second["expiresOn"]) == (entries[1]["code"], None, None)
    assert batch_balances(owner, oil) == {first["number"]: {location: "10"}, second["number"]: {location: "2.5"}}
    found = {each["id"]: each["batchId"] for each in owner.get("/api/x/batches/arrivals").json()["data"]}
    assert found[arrival] == first["id"]
    (awaited,) = owner.get("/api/x/batches/arrivals", awaited="true").json()["data"]
    assert awaited["ref"] == "PO-2026-9999"


def test_goods_go_by_first_expiry_and_the_suggestion_says_so_before(owner: Caller) -> None:
    location, oil = make_location(owner), make_material(owner)
    for day in ("2027-06-30", "2027-01-31", None):
        make_arrival(owner, oil, expiresOn=day)
        adjust(owner, oil, location, 4)
    june, january, never = (batch["number"] for batch in batches_of(owner, oil))
    assert suggested(owner, oil, location, "6") == ([(january, "4"), (june, "2")], "0")
    assert suggested(owner, oil, location, "13") == ([(january, "4"), (june, "4"), (never, "4")], "1")
    dispose(owner, oil, location, 6)
    assert batch_balances(owner, oil) == {june: {location: "2"}, january: {}, never: {location: "4"}}
    # A corrected date changes what goes next.
    last = batches_of(owner, oil)[-1]
    assert owner.patch(f"{BATCHES}/{last['id']}", {"expiresOn": "2027-02-28"}).json()["expiresOn"] == "2027-02-28"
    assert suggested(owner, oil, location, "5") == ([(never, "4"), (june, "1")], "0")


def test_batches_travel_with_a_transfer(owner: Caller) -> None:
    here, there, oil = make_location(owner), make_location(owner), make_material(owner)
    for day in ("2027-06-30", "2027-01-31"):
        make_arrival(owner, oil, expiresOn=day)
        adjust(owner, oil, here, 4)
    june, january = (batch["number"] for batch in batches_of(owner, oil))
    ref = transfer(owner, oil, here, there, 5)
    assert batch_balances(owner, oil) == {june: {here: "3"}, january: {}}
    assert owner.post(f"/api/materials-inventory/transfers/{ref}/complete", {}).status_code == 201
    assert batch_balances(owner, oil) == {june: {here: "3", there: "1"}, january: {there: "4"}}
    assert [batch["number"] for batch in batches_of(owner, oil, locationId=here)] == [june]


def test_item_with_batches_is_in_use_or_takes_its_announcements_along(owner: Caller) -> None:
    location, oil, other = make_location(owner), make_material(owner), make_material(owner)
    adjust(owner, oil, location, 1)
    refused = owner.delete(f"/api/materials/{oil}")
    assert refused.status_code == 409
    assert refused.json()["error"]["details"]["references"]["batchCount"] == 1
    make_arrival(owner, other)
    assert owner.delete(f"/api/materials/{other}").status_code == 200
    assert owner.get("/api/x/batches/arrivals").json()["data"] == []


def test_deactivated_item_or_location_says_which_batches_are_there(owner: Caller) -> None:
    location, oil, other = make_location(owner), make_material(owner), make_material(owner)
    codes = [adjust(owner, material, location, 1)["code"] for material in (oil, other, oil)]
    dispose(owner, other, location, 1)
    for path in (f"/api/materials/{oil}", f"/api/locations/{location}"):
        answer = owner.patch(path, {"isActive": False}).json()["stillHolds"]
        assert (answer["batches"], answer["stockCount"]) == ([codes[0], codes[2]], 1)
    assert "stillHolds" not in owner.patch(f"/api/materials/{other}", {"isActive": False}).json()


def test_announcement_is_taken_back_until_its_goods_have_come(owner: Caller) -> None:
    location, oil = make_location(owner), make_material(owner)
    first, second = make_arrival(owner, oil), make_arrival(owner, oil)
    adjust(owner, oil, location, 1)
    assert owner.delete(f"/api/x/batches/arrivals/{first}").status_code == 409
    assert owner.delete(f"/api/x/batches/arrivals/{second}").json() == {"deletedId": second}


def test_what_does_not_exist_is_not_found(owner: Caller, stranger: Caller) -> None:
    location, theirs = make_location(owner), make_material(stranger)
    oil = make_material(owner)
    query = {"itemType": "material", "locationId": location, "quantity": "1"}
    assert owner.get(SUGGESTION, **query, itemId=theirs).status_code == 404
    assert owner.get(SUGGESTION, **{**query, "itemType": "sku"}, itemId=oil).status_code == 404
    assert owner.get(SUGGESTION, **{**query, "locationId": theirs}, itemId=oil).status_code == 404
    assert owner.post("/api/x/batches/arrivals", {"itemType": "material", "itemId": theirs}).status_code == 404
    adjust(stranger, theirs, make_location(stranger), 1)
    (batch,) = batches_of(stranger, theirs)
    for response in (owner.get(f"{BATCHES}/{batch['id']}"), owner.get(f"{BATCHES}/{batch['id']}/trace")):
        assert response.status_code == 404
    assert batches_of(owner, theirs) == []


def test_viewer_reads_and_only_members_announce(viewer: Caller, owner: Caller) -> None:
    oil = make_material(owner)
    assert viewer.post("/api/x/batches/arrivals", {"itemType": "material", "itemId": oil}).status_code == 403
    assert viewer.get(BATCHES).json() == {"data": [], "nextCursor": None}


def test_batch_of_a_sku_that_was_counted(owner: Caller) -> None:
    location, soap = make_location(owner), make_sku(owner)
    make_arrival(owner, soap, item_type="sku", expiresOn="2028-01-31")
    body = {"skuId": soap, "locationId": location, "quantity": 3}
    assert owner.post("/api/finished-goods-inventory/adjustments", body).status_code == 201
    (batch,) = batches_of(owner, soap)
    assert (batch["itemType"], batch["expiresOn"]) == ("sku", "2028-01-31")
    trace = owner.get(f"{BATCHES}/{batch['id']}/trace").json()
    assert (trace["batch"]["id"], trace["madeOf"], trace["madeInto"], trace["shipments"]) == (batch["id"], [], [], [])


def test_many_at_once_leave_nothing_that_does_not_add_up(owner: Caller, pharus_server: Server) -> None:
    """Four clients receive, use, send and complete the same goods at the same locations, always in other orders."""
    here, there = make_location(owner), make_location(owner)
    oils = [make_material(owner) for _ in range(2)]

    def work(number: int) -> Counter[int]:
        random, statuses, sent = Random(number), Counter[int](), list[str]()
        for _ in range(30):
            oil, (source, destination) = random.choice(oils), random.sample([here, there], 2)
            kind = random.choice(["adjustments", "disposals", "transfers", "complete", "arrivals"])
            body: dict[str, object] = {"materialId": oil, "quantity": random.randint(1, 5)}
            if kind == "complete":
                path = f"transfers/{sent.pop()}/complete" if sent else "transfers/TFR-MI-0/complete"
                response = owner.post(f"/api/materials-inventory/{path}", {})
            elif kind == "arrivals":
                day = f"2027-{random.randint(1, 12):02d}-15"
                body = {"itemType": "material", "itemId": oil, "expiresOn": day}
                response = owner.post("/api/x/batches/arrivals", body)
            elif kind == "transfers":
                body |= {"sourceLocationId": source, "destinationLocationId": destination}
                response = owner.post("/api/materials-inventory/transfers", body)
                sent += [response.json()["ref"]] if response.status_code == 201 else []
            else:
                response = owner.post(f"/api/materials-inventory/{kind}", {**body, "locationId": source})
            statuses[response.status_code] += 1
        return statuses

    with ThreadPoolExecutor(4) as pool:
        statuses = sum(pool.map(work, range(4)), Counter[int]())
    # Not enough on hand, or no such transfer: refusals of the inventory, none of ours.
    assert set(statuses) <= {201, 404, 409}
    assert statuses[201] >= 60
    checked = pharus_server.command("check")
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout


def test_batches_are_listed_as_everything_is(owner: Caller, stranger: Caller) -> None:
    location, oil, wax = make_location(owner), make_material(owner, name="Oil"), make_material(owner, name="Wax")
    for item in (oil, wax, oil):
        adjust(owner, item, location, 1)
    page = owner.get(BATCHES, sort="createdAt", count="true", expand="names", limit=2).json()
    assert [batch["itemName"] for batch in page["data"]] == ["Oil", "Wax"]
    assert page["total"] == {"count": 3, "atLeast": False}
    ids = [batch["id"] for batch in page["data"]]
    (last,) = owner.get(BATCHES, sort="createdAt", cursor=page["nextCursor"]).json()["data"]
    assert "itemName" not in last
    assert [batch["id"] for batch in owner.get(BATCHES, ids=",".join(ids)).json()["data"]] == ids[::-1]
    assert owner.get(BATCHES, cursor=page["nextCursor"]).status_code == 422
    assert stranger.get(BATCHES, ids=",".join(ids)).json()["data"] == []


def test_batch_is_sent_back_as_it_was_read(owner: Caller) -> None:
    location, oil = make_location(owner), make_material(owner)
    adjust(owner, oil, location, 1)
    (batch,) = batches_of(owner, oil)
    path = f"{BATCHES}/{batch['id']}"
    read = owner.get(path).json()
    changed = owner.patch(path, {**read, "notes": "Opened"})
    assert (changed.status_code, changed.json()["notes"]) == (200, "Opened")
    refused = owner.patch(path, {**owner.get(path).json(), "number": "another"})
    assert refused.status_code == 422
    assert [problem["path"] for problem in refused.json()["error"]["details"]] == ["/number"]
