"""Ten shapes in which people send tables, made up: what each file is, how it is to be read, and what it says."""

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Shape:
    """`rows` are those of an import of vendors, or of purchase orders with lines."""

    name: str
    content: bytes
    rows: list[dict[str, Any]]
    media_type: str = CSV
    query: dict[str, str] = field(default_factory=dict)
    has_lines: bool = False


def xlsx(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return content.getvalue()


def orders(*lines: list[Any]) -> list[list[Any]]:
    head = ["Supplier", "Target Type", "Status", "Placed At", "Item", "Quantity", "Unit Cost"]
    return [head, *lines]


SHAPES = (
    Shape(
        "a database's export: UTF-8, commas, the keys of the API",
        b'name,city,zipCode,notes\r\n"Oils, Inc.",Leeds,00501,"says ""hi"""\r\nJars,,,\r\n',
        [{"name": "Oils, Inc.", "city": "Leeds", "zipCode": "00501", "notes": 'says "hi"'}, {"name": "Jars"}],
    ),
    Shape(
        "German Excel: semicolons, Windows-1252",
        "Name;City;Zip Code;Notes\r\nMüller Öle GmbH;Köln;01067;Straße 5 für Lieferungen über den Hof\r\n".encode(
            "cp1252"
        ),
        [
            {
                "name": "Müller Öle GmbH",
                "city": "Köln",
                "zipCode": "01067",
                "notes": "Straße 5 für Lieferungen über den Hof",
            }
        ],
    ),
    Shape(
        "Excel's CSV UTF-8: a byte order mark, a line that says the separator",
        "\ufeffsep=;\r\nname;country\r\nÉpices;FR\r\n".encode(),
        [{"name": "Épices", "country": "FR"}],
    ),
    Shape(
        "copied from a sheet: tabs, UTF-16",
        "Name\tTerm\nTins\tNet 30\n".encode("utf-16"),
        [{"name": "Tins", "term": "Net 30"}],
    ),
    Shape(
        "an accounting program's list: other heads, more columns than are wanted",
        b"Supplier,QB No.,Balance,Remarks\nWax,0042,12.50,=HYPERLINK(1)\nOil,0043,0,'=2\n",
        [{"name": "Wax", "qboId": "0042", "notes": "=HYPERLINK(1)"}, {"name": "Oil", "qboId": "0043", "notes": "=2"}],
        query={"columns": "Supplier=name;QB No.=qboId;Remarks=notes;Balance="},
    ),
    Shape(
        "typed by hand: blank lines, spaces around, ends of lines in cells, a short row",
        b'NAME , city,notes\n\n Lids , Ghent ,"first\nsecond"\n,,\nPots\n',
        [{"name": " Lids ", "city": " Ghent ", "notes": "first\nsecond"}, {"name": "Pots"}],
    ),
    Shape(
        "a workbook with a cover: the sheet is named, codes are numbers, blank columns",
        xlsx(("Cover", [["Our suppliers"]]), ("Data", [["Name", None, "Zip code"], ["Pots", None, 12345.0]])),
        [{"name": "Pots", "zipCode": "12345"}],
        XLSX,
        {"sheet": "Data"},
    ),
    Shape(
        "orders of a workbook: dates and floats of Excel, lines below their order",
        xlsx(
            (
                "Orders",
                orders(
                    ["Wax", "materials", "Placed", date(2026, 3, 2), "BOX-12", 0.1 + 0.2, 12],
                    [None, None, None, None, "OIL", 1234.5, 0.07],
                    ["Oil", "materials", "Planning", None, "BOX-12", 7, None],
                ),
            )
        ),
        [
            {
                "vendorId": ["Wax"],
                "targetType": "materials",
                "status": "Placed",
                "placedAt": "2026-03-02",
                "items": [
                    {"materialId": ["BOX-12"], "quantity": "0.3", "unitCost": "12"},
                    {"materialId": ["OIL"], "quantity": "1234.5", "unitCost": "0.07"},
                ],
            },
            {
                "vendorId": ["Oil"],
                "targetType": "materials",
                "status": "Planning",
                "items": [{"materialId": ["BOX-12"], "quantity": "7"}],
            },
        ],
        XLSX,
        {"columns": "Supplier=vendorId;Item=materialId"},
        has_lines=True,
    ),
    Shape(
        "orders of a program: each line has its order's number, decimal commas, points between thousands, days first",
        b"Order;Vendor;Target;Status;Date;Material Code;Quantity;Unit cost\r\n"
        b"A-1;Wax;materials;Placed;02.03.2026;BOX-12;1.234,5;0,07\r\n"
        b"A-2;Oil;materials;Placed;3.3.2026;OIL;2;\r\n"
        b"A-1;Wax;materials;Placed;02.03.2026;OIL;-1;1.000.000,00\r\n",
        [
            {
                "vendorId": ["Wax"],
                "targetType": "materials",
                "status": "Placed",
                "placedAt": "2026-03-02",
                "items": [
                    {"materialId": ["BOX-12"], "quantity": "1234.5", "unitCost": "0.07"},
                    {"materialId": ["OIL"], "quantity": "-1", "unitCost": "1000000.00"},
                ],
            },
            {
                "vendorId": ["Oil"],
                "targetType": "materials",
                "status": "Placed",
                "placedAt": "2026-03-03",
                "items": [{"materialId": ["OIL"], "quantity": "2"}],
            },
        ],
        query={
            "columns": "Order=group;Target=targetType;Date=placedAt",
            "dateOrder": "dmy",
            "decimalSeparator": "comma",
            "thousandsSeparator": "point",
        },
        has_lines=True,
    ),
    Shape(
        "what cannot be read stays as it is, and the schema says so",
        b'vendor,targetType,status,placedAt,materialId,quantity\nWax,materials,Placed,03/02/2026,BOX-12,"1,234.5"\n',
        [
            {
                "vendorId": ["Wax"],
                "targetType": "materials",
                "status": "Placed",
                "placedAt": "03/02/2026",
                "items": [{"materialId": ["BOX-12"], "quantity": "1,234.5"}],
            }
        ],
        has_lines=True,
    ),
)
