"""Timeline notes of sales orders."""

import pytest

from pharus.fields import new_id
from tests.api import Api, pointers
from tests.plugins.sales_orders.selling import Selling


def test_add_note_is_about_the_order_s_status_unless_told(selling: Selling) -> None:
    made = selling.order(status="Entered")
    path = f"{selling.path(made)}/timeline-notes"
    added = selling.api.post(path, {"body": "Handed to the carrier."})
    assert added.status_code == 201
    note = added.json()
    assert (note["salesOrderId"], note["orderStatus"], note["note"]) == (
        made["salesOrder"]["id"],
        "Entered",
        "Handed to the carrier.",
    )
    earlier = selling.api.post(path, {"body": "Before noon.", "statusAtTime": "Received"}).json()
    assert earlier["orderStatus"] == "Received"
    assert selling.api.get(path).json() == {"data": [earlier, note], "nextCursor": None}


def test_list_notes_comes_in_pages_newest_first(selling: Selling, viewer: Api) -> None:
    made, other = selling.order(), selling.order()
    path = f"{selling.path(made)}/timeline-notes"
    ids = [selling.api.post(path, {"body": f"{number}"}).json()["id"] for number in range(5)]
    selling.api.post(f"{selling.path(other)}/timeline-notes", {"body": "of another order"})
    seen, cursor = [], None
    while True:
        page = viewer.get(path, limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [note["id"] for note in page["data"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]


@pytest.mark.parametrize("body", ["", " \n\t", "x" * 10001])
def test_add_note_needs_a_body(selling: Selling, body: str) -> None:
    made = selling.order()
    refused = selling.api.post(f"{selling.path(made)}/timeline-notes", {"body": body})
    assert (refused.status_code, set(pointers(refused))) == (422, {"/body"})


def test_delete_note(selling: Selling) -> None:
    made = selling.order()
    path = f"{selling.path(made)}/timeline-notes"
    id = selling.api.post(path, {"body": "Wrong order"}).json()["id"]
    assert selling.api.delete(f"/api/sales-order-timeline-notes/{id}").json() == {"deletedId": id}
    assert selling.api.get(path).json()["data"] == []
    assert selling.api.delete(f"/api/sales-order-timeline-notes/{id}").status_code == 404


def test_notes_of_an_order_that_is_not_there_are_404(selling: Selling) -> None:
    path = f"/api/sales-orders/{new_id()}/timeline-notes"
    assert selling.api.get(path).status_code == 404
    assert selling.api.post(path, {"body": "x"}).status_code == 404
