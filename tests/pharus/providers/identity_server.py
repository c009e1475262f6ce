"""An HTTP server on loopback that knows people the way Firebase does: whom it is asked about, it looks up."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class IdentityServer(ThreadingHTTPServer):
    """`disabled` says of each uid that exists whether it is disabled; `status` makes it fail."""

    def __init__(self, disabled: dict[str, bool]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.disabled = disabled
        self.status = 200
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: IdentityServer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        assert self.path.endswith("/accounts:lookup")
        known = self.server.disabled
        users = [{"localId": uid, "disabled": known[uid]} for uid in asked["localId"] if uid in known]
        body = json.dumps({"users": users}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Silence: the answers are what the tests look at."""
