from decimal import Decimal

from pharus.db import Unit
from pharus.stock import StockEntry
from plugins.inventory import engine
from plugins.inventory.ledgers import MATERIALS
from plugins.inventory.postings import Posting
from tests import factories


def test_entries_of_the_inventory_hold_what_plugins_may_rely_on(unit: Unit) -> None:
    """What the protocols name must stay: a plugin of another distribution reads it."""
    org_id = unit.org_id
    item_id, location_id = factories.make_material(org_id), factories.make_location(org_id)
    posting = Posting(item_id, location_id, "RECEIVE", Decimal(5), ref="PO-1", source_type="manual")
    (entry,) = engine.post(MATERIALS, [posting])
    assert isinstance(entry, StockEntry)
    assert entry.ledger.item == "material"
    assert entry.code.startswith("MIL-")
    assert (entry.posted.posting.item_id, entry.posted.posting.location_id) == (item_id, location_id)
    assert (entry.posted.posting.event_type, entry.posted.posting.ref) == ("RECEIVE", "PO-1")
    assert (entry.posted.posting.source_type, entry.posted.posting.source_id, entry.posted.posting.line_id) == (
        "manual", None, None,
    )  # fmt: skip
    assert entry.posted.posting.event_date == unit.now
    assert entry.posted.posting.to_location_id is None
    assert entry.posted.effect.on_hand == entry.posted.posting.quantity == 5
    assert (entry.posted.effect.on_order, entry.posted.effect.in_transit) == (0, 0)
    (undone,) = engine.post(MATERIALS, [entry.posted.reverse()])
    assert undone.posted.posting.reverses is not None
    assert undone.posted.posting.reverses.id == entry.posted.id
    assert undone.posted.effect.on_hand == -5
