"""The token of an invitation lets somebody in: the table holds only its hash, and the log nothing of it."""

from datetime import UTC, datetime, timedelta

import pytest

from pharus import db, migrations
from pharus.fields import new_id
from pharus.identity import Actor, Role
from plugins import manager
from plugins.platform import invitations
from tests import factories
from tests.api import Api
from tests.plugins.platform.tables import execute, rows
from tests.server import Server

INVITATIONS = "/api/organizations/current/invitations"


def test_table_holds_no_token_and_the_organization_is_shown_it_all_the_same(owner: Api) -> None:
    body = {"email": f"{factories.unique('guest')}@example.com", "role": "viewer"}
    sent = owner.post(INVITATIONS, body).json()
    [(stored,)] = rows("SELECT invitation::text FROM invitation WHERE id = %s", sent["id"])
    assert sent["token"] not in stored
    assert [each["token"] for each in owner.get(INVITATIONS).json()["data"]] == [sent["token"]]
    assert owner.post(f"{INVITATIONS}/{sent['id']}/resend").json()["token"] == sent["token"]


def test_token_that_is_looked_up_does_not_stand_in_the_log(server: Server, anonymous: Api) -> None:
    token = factories.unique("inv_secret")
    anonymous.get(f"/api/invitations/by-token/{token}")
    assert token not in server.read_log()
    assert "/api/invitations/by-token/…" in server.read_log()


def test_token_of_an_earlier_version_works_until_the_invitation_is_sent_again(scratch: str) -> None:
    every = migrations.read(manager.sources(manager.load(())))
    migrations.apply([each for each in every if each.name < "0003" or each.source != "plugins.platform"])
    org_id, id, email = new_id(), new_id(), "guest@example.com"
    execute("INSERT INTO organization (id, name, slug) VALUES (%s, 'Maker', 'maker')", org_id)
    execute(
        "INSERT INTO invitation (org_id, id, email, role, token, expires_at) VALUES (%s, %s, %s, 'viewer', %s, %s)",
        *(org_id, id, email, "inv_of_an_earlier_version", datetime.now(UTC) + timedelta(days=1)),
    )
    assert migrations.apply(every) > 0
    acting = Actor("ada", "ada@example.com", True, None, org_id, Role.owner)
    with db.unit_of_work(acting):
        assert [each["token"] for each in invitations.all_of_organization()] == [""]
        with db.platform_role():
            assert invitations.find("inv_of_an_earlier_version").id == id
        renewed = invitations.renew(id)
        with db.platform_role():
            assert invitations.find(renewed["token"]).id == id
            with pytest.raises(invitations.NotFound):
                invitations.find("inv_of_an_earlier_version")
