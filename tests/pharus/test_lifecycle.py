from datetime import date

import pytest

from pharus.errors import InvalidTransition
from pharus.lifecycle import Lifecycle

pytestmark = pytest.mark.no_database

TODAY = date(2026, 3, 2)
BEFORE = date(2026, 2, 1)

WALK = Lifecycle(
    way={"Draft": "draft_at", "Placed": "placed_at", "Sent": "sent_at", "Done": "done_at"},
    aside={"Disputed": "disputed_at", "Cancelled": "cancelled_at"},
    steps={
        "Draft": ("Placed", "Cancelled"),
        "Placed": ("Draft", "Sent", "Disputed", "Cancelled"),
        "Sent": ("Placed", "Done", "Disputed"),
        "Done": (),
        "Disputed": ("Placed", "Sent", "Cancelled"),
        "Cancelled": (),
    },
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


def test_is_end_is_a_status_that_nothing_follows() -> None:
    assert [status for status in WALK.steps if WALK.is_end(status)] == ["Done", "Cancelled"]


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
    assert WALK.dates(before, after, record, given, TODAY) == changes
