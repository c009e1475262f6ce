"""Endpoints over HTTP: who may make them, where they may lead, and their secrets."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pharus.db import db
from tests import event_log, factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization
from tests.plugins.events.test_operations import follow, seen

PATH = "/api/webhook-endpoints"
BODY: dict[str, Any] = {"url": "https://hooks.example.com/pharus", "eventTypes": ["sales_order.shipped", "sku.*"]}


def make(admin: Api, **values: Any) -> dict[str, Any]:
    response = admin.post(PATH, {**BODY, **values})
    assert response.status_code == 201, response.text
    return dict(response.json())


def test_endpoint_is_made_listed_changed_and_deleted(admin: Api) -> None:
    made = make(admin, description="The web shop")["endpoint"]
    assert (made["url"], made["eventTypes"], made["description"]) == (*BODY.values(), "The web shop")
    assert (made["isActive"], made["pausedAt"], made["previousSecretEndsAt"]) == (True, None, None)
    other = make(admin, eventTypes=["*"])["endpoint"]
    assert admin.get(PATH).json() == {"data": [made, other]}
    path = f"{PATH}/{made['id']}"
    changed = admin.patch(path, {"eventTypes": ["vendor.*"], "isActive": False, "description": None}).json()
    assert {key for key in made if made[key] != changed[key]} == {"eventTypes", "isActive", "description", "updatedAt"}
    assert admin.get(path).json() == changed
    assert admin.delete(path).json() == {"deletedId": made["id"]}
    assert admin.get(path).status_code == 404
    assert admin.get(PATH).json() == {"data": [other]}


def test_secret_is_shown_once_and_is_nowhere_else(organization: Organization, admin: Api) -> None:
    made = make(admin)
    id, secret = made["endpoint"]["id"], made["secret"]
    assert make(admin)["secret"] != secret
    shown = [
        admin.get(PATH).text,
        admin.get(f"{PATH}/{id}").text,
        admin.patch(f"{PATH}/{id}", {"isActive": False}).text,
    ]
    assert [text for text in shown if "whsec_" in text] == []
    stored = "".join(row for (row,) in db.rows("SELECT webhook_endpoint::text FROM webhook_endpoint", ()))
    secret_id = db.row("SELECT secret_id FROM webhook_endpoint WHERE id = %s", (id,))[0]
    log = str(db.rows("SELECT e::text FROM event AS e WHERE org_id = %s", (organization.id,)))
    assert id in log
    for text in (stored, log):
        assert secret.removeprefix("whsec_") not in text
    assert secret_id not in log


def test_rotation_gives_another_secret_and_the_one_before_ends_when_it_says(
    organization: Organization, admin: Api
) -> None:
    made = make(admin)
    path = f"{PATH}/{made['endpoint']['id']}/rotate-secret"
    before = datetime.now(UTC)
    rotated = admin.post(path, {"previousValidHours": 2}).json()
    ends = datetime.fromisoformat(rotated["endpoint"]["previousSecretEndsAt"])
    assert timedelta(hours=2) <= ends - before < timedelta(hours=2, minutes=1)
    day = admin.post(path, {}).json()
    assert datetime.fromisoformat(day["endpoint"]["previousSecretEndsAt"]) - before > timedelta(hours=23)
    at_once = admin.post(path, {"previousValidHours": 0}).json()
    assert at_once["endpoint"]["previousSecretEndsAt"] is None
    assert len({made["secret"], rotated["secret"], day["secret"], at_once["secret"]}) == 4
    log = [event.after for event in event_log.events(organization.id) if event.type == "webhook_endpoint.updated"]
    assert [list(after or {}) for after in log] == [["rotatedAt"]] * 3
    assert admin.post(f"{PATH}/{organization.id}/rotate-secret", {}).status_code == 404


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost:8000/hook",
        "https://[::1]/",
        "http://10.1.2.3/",
        "http://192.168.0.1:8080/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0/",
    ],
)
def test_url_that_leads_into_a_private_or_local_network_is_refused(admin: Api, url: str) -> None:
    refused = admin.post(PATH, {**BODY, "url": url})
    assert (refused.status_code, pointers(refused)) == (422, ["/url"])
    id = make(admin)["endpoint"]["id"]
    assert pointers(admin.patch(f"{PATH}/{id}", {"url": url})) == ["/url"]


@pytest.mark.parametrize(
    "url",
    ["ftp://example.com/", "https://user:secret@example.com/", "https://example.com/#there", "https://[/", "//x", "x",
     "https://example.com:99999/", "https://example.com/with space", "https://hooks..example.com/",
     "https://" + "x" * 64 + ".example.com/"],
)  # fmt: skip
def test_url_that_is_none_is_refused(admin: Api, url: str) -> None:
    refused = admin.post(PATH, {**BODY, "url": url})
    assert (refused.status_code, pointers(refused)) == (422, ["/url"])


def test_type_of_event_that_there_is_not_is_refused(admin: Api) -> None:
    types = ["sales_order.shipped", "sales_order.shiped", "*", "secrets.*", "materials_ledger_entry.deleted"]
    refused = admin.post(PATH, {**BODY, "eventTypes": types})
    assert (refused.status_code, pointers(refused)) == (422, ["/eventTypes/1", "/eventTypes/3", "/eventTypes/4"])


def test_only_admins_see_and_change_endpoints(organization: Organization, admin: Api, as_role: AsRole) -> None:
    make(admin)
    member = as_role(organization, "member")
    assert member.get(PATH).status_code == 403
    assert member.post(PATH, BODY).status_code == 403
    seen(admin, 1, types="webhook_endpoint.*")
    assert follow(member, types="webhook_endpoint.*")[0] == []


def test_endpoint_that_is_activated_is_no_longer_paused(organization: Organization, admin: Api) -> None:
    id = factories.make_webhook_endpoint(organization.id, is_active=False, paused_at=datetime.now(UTC))
    assert admin.get(f"{PATH}/{id}").json()["pausedAt"] is not None
    assert admin.patch(f"{PATH}/{id}", {"description": "Ours"}).json()["pausedAt"] is not None
    assert admin.patch(f"{PATH}/{id}", {"isActive": True}).json()["pausedAt"] is None


def test_more_endpoints_than_the_server_allows_are_refused(organization: Organization, admin: Api) -> None:
    for _ in range(100):
        factories.make_webhook_endpoint(organization.id)
    refused = admin.post(PATH, BODY)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {"limit": 100, "used": 100}
