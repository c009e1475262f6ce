"""Operations that a tool calls, without a server: what is asked of the application."""

import asyncio
from typing import Any

import pytest

from handlers.http.access_log import OF_AGENT
from handlers.mcp.calls import Api, Caller, Refused
from tests.contract.judging import document

pytestmark = pytest.mark.no_database

SCOPE = {
    "asgi": {},
    "http_version": "1.1",
    "scheme": "https",
    "server": ("127.0.0.1", 1),
    "client": ("127.0.0.2", 2),
    "headers": [(b"authorization", b"Bearer x"), (b"x-org-id", b"1"), (b"cookie", b"a=b"), (b"if-match", b"*")],
}


class Application:
    def __init__(self, status: int = 200, answer: bytes = b'{"name": "Alder"}') -> None:
        self.status, self.answer = status, answer
        self.scopes: list[dict[str, Any]] = []
        self.bodies: list[bytes] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.scopes.append(scope)
        self.bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": self.status, "headers": []})
        await send({"type": "http.response.body", "body": self.answer})


def caller(application: Application) -> Caller:
    return Caller(Api(application, document(), "https://example.com"), SCOPE, "find")


def test_request_is_the_callers_and_an_agents() -> None:
    application = Application()
    answer = asyncio.run(caller(application).call("updateVendor", path={"id": "a/b"}, body={"name": "é"}, key="k"))
    assert answer == {"name": "⟦Alder⟧"}
    (scope,) = application.scopes
    headers = dict(scope["headers"])
    assert (scope["method"], scope["path"], scope["client"]) == ("PATCH", "/api/vendors/a%2Fb", ("127.0.0.2", 2))
    assert (headers[b"authorization"], headers[b"x-org-id"], headers[b"idempotency-key"]) == (b"Bearer x", b"1", b"k")
    assert not headers.keys() & {b"cookie", b"if-match"}
    assert headers[b"x-request-id"].startswith(b"agent.find.")
    assert scope[OF_AGENT] == "find"
    assert application.bodies == ['{"name":"é"}'.encode()]


def test_each_request_that_writes_has_a_key_of_its_own() -> None:
    application = Application()
    asking = caller(application)

    async def work() -> None:
        await asking.call("createVendor", body={})
        await asking.call("createVendor", body={})
        await asking.get("listVendors", q="a b", ids=["1", "2"], count=True, limit=None)

    asyncio.run(work())
    keys = [dict(scope["headers"]).get(b"idempotency-key") for scope in application.scopes]
    assert None not in keys[:2]
    assert keys[0] != keys[1]
    assert keys[2] is None
    assert application.scopes[2]["query_string"] == b"q=a+b&ids=1%2C2&count=true"


def test_a_refusal_is_raised_with_its_texts_marked() -> None:
    application = Application(401, b'{"error": {"code": "unauthorized", "message": "the token"}}')
    asking = caller(application)
    with pytest.raises(Refused) as refused:
        asyncio.run(asking.get("listVendors"))
    assert refused.value.error == {"code": "unauthorized", "message": "⟦the token⟧", "operation": "listVendors"}
    assert asking.is_unknown
