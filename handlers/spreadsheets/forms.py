"""What the rows of an import look like in a file: their columns, what these are also called, what they name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.spreadsheets import references
from handlers.spreadsheets.references import Targets
from pharus import openapi
from pharus.spreadsheets.columns import Table, table_of_rows


@dataclass(frozen=True, slots=True)
class Form:
    """Of one operation. `aliases` are names of columns beside their own."""

    table: Table
    targets: Targets
    aliases: Mapping[str, str]


def form_of(document: Mapping[str, Any], declared: Mapping[str, Any]) -> Form | None:
    """None for an operation that takes no rows. The plugins are installed by then."""
    table = table_of_rows(openapi.Document(document), declared)
    if table is None:
        return None
    path = next(
        path for path, _, each in openapi.operations(document) if each["operationId"] == declared["operationId"]
    )
    return Form(table, references.targets_of(path, table), aliases_of(document, path))


def aliases_of(document: Mapping[str, Any], path: str) -> dict[str, str]:
    """What answers call the columns (`x-answer-names` of the record's PATCH), and a reference by its name there."""
    declared = document["paths"].get(f"{path.rpartition('/')[0]}/{{id}}", {}).get("patch")
    body = openapi.request_body(document, declared or {}).get("content", {}).get(openapi.JSON)
    names: Mapping[str, str] = openapi.dereference(document, body["schema"]).get("x-answer-names", {}) if body else {}
    shorter = {
        f"{answered.removesuffix('Id')}{end}": name
        for answered, name in names.items()
        for end in ("", "Name")
        if name.endswith("Id")
    }
    return {**names, **shorter}
