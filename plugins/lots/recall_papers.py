"""What a recall has reached, line by line for a spreadsheet, and as a paper (docs/rules.md, Lots)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, cast

from pharus.db import current
from pharus.files import Rendering
from pharus.pdf import printed
from pharus.pdf.paper import MOST_CODE_CHARACTERS, Party, printed_day, printed_quantity
from pharus.pdf.printed import NAME, UNIT, Column, PrintedDocument
from plugins.lots import recalls
from plugins.lots.schemas import LotRecallLine, LotRecallLineList, LotRecallReport
from plugins.platform.letterhead import letterhead

_ZERO = Decimal(0)
_COLUMNS = (
    Column("Lot", 20, is_number=False, most=MOST_CODE_CHARACTERS),
    NAME,
    Column("Reference", 15, is_number=False, most=60),
    Column("Date", 12, is_number=False),
    Column("Quantity", 11),
    Column("Came back", 11),
    UNIT,
)
Row = tuple[str, ...]


def lines(id: str) -> LotRecallLineList:
    """Who has what of the lots, each sale with whom to call, then what is still where. NotFound."""
    report = recalls.report_of(id)
    by_id = {lot["id"]: lot for lot in report["lots"]}
    people = {each["customerId"]: each["contacts"] for each in report["customers"]}
    found = list[dict[str, Any]]()
    for sale in report["sales"]:
        first = next(iter(people[sale["customerId"]]), {"name": None, "email": None, "phone": None})
        found.append(
            {
                **_of_lot(by_id[sale["lotId"]]),
                "whereabouts": "customer",
                "placeName": sale["customerName"],
                **{key: sale[key] for key in ("quantity", "returned", "ref", "eventDate")},
                **{f"contact{key.capitalize()}": first[key] for key in ("name", "email", "phone")},
            }
        )
    nobody = {"returned": _ZERO, **dict.fromkeys(("ref", "eventDate", "contactName", "contactEmail", "contactPhone"))}
    for place in report["places"]:
        for whereabouts, quantity in (("location", place["onHand"]), ("in_transit", place["inTransit"])):
            if quantity:
                where = {"whereabouts": whereabouts, "placeName": place["locationName"], "quantity": quantity}
                found.append({**_of_lot(by_id[place["lotId"]]), **where, **nobody})
    return {"data": cast(list[LotRecallLine], found)}


def _of_lot(lot: Any) -> dict[str, Any]:
    keys = ("itemCode", "itemName", "unit", "level", "status", "supplierLot", "bestBefore")
    return {"lotId": lot["id"], "lotCode": lot["code"], **{key: lot[key] for key in keys}}


def rendering(id: str) -> Rendering:
    """The response of `get_lot_recall_pdf`. NotFound."""
    report = recalls.report_of(id)
    organization, _ = letterhead()
    by_id = {lot["id"]: lot for lot in report["lots"]}
    recall = report["recall"]
    recalled = by_id[recall["lotId"]]
    rows, groups = list[Row](), list[int]()
    for head, of_group in _groups(report, by_id):
        groups.append(len(rows))
        rows += [("", head, "", "", "", "", ""), *of_group]
    return printed.rendering(
        PrintedDocument(
            title="Recall report",
            number=recalled["code"],
            mark="Exercise: nothing is recalled" if recall["isMock"] else None,
            organization=organization,
            parties=[("Recalled", Party(name=f"{recalled['itemCode']} · {recalled['itemName']}"))],
            details=[
                ("Recalled on", printed_day(current().calendar.day_of(recall["createdAt"]))),
                ("Lots reached", str(recall["lotCount"])),
                ("Report took", f"{recall['milliseconds']} ms"),
                ("As of", printed_day(current().today)),
            ],
            columns=_COLUMNS,
            rows=rows,
            groups=groups,
            notes=recall["reason"],
        )
    )


def _groups(report: LotRecallReport, by_id: Mapping[str, Any]) -> Iterator[tuple[str, list[Row]]]:
    """The heads of the paper's parts with the rows behind each: what was reached, customer by customer, and what is
    still here."""
    yield (
        "Lots reached",
        [
            (lot["code"], f"{lot['itemCode']} · {lot['itemName']}", lot["status"].replace("_", " "), "", "", "", "")
            for lot in report["lots"]
        ],
    )
    for customer in report["customers"]:
        first = next(iter(customer["contacts"]), None)
        whom = [part for part in (first["name"], first["phone"], first["email"]) if part] if first is not None else []
        head = " · ".join([f"With {customer['customerName']}", *whom])
        yield (
            head,
            [
                (
                    *_named(by_id[sale["lotId"]]),
                    sale["ref"] or "",
                    printed_day(current().calendar.day_of(sale["eventDate"])),
                    printed_quantity(sale["quantity"]),
                    printed_quantity(sale["returned"]) if sale["returned"] else "",
                    by_id[sale["lotId"]]["unit"] or "",
                )
                for sale in report["sales"]
                if sale["customerId"] == customer["customerId"]
            ],
        )
    here: list[Row] = [
        (
            *_named(by_id[place["lotId"]]),
            place["locationName"],
            "" if there is place["onHand"] else "on its way",
            printed_quantity(there),
            "",
            by_id[place["lotId"]]["unit"] or "",
        )
        for place in report["places"]
        for there in (place["onHand"], place["inTransit"])
        if there > _ZERO
    ]
    if here:
        yield "Still here", here


def _named(lot: Any) -> tuple[str, str]:
    return lot["code"], f"{lot['itemCode']} · {lot['itemName']}"
