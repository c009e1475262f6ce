import pytest

from bench.comparison import Answer, comparable, differences
from bench.workloads.create_vendor import WORKLOAD
from bench.workloads.workload import ID, INSTANT

pytestmark = pytest.mark.no_database

VOLATILE = {"id": ID, "createdAt": INSTANT}
CREATED = {"id": "01935d6c-7b1a-7c3e-8f00-000000000011", "createdAt": "2026-03-02T08:15:00.123456Z", "name": "Sample"}


def answers(changed: str = "", answer: Answer | None = None) -> dict[str, Answer]:
    return {
        check.name: answer if answer is not None and check.name == changed else Answer(check.status, ({"a": [1, 2]},))
        for check in WORKLOAD.checks
    }


def test_comparable_replaces_what_differs_by_nature() -> None:
    assert comparable([CREATED], VOLATILE) == [{"id": "<id>", "createdAt": "<createdAt>", "name": "Sample"}]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "01935d6c-7b1a-4c3e-8f00-000000000011"),
        ("id", None),
        ("createdAt", "2026-03-02T08:15:00+00:00"),
        ("createdAt", "2026-03-02 08:15:00Z"),
    ],
)
def test_comparable_keeps_what_does_not_look_like_it(key: str, value: str | None) -> None:
    assert comparable({**CREATED, key: value}, VOLATILE)[key] == value


def test_comparable_hides_a_cursor_but_not_its_absence() -> None:
    assert comparable({"nextCursor": "abc"}, {}) == {"nextCursor": "<cursor>"}
    assert comparable({"nextCursor": None}, {}) == {"nextCursor": None}


def test_differences_of_equal_answers_are_none() -> None:
    assert differences(WORKLOAD, {"pharus": answers(), "floor": answers()}) == []


def test_differences_name_the_place() -> None:
    other = answers("all fields", Answer(201, ({"a": [1, 3]},)))
    (sentence,) = differences(WORKLOAD, {"pharus": answers(), "floor": other})
    assert sentence == "create-vendor, all fields: floor differs from pharus at /0/a/1: 2 and 3"


def test_differences_name_a_status_that_nobody_expected() -> None:
    wrong = answers("no token", Answer(500, ("crash",)))
    (sentence,) = differences(WORKLOAD, {"pharus": wrong, "floor": answers()})
    assert "pharus answered 500, not 401" in sentence
