"""The operations that the server itself has for a plugin, below the plugin's path: its settings, where its document
describes some, and its jobs, where it has the hook."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from pharus import external, job_queue, jobs, openapi, plugin_settings
from pharus.errors import ConfigurationError, NotFound
from pharus.external import External
from pharus.hooks import hook_of
from pharus.names import snake
from pharus.openapi import Document, InvalidDocument

SETTINGS = "x-settings"
# On an operation that is one of those.
PROVIDED = "x-provided"

Functions = dict[str, Callable[..., Any]]

_SECURITY: list[dict[str, list[str]]] = [{"bearer": [], "organization": []}, {"bearer": []}]
_REFUSALS = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "405": "MethodNotAllowed",
    "413": "PayloadTooLarge",
    "415": "UnsupportedMediaType",
    "422": "UnprocessableContent",
    "500": "InternalError",
    "503": "ServiceUnavailable",
}
_MOMENT = {"type": "string", "format": "date-time", "nullable": True}
_JOB = {
    "type": "object",
    "description": "A job of the plugin in this organization: one on a schedule, or one that was asked for.",
    "required": [
        *("id", "name", "schedule", "dueAt", "startedAt", "finishedAt", "outcome", "error", "attempts", "isRunning"),
    ],
    "properties": {
        "id": {"$ref": "#/components/schemas/Id"},
        "name": {"type": "string"},
        "schedule": {"type": "string", "nullable": True, "description": "In words; null where it was asked for."},
        "dueAt": {**_MOMENT, "description": "When it runs next; null where it was given up."},
        "startedAt": {**_MOMENT, "description": "Of the last attempt."},
        "finishedAt": _MOMENT,
        "outcome": {"type": "string", "nullable": True, "enum": ["done", "failed", "given up", None]},
        "error": {"type": "string", "nullable": True, "description": "What the last attempt failed of."},
        "attempts": {"type": "integer", "minimum": 0, "description": "How often it was begun since it was done."},
        "isRunning": {"type": "boolean"},
    },
}


def has_jobs(plugin: External) -> bool:
    return any(
        (hook.get("specname") or name) == "jobs"
        for name, each in vars(plugin.module).items()
        if (hook := getattr(each, "pharus_impl", None)) is not None
    )


def with_operations(plugin: External, document: dict[str, Any]) -> dict[str, Any]:
    """The plugin's document with those. ConfigurationError where it has such a path itself."""
    prefix, component = external.path_prefix(plugin.name), f"{external.component_prefix(plugin.name)}Job"
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    if document.get(SETTINGS) is not None:
        paths[f"{prefix}/settings"] = _settings(plugin.name, document[SETTINGS])
    if has_jobs(plugin):
        paths |= _jobs(plugin.name, prefix, {"$ref": openapi.SCHEMA_PREFIX + component})
        schemas[component] = _JOB
    own, components = document.get("paths") or {}, document.get("components") or {}
    for path in paths:
        if path in own:
            raise ConfigurationError(f"The plugin {plugin.name} has the path {path}, which the server has for it.")
    if not paths:
        return document
    every = {**(components.get("schemas") or {}), **schemas}
    return {**document, "paths": {**own, **paths}, "components": {**components, "schemas": every}}


def functions(plugins: Iterable[External], document: Mapping[str, Any]) -> Functions:
    """Those of the operations that the merged document has of them, by the names that functions of operations have."""
    found: Functions = {}
    for plugin in plugins:
        name, path, prefix = plugin.name, external.path_prefix(plugin.name), external.operation_prefix(plugin.name)
        made: dict[str, partial[Any]] = {}
        if PROVIDED in document["paths"].get(f"{path}/settings", {}).get("get", {}):
            made |= {"GetSettings": partial(_get_settings, name), "ReplaceSettings": partial(_replace_settings, name)}
        if has_jobs(plugin):
            made |= {"ListJobs": partial(_list_jobs, name), "RunJob": partial(_run_job, name)}
        found |= {snake(prefix + verb): _named(each, snake(prefix + verb)) for verb, each in made.items()}
    return found


def defaults(fragment: Mapping[str, Any], plugin: str, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the settings of the plugin are where nothing is set; None where it has none. ConfigurationError for settings
    that could not be shown then."""
    schema = fragment.get(SETTINGS)
    if schema is None:
        return None
    where = f"The {SETTINGS} of the plugin {plugin}"
    schemas = Document(document)
    try:
        name = schemas.component(schema)
    except InvalidDocument as error:
        raise ConfigurationError(f"{where} lead nowhere: {error}") from None
    if name is None or not external.owns_component(plugin, name):
        raise ConfigurationError(f"{where} must refer to a component schema of its own.")
    folded = schemas.fold(schemas.schemas[name])
    properties = {key: schemas.follow(each) for key, each in folded.get("properties", {}).items()}
    if folded.get("type") != "object" or folded.get("additionalProperties") is not False:
        raise ConfigurationError(f"{where} must be an object with additionalProperties: false.")
    for key in folded.get("required", ()):
        if "default" not in properties.get(key, {}):
            raise ConfigurationError(f"{where} require {key}, which has no default.")
    return {key: each["default"] for key, each in properties.items() if "default" in each}


def _settings(plugin: str, schema: Any) -> dict[str, Any]:
    media = {openapi.JSON: {"schema": schema}}
    body = {"required": True, "content": media}
    what = f"the settings of the plugin {plugin}"
    return {
        "get": _operation(plugin, "GetSettings", f"Get {what}", "What is set, beside the defaults.", "200", media),
        "put": _operation(
            plugin, "ReplaceSettings", f"Replace {what}", "What is left out has its default again.", "200", media, body
        ),
    }


def _jobs(plugin: str, prefix: str, job: dict[str, str]) -> dict[str, Any]:
    page = {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": job}}}
    names = {"name": "name", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 60}}
    listed = _operation(
        plugin,
        "ListJobs",
        f"List the jobs of the plugin {plugin}",
        "Those on a schedule with what became of the last attempt, and those that were asked for and are not done yet.",
        "200",
        {openapi.JSON: {"schema": page}},
    )
    run = _operation(
        plugin,
        "RunJob",
        f"Run a job of the plugin {plugin}",
        "Has it done in the background, as soon as a server is free. It is in the list of the jobs until it is done.",
        "202",
        {openapi.JSON: {"schema": job}},
    )
    run["parameters"] = [names]
    run["responses"]["404"] = {"$ref": "#/components/responses/NotFound"}
    return {f"{prefix}/jobs": {"get": listed}, f"{prefix}/jobs/{{name}}/run": {"post": run}}


def _operation(
    plugin: str,
    verb: str,
    summary: str,
    description: str,
    status: str,
    content: Mapping[str, Any],
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    answer = {
        "description": summary + ".",
        "headers": {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}},
        "content": content,
    }
    refusals = {code: {"$ref": f"#/components/responses/{name}"} for code, name in _REFUSALS.items()}
    made = {
        "operationId": external.operation_prefix(plugin) + verb,
        "tags": [external.component_prefix(plugin)],
        "summary": summary,
        "description": description,
        "x-minimum-role": "admin",
        PROVIDED: True,
        "security": _SECURITY,
        "responses": {status: answer, **refusals},
    }
    return made if body is None else {**made, "requestBody": body}


def _named(function: partial[Any], name: str) -> Callable[..., Any]:
    """What looks for the function's module and name finds some."""
    vars(function).update(__module__=__name__, __name__=name)
    return function


def _get_settings(plugin: str) -> dict[str, Any]:
    return plugin_settings.of(plugin)


def _replace_settings(plugin: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return plugin_settings.replace(plugin, body)


def _list_jobs(plugin: str) -> dict[str, Any]:
    return {"data": job_queue.listed(plugin, _names(plugin))}


def _run_job(plugin: str, name: str) -> dict[str, Any]:
    if name not in _names(plugin):
        raise NotFound(f"the plugin {plugin} has no job called {name}")
    id = jobs.enqueue(plugin, name)
    return next(job for job in job_queue.listed(plugin, [name]) if job["id"] == id)


def _names(plugin: str) -> list[str]:
    return [job.name for own in hook_of(plugin, "jobs")() for job in own or ()]
