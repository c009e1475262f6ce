import pytest

from pharus_inspections import rules


@pytest.mark.parametrize(
    ("statuses", "summary"),
    [
        ([], "passed"),
        (["passed"], "passed"),
        (["passed", "pending"], "pending"),
        (["pending", "overdue"], "overdue"),
        (["overdue", "failed", "passed"], "failed"),
    ],
)
def test_summary_is_the_worst_of_them(statuses: list[str], summary: str) -> None:
    assert rules.summary(statuses) == summary
