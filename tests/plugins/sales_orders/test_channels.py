"""Order channels: what they have beside the operations of all lookup lists (tests/plugins/test_lookups.py)."""

from pharus.fields import new_id
from tests.api import error_code
from tests.plugins.sales_orders.selling import Selling

PATH = "/api/order-channels"


def test_reactivate_channel_opens_it_to_new_orders(selling: Selling) -> None:
    path = f"{PATH}/{selling.channel}"
    refused = selling.api.post(f"{path}/reactivate")
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert selling.api.patch(path, {"isActive": False}).status_code == 200
    assert selling.create().status_code == 409
    opened = selling.api.post(f"{path}/reactivate")
    assert (opened.status_code, opened.json()["isActive"]) == (200, True)
    assert selling.create().status_code == 201
    assert selling.api.post(f"{PATH}/{new_id()}/reactivate").status_code == 404


def test_channel_can_be_deleted_once_its_orders_are(selling: Selling) -> None:
    path = f"{PATH}/{selling.channel}"
    made = [selling.order(), selling.order()]
    refused = selling.api.delete(path)
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"] == {"references": {"soCount": 2}}
    for order in made:
        selling.api.delete(selling.path(order))
    assert selling.api.delete(path).status_code == 200
    assert selling.api.get(f"{path}/in-use").status_code == 404
