"""Connexion's application around our own routing, in the only module that imports Connexion.

Connexion brings the server-error and exception middlewares, the lifespan and the operation objects with
their resolver; what it does for each request is ours (docs/adr). That takes names that Connexion does not document:
tests/handlers/http/test_connexion_internals.py lists each, and pyproject.toml bounds the version.
"""

from collections.abc import Callable, Mapping
from typing import Any

from connexion import AsyncApp
from connexion.apps.abstract import AbstractApp
from connexion.apps.asynchronous import AsyncASGIApp
from connexion.lifecycle import ConnexionRequest, ConnexionResponse
from connexion.middleware.abstract import SpecMiddleware
from connexion.middleware.exceptions import ExceptionMiddleware
from connexion.middleware.lifespan import LifespanMiddleware
from connexion.middleware.server_error import ServerErrorMiddleware
from connexion.resolver import Resolution, Resolver
from connexion.spec import OpenAPISpecification, Specification
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from handlers import spec
from handlers.http.docs_page import DocsPage
from handlers.http.health import View
from handlers.http.responses import Response
from handlers.http.routing import Endpoint, Routing
from pharus import openapi

Function = Callable[..., Any]
Compile = Callable[[Mapping[str, Any], Function], Endpoint]


def create(
    document: spec.Document,
    functions: Mapping[str, Function],
    compile_operation: Compile,
    routes: Mapping[str, View],
    respond_to_error: Callable[[Exception, str], Response],
    lifespan: Callable[[Any], Any],
) -> ASGIApp:
    """The application.

    It answers the operations of the document by what `compile_operation` makes of each and its function (`functions`
    has them by operationId), GET of `routes`, and /api/docs. `respond_to_error` is asked about errors outside of the
    operations, with the id of the request.
    """

    def on_error(request: ConnexionRequest, error: Exception) -> ConnexionResponse:
        response = respond_to_error(error, request.scope.get("request_id", ""))
        headers = {
            name.decode(): value.decode()
            for name, value in response.headers
            if name not in (b"content-type", b"content-length")
        }
        return ConnexionResponse(
            status_code=response.status, mimetype=openapi.JSON, body=response.body, headers=headers
        )

    app = _App(lifespan=lifespan)
    for path, view in routes.items():
        app.add_url_rule(path, view_func=view, methods=["GET"])
    app.add_error_handler(HTTPException, on_error)
    app.add_error_handler(Exception, on_error)
    # Connexion writes defaults into what it is given; the document that we serve and compile from stays as it is.
    app.middleware.add_api(
        document,
        resolver=_Resolver(functions),
        declared=document,
        compile_operation=compile_operation,
    )
    served: ASGIApp = app
    return served


def check_form(document: spec.Document) -> None:
    """ConfigurationError unless the document has the form of an OpenAPI document."""
    spec.check_form(document, OpenAPISpecification.openapi_schema)


# Connexion validates the document in Python, for a third of the whole start; a compiled validator needs milliseconds.
OpenAPISpecification._validate_spec = classmethod(lambda cls, document: check_form(document))  # noqa: SLF001


class _Shell(AsyncASGIApp):
    """Connexion's innermost application. The routing has answered the operations; only plain routes are left."""

    def __init__(self) -> None:
        super().__init__()
        # A path with one slash more is another path, and a redirect would name the host that the caller named.
        self.router.redirect_slashes = False

    def add_api(self, specification: Specification, **options: Any) -> None:
        return None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.router(scope, receive, send)


class _Routing(Routing, SpecMiddleware):
    """Our routing as a middleware of Connexion, which hands the document to each of them."""

    def add_api(self, specification: Specification, **options: Any) -> None:
        for path, method, declared in openapi.operations(options["declared"]):
            operation = specification.operation_cls.from_spec(
                specification, path=path, method=method, resolver=options["resolver"], uri_parser_class=None
            )
            self.add(path, method, options["compile_operation"](declared, operation.function))


class _Resolver(Resolver):
    """Finds an operation's function by its operationId."""

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._functions = functions
        super().__init__(functions.__getitem__)

    def resolve(self, operation: Any) -> Resolution:
        return Resolution(self._functions[operation.operation_id], operation.operation_id)


class _App(AsyncApp):
    """Connexion's AsyncApp with the middlewares that are left when routing, security and validation are ours."""

    def __init__(self, **options: Any) -> None:
        self._middleware_app = _Shell()
        AbstractApp.__init__(
            self,
            "handlers",
            middlewares=[_Routing, ServerErrorMiddleware, ExceptionMiddleware, DocsPage, LifespanMiddleware],
            **options,
        )
