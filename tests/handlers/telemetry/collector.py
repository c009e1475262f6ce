"""An OpenTelemetry collector, as far as traces by OTLP over HTTP go: it keeps what it is sent."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span


class Collector:
    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.resource: dict[str, str] = {}
        self.headers: list[dict[str, str]] = []

    def wait_for(self, condition: Callable[[list[Span]], bool], seconds: float = 20) -> list[Span]:
        """The spans, once these have come."""
        deadline = time.monotonic() + seconds
        while not condition(self.spans):
            assert time.monotonic() < deadline, [span.name for span in self.spans]
            time.sleep(0.05)
        return list(self.spans)


def attributes(span: Span) -> dict[str, object]:
    return {each.key: _value(each.value) for each in span.attributes}


def _value(value: AnyValue) -> object:
    return getattr(value, str(value.WhichOneof("value")))


@contextmanager
def collecting() -> Iterator[tuple[str, Collector]]:
    """The collector's address, and what it has been sent."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = ExportTraceServiceRequest()
            request.ParseFromString(self.rfile.read(int(self.headers["content-length"])))
            collector.headers.append(dict(self.headers))
            for of_resource in request.resource_spans:
                collector.resource = {each.key: str(_value(each.value)) for each in of_resource.resource.attributes}
                for of_scope in of_resource.scope_spans:
                    collector.spans.extend(of_scope.spans)
            self.send_response(200)
            self.send_header("content-type", "application/x-protobuf")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", collector
    server.shutdown()
    thread.join()
    server.server_close()
