"""What another program has sent, held against a story: the same requests in the same order, and the figures of it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from tests.clients.relay import Exchange
from tests.contract.judging import judge
from tests.guides.runner import Request, Response, Run, Story
from tests.server import Server


@dataclass
class _Record:
    exchanges: Sequence[Exchange]
    next: int = 0

    def send(self, request: Request) -> Response:
        assert self.next < len(self.exchanges), f"{request.method} {request.path} was never sent"
        found = self.exchanges[self.next]
        self.next += 1
        path, _, query = found.target.partition("?")
        body = json.loads(found.sent) if found.sent else None
        sent = Request(found.method, unquote(path), dict(parse_qsl(query)), request.headers, body)
        assert sent == request
        return Response(found.status, json.loads(found.received))


def outputs_of(story: Story, inputs: dict[str, str], exchanges: Sequence[Exchange], server: Server) -> dict[str, str]:
    """The outputs of the story as the program has run it; each answer is held against the document, too. Raises
    AssertionError where the program has sent something else, or was answered something else."""
    for each in exchanges:
        path = each.target.partition("?")[0]
        judge(each.method, path, each.status, each.headers, each.received, address=server.address)
    # A program may use several connections in turn; the server's log knows what came first.
    log = server.read_log()
    record = _Record(sorted(exchanges, key=lambda each: log.index(each.headers["x-request-id"])))
    outputs = Run(story, inputs, record.send).outputs()
    assert record.next == len(exchanges), f"{len(exchanges) - record.next} requests too many"
    return outputs
