"""A bulk import from a CSV or XLSX file: its rows become those that the operation takes as JSON, and go the same way.

What is wrong is told where it is in the file, too: `row` and `cell` beside the pointer into the rows.
"""

from collections.abc import Callable, Mapping
from typing import Any

import orjson

from handlers.spreadsheets import references, rows
from handlers.spreadsheets.forms import Form, form_of
from handlers.spreadsheets.references import Reasons, Targets
from handlers.spreadsheets.settings import Settings
from handlers.workers.fair_queue import Flow
from handlers.workers.renderers import Renderers
from pharus import openapi
from pharus.errors import Invalid, Malformed, Problem, ProblemInFile
from pharus.files import Rendering
from pharus.names import snake

_MEDIA_TYPES = {openapi.CSV: False, openapi.XLSX: True}


class Import:
    """Of one operation. Made once, at start."""

    def __init__(self, document: Mapping[str, Any], declared: Mapping[str, Any], form: Form) -> None:
        self._form = form
        self._settings = [snake(each["name"]) for each in openapi.parameters_of_files(document, declared)]

    def is_file(self, headers: Mapping[bytes, bytes]) -> bool:
        return _media_type(headers) in _MEDIA_TYPES

    async def read(
        self,
        content: bytes | bytearray,
        headers: Mapping[bytes, bytes],
        query: Mapping[str, str],
        renderers: Renderers,
        flow: Flow,
    ) -> "Sheet":
        """The rows of a file, in another process. Invalid, Malformed, ServiceUnavailable."""
        is_xlsx = _MEDIA_TYPES[_media_type(headers)]
        form = self._form
        arguments = (bytes(content), is_xlsx, form.table, form.aliases, Settings.of(query))
        answer = orjson.loads(await renderers.run(Rendering("the import", "", rows.read, arguments), flow=flow))
        if "problem" in answer:
            raise Malformed(answer["problem"])
        return Sheet(answer, form.table.repeated, form.targets)

    def drop_settings(self, arguments: dict[str, Any]) -> None:
        """No function of an import takes them: they are said of a file."""
        for name in self._settings:
            arguments.pop(name, None)


class Sheet:
    """The rows that one file has."""

    def __init__(self, answer: Mapping[str, Any], repeated: str | None, targets: Targets) -> None:
        self._rows: list[dict[str, Any]] = answer["rows"]
        self._lines: list[list[int]] = answer["lines"]
        self._letters: Mapping[str, str] = answer["letters"]
        self._repeated = repeated
        self._targets = targets
        self._reasons: Reasons = {}

    def body(self) -> dict[str, Any]:
        """The body that the operation takes. In the unit of work of the import, which may begin anew."""
        found = orjson.loads(orjson.dumps(self._rows))
        self._reasons = references.resolve(found, self._repeated, self._targets)
        return {"rows": found}

    def answer(self, call: Callable[[], Any]) -> Any:
        """What the import answers, its problems with their places in the file."""
        try:
            answer = call()
        except Invalid as refusal:
            problems = [self._located(problem) for problem in refusal.problems]
            raise Invalid(problems, refusal.message, omitted=refusal.omitted) from None
        for result in answer["results"]:
            if result["status"] == "error":
                self._locate(result)
        return answer

    def _locate(self, result: dict[str, Any]) -> None:
        """A row that was refused in partial mode."""
        error, start = result["error"], f"/rows/{result['index']}"
        details = error.get("details")
        if isinstance(details, list):
            problems = [self._located(Problem(each["path"], each["message"])) for each in details]
            first = problems[0]
            error["message"] = f"{first.path.removeprefix(start) or 'the row'} {first.message}"
        else:
            problems = [self._located(Problem(start, error["message"]))]
        error["details"] = [problem.shown() for problem in problems]

    def _located(self, problem: Problem) -> Problem:
        _, *steps = problem.path.split("/")
        if len(steps) < 2 or steps[0] != "rows":
            return problem
        lines, keys = self._lines[int(steps[1])], steps[2:]
        row = lines[0]
        if keys and keys[0] == self._repeated and len(keys) > 1 and int(keys[1]) < len(lines) - 1:
            row = lines[1 + int(keys[1])]
        letter = self._letters.get(".".join(key for key in keys if not key.isdigit()))
        message = self._reasons.get(problem.path, problem.message)
        return ProblemInFile(problem.path, message, row, f"{letter}{row}" if letter else None)


def of_operation(document: Mapping[str, Any], declared: Mapping[str, Any]) -> Import | None:
    """For an operation that takes rows and declares that they may come as a file; None for others."""
    media_types = openapi.media_types(openapi.request_body(document, declared))
    form = form_of(document, declared) if media_types.keys() >= _MEDIA_TYPES.keys() else None
    return None if form is None else Import(document, declared, form)


def _media_type(headers: Mapping[bytes, bytes]) -> str:
    return headers.get(b"content-type", b"").partition(b";")[0].strip().lower().decode("latin-1")
