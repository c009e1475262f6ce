"""operationId → the plugin's function: `createVendor` is `create_vendor` in a plugin's operations.py.

Nothing is registered by hand. A function that is missing, is in two plugins, belongs to no operation, or whose
parameters are not those of its operation refuses to start.
"""

import dis
import inspect
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any, get_args, is_typeddict

from pharus import openapi
from pharus.errors import ConfigurationError
from pharus.names import snake

Function = Callable[..., Any]


def plugin_functions(
    document: Mapping[str, Any], plugins: Sequence[ModuleType], provided: Mapping[str, Function] | None = None
) -> dict[str, Function]:
    """The function of each operation, by operationId; `provided` are those that are in no plugin, by their names.
    ConfigurationError when they do not fit together."""
    functions = {**_collect(plugins), **(provided or {})}
    operations = {operation["operationId"]: operation for _, _, operation in openapi.operations(document)}
    for operation_id, operation in operations.items():
        name = snake(operation_id)
        if name not in functions:
            raise ConfigurationError(
                f"No plugin has a function for the operation {operation_id}: "
                f"write {name} in the operations.py of its domain."
            )
        _check_signature(document, operation, functions[name])
    expected = {snake(operation_id) for operation_id in operations}
    for name, function in functions.items():
        if name not in expected:
            raise ConfigurationError(
                f"{function.__module__}.{name} belongs to no operation of the document: "
                "describe it there, or begin its name with an underscore."
            )
    return {operation_id: functions[snake(operation_id)] for operation_id in operations}


def _collect(plugins: Sequence[ModuleType]) -> dict[str, Function]:
    functions: dict[str, Function] = {}
    for plugin in plugins:
        operations = _operations(plugin)
        if operations is None:
            continue
        for name, function in vars(operations).items():
            # What the module imports from elsewhere is no operation.
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != operations.__name__:
                continue
            if name in functions:
                raise ConfigurationError(f"{name} is in {functions[name].__module__} and in {operations.__name__}.")
            functions[name] = function
    return functions


def _operations(plugin: ModuleType) -> ModuleType | None:
    """The plugin's module of operations; None for one of hooks alone."""
    name = f"{plugin.__name__}.operations"
    try:
        return import_module(name)
    except Exception as error:
        if isinstance(error, ModuleNotFoundError) and error.name == name:
            return None
        raise ConfigurationError(f"{name} cannot be imported: {type(error).__name__}: {error}.") from error


def _check_signature(document: Mapping[str, Any], operation: Mapping[str, Any], function: Function) -> None:
    """Each parameter of the operation has one of the function; those the caller may leave out have a default. Those of
    the query are used: one that is not would be a filter that filters nothing."""
    taken = _parameters(function)
    given: dict[str, bool] = {}
    asked: list[str] = []
    for parameter in openapi.parameters(document, operation):
        schema = openapi.dereference(document, parameter["schema"])
        given[snake(parameter["name"])] = bool(parameter.get("required")) or "default" in schema
        if parameter["in"] == "query":
            asked.append(snake(parameter["name"]))
    if "requestBody" in operation:
        given["body"] = True
    where = f"{function.__module__}.{function.__name__}"
    for name, always in given.items():
        if name not in taken:
            raise ConfigurationError(f"{where} does not take {name}, which its operation has.")
        if not always and taken[name].default is inspect.Parameter.empty:
            raise ConfigurationError(f"{where} needs a default for {name}, which a caller may leave out.")
    for name in _unused(function, list(dict.fromkeys(taken[name].name for name in asked))):
        raise ConfigurationError(f"{where} takes {name} and does not use it: what callers ask for would be ignored.")
    for name, argument in taken.items():
        if name not in given and argument.default is inspect.Parameter.empty:
            raise ConfigurationError(f"{where} takes {name}, which its operation does not have.")


def _parameters(function: Function) -> Mapping[str, inspect.Parameter]:
    """What the function takes by name; of `**paging: Unpack[Paging]` the keys of the TypedDict, none of which it
    needs."""
    found: dict[str, inspect.Parameter] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        keys = None
        if parameter.kind is parameter.VAR_KEYWORD:
            annotation = inspect.signature(function, eval_str=True).parameters[name].annotation
            (keys, *_) = (*get_args(annotation), None)
        if is_typeddict(keys):
            found |= {key: parameter.replace(kind=parameter.KEYWORD_ONLY, default=None) for key in keys.__annotations__}
        else:
            found[name] = parameter
    return found


def _unused(function: Function, names: Sequence[str]) -> list[str]:
    """Those of its parameters that neither the function nor one inside it reads; none for a stub, which says itself
    that it is not written yet."""
    if not names:
        return []
    code = inspect.unwrap(function).__code__
    used = set(code.co_cellvars)
    for instruction in dis.get_instructions(code):
        if instruction.opname.startswith("LOAD_"):
            # Some instructions of later Pythons read two variables at once.
            used.update(instruction.argval if isinstance(instruction.argval, tuple) else (instruction.argval,))
    return [] if "NotImplementedError" in used else [name for name in names if name not in used]
