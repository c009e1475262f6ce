"""An HTTP server on loopback that publishes certificates the way Google does, and fails on demand."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.pharus.providers.signing import certificate_pem


class CertificateServer(ThreadingHTTPServer):
    """`publish` names the keys whose certificates are served; `requests_served` counts what reached the server."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body = b"{}"
        self.max_age_seconds = 3600
        self.requests_served = 0
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/certificates"

    def publish(self, *keys: str) -> None:
        self.body = json.dumps({key: certificate_pem(key) for key in keys}).encode()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: CertificateServer

    def do_GET(self) -> None:
        self.server.requests_served += 1
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json; charset=UTF-8")
        self.send_header("Cache-Control", f"public, max-age={self.server.max_age_seconds}, must-revalidate")
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *arguments: Any) -> None:
        """Silence: the answers are what the tests look at."""
