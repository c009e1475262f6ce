"""What connexion_internals.py uses of Connexion beyond its documentation, name by name."""

import pytest
from connexion.spec import OpenAPISpecification

from handlers.http import connexion_internals
from pharus.errors import ConfigurationError
from tests.internals import imported, require, require_parameters

pytestmark = pytest.mark.no_database

# The documentation has these two, with custom resolvers.
DOCUMENTED = {
    "connexion.AsyncApp",
    "connexion.resolver.Resolution",
    "connexion.resolver.Resolver",
    "connexion.lifecycle.ConnexionRequest",
    "connexion.lifecycle.ConnexionResponse",
}
INTERNALS = {
    "connexion.apps.abstract.AbstractApp": "AsyncApp's own initializer would make its application, not our shell",
    "connexion.apps.asynchronous.AsyncASGIApp": "the shell is this application without its operations",
    "connexion.middleware.abstract.SpecMiddleware": "the routing must know the document",
    "connexion.middleware.exceptions.ExceptionMiddleware": "it calls our error handlers",
    "connexion.middleware.lifespan.LifespanMiddleware": "it runs what is done at start and stop",
    "connexion.middleware.server_error.ServerErrorMiddleware": "it calls our error handlers for defects",
    "connexion.spec.Specification": "the middlewares know the document by it",
    "connexion.spec.OpenAPISpecification": "its validation is replaced by a compiled one",
}
ATTRIBUTES = {
    "connexion.spec.OpenAPISpecification._validate_spec": "ours replaces it, for a third of the time to start",
    "connexion.spec.OpenAPISpecification.openapi_schema": "documents are checked against it",
    "connexion.spec.OpenAPISpecification.operation_cls": "it makes the operations that have our functions",
    "connexion.spec.OpenAPISpecification.operation_cls.from_spec": "it makes an operation of a path and a method",
    "connexion.spec.OpenAPISpecification.operation_cls.function": "the function that our resolver found",
    "connexion.apps.asynchronous.AsyncASGIApp.add_url_rule": "routes beside the document are added by it",
}


@pytest.mark.parametrize("path", [*INTERNALS, *ATTRIBUTES])
def test_connexion_has_the_name(path: str) -> None:
    require("connexion", path, {**INTERNALS, **ATTRIBUTES}[path])


def test_every_name_that_is_imported_is_in_the_tables() -> None:
    assert imported(connexion_internals, "connexion") == DOCUMENTED | INTERNALS.keys()


def test_connexion_takes_the_parameters_that_are_passed() -> None:
    operation = "connexion.spec.OpenAPISpecification.operation_cls"
    require_parameters("connexion", f"{operation}.from_spec", "path", "method", "resolver")
    require_parameters("connexion", operation, "uri_parser_class")
    require_parameters("connexion", "connexion.apps.abstract.AbstractApp.__init__", "middlewares", "lifespan")


def test_connexion_validates_with_what_replaced_its_own() -> None:
    with pytest.raises(ConfigurationError, match="no OpenAPI document"):
        OpenAPISpecification({"openapi": "3.0.3", "info": {}, "paths": {}})


def test_connexion_wraps_the_application_that_it_finds_under_the_name() -> None:
    app = connexion_internals._App()
    assert isinstance(app._middleware_app, connexion_internals._Shell)
    assert app.middleware.app is app._middleware_app
