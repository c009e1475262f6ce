import httpx

from tests.api import Api, error_code
from tests.handlers.conftest import ORIGIN
from tests.server import Server


def preflight(server: Server, origin: str, method: str = "PATCH") -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "Authorization, X-Org-Id, Content-Type, X-Request-Id, traceparent",
    }
    return Api(server.address).request("OPTIONS", "/api/vendors", headers=headers)


def test_browser_of_a_configured_origin_may_call(small_server: Server) -> None:
    for method in ("GET", "POST", "PATCH", "PUT", "DELETE"):
        response = preflight(small_server, ORIGIN, method)
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == ORIGIN
        assert method in response.headers["access-control-allow-methods"]
    call = Api(small_server.address).request("GET", "/api/vendors", headers={"Origin": ORIGIN})
    assert call.status_code == 401
    assert call.headers["access-control-allow-origin"] == ORIGIN
    assert "X-Request-Id" in call.headers["access-control-expose-headers"]


def test_browser_of_another_origin_may_not(small_server: Server) -> None:
    for origin in ("https://evil.example.com", ORIGIN + ".evil.example.com", "null"):
        response = preflight(small_server, origin)
        assert "access-control-allow-origin" not in response.headers
        assert (response.status_code, error_code(response)) == (400, "validation_failed")
        call = Api(small_server.address).request("GET", "/api/vendors", headers={"Origin": origin})
        assert "access-control-allow-origin" not in call.headers


def test_no_browser_may_call_when_no_origin_is_configured(server: Server) -> None:
    response = preflight(server, ORIGIN)
    assert "access-control-allow-origin" not in response.headers


def test_every_answer_has_a_request_id_of_its_own(anonymous: Api) -> None:
    ids = [
        anonymous.get(path).headers["x-request-id"]
        for path in ("/healthz", "/api/vendors", "/nowhere", "/api/docs/", "/api/openapi.json", "/healthz")
    ]
    assert len(set(ids)) == len(ids)
    assert all(len(id) == 16 for id in ids)
