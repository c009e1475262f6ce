"""What no record of ours shows: every operation of the document is in tests/contract/test_returned_answers.py."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.http.body_schema import Findings
from handlers.http.returned_answers import ReturnedAnswers, first_difference, of_operation
from pharus.errors import Problem
from tests.api import Api, pointers
from tests.contract.judging import document

AT = datetime(2026, 3, 2, 8, 15, 0, 123456, UTC)

BODY = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "typeId": {"type": "string"}, "kept": {"type": "string"}},
    "required": ["kept"],
    "x-answer-names": {"thingTypeId": "typeId"},
}
THING = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "kept": {"type": "string"},
        "thingTypeId": {"type": "string"},
        "seenAt": {"type": "string", "x-changes-when-read": True},
    },
}
ANSWER = {"type": "object", "properties": {"thing": THING, "lines": {"type": "array", "items": {"type": "object"}}}}
STORED = {
    "thing": {"id": "7", "name": "soap", "kept": "k", "thingTypeId": "t", "seenAt": "now"},
    "lines": [{"id": "1", "quantity": Decimal("2.5")}],
}


@pytest.fixture(name="things")
def returned() -> ReturnedAnswers:
    return ReturnedAnswers({"components": {"schemas": {}}}, BODY, ANSWER, lambda id: STORED)


def take(things: ReturnedAnswers, body: Any) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    taken = things.take(body, {"id": "7"}, lambda: None)
    assert taken is not None
    return taken.body, [(path, message.split(":")[0]) for path, message in taken.problems]


@pytest.mark.no_database
def test_ordinary_body_is_none_of_an_answer(things: ReturnedAnswers) -> None:
    for body in ({}, {"name": "x"}, {"name": 1, "typeId": "t"}, {"colour": "red"}, [], None, "id"):
        assert things.take(body, {"id": "7"}, lambda: None) is None


@pytest.mark.no_database
def test_only_what_differs_is_left_and_what_must_be_sent(things: ReturnedAnswers) -> None:
    assert take(things, STORED) == ({"kept": "k"}, [])
    assert take(things, {**STORED["thing"], "name": "oil"}) == ({"name": "oil", "kept": "k"}, [])  # type: ignore[dict-item]
    assert take(things, {"id": "7", "thingTypeId": "u"}) == ({"typeId": "u"}, [])
    assert take(things, {"id": "7", "seenAt": "then"}) == ({}, [])


@pytest.mark.no_database
def test_value_under_one_name_wins_over_the_unchanged_under_another(things: ReturnedAnswers) -> None:
    assert take(things, {"thingTypeId": "t", "typeId": "u"}) == ({"typeId": "u"}, [])
    assert take(things, {"typeId": "u", "thing": {"thingTypeId": "t"}}) == ({"typeId": "u"}, [])


@pytest.mark.no_database
def test_two_values_of_one_key_contradict_each_other(things: ReturnedAnswers) -> None:
    _, problems = take(things, {"thingTypeId": "v", "typeId": "u"})
    assert problems == [("/typeId", "says something else than /thingTypeId")]


@pytest.mark.no_database
def test_what_cannot_be_written_is_named_where_it_differs(things: ReturnedAnswers) -> None:
    sentence = "cannot be written, and the record has another value"
    assert take(things, {"id": "8"})[1] == [("/id", sentence)]
    assert take(things, {"thing": {"id": None}})[1] == [("/thing/id", sentence)]
    assert take(things, {"thing": {"colour": 1}})[1] == [("/thing/colour", "is not known here")]
    changed = {"lines": [{"id": "1", "quantity": "2.6"}]}
    assert take(things, changed)[1] == [("/lines/0/quantity", sentence)]
    assert take(things, {"lines": [{"quantity": "2.50"}]}) == ({}, [])
    assert take(things, {"lines": []})[1] == [("/lines", sentence)]
    assert take(things, {"thing": 5})[1] == [("/thing", sentence)]


@pytest.mark.no_database
def test_unknown_key_beside_known_ones_is_left_to_be_refused(things: ReturnedAnswers) -> None:
    assert take(things, {"id": "8", "name": "x", "colour": "red"}) == ({"name": "x", "colour": "red"}, [])


@pytest.mark.no_database
def test_problems_are_where_the_caller_wrote_them(things: ReturnedAnswers) -> None:
    taken = things.take({"thing": {"thingTypeId": "u"}, "name": "x"}, {"id": "7"}, lambda: None)
    assert taken is not None

    def look(body: Any, findings: Findings) -> None:
        findings.extend([Problem("/typeId/0", "a"), Problem("/name", "b"), Problem("query/x", "c")])

    paths = [problem.path for problem in taken.look(look).problems]
    assert paths == ["/thing/thingTypeId/0", "/name", "query/x"]


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2026-03-02T08:15:00.123456Z", AT),
        ("2026-03-02T08:15:00.123Z", AT),
        ("2026-03-02T10:15:00.123456+02:00", AT),
        ("2026-03-02", date(2026, 3, 2)),
        ("12.50", Decimal("12.5")),
        (Decimal("12.50"), Decimal("12.5")),
        (12, Decimal(12)),
        (Decimal("2.0"), 2),
        (None, None),
        (True, True),
        ({"a": 1}, {"a": 1, "b": 2}),
    ],
)
def test_same_value_in_another_form(sent: Any, stored: Any) -> None:
    assert first_difference(sent, stored, "/x") is None


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("2026-03-02T08:15:00.122Z", AT),
        ("2026-03-02T08:15:00.123456", AT),
        ("soon", AT),
        ("2026-03-03", date(2026, 3, 2)),
        ("12.5x", Decimal("12.5")),
        ("NaN", Decimal("12.5")),
        ("1" * 1000, Decimal("12.5")),
        ("2", 2),
        (True, 1),
        (1, True),
        (0, None),
        (None, "x"),
        (1, "1"),
        ("1.50", "1.5"),
        ({"c": 1}, {"a": 1}),
        ({"a": 1}, [1]),
        ([1], {"a": 1}),
    ],
)
def test_another_value(sent: Any, stored: Any) -> None:
    assert first_difference(sent, stored, "/x") is not None


@pytest.mark.no_database
def test_operation_that_creates_or_reads_or_replaces_a_part_takes_none() -> None:
    by_id = {each["operationId"]: each for path in document()["paths"].values() for each in path.values()}
    functions = dict.fromkeys(by_id, lambda **arguments: arguments)
    takes = {id for id, declared in by_id.items() if of_operation(document(), declared, functions) is not None}
    assert {"updateVendor", "updateLocation", "updateSalesOrder"} <= takes
    assert not takes & {"createVendor", "getVendor", "replaceBom", "updateMemberRole", "deleteVendor"}


def test_role_that_writes_is_at_least_one_that_reads() -> None:
    for path in document()["paths"].values():
        if "patch" in path and "get" in path:
            declared = {**path["patch"], "x-minimum-role": "public"}
            functions = dict.fromkeys((declared["operationId"], path["get"]["operationId"]), lambda **arguments: None)
            found = of_operation(document(), declared, functions)
            assert found is None or found._read is not functions[path["get"]["operationId"]]


def test_record_of_nobody_is_not_found_and_wrong_values_are_named_in_the_answers_words(member: Api) -> None:
    vendor = member.post("/api/vendors", {"name": "Example Oils"}).json()
    path = f"/api/vendors/{vendor['id']}"
    assert pointers(member.patch(path, {**vendor, "name": "", "colour": "red"})) == ["/colour", "/name"]
    assert pointers(member.patch(path, {**vendor, "name": "", "createdAt": "2020-01-01T00:00:00Z"})) == [
        "/createdAt",
        "/name",
    ]
    nobody = "01935d6c-7b1a-7c3e-8f00-00000000dead"
    assert member.patch(f"/api/vendors/{nobody}", {**vendor, "id": nobody}).status_code == 404


def test_record_that_was_changed_since_is_not_overwritten(member: Api) -> None:
    vendor = member.post("/api/vendors", {"name": "Example Oils"}).json()
    path = f"/api/vendors/{vendor['id']}"
    member.patch(path, {"notes": "by somebody else"})
    assert pointers(member.patch(path, {**vendor, "city": "Oslo"})) == ["/updatedAt"]
    fresh = member.get(path).json()
    changed = member.patch(path, {**fresh, "city": "Oslo"})
    assert (changed.json()["notes"], changed.json()["city"]) == ("by somebody else", "Oslo")
