"""The real server in a process of its own, on a free port of the loopback interface."""

import http.client
import os
import re
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

from handlers.telemetry.logs import TOGETHER_SECONDS
from tests import launcher
from tests.contract import audit

# Longer than it takes on a machine that is busy with much else: how fast it starts is judged elsewhere.
STARTUP_SECONDS = 120


class Server:
    """A running `pharus serve`. `environment` is all that it sees beside PATH and HOME; another `module` may stand in
    for the command, to do harm to the server from within."""

    def __init__(self, environment: dict[str, str], log: Path, *arguments: str, module: str = "handlers.cli") -> None:
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        command = ["serve", "--port", "0", *arguments]
        with log.open("wb") as output:
            self.process = launcher.start(module, command, {**inherited, **environment}, output, output)
        self.address = self._wait()

    @property
    def pid(self) -> int:
        return self.process.pid

    def read_log(self) -> str:
        """All that it has said. Lines about requests are written together, a moment after the response."""
        if self.process.poll() is None:
            time.sleep(3 * TOGETHER_SECONDS)
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self, signal_number: int = signal.SIGTERM) -> int:
        """Stop it and return its exit code. Every answer that it gave must have been held against the document."""
        self.process.send_signal(signal_number)
        code = self.process.wait(60)
        audit.assert_every_answer_was_judged(self.address, self.read_log())
        return code

    def end(self) -> None:
        """Stop it. It must end well, and must have met no defect of ours."""
        assert self.stop() == 0, self.read_log()[-2000:]
        assert '"internal error"' not in self.read_log(), "the server met a defect of ours; see its log"

    def _wait(self) -> str:
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline:
            found = re.search(r"Serving (http://\S+)", self.read_log())
            if found and _answers(found[1]):
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        self.process.kill()
        self.process.wait()
        raise AssertionError(f"the server did not start:\n{self.read_log()[-3000:]}")


def _answers(address: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
