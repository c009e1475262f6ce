"""Empty tables to fill in: heads alone as CSV; as XLSX with a comment behind each head, what may be chosen in its
cells, and a sheet that explains the columns."""

import csv as csv_files
import io

import xlsxwriter

from plugins.imports.schemas import Import, ImportColumn

# As many cells below a head let their values be chosen from a list; an import takes no more rows.
_ROWS = 5000
# Excel's own bounds, of the name of a sheet and of a list of values.
_MOST_NAME, _MOST_LIST = 31, 255
_WORDS = {
    "text": "a text",
    "number": "a number",
    "wholeNumber": "a whole number",
    "truth": "true or false",
    "date": "a day, as 2026-03-02",
    "moment": "a moment, as 2026-03-02T08:15:00Z",
    "list": "texts with a semicolon between them",
    "reference": "the code or the name of a record, or its id",
    "json": "JSON",
}


def name_of(of: Import) -> str:
    """`/api/vendors/bulk-import` → `vendors`."""
    return of["path"].removeprefix("/api/").removesuffix("/bulk-import").replace("/", "-")


def csv(of: Import) -> bytes:
    text = io.StringIO()
    csv_files.writer(text).writerow(column["head"] for column in of["columns"])
    return text.getvalue().encode()


def xlsx(of: Import) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        styles = {
            True: book.add_format({"bold": True, "bottom": 1}),
            False: book.add_format({"bottom": 1}),
        }
        # Codes keep their zeros, and dates are written as everybody reads them.
        cells = {"date": book.add_format({"num_format": "yyyy-mm-dd"})}
        as_text = book.add_format({"num_format": "@"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet(name_of(of)[:_MOST_NAME])
        explained = book.add_worksheet("Columns")
        sheet.freeze_panes(1, 0)
        explained.freeze_panes(1, 0)
        explained.write_row(0, 0, ("Column", "Needed", "Holds", "What it is", "Values"), styles[True])
        for at, column in enumerate(of["columns"]):
            holds_text = column["type"] in ("text", "reference", "list")
            cell = as_text if holds_text and not column["values"] else cells.get(column["type"])
            sheet.set_column(at, at, max(12, len(column["head"]) + 2), cell)
            sheet.write_string(0, at, column["head"], styles[column["isRequired"]])
            sheet.write_comment(0, at, explanation(column))
            values = column["values"] or (["true", "false"] if column["type"] == "truth" else [])
            if values and len(",".join(values)) <= _MOST_LIST:
                sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": values})
            needed = "yes" if column["isRequired"] else ""
            row = (column["head"], needed, _WORDS[column["type"]], _said(column), ", ".join(values))
            for place, text in enumerate(row):
                explained.write_string(at + 1, place, text, wrapped)
        for at, width in enumerate((24, 8, 30, 70, 40)):
            explained.set_column(at, at, width)
    return content.getvalue()


def explanation(column: ImportColumn) -> str:
    """What a comment says of a column: one paragraph."""
    needed = "Needed: " if column["isRequired"] else ""
    values = f" One of {', '.join(column['values'])}." if column["values"] else ""
    return f"{needed}{_WORDS[column['type']]}. {_said(column)}{values}".strip()


def _said(column: ImportColumn) -> str:
    texts = [column["description"]]
    if column["isGroup"]:
        texts.append("All lines with the same value are one record.")
    elif column["isOfLines"]:
        texts.append("It belongs to a line, of which a record may have several.")
    return " ".join(filter(None, texts))
