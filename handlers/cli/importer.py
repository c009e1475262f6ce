"""What `pharus import` does: finds the operation in the document of the server, sends the file, reads the answer."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpcore
import orjson

from pharus import openapi
from pharus.errors import ConfigurationError

# By the end of a file's name.
MEDIA_TYPES = {".csv": openapi.CSV, ".txt": openapi.CSV, ".tsv": openapi.CSV, ".xlsx": openapi.XLSX}
_TIMEOUTS = {"connect": 5.0, "read": 120.0, "write": 60.0, "pool": 5.0}


@dataclass(frozen=True)
class Outcome:
    """A line for whatever was refused, and one about all of it."""

    refusals: list[str]
    summary: str


class Importer:
    """ConfigurationError for what does not answer, an operation that there is not, and a token that may not."""

    def __init__(self, address: str, token: str) -> None:
        self._address = address
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def send(self, operation: str, content: bytes, media_type: str, query: Mapping[str, str]) -> Outcome:
        target = f"{self._path(operation)}?{urlencode(query)}"
        headers = {**self._headers, "Content-Type": media_type}
        if "dryRun" not in query:
            # The same file with the same settings is the same request.
            headers["Idempotency-Key"] = hashlib.sha256(target.encode() + b"\0" + content).hexdigest()
        status, answer = self._request("POST", target, headers, content)
        if status == 200:
            return _outcome(answer["results"], is_dry="dryRun" in query)
        error = answer["error"]
        if status in (401, 403, 404, 405):
            raise ConfigurationError(f"{self._address} refuses it: {error['message']}.")
        details = error.get("details")
        found = [_line(each) for each in details] if isinstance(details, list) else [error["message"]]
        if omitted := error.get("omittedProblems"):
            found.append(f"and {omitted} more")
        return Outcome(found, f"Nothing was stored: {error['message']}.")

    def _path(self, operation: str) -> str:
        _, document = self._request("GET", "/api/openapi.json", self._headers)
        paths = {
            declared["operationId"]: path
            for path, _, declared in openapi.operations(document)
            if openapi.CSV in openapi.request_body(document, declared).get("content", {})
        }
        if operation not in paths:
            raise ConfigurationError(f"{operation} takes no file; these do: {', '.join(sorted(paths))}.")
        return paths[operation]

    def _request(self, method: str, target: str, headers: Mapping[str, str], content: bytes = b"") -> tuple[int, Any]:
        try:
            response = httpcore.request(
                method,
                self._address + target,
                headers=list(headers.items()),
                content=content,
                extensions={"timeout": _TIMEOUTS},
            )
            return response.status, orjson.loads(response.content)
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ValueError) as error:
            raise ConfigurationError(f"{self._address} does not answer: {type(error).__name__}.") from error


def _outcome(results: list[dict[str, Any]], *, is_dry: bool) -> Outcome:
    refused = [result for result in results if result["status"] == "error"]
    good = len(results) - len(refused)
    return Outcome(
        [line for result in refused for line in _lines(result)],
        f"{good} rows {'can be stored' if is_dry else 'stored'}, {len(refused)} refused.",
    )


def _lines(result: Mapping[str, Any]) -> Iterator[str]:
    for each in result["error"]["details"]:
        yield _line(each)


def _line(problem: Mapping[str, Any]) -> str:
    """`B17  /rows/3/qboId  another vendor has this qboId`"""
    place = problem.get("cell") or (f"row {problem['row']}" if "row" in problem else "-")
    return f"{place}\t{problem['path']}\t{problem['message']}"
