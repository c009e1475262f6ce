"""Fills the demo organization, once, and makes a token to call it with."""

from dataclasses import dataclass
from decimal import Decimal

from pharus import hooks
from pharus.db import unit_of_work
from pharus.demo_data import DemoData
from pharus.identity import Actor, Role
from plugins.locations import operations as locations
from plugins.platform import operations as platform

EMAIL = "demo@example.com"
NAME = "Example Soap Works"
SLUG = "example-soap-works"

_UID = "pharus-demo"
_LABEL = "demo"


@dataclass(frozen=True, slots=True)
class Made:
    """The demo organization and a personal access token of its owner, shown only now."""

    org_id: str
    name: str
    token: str


def fill() -> Made:
    """Make what is not there yet. The data is filled in one transaction: interrupted, it begins anew next time."""
    with unit_of_work(Actor(_UID, EMAIL, True)):
        user_id = platform.create_user({"email": EMAIL, "displayName": "Demo Owner"})["id"]
    owner = Actor(_UID, EMAIL, True, user_id)
    with unit_of_work(owner):
        org_id = _organization()
    with unit_of_work(Actor(_UID, EMAIL, True, user_id, org_id, Role.owner)):
        if not locations.list_locations()["data"]:
            platform.update_organization({"currency": "USD", "overReceiptTolerancePercent": Decimal(10)})
            hooks.hooks().fill_demo(demo_data=DemoData())
    with unit_of_work(owner):
        for token in platform.list_api_tokens()["data"]:
            if token["name"] == _LABEL and token["orgId"] == org_id:
                platform.revoke_api_token(token["id"])
        token_made = platform.create_api_token({"name": _LABEL, "orgId": org_id})
    return Made(org_id, NAME, token_made["plaintext"])


def _organization() -> str:
    for each in platform.get_user()["organizations"]:
        if each["slug"] == SLUG:
            return each["id"]
    return platform.create_organization({"name": NAME, "slug": SLUG})["organization"]["id"]
