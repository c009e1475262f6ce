from decimal import Decimal
from pathlib import Path

import pytest

from handlers.cli import demo_organization
from pharus import storage
from pharus.db import db, unit_of_work
from pharus.errors import Unauthorized
from pharus.records import Records
from plugins.locations import models as location_models
from plugins.locations import schemas as location_schemas
from plugins.platform.access import ByToken
from plugins.vendors import models, schemas

vendors = Records(models.Vendor, schemas.Vendor)
locations = Records(location_models.Location, location_schemas.Location)


@pytest.fixture
def empty(migrated: str, tmp_path: Path) -> None:
    storage.install(storage.LocalStore(tmp_path / "documents", "http://127.0.0.1"))


def test_fill_makes_an_organization_with_records_and_a_token_of_its_owner(empty: None) -> None:
    made = demo_organization.fill()
    with unit_of_work(ByToken(made.token)) as unit:
        assert unit.org_id == made.org_id
        assert unit.actor.role is not None
        assert unit.actor.role.name == "owner"
        assert len(vendors.select()) >= 3
        places = locations.select("ORDER BY sort_order")
        assert [place["sortOrder"] for place in places] == list(range(len(places)))
        assert len(places) >= 3


def test_fill_shows_a_price_of_a_list_and_what_is_no_longer_used(empty: None) -> None:
    made = demo_organization.fill()
    with unit_of_work(ByToken(made.token)):
        boxes = db.rows(
            "SELECT i.unit_cost FROM purchase_order_item i JOIN material m ON m.id = i.material_id "
            "JOIN purchase_order o ON o.id = i.purchase_order_id "
            "WHERE m.material_code = 'BOX-GIFT' AND o.status = 'In Transit'"
        )
        assert boxes == [(Decimal("0.85"),)]
        drums = db.rows("SELECT price_per_unit FROM purchase_order_item WHERE unit = 'drum'")
        assert drums == [(Decimal(1320),)]
        held = db.rows(
            "SELECT b.on_hand FROM materials_balance b JOIN material m ON m.id = b.item_id WHERE NOT m.is_active"
        )
        assert held == [(Decimal(900),)]


def test_fill_again_makes_nothing_new_but_the_token(empty: None) -> None:
    first = demo_organization.fill()
    with unit_of_work(ByToken(first.token)):
        before = vendors.select()
    second = demo_organization.fill()
    assert (second.org_id, second.name) == (first.org_id, first.name)
    with unit_of_work(ByToken(second.token)):
        assert vendors.select() == before
    with pytest.raises(Unauthorized), unit_of_work(ByToken(first.token)):
        pass
    assert db.row("SELECT count(*) FROM organization") == (1,)


def test_fill_that_was_interrupted_begins_anew(empty: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from plugins.vendors import operations

    def fail(body: schemas.VendorCreate) -> schemas.Vendor:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(operations, "create_vendor", fail)
        with pytest.raises(KeyboardInterrupt):
            demo_organization.fill()
    made = demo_organization.fill()
    with unit_of_work(ByToken(made.token)):
        assert len(vendors.select()) >= 3
        assert len(locations.select()) == 3
