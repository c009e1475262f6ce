"""The files of `pharus import-history`: JSON lines, or CSV with a line for each line of an order.

They are read as they come, one order after another, so that a file may be larger than the memory.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handlers.http.parsing import parse_json
from pharus import openapi
from pharus.errors import ConfigurationError, PharusError

# What belongs to a line of an order. An opening balance has its item and quantity itself.
ITEM_KEYS = frozenset(
    {
        *("material", "materialId", "sku", "skuId", "quantity", "unitCost", "unitPrice", "conversionCost"),
        "productionCost",
    }
)
OPENING_BALANCE = "opening_balance"
# Texts of a CSV file that may be numbers of a kind that JSON writes as numbers.
_WHOLE = re.compile(r"[0-9]{1,9}", re.ASCII)
_WORDS = {"true": True, "false": False}


@dataclass(slots=True)
class Entry:
    """An order or an opening balance, and where it stands in a file; or what is wrong with the line there."""

    place: str
    values: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None

    @property
    def kind(self) -> str:
        return str(self.values.get("kind"))


def read(path: Path) -> Iterator[Entry]:
    """The entries of a file, by what its name ends in. ConfigurationError for one that cannot be read at all."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _orders(_csv(path))
    if suffix in (".jsonl", ".ndjson", ".json"):
        return _json_lines(path)
    raise ConfigurationError(f"{path} is no .csv and no .jsonl: what is in it is told by its name.")


def _json_lines(path: Path) -> Iterator[Entry]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.isspace():
                continue
            place = f"{path}:{number}"
            try:
                values = parse_json(line, openapi.JSON)
            except PharusError as error:
                yield Entry(place, problem=error.message)
                continue
            if isinstance(values, dict):
                yield Entry(place, values)
            else:
                yield Entry(place, problem="is no JSON object")


def _csv(path: Path) -> Iterator[Entry]:
    """Each line by itself; what is empty is not there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if not {"kind"} <= set(reader.fieldnames or ()):
                raise ConfigurationError(f"{path} has no column `kind`: its first line names the columns.")
            for line in reader:
                place = f"{path}:{reader.line_num}"
                if None in line:
                    yield Entry(place, problem="has more fields than the first line names")
                    continue
                if any("\0" in text for text in line.values() if text):
                    yield Entry(place, problem="holds a NUL character")
                    continue
                yield Entry(place, {key: _value(key, text) for key, text in line.items() if text})
    except (UnicodeDecodeError, csv.Error) as error:
        raise ConfigurationError(f"{path} is no CSV in UTF-8: {error}.") from error


def _orders(lines: Iterator[Entry]) -> Iterator[Entry]:
    """Lines that follow one another with the same kind and number are one order. What it has itself stands in its first
    line; the others may repeat it."""
    order: Entry | None = None
    for line in lines:
        if line.problem is None and line.kind != OPENING_BALANCE:
            item = {key: line.values.pop(key) for key in ITEM_KEYS & line.values.keys()}
            if order is not None and _name(order) == _name(line):
                differing = [key for key, value in line.values.items() if order.values.get(key) != value]
                if differing:
                    order.problem = f"differs from {line.place} in {', '.join(sorted(differing))}"
                order.values["items"].append(item)
                continue
            line.values["items"] = [item]
        if order is not None:
            yield order
            order = None
        if "items" in line.values:
            order = line
        else:
            yield line
    if order is not None:
        yield order


def _name(entry: Entry) -> tuple[str, Any]:
    return entry.kind, entry.values.get("number", entry.place)


def _value(key: str, text: str) -> Any:
    # Quantities of what is counted in pieces are numbers; a decimal may be a text.
    if key == "quantity" and _WHOLE.fullmatch(text):
        return int(text)
    return _WORDS.get(text.lower(), text) if key == "history" else text
