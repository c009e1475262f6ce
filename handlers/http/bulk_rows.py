"""A bulk import of which some rows break the schema: its handler gets the others, and the two are reported as one
(docs/rules.md, Bulk import)."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from handlers.http.body_schema import Findings
from pharus.errors import Invalid, NotFound, Problem, Refused

# By the row's index, what is wrong with it.
BadRows: TypeAlias = dict[int, Findings]


def import_good_rows(
    handler: Callable[..., Any],
    arguments: Mapping[str, Any],
    bad: BadRows,
    read: Callable[[Any], Any] = lambda body: body,
) -> dict[str, Any]:
    """In partial mode the good rows are stored, and the bad ones are errors among the results. In atomic mode nothing
    is: Invalid names the bad rows, and what the handler has against the others. `read` makes of a valid body what a
    handler gets."""
    rows = arguments["body"]["rows"]
    good = [index for index in range(len(rows)) if index not in bad]
    body = read({**arguments["body"], "rows": [rows[index] for index in good]})
    if arguments["mode"] != "atomic":
        stored = handler(**{**arguments, "body": body}) if good else {"ids": [], "results": []}
        results = {index: {**result, "index": index} for index, result in zip(good, stored["results"], strict=True)}
        results |= {index: _refused(index, findings) for index, findings in bad.items()}
        return {**stored, "results": [results[index] for index in range(len(rows))]}
    found = [problem for findings in bad.values() for problem in findings.problems]
    omitted = sum(findings.omitted for findings in bad.values())
    if good:
        try:
            handler(**{**arguments, "body": body, "dry_run": "true"})
        except Invalid as refusal:
            found += [_moved(problem, good) for problem in refusal.problems]
            omitted += refusal.omitted
        except (NotFound, Refused):
            # What is wrong by itself goes before what the world refuses.
            pass
    raise Invalid(sorted(found, key=_row), "no row was stored", omitted=omitted)


def _refused(index: int, findings: Findings) -> dict[str, Any]:
    path, message = findings.problems[0]
    details = [problem.shown() for problem in findings.problems]
    error = {"code": Invalid.code, "message": f"{path.removeprefix(f'/rows/{index}') or 'the row'} {message}"}
    return {"index": index, "status": "error", "error": {**error, "details": details}}


def _moved(problem: Problem, good: list[int]) -> Problem:
    """A problem of a row among the good ones as one of the row where the caller has it."""
    if not problem.path.startswith("/rows/"):
        return problem
    _, _, index, *rest = problem.path.split("/", 3)
    return problem._replace(path="/".join(["", "rows", str(good[int(index)]), *rest]))


def _row(problem: Problem) -> int:
    return int(problem.path.split("/", 3)[2]) if problem.path.startswith("/rows/") else -1
