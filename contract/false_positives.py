"""What schemathesis takes for a failure and is none. Each case with its reason, as narrow as it can be."""

import json
import re
from collections.abc import Mapping
from typing import Any

from schemathesis.transport.serialization import Binary

_UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
# A line, a row or a part of a line names exactly one of these.
_ITEM_KEYS = ("materialId", "skuId", "inputSkuId", "byProductSkuId")
_PARTNER_KEYS = ("customerId", "vendorId")
_LOT_KEYS = ("lotId", "code")
_RECORD = "(?:vendor|location|material|sku|customer|order channel|broker|contact)"
_NAMED = "(?:location|customer type|customer segment|broker|material type|sku type|order channel)"
_IN_LINES = "(?:/(?:items|inputs|byProducts)/[0-9]+)*"
_PRICED = "(?:material|sku|customer segment)"
_REFERENCE = (
    "contact|outputSku|vendor|shipToLocation|workSiteLocation|location|customer|channel|fulfillmentLocation|broker"
)
# The properties that the document marks so.
NAMES = (
    "name|code|qboId|externalId|firstName|lastName|displayName|title|role|label|term|legalName|inviterDisplayName|"
    "contactName|customerReference|supplierItemCode|terms|unit|baseUnit|poNumber|woNumber|prodNumber|soNumber|openingBalances|"
    "adjustments|conversionCosts|costOfGoods|finishedGoods|goodsInTransit|goodsReceived|materials|production|variance|writeOffs"
)
_LINE = re.compile("(?:/rows/[0-9]+)?(?:/(?:items|lines|inputs|byProducts|lots|scrappedLots)/[0-9]+)*")
_PART_OF_LINE = re.compile(".*/(?:inputs|byProducts|lots|scrappedLots)/[0-9]+")
_CONVERTED = (
    "the item has no stock unit: .*|nobody knows what the unit .*|what the unit .* is known already|"
    "so little of the unit .*|"
    "an? (?:quantity|amount) would grow larger than can be kept"
)
_LOOKUP = "(?:customer type|customer segment|broker|customer|material type|sku type)"

# What an operation refuses that its schema cannot say: patterns of the path and of the message.
RULES = "x-rules"
# Rules that the document states in words, by where the problem is and what is said of it.
_RULES = [
    (re.compile(path), re.compile(message))
    for path, message in (
        # A cursor is opaque: only the server knows whether it made it.
        ("query/cursor", "is not a cursor of this list"),
        ("query/after|/after", "is not a cursor of this list"),
        # What a scanner gives has its own grammar, and so have numbers of items.
        (
            "query/code",
            "is no element string of GS1|is a link, and neither .*|names neither an item nor a lot|has a GTIN .*",
        ),
        ("(?:/rows/[0-9]+)?/gtin", "must be a GTIN: .*"),
        ("/attributes", "a name has 1 to 60 characters that can be seen"),
        # Parameters that exclude or contradict each other.
        ("query/sort", "must be .* where updatedSince is given, or be left out|cannot be given together with q .*"),
        ("query/active", "says something else than isActive"),
        # How many months a report may go over.
        ("query/dateFrom", "must be at most [0-9]+ months before the end"),
        # In an atomic import each row is refused that repeats what must be unique, or names a record that is not there
        # or is deactivated; with them the whole request.
        ("/rows/[0-9]+/qboId", "another (?:vendor|customer|sku|sales order) has this qboId"),
        ("/rows/[0-9]+/code", "another (?:material|sku) has this code"),
        (
            "/rows/[0-9]+/(?:type|segment|broker|parent)Id",
            f"no {_LOOKUP} with the id {_UUID}|the {_LOOKUP} {_UUID} is deactivated",
        ),
        ("/rows/[0-9]+/name", f"another {_NAMED} has this name"),
        # A contact has a method, and a link, once, and one of them is the primary one.
        ("/rows/[0-9]+/value", "another method of the contact has this type and value"),
        ("/rows/[0-9]+/contactId", "the contact is linked to this customer or vendor already"),
        (
            "/rows/[0-9]+/isPrimary",
            "another row is the primary (?:method of this contact and type|link of this customer or vendor)",
        ),
        # An item has a unit once; the lines of a BOM are inputs and by-products.
        (
            "/rows/[0-9]+/unit",
            f"the item has this unit already|the item would have more than [0-9]+ units|{_CONVERTED}",
        ),
        ("/rows/[0-9]+/outputSkuId", f"the sku {_UUID} has a BOM already"),
        (
            "/rows/[0-9]+/lines",
            "has no input, a material or a SKU|bear more than 100 percent of the cost|the BOM would close a loop",
        ),
        (
            "/rows/[0-9]+/lines/[0-9]+/[a-zA-Z]+",
            (
                "is missing: a by-product has it|is nothing that (?:an input|a by-product) has|"
                "is the SKU that the BOM is for|is in a (?:line|by-product) before this one|is an input of the BOM"
            ),
        ),
        # What may stand in a name, a code or a reference (`x-text`): no pattern knows all characters that are not seen.
        (
            f"(?:/[a-zA-Z0-9]+)*/(?:{NAMES})",
            "must have a visible character, and no control, zero-width or bidirectional one",
        ),
        # Who signs in for the first time is who the token says.
        ("/email", "must be the email address of the identity token"),
        # No schema knows the names of the time zones.
        # Where a name leads to is looked up; what events there are follows from the tables, also those of plugins.
        ("/url", "must not lead to an address of a private or local network|is no URL of a server"),
        ("/eventTypes/[0-9]+", "[a-z0-9_.*]+ is no type of event"),
        ("/timeZone", "must be a name of the IANA time zone database.*"),
        (
            f"/rows/[0-9]+/(?:(?:{_REFERENCE})Id|(?:items|lines)/[0-9]+/(?:material|sku|inputSku|byProductSku)Id)",
            f"no {_RECORD} with the id {_UUID}|the {_RECORD} {_UUID} is deactivated",
        ),
        # What a price is of, and whose; and other prices of the same, with which it may share no day.
        (
            "/rows/[0-9]+/(?:material|sku|customerSegment)Id",
            f"no {_PRICED} with the id {_UUID}|the {_PRICED} {_UUID} is deactivated",
        ),
        ("(?:/rows/[0-9]+)?/customerSegmentId", "a price is for a customer or for a segment, and not for both"),
        ("(?:/rows/[0-9]+)?/validTo", "must not be before validFrom"),
        ("/rows/[0-9]+/validTo", "its validity overlaps that of another (?:supplier|customer) price"),
        ("/rows/[0-9]+/validFrom", "another (?:supplier|customer) price has this validFrom"),
        # A row of an atomic import that begins when its goods have left needs them, and a place where they were; what
        # follows from any row can be kept.
        ("/rows/[0-9]+/fulfillmentLocationId", "the order has no fulfillmentLocationId: .*"),
        ("/rows/[0-9]+/items/[0-9]+/quantity", "there is not enough on hand|a quantity would grow larger than .*"),
        ("/rows/[0-9]+/brokerFees", "brokerFees would grow larger than can be kept"),
        # The lines of a purchase order are of its target type.
        ("(?:/rows/[0-9]+)?(?:/items/[0-9]+)?/(?:material|sku)Id", "the order is of .*: name a (?:material|sku)Id"),
        # A line says its quantity and its price in the stock unit or in another one, which only the item knows.
        (
            "(?:/rows/[0-9]+)?(?:/(?:items|lines)/[0-9]+)?/(?:quantity|unit|unitQuantity|pricePerUnit)",
            (
                "is missing: (?:say it, or unit and unitQuantity|of what is unitQuantity[?]|how much of the unit .*)|"
                "has no unit: name it|is said by (?:quantity|unitCost|unitPrice) already: name one of the two"
            ),
        ),
        ("/rows/[0-9]+/(?:items|lines)/[0-9]+/unit", _CONVERTED),
        ("/(?:rows|units)/[0-9]+/baseUnit", "is the unit itself"),
        ("/units/[0-9]+/unit", "is in the list before this one"),
        # Orders of history have their number, their date and their end; others have no such dates. A number is new.
        (
            "/rows/[0-9]+/[a-zA-Z]+",
            "is a date of history, and the row is none|is missing: an order of history has its .*",
        ),
        ("/rows/[0-9]+/status", "of history is one of .*"),
        ("/rows/[0-9]+/(?:po|wo|prod|so)Number", "another .* has this number|a .* was given this number here"),
        # What has an opening balance has it once.
        ("/rows/[0-9]+/locationId", "the (?:material|sku) has an opening balance at this location: .*"),
        ("/rows/[0-9]+/quantity", "a quantity would grow larger .*"),
        # Two values of a request that must differ, or be the same.
        ("/parentId", "must be another customer than this one"),
        ("/outputSkuId", "must equal the id in the path"),
        ("/items/[0-9]+/inputSkuId", "is the SKU that the BOM is for"),
        ("(?:/rows/[0-9]+)?/items/[0-9]+/(?:inputSku|material|sku|soItem|poItem)Id", "is in a line before this one"),
        # By-products are other SKUs, each once, and all parts of the cost are the whole.
        (
            "/byProducts/[0-9]+/byProductSkuId",
            "is the SKU that the BOM is for|is in a by-product before this one|is an input of the BOM",
        ),
        ("/byProducts", "bear more than 100 percent of the cost"),
        ("/costSharePercent", "must be [0-9.]+: with the by-products' it is 100"),
        # Of an input or a by-product a receipt says once what was used or came out, and why something was lost.
        (
            "/items/[0-9]+/(?:inputs|byProducts)/[0-9]+/(?:material|inputSku|byProductSku)Id",
            "is in one of the (?:inputs|byProducts) before this one",
        ),
        ("/items/[0-9]+/inputs/[0-9]+/scrapReason", "goes with what was scrapped, and only with that"),
        # What is made has a BOM, and what it takes can be kept.
        ("/rows/[0-9]+/items", "a quantity would grow larger than can be kept"),
        (
            "/rows/[0-9]+/items/[0-9]+/skuId",
            f"the sku {_UUID}(?: is made of the sku {_UUID}, which)? has no BOM|the line takes more of an input.*",
        ),
        ("/destinationLocationId", "must differ from the source"),
        # What a value may be depends on the one beside it.
        ("(?:/rows/[0-9]+)?/value", "must be an email address, because the type is email"),
        ("(?:/rows/[0-9]+)?/isPrimary", "must not be true for a method that is deactivated"),
        # A line of a receipt that comes twice; amounts of an allocation that do not fit its basis or its cost.
        ("/items/[0-9]+/receiptItemId", "is in the list already"),
        ("/items", "by hand each line is named with its amount"),
        ("/items/[0-9]+/amount", "by hand each line has its amount, else none has"),
        ("/amount", "an additional cost needs its amount|is not what the amounts of the lines add up to"),
        ("/amount|/items/[0-9]+/amount", "must be above 0, or below for a credit of an additional cost"),
        # A time that is compared with now, or with the transfer's; a day that no calendar has; one before the first or
        # after the last that can be kept.
        ("/(?:event|receipt)Date", "must be at most one day ahead|is before the transfer's|is no date"),
        ("query/date(?:From|To)", "is no date"),
        ("query/updatedSince", "is no moment"),
        ("/closedThrough", "must be before today"),
        # Lots are together what is moved, and each has its day where the item asks for it.
        (f"{_IN_LINES}/(?:lots|scrappedLots)/[0-9]+/(?:code|lotId)", "is named before this one"),
        (f"{_IN_LINES}/(?:lots|scrappedLots)", "together they are .*, and not .*"),
        (f"(?:{_IN_LINES}/lots/[0-9]+)?/bestBefore", "each lot of the item needs it"),
        # What domains there are follows from the document, also from those of plugins.
        ("/scopes/[0-9]+", "names no domain; there are .*"),
    )
]


def is_refused_for_what_the_schema_cannot_say(response: Any, declared: Mapping[str, Any]) -> bool:
    """422 for a request that its schema allows, because of such a rule, or of one that the operation states (`x-rules`,
    docs/plugins.md). Every problem of the answer must be one."""
    if response.status_code != 422:
        return False
    problems = _problems(response)
    rules = [*_RULES, *((re.compile(rule["path"]), re.compile(rule["message"])) for rule in declared.get(RULES, ()))]
    return bool(problems) and all(
        any(path.fullmatch(problem["path"]) and message.fullmatch(problem["message"]) for path, message in rules)
        for problem in problems
    )


def is_refused_for_the_item_of_a_line(response: Any) -> bool:
    """422 for a line that does not name exactly one material or SKU, or lacks what a part of it must have. Schemathesis
    makes some and takes them for valid, because its values for a property look past the `oneOf` beside it."""
    is_json = response.request.headers.get("Content-Type") == "application/json"
    if response.status_code != 422 or not is_json or not response.request.body:
        return False
    problems = _problems(response)
    body = json.loads(response.request.body)
    return bool(problems) and all(_is_of_a_line(body, each["path"], each["message"]) for each in problems)


def _is_of_a_line(body: Any, path: str, message: str) -> bool:
    holder, _, key = path.rpartition("/")
    if message == "is required":
        return _PART_OF_LINE.fullmatch(holder) is not None and key not in _at(body, holder)
    return (
        _LINE.fullmatch(path) is not None
        and re.fullmatch("has (?:none of the allowed|more than one of the) forms.*", message) is not None
        and any(sum(_at(body, path).get(key) is not None for key in keys) != 1 for keys in _one_of(path))
    )


def _one_of(path: str) -> tuple[tuple[str, ...], ...]:
    kind = path.split("/")[-2] if path else ""
    if kind in ("lots", "scrappedLots"):
        return (_LOT_KEYS,)
    return (_ITEM_KEYS, _PARTNER_KEYS) if kind == "rows" else (_ITEM_KEYS,)


def _at(body: Any, pointer: str) -> dict[str, Any]:
    for part in pointer.split("/")[1:]:
        body = body[int(part) if part.isdigit() else part]
    return dict(body)


def is_about_another_record(response: Any) -> bool:
    """404 for a record that only the body names, which an earlier case may have deleted: the one in the path, made a
    moment before, is there. The answer says which id it did not find."""
    missing = re.fullmatch(f"no [a-z ]+ with the id ({_UUID})", response.json()["error"]["message"])
    return missing is not None and missing[1] not in response.request.url and missing[1] in _text(response.request.body)


def is_null_taken_for_an_id(response: Any) -> bool:
    """422 for a path with `None` in it: schemathesis follows from an answer to what its ids name, also where such an id
    is null, as the SKU is in a line of materials."""
    return (
        response.status_code == 422
        and "None" in response.request.url.partition("?")[0].split("/")
        and [problem["path"] for problem in _problems(response)] == ["path/id"]
    )


def is_too_large_to_be_read(response: Any) -> bool:
    """413, which schemathesis does not know for a refusal: an array with more items than allowed can be that long."""
    return response.status_code == 413 and len(response.request.body) > 8 * 2**20


def is_a_file_taken_for_an_empty_one(case: Any, response: Any) -> bool:
    """201 for an upload of which nothing is wrong: schemathesis counts the characters of a file's stand-in, which has
    none, and not the bytes that it sends."""
    body = case.body
    return (
        response.status_code == 201
        and isinstance(body, dict)
        and set(body) == {"file", "entityType", "entityId"}
        and isinstance(body["file"], Binary)
        and len(body["file"].data) > 0
        and body["entityType"] in ("sales_order", "purchase_order", "work_order", "lot")
        and re.fullmatch(_UUID, str(body["entityId"])) is not None
    )


def is_refused_row_by_row(case: Any, response: Any) -> bool:
    """200 for an import in mode=partial of which a row is wrong: each row is stored or refused on its own, and the
    answer says which. Every row that its schema does not allow must have been refused, and the rest of the body be
    right."""
    if response.status_code != 200 or "mode=partial" not in response.request.url.partition("?")[2].split("&"):
        return False
    body = case.body
    if not isinstance(body, dict) or set(body) != {"rows"} or not isinstance(body["rows"], list):
        return False
    results = response.json()["results"]
    refused = [each["status"] == "error" and each["error"]["code"] == "validation_failed" for each in results]
    if len(refused) != len(body["rows"]) or not any(refused):
        return False
    schemas = [each for each in case.operation.body if each.media_type == case.media_type]
    return all(
        is_refused or any(schema.is_valid({"rows": [row]}) for schema in schemas)
        for row, is_refused in zip(body["rows"], refused, strict=True)
    )


def _text(body: bytes | str | None) -> str:
    return body.decode("utf-8", "replace") if isinstance(body, bytes) else body or ""


def _problems(response: Any) -> list[dict[str, str]]:
    return response.json()["error"].get("details") or []
