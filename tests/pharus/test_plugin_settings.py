from decimal import Decimal

from pharus import plugin_settings
from pharus.db import db, unit_of_work
from tests.factories import Organization, make_organization
from tests.pharus.acting import owner_of


def test_settings_are_the_defaults_until_they_are_set_and_the_organizations_own(organization: Organization) -> None:
    plugin_settings.install({"labels": {"days": 3, "printer": "here"}})
    with unit_of_work(owner_of(organization.id)):
        assert plugin_settings.of("labels") == {"days": 3, "printer": "here"}
        assert plugin_settings.replace("labels", {"days": 5}) == {"days": 5, "printer": "here"}
    with unit_of_work(owner_of(organization.id)):
        assert plugin_settings.of("labels") == {"days": 5, "printer": "here"}
        assert plugin_settings.of("other") == {}
        # All of them are set at once, and a decimal is a text, as in every answer.
        assert plugin_settings.replace("labels", {"least": Decimal("1.50")})["least"] == "1.5"
    with unit_of_work(owner_of(organization.id)):
        assert plugin_settings.of("labels") == {"days": 3, "printer": "here", "least": "1.5"}
    with unit_of_work(owner_of(make_organization().id)):
        assert plugin_settings.of("labels") == {"days": 3, "printer": "here"}
    plugin_settings.install({})


def test_what_is_set_is_in_the_log(organization: Organization) -> None:
    for days in (5, 6):
        with unit_of_work(owner_of(organization.id)):
            plugin_settings.replace("labels", {"days": days})
    logged = db.rows(
        "SELECT type, after::json->'value'->>'days', after::json->>'plugin' FROM event "
        "WHERE org_id = %s AND type LIKE 'plugin%%' ORDER BY seq",
        (organization.id,),
    )
    assert logged == [("plugin_setting.created", "5", "labels"), ("plugin_setting.updated", "6", "labels")]
