"""What is excused as no failure of the server, and how little more."""

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import jsonschema_rs
import pytest

from contract.false_positives import _RULES as RULES_OF_THE_DOCUMENT
from contract.false_positives import (
    NAMES,
    is_refused_for_the_item_of_a_line,
    is_refused_for_what_the_schema_cannot_say,
    is_refused_row_by_row,
)
from tests.contract.judging import document

pytestmark = pytest.mark.no_database

BAD = {"index": 0, "status": "error", "error": {"code": "validation_failed", "message": "no"}}
GOOD = {"index": 1, "status": "ok", "id": "x"}
GONE = {"index": 0, "status": "error", "error": {"code": "not_found", "message": "no"}}

ID = "01a21e0e-3aa0-7f4d-bcc7-4ab532351000"
OTHER = "01a21e0e-3aa0-7f4d-bcc7-4ab532351001"
UNSEEN = "must have a visible character, and no control, zero-width or bidirectional one"

_ROWS = jsonschema_rs.Draft202012Validator(
    {"properties": {"rows": {"items": {"type": "object", "required": ["name"]}}}, "required": ["rows"]}
)
_BODY = SimpleNamespace(media_type="application/json", is_valid=_ROWS.is_valid)


def _is_excused(body: Any, results: list[Any], *, query: str = "dryRun=true&mode=partial", status: int = 200) -> bool:
    request = SimpleNamespace(url=f"http://x/api/vendors/bulk-import?{query}")
    content = {"ids": [], "results": results}
    response = SimpleNamespace(status_code=status, request=request, json=lambda: json.loads(json.dumps(content)))
    case = SimpleNamespace(body=body, media_type="application/json", operation=SimpleNamespace(body=[_BODY]))
    return is_refused_row_by_row(case, response)


@pytest.mark.parametrize(
    ("body", "results"),
    [
        ({"rows": [{}, {"name": "a"}]}, [BAD, GOOD]),
        ({"rows": [{}, 7]}, [BAD, BAD]),
        # What the schema cannot say is refused as well.
        ({"rows": [{}, {"name": "a"}]}, [BAD, BAD]),
    ],
)
def test_wrong_rows_of_a_partial_import_are_excused_when_all_were_refused(body: Any, results: list[Any]) -> None:
    assert _is_excused(body, results)


@pytest.mark.parametrize(
    ("body", "results", "options"),
    [
        ({"rows": [{}, {}]}, [GOOD, GOOD], {}),
        # One wrong row was refused, another one stored.
        ({"rows": [{}, {}]}, [BAD, GOOD], {}),
        ({"rows": [{"name": "a"}, 7]}, [BAD, GOOD], {}),
        ({"rows": [{}, {}]}, [BAD, GONE], {}),
        ({"rows": [{}]}, [GONE], {}),
        ({"rows": [{}, {}]}, [BAD], {}),
        ({"rows": [{}], "more": 1}, [BAD], {}),
        ({"rows": {}}, [BAD], {}),
        ([], [BAD], {}),
        ({"rows": [{}]}, [BAD], {"query": "mode=atomic"}),
        ({"rows": [{}]}, [BAD], {"query": "dryRun=true"}),
        ({"rows": [{}]}, [BAD], {"status": 201}),
    ],
)
def test_nothing_else_is_excused(body: Any, results: list[Any], options: dict[str, Any]) -> None:
    assert not _is_excused(body, results, **options)


def _refusal(*problems: tuple[str, str], status: int = 422, body: object = None) -> SimpleNamespace:
    details = [{"path": path, "message": message} for path, message in problems]
    request = SimpleNamespace(headers={"Content-Type": "application/json"}, body=json.dumps(body))
    return SimpleNamespace(status_code=status, request=request, json=lambda: {"error": {"details": details}})


# Of each rule one problem that it excuses, and one that is next to it and is not excused.
RULES: Mapping[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "cursor": (("query/cursor", "is not a cursor of this list"), ("query/limit", "is not a cursor of this list")),
    "where the log goes on": (
        ("query/after", "is not a cursor of this list"),
        ("query/limit", "is not a cursor of this list"),
    ),
    "order of changes": (
        ("query/sort", "must be updatedAt or -updatedAt where updatedSince is given, or be left out"),
        ("query/sort", "must be one of these: updatedAt, -updatedAt"),
    ),
    "order of a search": (
        ("query/sort", "cannot be given together with q in this list"),
        ("query/q", "cannot be given together with q in this list"),
    ),
    "two names of a filter": (
        ("query/active", "says something else than isActive"),
        ("query/isActive", "says something else than isActive"),
    ),
    "months of a report": (
        ("query/dateFrom", "must be at most 240 months before the end"),
        ("query/dateTo", "must be at most 240 months before the end"),
    ),
    "moment asked for": (("query/updatedSince", "is no moment"), ("query/asOf", "is no moment")),
    "qboId": (
        ("/rows/3/qboId", "another sales order has this qboId"),
        ("/rows/3/qboId", "another location has this qboId"),
    ),
    "code": (("/rows/0/code", "another sku has this code"), ("/code", "another sku has this code")),
    "lookup": (
        ("/rows/0/brokerId", f"the broker {ID} is deactivated"),
        ("/rows/0/brokerId", "the broker is deactivated"),
    ),
    "name": (("/rows/0/firstName", UNSEEN), ("/rows/0/notes", UNSEEN)),
    "account": (("/accounts/variance", UNSEEN), ("/accounts/variance", "must match x")),
    "email": (("/email", "must be the email address of the identity token"), ("/email", "must be an email address")),
    "closed period": (
        ("/closedThrough", "must be before today"),
        ("/eventDate", "must be before today"),
    ),
    "scan": (
        ("query/code", "is no element string of GS1"),
        ("query/code", "must have at most 2000 characters"),
    ),
    "number of an item": (
        ("/rows/1/gtin", "must be a GTIN: 8, 12, 13 or 14 digits, the last of which checks the others"),
        ("/gtin", "must match ^([0-9]{8}|[0-9]{12,14})$"),
    ),
    "names of attributes": (
        ("/attributes", "a name has 1 to 60 characters that can be seen"),
        ("/attributes", "must have at most 50 properties"),
    ),
    "webhook endpoint's URL": (
        ("/url", "must not lead to an address of a private or local network"),
        ("/url", "must be a string"),
    ),
    "type of event": (
        ("/eventTypes/2", "sales_order.shiped is no type of event"),
        ("/eventTypes", "must have at least 1 item"),
    ),
    "time zone": (
        ("/timeZone", "must be a name of the IANA time zone database, as Europe/Paris"),
        ("/timeZone", "must be a string"),
    ),
    "reference": (
        ("/rows/1/items/2/skuId", f"no sku with the id {ID}"),
        ("/items/2/skuId", f"no sku with the id {ID}"),
    ),
    "price of nothing": (
        ("/rows/1/materialId", f"no material with the id {ID}"),
        ("/materialId", f"no material with the id {ID}"),
    ),
    "price for two": (
        ("/rows/0/customerSegmentId", "a price is for a customer or for a segment, and not for both"),
        ("/rows/0/customerId", "a price is for a customer or for a segment, and not for both"),
    ),
    "end": (("/validTo", "must not be before validFrom"), ("/validFrom", "must not be before validFrom")),
    "days of another price": (
        ("/rows/0/validTo", "its validity overlaps that of another customer price"),
        ("/validTo", "its validity overlaps that of another customer price"),
    ),
    "day of another price": (
        ("/rows/0/validFrom", "another supplier price has this validFrom"),
        ("/validFrom", "another supplier price has this validFrom"),
    ),
    "place": (
        ("/rows/0/fulfillmentLocationId", "the order has no fulfillmentLocationId: it cannot be shipped"),
        ("/fulfillmentLocationId", "the order has no fulfillmentLocationId: it cannot be shipped"),
    ),
    "stock": (
        ("/rows/0/items/1/quantity", "there is not enough on hand"),
        ("/rows/0/items/1/quantity", "must be at least 1"),
    ),
    "fees": (
        ("/rows/0/brokerFees", "brokerFees would grow larger than can be kept"),
        ("/brokerFees", "brokerFees would grow larger than can be kept"),
    ),
    "target type": (
        ("/items/0/skuId", "the order is of materials: name a materialId"),
        ("/items/0/skuId", "the order is of materials: name a skuIds"),
    ),
    "parent": (
        ("/parentId", "must be another customer than this one"),
        ("/rows/0/parentId", "must be another customer than this one"),
    ),
    "output": (("/outputSkuId", "must equal the id in the path"), ("/skuId", "must equal the id in the path")),
    "input": (
        ("/items/0/inputSkuId", "is the SKU that the BOM is for"),
        ("/inputSkuId", "is the SKU that the BOM is for"),
    ),
    "line twice": (
        ("/rows/0/items/1/skuId", "is in a line before this one"),
        ("/rows/0/items/skuId", "is in a line before this one"),
    ),
    "date of history": (
        ("/rows/0/paidAt", "is a date of history, and the row is none"),
        ("/rows/0/items/0/paidAt", "is a date of history, and the row is none"),
    ),
    "end of history": (
        ("/rows/0/status", "of history is one of Paid, Cancelled"),
        ("/status", "of history is one of Paid, Cancelled"),
    ),
    "number of history": (
        ("/rows/1/poNumber", "another purchase order has this number"),
        ("/rows/1/qboId", "another purchase order has this number"),
    ),
    "opening twice": (
        ("/rows/0/locationId", "the sku has an opening balance at this location: acceptAgain adds another"),
        ("/rows/0/skuId", "the sku has an opening balance at this location: acceptAgain adds another"),
    ),
    "opening of too much": (
        ("/rows/0/quantity", "a quantity would grow larger than can be kept"),
        ("/quantity", "a quantity would grow larger than can be kept"),
    ),
    "quantity and unit of a line": (
        ("/items/0/quantity", "is missing: say it, or unit and unitQuantity"),
        ("/items/0/notes", "is missing: say it, or unit and unitQuantity"),
    ),
    "unit of an imported line": (
        ("/rows/0/items/1/unit", "the item has no stock unit: nobody knows how its units convert"),
        ("/items/1/unit", "the item has no stock unit: nobody knows how its units convert"),
    ),
    "unit of itself": (
        ("/units/0/baseUnit", "is the unit itself"),
        ("/units/0/unit", "is the unit itself"),
    ),
    "unit twice": (
        ("/units/1/unit", "is in the list before this one"),
        ("/units/unit", "is in the list before this one"),
    ),
    "by-product": (
        ("/byProducts/1/byProductSkuId", "is in a by-product before this one"),
        ("/items/1/byProductSkuId", "is in a by-product before this one"),
    ),
    "parts of the cost": (
        ("/byProducts", "bear more than 100 percent of the cost"),
        ("/byProducts", "must have at most 100 items"),
    ),
    "part of the cost": (
        ("/costSharePercent", "must be 87.5: with the by-products' it is 100"),
        ("/costSharePercent", "must be at most 100"),
    ),
    "input or by-product twice": (
        ("/items/0/inputs/1/materialId", "is in one of the inputs before this one"),
        ("/items/0/inputs/1", "is in one of the inputs before this one"),
    ),
    "reason of scrap": (
        ("/items/0/inputs/1/scrapReason", "goes with what was scrapped, and only with that"),
        ("/items/0/inputs/1/scrapReason", "must be a string"),
    ),
    "too much": (
        ("/rows/0/items", "a quantity would grow larger than can be kept"),
        ("/items", "a quantity would grow larger than can be kept"),
    ),
    "no BOM": (
        ("/rows/0/items/0/skuId", f"the sku {ID} is made of the sku {OTHER}, which has no BOM"),
        ("/rows/0/items/0/skuId", "the sku has no BOM"),
    ),
    "transfer": (
        ("/destinationLocationId", "must differ from the source"),
        ("/locationId", "must differ from the source"),
    ),
    "method": (
        ("/value", "must be an email address, because the type is email"),
        ("/value", "must be an email address"),
    ),
    "primary": (
        ("/isPrimary", "must not be true for a method that is deactivated"),
        ("/isPrimary", "must be a boolean"),
    ),
    "receipt line": (
        ("/items/3/receiptItemId", "is in the list already"),
        ("/items/3/lineId", "is in the list already"),
    ),
    "by hand": (("/items", "by hand each line is named with its amount"), ("/items", "must have at least 1 entry")),
    "by hand, a line": (
        ("/items/1/amount", "by hand each line has its amount, else none has"),
        ("/amount", "by hand each line has its amount, else none has"),
    ),
    "amount": (
        ("/amount", "an additional cost needs its amount"),
        ("/items/0/amount", "an additional cost needs its amount"),
    ),
    "sum": (
        ("/amount", "is not what the amounts of the lines add up to"),
        ("/amount", "is not what the amounts add up to"),
    ),
    "credit": (
        ("/items/0/amount", "must be above 0, or below for a credit of an additional cost"),
        ("/items/0/amount", "must be above 0"),
    ),
    "day": (("/eventDate", "must be at most one day ahead"), ("/eventDate", "must be a date-time")),
    "name of an imported record": (
        ("/rows/0/name", "another customer type has this name"),
        ("/name", "another customer type has this name"),
    ),
    "method of a contact": (
        ("/rows/0/value", "another method of the contact has this type and value"),
        ("/rows/0/value", "is required"),
    ),
    "link of a contact": (
        ("/rows/0/contactId", "the contact is linked to this customer or vendor already"),
        ("/rows/0/contactId", "must be a UUID"),
    ),
    "primary method": (
        ("/rows/0/isPrimary", "another row is the primary link of this customer or vendor"),
        ("/rows/0/isPrimary", "must be a boolean"),
    ),
    "record of an imported line": (
        ("/rows/0/lines/1/inputSkuId", f"no sku with the id {ID}"),
        ("/rows/0/lines/1/inputSkuId", "must be a UUID"),
    ),
    "unit of an item": (
        ("/rows/0/unit", "the item has this unit already"),
        ("/rows/0/unit", "is required"),
    ),
    "unit of a line of a BOM": (
        ("/rows/0/lines/0/unit", "nobody knows what the unit cup of the item is in kg"),
        ("/rows/0/lines/0/unit", "must have at least 1 character"),
    ),
    "base of a unit": (
        ("/rows/0/baseUnit", "is the unit itself"),
        ("/rows/0/baseUnit", "is required"),
    ),
    "SKU with a BOM": (
        ("/rows/0/outputSkuId", f"the sku {ID} has a BOM already"),
        ("/rows/0/outputSkuId", "is required"),
    ),
    "lines of a BOM": (
        ("/rows/0/lines", "has no input, a material or a SKU"),
        ("/rows/0/lines", "must have at least 1 item"),
    ),
    "line of a BOM": (
        ("/rows/0/lines/2/scrapPercent", "is nothing that a by-product has"),
        ("/rows/0/lines/2/scrapPercent", "must be a number"),
    ),
    "lots of a movement": (
        ("/items/0/inputs/1/lots", "together they are 1, and not 50"),
        ("/items/0/inputs/1/lots", "must have at least 1 item"),
    ),
    "lot named twice": (
        ("/lots/1/code", "is named before this one"),
        ("/lots/1/code", "must have at least 1 character"),
    ),
    "day of a lot": (
        ("/items/0/lots/0/bestBefore", "each lot of the item needs it"),
        ("/items/0/lots/0/bestBefore", "is no date"),
    ),
    "domain of a scope": (
        ("/scopes/0", "names no domain; there are Accounting, BOM"),
        ("/scopes/0", "must match a pattern"),
    ),
    "day asked for": (("query/dateTo", "is no date"), ("query/asOf", "is no date")),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_that_no_schema_can_say_is_excused_and_nothing_beside_it(rule: str) -> None:
    excused, near = RULES[rule]
    assert is_refused_for_what_the_schema_cannot_say(_refusal(excused), {})
    assert not is_refused_for_what_the_schema_cannot_say(_refusal(near), {})
    # Everything that is wrong must be such a rule, and the answer a 422.
    assert not is_refused_for_what_the_schema_cannot_say(_refusal(excused, near), {})
    assert not is_refused_for_what_the_schema_cannot_say(_refusal(excused, status=400), {})


def test_every_rule_has_its_example_here() -> None:
    problems = [excused for excused, _ in RULES.values()]
    without = [
        (path.pattern, message.pattern)
        for path, message in RULES_OF_THE_DOCUMENT
        if not any(path.fullmatch(where) and message.fullmatch(what) for where, what in problems)
    ]
    assert without == []


def test_a_rule_that_the_operation_states_is_excused_there_and_nowhere_else() -> None:
    stated = {"x-rules": [{"path": "/endsOn", "message": "must not be before [a-zA-Z]+"}]}
    excused = ("/endsOn", "must not be before startsOn")
    assert is_refused_for_what_the_schema_cannot_say(_refusal(excused), stated)
    assert not is_refused_for_what_the_schema_cannot_say(_refusal(excused), {})
    for near in (("/startsOn", excused[1]), ("/endsOn", f"{excused[1]} of the list")):
        assert not is_refused_for_what_the_schema_cannot_say(_refusal(near), stated)
        assert not is_refused_for_what_the_schema_cannot_say(_refusal(excused, near), stated)


def test_a_refusal_without_problems_is_not_excused() -> None:
    assert not is_refused_for_what_the_schema_cannot_say(_refusal(), {})


def test_a_line_is_excused_that_names_no_item_or_two_and_no_other() -> None:
    problem = ("/items/0", "has none of the allowed forms")
    for line, is_excused in (
        ({}, True),
        ({"materialId": ID, "skuId": ID}, True),
        ({"materialId": ID, "skuId": None}, False),
        ({"skuId": ID}, False),
    ):
        assert is_refused_for_the_item_of_a_line(_refusal(problem, body={"items": [line]})) == is_excused
    used = ("/items/0/inputs/0", problem[1])
    for usage, is_excused in (({}, True), ({"materialId": ID, "inputSkuId": ID}, True), ({"materialId": ID}, False)):
        body = {"items": [{"inputs": [usage]}]}
        assert is_refused_for_the_item_of_a_line(_refusal(used, body=body)) == is_excused
    assert not is_refused_for_the_item_of_a_line(_refusal(("/items/0/quantity", "is required"), body={"items": [{}]}))
    assert not is_refused_for_the_item_of_a_line(_refusal(problem, status=400, body={"items": [{}]}))


def test_names_are_those_that_the_document_marks() -> None:
    schemas = document()["components"]["schemas"]
    marked = {
        name
        for schema in schemas.values()
        for name, each in schema.get("properties", {}).items()
        for target in (each, schemas.get(each.get("$ref", "").rpartition("/")[2], {}))
        if target.get("x-text") == "name"
    }
    assert marked <= set(NAMES.split("|"))
