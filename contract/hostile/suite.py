"""The hostile requests against any deployment, each held against its bounds: the status, the time until the answer, the
answer's size, and, of a server on this machine whose process is named, memory and processor time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from urllib.parse import urlsplit

import httpx

from contract.calling import Deployment
from contract.document import Document, Operation
from contract.hostile import sockets
from contract.hostile.bodies import JSON, MULTIPART, HostileBody, for_any_operation, for_operation
from contract.hostile.metering import Cost, Meter
from contract.report import Case, Report

SUITE = "hostile"

# What no schema is asked about is sent to these, and to every operation that takes a form.
ANYTHING_FOR = ("createPurchaseOrder", "bulkImportSalesOrders")

MOST_SECONDS = 5.0
MOST_ANSWER_BYTES = 64 * 1024
MOST_MEGABYTES = 100
MOST_PROCESSOR_SECONDS = 1.0
REFUSALS = (400, 413, 422)

_TOO_MANY_REQUESTS = 429
_RATE_LIMITED = "the deployment limits requests; switch that off to test its bounds (PHARUS_RATE_LIMITS=off)"


def check(
    deployment: Deployment,
    operations: Sequence[Operation],
    headers: Mapping[str, str],
    report: Report,
    *,
    pid: int | None = None,
    probes: Sequence[sockets.Probe] = sockets.PROBES,
) -> None:
    """A case for each operation with a body, whose caller these headers name, and for each probe with sockets. OSError
    when `pid` cannot be measured."""
    meter = None if pid is None else Meter(pid)
    for operation in operations:
        bodies = list(bodies_for(deployment.document, operation))
        if bodies:
            report.add(_bodies(deployment, operation, bodies, headers, meter))
    address = urlsplit(deployment.address)
    host, port = address.hostname or "", address.port or 80
    for probe in probes:
        case = report.add(Case(SUITE, probe.name))
        if address.scheme != "http":
            case.skipped = "the sockets speak HTTP, not HTTPS: name the server behind the proxy"
            continue
        _sockets(case, probe, host, port)


def bodies_for(document: Document, operation: Operation) -> Iterator[HostileBody]:
    """The bodies that this operation must refuse."""
    if operation.media_type == MULTIPART:
        yield from for_any_operation(MULTIPART)
    elif operation.media_type == JSON:
        anything = for_any_operation(JSON) if operation.id in ANYTHING_FOR else ()
        yield from chain(for_operation(document.content, operation.body["schema"]), anything)


def _bodies(
    deployment: Deployment,
    operation: Operation,
    bodies: Sequence[HostileBody],
    headers: Mapping[str, str],
    meter: Meter | None,
) -> Case:
    case = Case(SUITE, operation.id)
    path = operation.path.format(**operation.example_parameters("path"))
    query = operation.example_parameters("query")
    started = time.monotonic()
    for body in bodies:
        sent = deployment.client.build_request(
            operation.method,
            path,
            params=query,
            headers={**headers, "Content-Type": body.content_type},
            content=body.make(),
        )
        case.requests += 1
        response, seconds, cost = _send(deployment.client, sent, meter)
        if isinstance(response, httpx.HTTPError):
            case.violations.append(f"{body.name}: no answer: {response!r}")
            break
        if response.status_code == _TOO_MANY_REQUESTS:
            case.skipped = _RATE_LIMITED
            break
        case.violations += [f"{body.name}: {what}" for what in _broken(response, seconds, cost)]
    case.seconds = time.monotonic() - started
    return case


def _send(
    client: httpx.Client, sent: httpx.Request, meter: Meter | None
) -> tuple[httpx.Response | httpx.HTTPError, float, Cost]:
    started = time.monotonic()
    cost = Cost()
    try:
        if meter is None:
            response = client.send(sent)
        else:
            with meter.measure() as cost:
                response = client.send(sent)
    except httpx.HTTPError as error:
        return error, time.monotonic() - started, cost
    return response, time.monotonic() - started, cost


def _broken(response: httpx.Response, seconds: float, cost: Cost) -> Iterator[str]:
    """The bounds that an answer breaks."""
    if response.status_code not in REFUSALS:
        yield f"answered {response.status_code}, and not one of {', '.join(map(str, REFUSALS))}"
    for value, most, unit in (
        (seconds, MOST_SECONDS, "seconds until the answer"),
        (len(response.content), MOST_ANSWER_BYTES, "bytes of answer"),
        (cost.megabytes, MOST_MEGABYTES, "MB over idle"),
        (cost.seconds, MOST_PROCESSOR_SECONDS, "seconds of processor"),
    ):
        if value > most:
            yield f"{value:,.1f} {unit}; at most {most:,.0f} are allowed"


def _sockets(case: Case, probe: sockets.Probe, host: str, port: int) -> None:
    started = time.monotonic()
    try:
        case.violations += probe.run(host, port)
    except OSError as error:
        case.violations.append(f"the server cannot be reached: {error}")
    case.seconds = time.monotonic() - started
    if case.seconds > probe.most_seconds:
        case.violations.append(f"took {case.seconds:.1f} seconds; at most {probe.most_seconds:.0f} are allowed")
