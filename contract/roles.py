"""Every operation × every access level that a caller can have: who is refused follows from the document alone.

Each request carries a query parameter that no operation has. Who may call is answered 422 for it, before anything
happens; who may not is refused before. So nothing is ever done, whatever the operation would do.
"""

from __future__ import annotations

import time

from contract.callers import Caller, Callers
from contract.calling import Call, examples
from contract.conformance import Deviation
from contract.document import Operation
from contract.report import Case, Report

PROBE = "contractProbe"


def check(operations: list[Operation], callers: Callers, report: Report) -> None:
    for operation in operations:
        started = time.monotonic()
        case = report.add(Case("roles", operation.id))
        call = _call(operation)
        for caller in callers.all:
            case.requests += 1
            case.violations += _violations(call, caller)
        case.seconds = time.monotonic() - started


def _call(operation: Operation) -> Call:
    found = examples(operation)
    call = found[0] if found else Call(operation, operation.example_parameters("path"), body={})
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            call.path_parameters.setdefault(parameter["name"], "01935d6c-7b1a-7c3e-8f00-000000000001")
    call.query[PROBE] = "1"
    return call


def _violations(call: Call, caller: Caller) -> list[str]:
    operation, name = call.operation, caller.level.name
    try:
        answer = caller.send(call)
    except Deviation as deviation:
        return [f"{name}: {deviation}"]
    refusal = caller.level.refusal(operation)
    if refusal is not None:
        if answer.status_code == refusal:
            return []
        least = operation.minimum_role
        said = f"{answer.status_code}: {answer.text[:200]}"
        return [f"{name} must be refused with {refusal}, as the least role is {least}, and was answered {said}"]
    # A limit on requests of one address comes before everything else.
    if answer.status_code == 422 or (answer.status_code == 429 and operation.declared.get("x-rate-limit")):
        return []
    if answer.status_code in (401, 403):
        return [f"{name} may call this and was refused with {answer.status_code}: {answer.text[:200]}"]
    return [f"{name}: an unknown query parameter must be answered 422, not {answer.status_code}: {answer.text[:200]}"]
