import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests
from opentelemetry import context, trace
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from handlers.telemetry import tracing
from handlers.telemetry.tracing import Tracing, summary
from pharus import instrumentation
from pharus.db import db, unit_of_work
from pharus.errors import ConfigurationError
from pharus.identity import ANONYMOUS
from pharus.instrumentation import Work
from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.handlers.telemetry.collector import attributes, collecting
from tests.plugins.documents.orders import uploaded
from tests.server import Server

DOCUMENT = {"paths": {"/api/vendors/{id}": {"get": {"operationId": "getVendor"}}}}
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = "00f067aa0ba902b7"


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    """The spans of this process, made by the real library and kept in memory."""
    kept = InMemorySpanExporter()
    provider = TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    made = Tracing(provider, DOCUMENT)
    instrumentation.observe(made)
    before = context.get_current()
    yield kept
    instrumentation.observe()
    context.attach(before)
    made.close(5)


def request(work: Work, status: int = 200, traceparent: str | None = None) -> Iterator[None]:
    """The observers are told of a request around whatever the caller does."""
    headers = [] if traceparent is None else [(b"traceparent", traceparent.encode())]
    token = instrumentation.current.set(work)
    [observer] = instrumentation.observers
    observer.request_began(work, "GET", headers)
    yield
    observer.request_ended(work, "GET", status, 0.1)
    instrumentation.current.reset(token)


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def test_statements_are_spans_within_their_request(exporter: InMemorySpanExporter) -> None:
    work = Work("4711")
    for _ in request(work, traceparent=f"00-{TRACE}-{PARENT}-01"):
        work.operation = "getVendor"
        with pytest.raises(Exception, match="division"), unit_of_work(ANONYMOUS):
            db.rows("SELECT id FROM app_user WHERE email = %s", ("a secret",))
            db.send("SELECT 1 / 0")
    spans = by_name(exporter)
    whole = spans["GET /api/vendors/{id}"]
    assert work.trace_id == TRACE == trace.format_trace_id(whole.context.trace_id)
    assert whole.parent is not None
    assert trace.format_span_id(whole.parent.span_id) == PARENT
    assert whole.attributes is not None
    assert dict(whole.attributes) == {
        "http.request.method": "GET",
        "http.route": "/api/vendors/{id}",
        "http.response.status_code": 200,
        "pharus.operation": "getVendor",
        "pharus.request_id": "4711",
        "pharus.queue_seconds": 0.0,
    }
    statement, refused = spans["SELECT app_user"], spans["SELECT"]
    for span in (statement, refused):
        assert span.parent is not None
        assert span.parent.span_id == whole.context.span_id
        assert span.kind is trace.SpanKind.CLIENT
    assert statement.attributes is not None
    assert statement.attributes["db.query.text"].endswith("SELECT id FROM app_user WHERE email = %s")  # type: ignore[union-attr]  # a text
    assert refused.attributes is not None
    assert refused.attributes["db.response.status_code"] == "22012"
    assert not refused.status.is_ok
    assert "a secret" not in "".join(span.to_json() for span in exporter.get_finished_spans())


def test_failed_request_is_an_error_and_a_refused_one_is_not(exporter: InMemorySpanExporter) -> None:
    for status, problem in ((404, "not_found"), (503, "service_unavailable")):
        work = Work(problem)
        for _ in request(work, status):
            work.problem = problem
    refused, failed = exporter.get_finished_spans()
    assert refused.attributes is not None
    assert refused.attributes["error.type"] == "not_found"
    assert refused.status.status_code is trace.StatusCode.UNSET
    assert (failed.status.status_code, failed.status.description) == (trace.StatusCode.ERROR, "service_unavailable")


def test_what_belongs_to_no_request_makes_no_trace(exporter: InMemorySpanExporter) -> None:
    with unit_of_work(ANONYMOUS):
        db.rows("SELECT 1")
    with instrumentation.step("file.remove", "a.pdf"):
        pass
    assert exporter.get_finished_spans() == ()


def test_request_that_is_not_sampled_makes_no_spans_and_has_its_trace_all_the_same(
    exporter: InMemorySpanExporter,
) -> None:
    work = Work("4711")
    for _ in request(work, traceparent=f"00-{TRACE}-{PARENT}-00"):
        with unit_of_work(ANONYMOUS), instrumentation.step("file.keep", "a.pdf"):
            db.rows("SELECT 1")
    assert exporter.get_finished_spans() == ()
    assert work.trace_id == TRACE


def test_what_is_asked_of_others_carries_the_trace(exporter: InMemorySpanExporter) -> None:
    """As the libraries of Google ask: by `requests`."""
    seen: list[Mapping[str, str]] = []

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(dict(self.headers))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        for _ in request(Work("4711"), traceparent=f"00-{TRACE}-{PARENT}-01"):
            with instrumentation.step("file.keep", "a.pdf"):
                requests.get(f"http://127.0.0.1:{server.server_port}/", timeout=10)
        thread.join()
    outgoing, step, _ = exporter.get_finished_spans()
    assert outgoing.parent is not None
    assert outgoing.parent.span_id == step.context.span_id
    assert seen[0]["traceparent"] == f"00-{TRACE}-{trace.format_span_id(outgoing.context.span_id)}-01"


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"},
        {"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:4318"},
        {"OTEL_SERVICE_NAME": "pharus"},
    ],
)
def test_no_traces_unless_they_are_asked_for(environment: dict[str, str]) -> None:
    assert tracing.create(DOCUMENT, environment) is None


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER is 'zipkin'; it must be otlp, console or none"),
        (
            {"OTEL_TRACES_EXPORTER": "otlp", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"},
            "OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc'; Pharus sends traces by http/protobuf",
        ),
    ],
)
def test_traces_that_cannot_be_sent_refuse_the_start(environment: dict[str, str], sentence: str) -> None:
    with pytest.raises(ConfigurationError, match=sentence):
        tracing.create(DOCUMENT, environment)


def test_missing_library_refuses_the_start_and_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(exporter: str) -> Any:
        raise ModuleNotFoundError("no", name="opentelemetry.sdk")

    monkeypatch.setattr(tracing, "_provider", missing)
    with pytest.raises(ConfigurationError, match=r"opentelemetry\.sdk.*pip install pharus-server\[otel\]"):
        tracing.create(DOCUMENT, {"OTEL_TRACES_EXPORTER": "otlp"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "BEGIN; SET LOCAL ROLE pharus_platform; SELECT u.id FROM (SELECT) AS one LEFT JOIN app_user u",
            "SELECT app_user",
        ),
        ("INSERT INTO vendor (id) VALUES (?); COMMIT", "COMMIT"),
        ("UPDATE vendor SET name = $1", "UPDATE vendor"),
        ("WITH expired AS (DELETE FROM rate_limit WHERE x) INSERT INTO rate_limit", "DELETE rate_limit"),
        ("VACUUM", "SQL"),
    ],
)
def test_summary_names_verb_and_table(text: str, name: str) -> None:
    assert summary(text) == name


def test_server_sends_its_traces_to_a_collector(
    environment: dict[str, str], tmp_path: Path, organization: Organization, member: Api
) -> None:
    with collecting() as (endpoint, collector):
        server = Server(
            {
                **environment,
                "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
                "OTEL_EXPORTER_OTLP_HEADERS": "x-key=hidden",
                "OTEL_SERVICE_NAME": "operations",
                "OTEL_BSP_SCHEDULE_DELAY": "200",
            },
            tmp_path / "log",
        )
        api = Api(server.address, member.token)
        order = factories.make_purchase_order(organization.id)
        headers = {"traceparent": f"00-{TRACE}-{PARENT}-01", "X-Request-Id": "incident-1"}
        assert api.request("GET", f"/api/purchase-orders/{order}/pdf", headers=headers).status_code == 200
        uploaded(api, order)
        spans = collector.wait_for(lambda found: {"file.make", "file.keep"} <= {span.name for span in found})
        # What was not sent yet is sent at the stop.
        api.get("/api/vendors")
        assert server.stop() == 0
        assert any(span.name == "GET /api/vendors" for span in collector.spans)

    assert collector.resource["service.name"] == "operations"
    assert collector.headers[0]["x-key"] == "hidden"
    assert "hidden" not in server.read_log()
    mine = [span for span in collector.spans if span.trace_id.hex() == TRACE]
    [whole] = [span for span in mine if span.kind == Span.SPAN_KIND_SERVER]
    assert (whole.name, whole.parent_span_id.hex()) == ("GET /api/purchase-orders/{id}/pdf", PARENT)
    assert attributes(whole)["pharus.request_id"] == "incident-1"
    assert attributes(whole)["pharus.org_id"] == organization.id
    inner = [span for span in mine if span is not whole]
    assert {span.parent_span_id for span in inner} == {whole.span_id}
    assert {"file.make", "COMMIT", "SELECT api_token"} <= {span.name for span in inner}
    # And the line of the log leads to the trace.
    [line] = [json.loads(line) for line in server.read_log().split("\n") if '"incident-1"' in line]
    assert line["traceId"] == TRACE
    assert line["roundTrips"] == len([span for span in inner if span.kind == Span.SPAN_KIND_CLIENT])
    [kept] = [span for span in spans if span.name == "file.keep"]
    assert attributes(kept)["file.path"]


def test_collector_that_is_away_holds_up_neither_requests_nor_the_stop(
    environment: dict[str, str], tmp_path: Path, member: Api
) -> None:
    server = Server({**environment, "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}, tmp_path / "log")
    assert Api(server.address, member.token).get("/api/vendors").status_code == 200
    assert server.stop() == 0
