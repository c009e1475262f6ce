"""Traces by OpenTelemetry: a span for each request, and in it one for each statement and each file.

On when the standard variables say so (OTEL_EXPORTER_OTLP_ENDPOINT, or OTEL_TRACES_EXPORTER), which the library reads by
itself: endpoint, headers, sampler, resource, propagators. A request that comes with a `traceparent` goes on with its
caller's trace, and what the server asks of others (the identity provider, the bucket) carries one.
"""

import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pharus import __version__, openapi
from pharus.constraints import sqlstate
from pharus.errors import ConfigurationError
from pharus.instrumentation import Event, Work

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import SpanExporter

_ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_PROTOCOLS = ("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL")
_HTTP = "http/protobuf"

# The verb and the first table of a statement: what its span is called.
_VERB = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|CALL|COPY)\b", re.IGNORECASE)
_TABLE = re.compile(r"\b(?:FROM|INTO|JOIN|UPDATE)\s+([a-z_]+)")


class Tracing:
    """The observer that makes spans. One in each process that serves."""

    wants_statements = True

    def __init__(self, provider: "TracerProvider", document: Mapping[str, Any]) -> None:
        from opentelemetry.instrumentation.requests import RequestsInstrumentor

        self._provider = provider
        self._tracer = provider.get_tracer("pharus", __version__)
        self._routes = {declared["operationId"]: path for path, _, declared in openapi.operations(document)}
        # The libraries of Google call with `requests`.
        self._outgoing = RequestsInstrumentor()
        self._outgoing.instrument(tracer_provider=provider)

    def close(self, timeout: float) -> None:
        """Send what was not sent yet; a collector that does not answer must not hold up the stop."""
        self._outgoing.uninstrument()
        closing = threading.Thread(target=self._provider.shutdown, name="traces", daemon=True)
        closing.start()
        closing.join(timeout)

    # What an observer is told

    def request_began(self, work: Work, method: str, headers: list[tuple[bytes, bytes]]) -> None:
        from opentelemetry import context, propagate, trace

        carrier = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
        came_with = propagate.extract(carrier)
        span = self._tracer.start_span(
            method,
            came_with,
            trace.SpanKind.SERVER,
            {"http.request.method": method, "pharus.request_id": work.request_id},
        )
        work.trace_id = trace.format_trace_id(span.get_span_context().trace_id)
        # For this task, and whatever is done for it elsewhere.
        context.attach(trace.set_span_in_context(span, came_with))

    def request_ended(self, work: Work, method: str, status: int, seconds: float) -> None:
        from opentelemetry import trace

        span = trace.get_current_span()
        if span.is_recording():
            route = self._routes.get(work.operation)
            if route is not None:
                span.update_name(f"{method} {route}")
                span.set_attributes({"http.route": route, "pharus.operation": work.operation})
            if work.actor is not None:
                known = {"org_id": work.actor.org_id, "user_id": work.actor.user_id, "token_id": work.actor.token_id}
                span.set_attributes({f"pharus.{name}": id for name, id in known.items() if id is not None})
            span.set_attributes({"http.response.status_code": status, "pharus.queue_seconds": work.queue_seconds})
            if work.problem:
                span.set_attribute("error.type", work.problem)
            if status >= 500:
                span.set_status(trace.StatusCode.ERROR, work.problem)
        span.end()

    def statement_ended(self, describe: Callable[[], str], seconds: float, error: BaseException | None) -> None:
        from opentelemetry import trace

        # What belongs to no request makes no trace.
        if not trace.get_current_span().is_recording():
            return
        text, ended = describe(), time.time_ns()
        span = self._tracer.start_span(
            summary(text),
            kind=trace.SpanKind.CLIENT,
            attributes={"db.system.name": "postgresql", "db.query.text": text},
            start_time=ended - int(seconds * 1e9),
        )
        if error is not None:
            span.set_attribute("error.type", type(error).__name__)
            span.set_attribute("db.response.status_code", sqlstate(error) or "")
            span.set_status(trace.StatusCode.ERROR)
        span.end(ended)

    @contextmanager
    def step(self, name: str, file: str) -> Iterator[None]:
        from opentelemetry import trace

        if not trace.get_current_span().is_recording():
            yield
            return
        with self._tracer.start_as_current_span(name, attributes={"file.path": file}):
            yield

    def count(self, event: Event, amount: int, label: str) -> None:
        return


def create(document: Mapping[str, Any], environment: Mapping[str, str] = os.environ) -> Tracing | None:
    """None unless traces are asked for. ConfigurationError when they are and cannot be sent."""
    values = {name: value.strip() for name, value in environment.items() if name.startswith("OTEL_") and value.strip()}
    exporter = values.get("OTEL_TRACES_EXPORTER", "otlp" if any(name in values for name in _ENDPOINTS) else "none")
    if exporter == "none" or values.get("OTEL_SDK_DISABLED", "").lower() == "true":
        return None
    if exporter not in ("otlp", "console"):
        raise ConfigurationError(f"OTEL_TRACES_EXPORTER is {exporter!r}; it must be otlp, console or none.")
    for name in _PROTOCOLS:
        if values.get(name, _HTTP) != _HTTP:
            raise ConfigurationError(f"{name} is {values[name]!r}; Pharus sends traces by {_HTTP}.")
    try:
        return Tracing(_provider(exporter), document)
    except ImportError as error:
        raise ConfigurationError(
            f"OTEL_… variables ask for traces, and a library is missing ({error.name}): pip install pharus-server[otel]"
        ) from error


def _provider(exporter: str) -> "TracerProvider":
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

    resource = Resource.create({"service.version": __version__})
    if str(resource.attributes.get("service.name", "")).startswith("unknown_service"):
        resource = resource.merge(Resource({"service.name": "pharus"}))
    chosen: SpanExporter = ConsoleSpanExporter() if exporter == "console" else _otlp()
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(chosen))
    return provider


def _otlp() -> "SpanExporter":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return OTLPSpanExporter()


@lru_cache(maxsize=4096)
def summary(text: str) -> str:
    """`SELECT vendor`: what the last statement of a text does, and to which table."""
    last = text.rpartition("; ")[2]
    verb, table = _VERB.search(last), _TABLE.search(last)
    return f"{verb[1].upper() if verb else 'SQL'}{f' {table[1]}' if table else ''}"
