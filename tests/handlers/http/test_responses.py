import asyncio
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from starlette.types import Message

from handlers.http.responses import Response, as_file, to_json


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("950.000000"), '"950"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("-0.00"), '"0"'),
        (Decimal("123456789012.123456"), '"123456789012.123456"'),
        (datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC), '"2026-03-01T12:00:00.123456Z"'),
        (datetime(2026, 3, 1, 12, tzinfo=UTC), '"2026-03-01T12:00:00Z"'),
        (date(2026, 3, 1), '"2026-03-01"'),
        ({"a": [1, True, None, "ä\n"]}, '{"a":[1,true,null,"ä\\n"]}'),
        (2**63 - 1, "9223372036854775807"),
    ],
)
def test_to_json_shows_values_as_the_contract_says(value: Any, text: str) -> None:
    assert to_json(value).decode() == text


@pytest.mark.parametrize("value", [{1, 2}, object(), b"bytes", 1j])
def test_to_json_of_a_value_that_the_contract_does_not_know_raises(value: Any) -> None:
    with pytest.raises(TypeError):
        to_json({"value": value})


def test_to_json_keeps_the_instant_of_another_zone() -> None:
    text = to_json(datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))).decode().strip('"')
    assert datetime.fromisoformat(text) == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_answer_is_sent_whole_with_its_length_and_headers() -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Response(201, "ä".encode(), media_type="text/csv", headers=[("x-a", "b")]).send(send))
    start, body = sent
    assert (start["status"], body["body"]) == (201, "ä".encode())
    assert start["headers"] == [(b"content-type", b"text/csv"), (b"content-length", b"2"), (b"x-a", b"b")]


def test_as_file_is_saved_under_its_name() -> None:
    assert as_file("PO-1.pdf") == [
        ("content-disposition", 'attachment; filename="PO-1.pdf"'),
    ]
