"""What `pharus listen` does: reads the feed of events over the API, and sends each on, signed like a webhook."""

import secrets
import time
from base64 import b64encode
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpcore
import orjson

from pharus.errors import ConfigurationError
from plugins.webhooks import signing

# Of a type that no event in the log has: an empty page says where the log goes on from now.
_NO_TYPE = "webhook_endpoint.test"
_WAIT_SECONDS = 20
_TIMEOUTS = {"connect": 5.0, "read": 60.0, "write": 20.0, "pool": 5.0}
_AWAY = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)
# Between two attempts at what does not answer.
_SECONDS = 1.0


class Listener:
    """ConfigurationError for an address or a file that cannot be used."""

    def __init__(self, forward: str, address: str, token: str, types: str, resume: Path | None) -> None:
        self._forward, self._address, self._types, self._resume = forward, address, types, resume
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        for url in (forward, address):
            if not url.startswith(("http://", "https://")):
                raise ConfigurationError(f"{url} is no URL: it must begin with http:// or https://.")
        kept = self._read()
        self.secret: str = kept.get("secret") or "whsec_" + b64encode(secrets.token_bytes(32)).decode()
        self._after: str | None = kept.get("after")
        self._pool = httpcore.ConnectionPool()

    def run(self) -> Generator[str, None, None]:
        """Without end; yields a line about each event."""
        try:
            yield from self._run()
        finally:
            self._pool.close()

    def _run(self) -> Iterator[str]:
        waits = True
        while self._after is None:
            yield from self._begin()
        self._keep()
        while True:
            query = {"after": self._after, "limit": "100"}
            if self._types:
                query["types"] = self._types
            if waits:
                query["wait"] = str(_WAIT_SECONDS)
            page = self._page(query)
            if page is None:
                yield f"{self._address} does not answer; trying again"
                time.sleep(_SECONDS)
            elif page == {}:
                # An older server, which knows no waiting.
                waits = False
            else:
                for event in page["data"]:
                    yield from self._send(event)
                self._after = page["next"]
                self._keep()
                if not waits and not page["data"]:
                    time.sleep(_SECONDS)

    def _begin(self) -> Iterator[str]:
        page = self._page({"types": _NO_TYPE, "limit": "1"})
        if page is None:
            yield f"{self._address} does not answer; trying again"
            time.sleep(_SECONDS)
        else:
            self._after = page["next"]

    def _page(self, query: dict[str, str]) -> dict[str, Any] | None:
        """A page of the feed; empty where the server takes no `wait`; None when it does not answer."""
        url = f"{self._address}/api/events?{urlencode(query)}"
        try:
            response = self._request("GET", url, self._headers)
        except _AWAY:
            return None
        if response.status == 422 and "wait" in query and b"query/wait" in response.content:
            return {}
        if response.status >= 500 or response.status == 429:
            return None
        if response.status != 200:
            raise ConfigurationError(f"{self._address} answers {response.status}: {_message(response.content)}")
        return dict(orjson.loads(response.content))

    def _send(self, event: dict[str, Any]) -> Iterator[str]:
        """The request as an endpoint would get it, until there is an answer."""
        said = {"type": event["type"], "timestamp": event["occurredAt"], "data": event}
        body = orjson.dumps(said)
        is_told = False
        while True:
            headers = {
                "Content-Type": "application/json",
                **signing.headers([self.secret], event["id"], datetime.now(UTC), body),
            }
            began = time.monotonic()
            try:
                response = self._request("POST", self._forward, headers, body)
            except _AWAY as error:
                if not is_told:
                    yield f"{self._forward} does not answer ({type(error).__name__}); trying again"
                is_told = True
                time.sleep(_SECONDS)
                continue
            milliseconds = round((time.monotonic() - began) * 1000)
            yield f"{event['occurredAt']}  {event['type']}  {event['recordId']}  [{response.status}]  {milliseconds} ms"
            return

    def _request(self, method: str, url: str, headers: dict[str, str], body: bytes | None = None) -> httpcore.Response:
        return self._pool.request(
            method, url, headers=list(headers.items()), content=body, extensions={"timeout": _TIMEOUTS}
        )

    def _read(self) -> dict[str, Any]:
        if self._resume is None or not self._resume.exists():
            return {}
        try:
            return dict(orjson.loads(self._resume.read_bytes()))
        except ValueError as error:
            raise ConfigurationError(f"{self._resume} is no file of `pharus listen --resume`.") from error

    def _keep(self) -> None:
        if self._resume is not None:
            part = self._resume.with_name(self._resume.name + ".part")
            part.touch(0o600)
            part.write_bytes(orjson.dumps({"after": self._after, "secret": self.secret}))
            part.replace(self._resume)


def _message(content: bytes) -> str:
    try:
        return str(orjson.loads(content)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return "no error of this API"
