import pytest

from handlers.spreadsheets.negotiation import preferred

pytestmark = pytest.mark.no_database

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/json", "json"),
        ("application/*", "json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "json"),
        ("text/csv", "csv"),
        ("Text/CSV; header=present", "csv"),
        ("text/*", "csv"),
        ("text/csv, */*", "csv"),
        ("*/*, text/csv", "csv"),
        ("text/csv, application/json", "json"),
        ("application/json;q=0.5, text/csv", "csv"),
        ("application/json, text/csv;q=0.5", "json"),
        (XLSX, "xlsx"),
        (f"{XLSX}, text/csv;q=0.9", "xlsx"),
        ("application/json;q=0, */*", "csv"),
        ("text/html", None),
        ("application/pdf, image/*", None),
        ("text/csv;q=0", None),
        ("text/csv;q=none", None),
        ("application/json;q=0", None),
        ("text/html, " * 200, "json"),
    ],
)
def test_what_is_wanted_most(accept: str | None, form: str | None) -> None:
    assert preferred(accept if accept is None else accept.encode()) == form
