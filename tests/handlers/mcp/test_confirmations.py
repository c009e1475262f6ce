"""Two steps: what is confirmed is exactly what was shown (docs/rules.md, Agents)."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pharus.db import db
from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.agent import Agent
from tests.handlers.mcp.conftest import AsAgent


def vendor(name: str = "Alder") -> dict[str, Any]:
    return {"operationId": "createVendor", "body": {"name": name, "notes": "by the river"}}


def vendors(organization: Organization) -> list[tuple[str, ...]]:
    return [tuple(row) for row in db.rows("SELECT name FROM vendor WHERE org_id = %s", (organization.id,))]


def test_first_it_is_shown_and_nothing_is_kept(agent: Agent, organization: Organization) -> None:
    shown = agent.call("call_operation", **vendor())
    assert shown["done"] is False
    assert shown["wouldChange"]["records"] == {"vendor.created": 1}
    (change,) = shown["wouldChange"]["changes"]
    assert (change["what"], change["after"]["name"]) == ("vendor.created", "⟦Alder⟧")
    assert vendors(organization) == []
    assert db.rows("SELECT FROM event WHERE org_id = %s AND type = 'vendor.created'", (organization.id,)) == []
    done = agent.call("call_operation", **vendor(), confirmation=shown["confirmation"])
    assert (done["done"], done["answer"]["name"]) == (True, "⟦Alder⟧")
    assert vendors(organization) == [("Alder",)]


def test_confirmed_twice_it_is_done_once(agent: Agent, organization: Organization) -> None:
    shown = agent.call("call_operation", **vendor())
    with ThreadPoolExecutor(3) as pool:
        answers = [
            pool.submit(agent.answer, "call_operation", **vendor(), confirmation=shown["confirmation"])
            for _ in range(3)
        ]
    assert len([each for each in answers if each.result().get("done")]) >= 1
    again = agent.call("call_operation", **vendor(), confirmation=shown["confirmation"])
    assert again["note"] == "this had been done before"
    assert vendors(organization) == [("Alder",)]


def test_a_confirmation_is_bound_to_arguments_tool_and_caller(
    as_agent: AsAgent, agent: Agent, organization: Organization
) -> None:
    given = agent.call("call_operation", **vendor())["confirmation"]
    others = [
        agent.call("call_operation", **vendor("Birch"), confirmation=given),
        as_agent().call("call_operation", **vendor(), confirmation=given),
        agent.call("call_operation", **vendor(), confirmation=given[:-2] + ("AA" if given[-2:] != "AA" else "BB")),
        agent.call("call_operation", **vendor(), confirmation="9" * 200),
        agent.call("call_operation", **vendor(), confirmation=""),
        # Who lengthens its time has another one.
        agent.call("call_operation", **vendor(), confirmation=f"9{given[1:]}"),
    ]
    assert {each["done"] for each in others} == {False}
    assert {each["why"][:37] for each in others} == {"this confirmation is not for this cal"}
    assert vendors(organization) == []


def test_an_expired_confirmation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from handlers.mcp import confirmations

    monkeypatch.setattr(confirmations.signing, "secret", lambda: b"secret")
    confirming = confirmations.Confirming(b"caller", "tool", {}, None)
    fingerprint = "a" * 64
    past = confirming._confirmation(fingerprint, 1_000_000_000)
    assert confirming._why_not(fingerprint, past) == "this confirmation has expired"
    lasting = confirming._confirmation(fingerprint, 9_000_000_000)
    assert confirming._why_not(fingerprint, lasting) == ""
    assert "not what was shown" in confirming._why_not("b" * 64, lasting)


def test_an_effect_that_has_become_another_one_is_shown_anew(as_agent: AsAgent, organization: Organization) -> None:
    """Between the two steps somebody else takes of the stock: the count would adjust something else."""
    agent = as_agent("admin")
    place = factories.make_location(organization.id)
    material = factories.make_material(organization.id)
    adjust = {
        "operationId": "adjustMaterialsInventory",
        "body": {"materialId": material, "locationId": place, "quantity": "10", "unitCost": "2"},
    }
    agent.confirm("call_operation", **adjust)
    count = {"item": "material", "itemId": material, "locationId": place, "counted": 8}
    first = agent.call("count_stock", **count)
    assert first["wouldChange"]["money"]["stockValue"] == "-4"
    agent.confirm("count_stock", **{**count, "counted": 9})
    second = agent.call("count_stock", **count, confirmation=first["confirmation"])
    assert (second["done"], second["why"]) == (False, "what would change is not what was shown any more")
    assert second["wouldChange"]["money"]["stockValue"] == "-2"
    third = agent.call("count_stock", **count, confirmation=second["confirmation"])
    assert (third["done"], third["changed"]["money"]["stockValue"]) == (True, "-2")
    assert agent.call("count_stock", **count)["note"] == "as many are there as were counted"


def test_a_token_may_skip_the_first_step(as_agent: AsAgent, organization: Organization) -> None:
    done = as_agent(skips_confirmation=True).call("call_operation", **vendor())
    assert (done["done"], done["changed"]["records"]) == (True, {"vendor.created": 1})
    assert vendors(organization) == [("Alder",)]


def test_what_is_refused_is_refused_in_the_first_step(as_agent: AsAgent, organization: Organization) -> None:
    viewer = as_agent("viewer")
    assert viewer.answer("call_operation", **vendor())["error"]["code"] == "forbidden"
    reader = as_agent("owner", scopes=["read"])
    assert "write:Vendors" in reader.answer("call_operation", **vendor())["error"]["message"]
    wrong = as_agent().answer("call_operation", operationId="createVendor", body={"nme": 5})["error"]
    assert (wrong["code"], {each["path"] for each in wrong["details"]}) == (
        "validation_failed",
        {"⟦/name⟧", "⟦/nme⟧"},
    )
    assert vendors(organization) == []


def test_without_the_scope_costs_no_money_is_told(as_agent: AsAgent, organization: Organization) -> None:
    agent = as_agent("admin", scopes=["read", "write"])
    place = factories.make_location(organization.id)
    order = {
        "vendorId": factories.make_vendor(organization.id),
        "targetType": "materials",
        "status": "Placed",
        "shipToLocationId": place,
        "items": [{"materialId": factories.make_material(organization.id), "quantity": 3, "unitCost": "7.77"}],
    }
    shown = agent.call("plan_purchase", **order)
    assert "money" not in shown["wouldChange"]
    assert "7.77" not in str(shown)
    done = agent.call("plan_purchase", **order, confirmation=shown["confirmation"])
    assert (done["done"], "7.77" in str(done)) == (True, False)
    assert "costs" in agent.answer("valuation")["error"]["message"]
