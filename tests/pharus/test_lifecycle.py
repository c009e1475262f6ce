from datetime import date

import pytest

from pharus.db import TenantModel
from pharus.errors import InvalidTransition
from pharus.fields import BusinessDateField
from pharus.lifecycle import Lifecycle, Status

pytestmark = pytest.mark.no_database

TODAY = date(2026, 3, 2)
BEFORE = date(2026, 2, 1)

WALK = Lifecycle(
    {
        "Draft": Status(date_column="draft_at", next=("Placed", "Cancelled")),
        "Placed": Status(date_column="placed_at", next=("Draft", "Sent", "Disputed", "Cancelled")),
        "Disputed": Status(date_column="disputed_at", next=("Cancelled",), aside=True),
        "Sent": Status(date_column="sent_at", next=("Placed", "Done", "Disputed")),
        "Done": Status(date_column="done_at"),
        "Cancelled": Status(date_column="cancelled_at", aside=True),
    }
)


def test_refuse_step_names_what_is_allowed() -> None:
    with pytest.raises(InvalidTransition) as raised:
        WALK.refuse_step("Draft", "Done")
    assert raised.value.details == {"from": "Draft", "to": "Done", "allowed": ["Placed", "Cancelled"]}
    WALK.refuse_step("Draft", "Placed")
    WALK.refuse_step("Done", "Done")


def test_refuse_step_leaves_out_what_the_record_rules_out() -> None:
    with pytest.raises(InvalidTransition) as raised:
        WALK.refuse_step("Placed", "Draft", refused=("Draft",))
    assert raised.value.details["allowed"] == ["Sent", "Disputed", "Cancelled"]


def test_refuse_step_leads_back_to_the_status_that_is_interrupted() -> None:
    WALK.refuse_step("Disputed", "Sent", back_to="Sent")
    with pytest.raises(InvalidTransition) as raised:
        WALK.refuse_step("Disputed", "Placed", back_to="Sent")
    assert raised.value.details["allowed"] == ["Sent", "Cancelled"]


def test_is_end_is_a_status_that_nothing_follows() -> None:
    assert [status for status in WALK.statuses if WALK.is_end(status)] == ["Done", "Cancelled"]


def test_where_keeps_the_order_of_the_table() -> None:
    assert WALK.where(lambda status: "Disputed" in status.next) == ["Placed", "Sent"]


def test_successor_that_is_no_status_is_refused() -> None:
    with pytest.raises(AssertionError, match="Sent"):
        Lifecycle({"Draft": Status(date_column="draft_at", next=("Sent",))})


def test_add_columns_gives_the_model_those_it_lacks() -> None:
    class Walk(TenantModel):
        draft_at = BusinessDateField()

    declared = Walk.draft_at
    WALK.add_columns(Walk)
    assert {name for name in Walk._meta.columns if name.endswith("_at")} == {
        status.date_column for status in WALK.statuses.values()
    }
    assert Walk.draft_at is declared
    assert not Walk._meta.columns["draft_at"].null
    assert Walk._meta.columns["sent_at"].null


@pytest.mark.parametrize(
    ("before", "after", "record", "given", "changes"),
    [
        (None, "Placed", {}, (), {"placed_at": TODAY}),
        (None, "Placed", {}, ("placed_at",), {}),
        ("Draft", "Placed", {"draftAt": BEFORE, "placedAt": None}, (), {"placed_at": TODAY}),
        ("Draft", "Placed", {"placedAt": BEFORE}, (), {}),
        ("Placed", "Placed", {"placedAt": None}, (), {}),
        (
            "Sent",
            "Draft",
            {"draftAt": BEFORE, "placedAt": BEFORE, "sentAt": BEFORE},
            (),
            {"placed_at": None, "sent_at": None},
        ),
        ("Sent", "Placed", {"placedAt": BEFORE, "sentAt": BEFORE}, ("sent_at",), {}),
        ("Placed", "Disputed", {"placedAt": BEFORE}, (), {"disputed_at": TODAY}),
        ("Disputed", "Sent", {"sentAt": BEFORE, "disputedAt": BEFORE}, (), {"disputed_at": None}),
        ("Disputed", "Cancelled", {"disputedAt": BEFORE}, (), {"cancelled_at": TODAY}),
    ],
    ids=[
        "new",
        "new, with a date",
        "on",
        "on, known already",
        "the same again",
        "back two",
        "back, with a date",
        "aside",
        "from aside back",
        "from aside to aside",
    ],
)
def test_dates_stamp_what_is_entered_and_clear_what_is_left(
    before: str | None,
    after: str,
    record: dict[str, date | None],
    given: tuple[str, ...],
    changes: dict[str, date | None],
) -> None:
    assert WALK.entering(before, after, record, given, TODAY) == changes
