"""What `pharus import` does: finds the operation in the document of the server, sends the file, reads the answer.

A file with more records than a bulk import takes goes in parts, one after another (docs/spreadsheets.md).
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import httpcore
import orjson

from handlers.cli import import_parts
from handlers.cli.import_parts import Part
from handlers.spreadsheets.forms import aliases_of
from handlers.spreadsheets.reading import Unreadable
from handlers.spreadsheets.settings import Settings
from pharus import openapi
from pharus.errors import ConfigurationError
from pharus.spreadsheets.columns import table_of_rows

# By the end of a file's name.
MEDIA_TYPES = {".csv": openapi.CSV, ".txt": openapi.CSV, ".tsv": openapi.CSV, ".xlsx": openapi.XLSX}
# What is said of a file that the parts of it are not.
_OF_THE_FILE = ("encoding", "sheet", "headRow", "lastRow")
_TIMEOUTS = {"connect": 5.0, "read": 120.0, "write": 60.0, "pool": 5.0}

Told = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Outcome:
    """A line for whatever was refused, and one about all of it; how many rows are good."""

    refusals: list[str]
    summary: str
    good: int = 0
    # Refused as a whole.
    is_refused: bool = False


class Importer:
    """ConfigurationError for what does not answer, an operation that there is not, and a token that may not."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def template(self, operation: str, file_format: str) -> bytes:
        """The empty table of an import, `xlsx` or `csv`."""
        status, content = self._send(
            "GET",
            f"/api/imports/{quote(operation)}/template?fileFormat={file_format}",
            {**self._headers, "Accept": "*/*"},
        )
        if status != 200:
            raise ConfigurationError(f"{self._address} refuses it: {orjson.loads(content)['error']['message']}.")
        return content

    def send(
        self, operation: str, content: bytes, media_type: str, query: Mapping[str, str], from_row: int = 0
    ) -> Outcome:
        """Import a file, without the records that begin before `from_row`."""
        document = self._document()
        path, declared = self._operation(document, operation)
        table = table_of_rows(openapi.Document(document), declared)
        try:
            parts = table and import_parts.split(
                content,
                media_type == openapi.XLSX,
                table,
                aliases_of(document, path),
                Settings.of(query),
                from_row=from_row,
            )
        except Unreadable as unreadable:
            return Outcome([str(unreadable)], f"Nothing was stored: {unreadable}.", is_refused=True)
        if not parts:
            return self._import(path, content, media_type, query)
        query = {key: value for key, value in query.items() if key not in _OF_THE_FILE}
        return self._import_parts(path, parts, media_type, query)

    def _import_parts(self, path: str, parts: list[Part], media_type: str, query: Mapping[str, str]) -> Outcome:
        """One after another. All are tried before the first one is stored, unless rows may be refused by themselves."""
        is_dry = "dryRun" in query
        if is_dry or query.get("mode") != "partial":
            tried = [
                self._import(path, part.content, media_type, {**query, "dryRun": "true"}, part.in_file)
                for part in parts
            ]
            refusals = [line for each in tried for line in each.refusals]
            if is_dry or refusals:
                good = sum(each.good for each in tried)
                of_parts = f"in {len(parts)} parts"
                if is_dry:
                    return Outcome(refusals, f"{good} rows can be stored {of_parts}, {len(refusals)} problems.", good)
                return Outcome(refusals, f"Nothing was stored {of_parts}: {len(refusals)} problems.", is_refused=True)
        good = 0
        refusals = []
        for part in parts:
            stored = self._import(path, part.content, media_type, query, part.in_file)
            refusals += stored.refusals
            good += stored.good
            if stored.is_refused:
                rest = f"Correct it, and import the rest with --from-row {part.lines[0]}"
                return Outcome(
                    refusals, f"{good} rows stored; nothing from row {part.lines[0]} on. {rest}.", good, True
                )
        return Outcome(refusals, f"{good} rows stored in {len(parts)} parts, {len(refusals)} problems.", good)

    def _import(
        self, path: str, content: bytes, media_type: str, query: Mapping[str, str], told: Told = lambda problem: problem
    ) -> Outcome:
        target = f"{path}?{urlencode(query)}"
        headers = {**self._headers, "Content-Type": media_type}
        if "dryRun" not in query:
            # The same file with the same settings is the same request.
            headers["Idempotency-Key"] = hashlib.sha256(target.encode() + b"\0" + content).hexdigest()
        status, answer = self._request("POST", target, headers, content)
        if status == 200:
            return _outcome(answer["results"], told, is_dry="dryRun" in query)
        error = answer["error"]
        if status in (401, 403, 404, 405):
            raise ConfigurationError(f"{self._address} refuses it: {error['message']}.")
        details = error.get("details")
        found = [_line(told(each)) for each in details] if isinstance(details, list) else [error["message"]]
        if omitted := error.get("omittedProblems"):
            found.append(f"and {omitted} more")
        return Outcome(found, f"Nothing was stored: {error['message']}.", is_refused=True)

    def _document(self) -> dict[str, Any]:
        _, document = self._request("GET", "/api/openapi.json", self._headers)
        assert isinstance(document, dict)
        return document

    def _operation(self, document: Mapping[str, Any], operation: str) -> tuple[str, dict[str, Any]]:
        found = {
            declared["operationId"]: (path, declared)
            for path, _, declared in openapi.operations(document)
            if openapi.CSV in openapi.media_types(openapi.request_body(document, declared))
        }
        if operation not in found:
            raise ConfigurationError(f"{operation} takes no file; these do: {', '.join(sorted(found))}.")
        return found[operation]

    def _request(self, method: str, target: str, headers: Mapping[str, str], content: bytes = b"") -> tuple[int, Any]:
        status, answer = self._send(method, target, headers, content)
        try:
            return status, orjson.loads(answer)
        except ValueError as error:
            raise ConfigurationError(f"{self._address} does not answer as Pharus does: {error}.") from error

    def _send(self, method: str, target: str, headers: Mapping[str, str], content: bytes = b"") -> tuple[int, bytes]:
        try:
            response = httpcore.request(
                method,
                self._address + target,
                headers=list(headers.items()),
                content=content,
                extensions={"timeout": _TIMEOUTS},
            )
            return response.status, response.content
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ValueError) as error:
            raise ConfigurationError(f"{self._address} does not answer: {type(error).__name__}.") from error


def _outcome(results: list[dict[str, Any]], told: Told, *, is_dry: bool) -> Outcome:
    refused = [result for result in results if result["status"] == "error"]
    good = len(results) - len(refused)
    return Outcome(
        [line for result in refused for line in _lines(result, told)],
        f"{good} rows {'can be stored' if is_dry else 'stored'}, {len(refused)} refused.",
        good,
    )


def _lines(result: Mapping[str, Any], told: Told) -> Iterator[str]:
    for each in result["error"]["details"]:
        yield _line(told(each))


def _line(problem: Mapping[str, Any]) -> str:
    """`B17  /rows/3/qboId  another vendor has this qboId`"""
    place = problem.get("cell") or (f"row {problem['row']}" if "row" in problem else "-")
    return f"{place}\t{problem['path']}\t{problem['message']}"
