"""The client of the tests: every answer it receives is held against the document."""

from typing import Any

import httpx

from tests.contract import audit
from tests.contract.judging import conforms

# One pool of connections for all callers of this process; conftest closes it.
connections = httpx.Client(timeout=60, trust_env=False, limits=httpx.Limits(max_connections=100))


class Api:
    """Calls the server as somebody: a bearer token and, with an ID token, an organization.

    Methods return httpx responses; an answer that the document does not declare fails the test that received it.
    """

    def __init__(self, address: str, token: str | None = None, org_id: str | None = None) -> None:
        self.headers = {}
        if token is not None:
            self.headers["Authorization"] = f"Bearer {token}"
        if org_id is not None:
            self.headers["X-Org-Id"] = org_id
        self.address = address
        self.token = token
        self.org_id = org_id

    def request(
        self, method: str, path: str, *, headers: dict[str, str] | None = None, **options: Any
    ) -> httpx.Response:
        try:
            response = connections.request(
                method, self.address + path, headers={**self.headers, **(headers or {})}, **options
            )
        except httpx.TransportError:
            audit.give_up(self.address)
            raise
        conforms(response)
        return response

    def get(self, path: str, **params: Any) -> httpx.Response:
        return self.request("GET", path, params=params)

    def post(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("POST", path, json=json, **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("PATCH", path, json=json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.request("PUT", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)


def error_code(response: httpx.Response) -> str:
    return str(response.json()["error"]["code"])


def pointers(response: httpx.Response) -> list[str]:
    """The places that a 422 names, sorted."""
    return sorted(problem["path"] for problem in response.json()["error"]["details"])
