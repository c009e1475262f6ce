"""Order channels: a lookup list that can be opened again."""

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code
from tests.plugins.sales_orders.selling import Selling

PATH = "/api/order-channels"


def test_channels_are_made_renamed_moved_and_deleted(admin: Api, viewer: Api) -> None:
    first, second = (admin.post(PATH, {"name": name}).json() for name in ("Web shop", "Trade fair"))
    assert (first["sortOrder"], second["sortOrder"], second["isActive"]) == (0, 1, True)
    taken = admin.post(PATH, {"name": "web SHOP"})
    assert (taken.status_code, error_code(taken)) == (409, "conflict")
    assert taken.json()["error"]["message"] == "another order channel has this name"
    moved = admin.patch(f"{PATH}/{second['id']}", {"name": "Fairs", "sortOrder": 0}).json()
    assert (moved["name"], moved["sortOrder"]) == ("Fairs", 0)
    assert [channel["name"] for channel in viewer.get(PATH).json()["data"]] == ["Fairs", "Web shop"]
    assert admin.delete(f"{PATH}/{first['id']}").json() == {"deletedId": first["id"]}
    assert [channel["name"] for channel in viewer.get(PATH).json()["data"]] == ["Fairs"]


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


def test_channel_in_use_counts_its_orders(selling: Selling) -> None:
    path = f"{PATH}/{selling.channel}"
    assert selling.api.get(f"{path}/in-use").json() == {"inUse": False, "soCount": 0}
    made = [selling.order(), selling.order()]
    selling.order(channelId=factories.make_order_channel(selling.organization.id))
    assert selling.api.get(f"{path}/in-use").json() == {"inUse": True, "soCount": 2}
    refused = selling.api.delete(path)
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"] == {"references": {"soCount": 2}}
    for order in made:
        selling.api.delete(selling.path(order))
    assert selling.api.delete(path).status_code == 200
    assert selling.api.get(f"{path}/in-use").status_code == 404
