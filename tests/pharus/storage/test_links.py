from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharus import db
from pharus.errors import Forbidden
from pharus.storage.links import Link, read, write

NOW = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)
LABEL = Link("orgs/1/sales_order/2/3-label.pdf", "label.pdf", "application/pdf")


def halves(link: str) -> tuple[str, str]:
    token, _, query = link.partition("?")
    return token, query


def test_link_says_what_was_written_until_it_expires(unit: db.Unit) -> None:
    link = write(LABEL, NOW)
    assert read(*halves(link), NOW - timedelta(seconds=1)) == LABEL
    for late in (timedelta(0), timedelta(days=1000)):
        with pytest.raises(Forbidden, match="expired"):
            read(*halves(link), NOW + late)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=50)] * 3))
def test_link_of_any_texts_needs_no_escapes(unit: db.Unit, text: tuple[str, str, str]) -> None:
    link = write(Link(*text), NOW)
    assert link.replace("?", "").replace("&", "").replace("=", "").replace("_", "").replace("-", "").isalnum()
    assert link.isascii()
    assert read(*halves(link), NOW - timedelta(minutes=1)) == Link(*text)


@pytest.mark.parametrize(
    "query", ["", "expires=", "expires=9999999999", "signature=x", "expires=9999999999&signature=", "é", "expires=é"]
)
def test_link_without_a_signature_is_forbidden(unit: db.Unit, query: str) -> None:
    token, _ = halves(write(LABEL, NOW))
    for given_token in (token, "", "!", "é", token[:-1]):
        with pytest.raises(Forbidden, match="not one that the server has made"):
            read(given_token, query, NOW)


def test_signature_of_one_link_does_not_pass_for_another(unit: db.Unit) -> None:
    token, query = halves(write(LABEL, NOW))
    other_token, other_query = halves(write(LABEL._replace(path="orgs/9/sales_order/2/3-label.pdf"), NOW))
    _, later = halves(write(LABEL, NOW + timedelta(days=1)))
    expires, signature = query.split("&")
    for pair in (
        (token, other_query),
        (other_token, query),
        (token, f"{later.split('&')[0]}&{signature}"),
        (token, f"{signature}&{expires}"),
    ):
        with pytest.raises(Forbidden):
            read(*pair, NOW - timedelta(minutes=1))
