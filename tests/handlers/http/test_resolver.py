import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any, TypedDict, Unpack

import pytest

from handlers.http.resolver import plugin_functions
from pharus.errors import ConfigurationError
from plugins import manager
from tests.contract.judging import document
from tests.pharus.modules import module

Install = Callable[..., ModuleType]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """A plugin with these functions among its operations."""

    def make(name: str, *functions: Callable[..., Any], **others: Any) -> ModuleType:
        operations = module(f"{name}.operations", **{each.__name__: each for each in functions}, **others)
        for function in functions:
            function.__module__ = operations.__name__
        plugin = module(name, operations=operations)
        plugin.__path__ = []
        monkeypatch.setitem(sys.modules, name, plugin)
        monkeypatch.setitem(sys.modules, operations.__name__, operations)
        return plugin

    return make


def described(**operation: Any) -> dict[str, Any]:
    return {
        "paths": {
            "/api/things/{id}": {
                "patch": {
                    "operationId": "updateThing",
                    "parameters": [
                        {"$ref": "#/components/parameters/Id"},
                        {"name": "isActive", "in": "query", "schema": {"type": "string"}},
                        {"name": "limit", "in": "query", "schema": {"$ref": "#/components/schemas/Limit"}},
                    ],
                    "requestBody": {},
                    **operation,
                }
            }
        },
        "components": {
            "parameters": {"Id": {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}},
            "schemas": {"Limit": {"type": "integer", "default": 100}},
        },
    }


def update_thing(id: str, body: Any, limit: int, is_active: str | None = None) -> Any:
    return limit, is_active


def test_operation_finds_its_function_under_the_name_in_snake_case(install: Install) -> None:
    def _private() -> None: ...

    imported = module("elsewhere")
    plugin = install("example_thing", update_thing, _private=_private, imported=imported, Class=type("Class", (), {}))
    assert plugin_functions(described(), [plugin]) == {"updateThing": update_thing}


def test_every_operation_of_the_document_has_its_function() -> None:
    functions = plugin_functions(document(), manager.load(()).modules)
    assert len(functions) == sum(len(item) for item in document()["paths"].values())


def test_missing_function_is_refused_with_its_name(install: Install) -> None:
    with pytest.raises(ConfigurationError, match=r"the operation updateThing: write update_thing in"):
        plugin_functions(described(), [install("example_thing")])


def test_function_that_is_in_two_plugins_is_refused_with_both(install: Install) -> None:
    def another(id: str, body: Any, limit: int, is_active: str | None = None) -> Any:
        return limit, is_active

    another.__name__ = "update_thing"
    plugins = [install("example_thing", update_thing), install("example_other", another)]
    with pytest.raises(
        ConfigurationError, match=r"update_thing is in example_thing\.operations and in example_other\.operations"
    ):
        plugin_functions(described(), plugins)


def test_function_without_operation_is_refused_with_its_name(install: Install) -> None:
    def forgotten() -> None: ...

    with pytest.raises(ConfigurationError, match=r"example_thing\.operations\.forgotten belongs to no operation"):
        plugin_functions(described(), [install("example_thing", update_thing, forgotten)])


def without_id(body: Any, limit: int, is_active: str | None = None) -> Any:
    return limit, is_active


def without_body(id: str, limit: int, is_active: str | None = None) -> Any:
    return limit, is_active


def without_default(id: str, body: Any, limit: int, is_active: str) -> None: ...
def with_another(id: str, body: Any, limit: int, colour: str, is_active: str | None = None) -> Any:
    return limit, is_active


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (without_id, r"example_thing\.operations\.update_thing does not take id"),
        (without_body, r"update_thing does not take body"),
        (without_default, r"update_thing needs a default for is_active"),
        (with_another, r"update_thing takes colour, which its operation does not have"),
    ],
)
def test_function_with_other_parameters_than_its_operation_is_refused(
    install: Install, function: Callable[..., Any], message: str
) -> None:
    def copy(*arguments: Any) -> None: ...

    copy.__name__ = "update_thing"
    copy.__wrapped__ = function  # type: ignore[attr-defined]
    with pytest.raises(ConfigurationError, match=message):
        plugin_functions(described(), [install("example_thing", copy)])


def ignoring(id: str, body: Any, limit: int, is_active: str | None = None) -> Any:
    return limit


def using_inside(id: str, body: Any, limit: int, is_active: str | None = None) -> Any:
    return lambda: (limit, is_active)


def unwritten(id: str, body: Any, limit: int, is_active: str | None = None) -> Any:
    raise NotImplementedError("updateThing is not written yet")


def test_function_that_does_not_use_what_the_query_asks_is_refused(install: Install) -> None:
    for function in (ignoring, using_inside, unwritten):
        function.__name__ = "update_thing"
    with pytest.raises(ConfigurationError, match="update_thing takes is_active and does not use it"):
        plugin_functions(described(), [install("example_thing", ignoring)])
    for function in (using_inside, unwritten):
        assert plugin_functions(described(), [install("example_thing", function)])


class Options(TypedDict, total=False):
    limit: int
    is_active: str | None


def with_options(id: str, body: Any, **options: Unpack[Options]) -> Any:
    return options


def with_options_unused(id: str, body: Any, **options: Unpack[Options]) -> Any:
    return id, body


def with_anything(id: str, body: Any, **options: Any) -> Any:
    return options


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (with_options, None),
        (with_options_unused, r"takes options and does not use it"),
        (with_anything, r"does not take is_active"),
    ],
)
def test_keys_of_options_are_parameters(install: Install, function: Callable[..., Any], message: str | None) -> None:
    """A list takes what all lists take as one: `**paging: Unpack[Paging]`."""

    def copy(*arguments: Any) -> None: ...

    copy.__name__ = "update_thing"
    copy.__wrapped__ = function  # type: ignore[attr-defined]
    plugins = [install("example_thing", copy)]
    if message is None:
        assert plugin_functions(described(), plugins) == {"updateThing": copy}
    else:
        with pytest.raises(ConfigurationError, match=message):
            plugin_functions(described(), plugins)
