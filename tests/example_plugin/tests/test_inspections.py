"""What arrives is inspected: through HTTP, each test in an organization of its own."""

from typing import Any

import httpx
import pytest
from contract.fixtures import Caller, Server
from contract.plugin_jobs import run_job

from tests.factories import decide, inspections, make_order, receive

SETTINGS = "/api/x/inspections/settings"
DEFAULTS = {"certificateRequired": False, "daysToInspect": 14, "holdsBack": False}


def refusal(response: Any) -> tuple[int, dict[str, Any]]:
    return response.status_code, response.json()["error"]["details"]


def test_receipt_is_inspected_and_shows_it_wherever_it_is(owner: Caller) -> None:
    order = make_order(owner)
    received = receive(owner, order, " C-17 ")
    assert received.status_code == 201, received.text
    receipt = received.json()["receipt"]
    assert receipt["x-inspections"] == {"certificate": "C-17", "result": "pending"}
    (inspection,) = inspections(owner, expand="names", status="pending")
    assert (inspection["receiptId"], inspection["quantity"]) == (receipt["id"], "10")
    assert inspection["materialName"] == "Sample oil"
    decide(owner, passed=True)
    path = f"/api/purchase-orders/{order['purchaseOrder']['id']}/receipts"
    (listed,) = owner.get(path).json()["data"]
    assert listed["x-inspections"]["result"] == "passed"


def test_part_of_a_receipt_is_validated_as_the_rest_of_it(owner: Caller) -> None:
    order = make_order(owner)
    path = f"/api/purchase-orders/{order['purchaseOrder']['id']}/receipts"
    for part in ({"certificate": " "}, {}, {"certificate": "C", "more": 1}, "C"):
        response = owner.post(
            path, {"items": [{"poItemId": order["items"][0]["id"], "quantity": 1}], "x-inspections": part}
        )
        assert response.status_code == 422, response.text
        assert all(problem["path"].startswith("/x-inspections") for problem in response.json()["error"]["details"])
    assert inspections(owner) == []


def test_certificate_is_demanded_where_the_organization_says_so(owner: Caller, admin: Caller, member: Caller) -> None:
    assert admin.get(SETTINGS).json() == DEFAULTS
    assert member.get(SETTINGS).status_code == 403
    assert owner.put(SETTINGS, {**DEFAULTS, "certificateRequired": "yes", "daysToInspect": -1}).status_code == 422
    assert owner.put(SETTINGS, {**DEFAULTS, "certificateRequired": True}).status_code == 200
    order = make_order(owner)
    assert refusal(receive(owner, order, None)) == (
        409, {"plugin": "inspections", "code": "certificate_required"},
    )  # fmt: skip
    assert inspections(owner) == []
    assert receive(owner, order).status_code == 201


def test_what_is_not_inspected_is_not_used_and_what_failed_is_not_paid_for(owner: Caller) -> None:
    owner.put(SETTINGS, {**DEFAULTS, "holdsBack": True})
    order = make_order(owner)
    receive(owner, order)
    material, here = order["items"][0]["materialId"], order["purchaseOrder"]["shipToLocationId"]
    there = owner.post("/api/locations", {"name": "Elsewhere"}).json()["id"]
    body = {"materialId": material, "sourceLocationId": here, "destinationLocationId": there, "quantity": 1}
    status, details = refusal(owner.post("/api/materials-inventory/transfers", body))
    assert (status, details["plugin"], details["code"]) == (409, "inspections", "not_inspected")
    assert details["materialCode"] == owner.get(f"/api/materials/{material}").json()["materialCode"]
    path = f"/api/purchase-orders/{order['purchaseOrder']['id']}"
    assert refusal(owner.patch(path, {"status": "Paid"})) == (409, {"plugin": "inspections", "code": "not_passed"})
    decide(owner, passed=True)
    assert owner.post("/api/materials-inventory/transfers", body).status_code == 201
    assert owner.patch(path, {"status": "Paid"}).status_code == 200


def test_inspection_is_decided_once(owner: Caller) -> None:
    receive(owner, make_order(owner))
    decided = decide(owner, passed=False)
    assert (decided["status"], decided["decidedAt"] is not None) == ("failed", True)
    again = owner.post(f"/api/x/inspections/inspections/{decided['id']}/decision", {"passed": True})
    assert (again.status_code, again.json()["error"]["code"]) == (409, "invalid_transition")


def test_material_with_inspections_is_in_use_and_says_what_it_still_holds(owner: Caller) -> None:
    order = make_order(owner)
    receive(owner, order)
    path = f"/api/materials/{order['items'][0]['materialId']}"
    status, details = refusal(owner.delete(path))
    assert (status, details["references"]["inspectionCount"]) == (409, 1)
    assert owner.patch(path, {"isActive": False}).json()["stillHolds"]["openInspections"] == 1


def test_receipt_that_was_wrong_goes_with_its_inspections(owner: Caller) -> None:
    receipt = receive(owner, make_order(owner)).json()["receipt"]
    response = owner.delete(f"/api/purchase-order-receipts/{receipt['id']}")
    assert response.status_code == 200, response.text
    assert inspections(owner) == []


def test_inspections_that_wait_too_long_are_overdue_by_a_job_and_an_event(owner: Caller) -> None:
    receive(owner, make_order(owner))
    run_job(owner, "inspections", "overdue")
    assert [each["status"] for each in inspections(owner)] == ["pending"]
    owner.put(SETTINGS, {**DEFAULTS, "daysToInspect": 0})
    run_job(owner, "inspections", "overdue")
    assert [each["status"] for each in inspections(owner)] == ["overdue"]
    events = owner.get("/api/events", types="inspections_inspection.overdue", wait=20).json()["data"]
    assert [event["after"]["status"] for event in events] == ["overdue"]


def test_jobs_are_listed_and_run_by_admins_alone(owner: Caller, member: Caller) -> None:
    assert member.get("/api/x/inspections/jobs").status_code == 403
    assert owner.post("/api/x/inspections/jobs/none/run", {}).status_code == 404
    assert owner.get("/api/x/inspections/jobs").status_code == 200


@pytest.mark.parametrize(("file", "media_type"), [("index.html", "text/html"), ("page.js", "text/javascript")])
def test_page_is_in_the_console(pharus_server: Server, file: str, media_type: str) -> None:
    menu = httpx.get(f"{pharus_server.address}/console/plugins").json()["data"]
    assert [(entry["title"], entry["path"]) for entry in menu] == [
        ("Inspections", "console/plugins/inspections/index.html"),
    ]  # fmt: skip
    page = httpx.get(f"{pharus_server.address}/console/plugins/inspections/{file}")
    assert (page.status_code, page.headers["content-type"].split(";")[0]) == (200, media_type)
    assert "script-src 'self'" in page.headers["content-security-policy"]


def test_events_of_the_plugin_are_in_their_document(pharus_server: Server) -> None:
    written = pharus_server.command("asyncapi")
    assert '"inspections_inspection.overdue"' in written.stdout, written.stderr
