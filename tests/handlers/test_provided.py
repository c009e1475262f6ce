"""The operations that the server has for plugins: which there are, and what refuses the start. They are called over a
socket in tests/example_plugin."""

from typing import Any

import pytest

from handlers import provided, spec
from handlers.http.resolver import plugin_functions
from handlers.spec import Fragment
from pharus.errors import ConfigurationError
from pharus.external import External
from pharus.hooks import hookimpl
from pharus.jobs import Job
from plugins import manager
from tests.pharus.modules import module

pytestmark = pytest.mark.no_database

WITH_JOBS = External("quality_checks", module("q", made=hookimpl(lambda: [Job("x", print)], specname="jobs")))
WITHOUT = External("quality_checks", module("q"))
PATH = "/api/x/quality-checks"
SETTINGS = {"$ref": "#/components/schemas/QualityChecksSettings"}


def described(**changes: Any) -> dict[str, Any]:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["days"],
        "properties": {"days": {"type": "integer", "default": 3}, "mail": {"type": "string"}},
        **changes,
    }
    return {"components": {"schemas": {"QualityChecksSettings": schema}}, "x-settings": SETTINGS}


def merged(plugin: External, document: dict[str, Any]) -> dict[str, Any]:
    return spec.load([Fragment(plugin.name, provided.with_operations(plugin, document))])


def test_a_plugin_has_operations_of_its_settings_and_jobs_for_admins() -> None:
    document = merged(WITH_JOBS, described())
    found = provided.functions([WITH_JOBS], document)
    ids = {
        f"{PATH}/settings": {"get": "qualityChecksGetSettings", "put": "qualityChecksReplaceSettings"},
        f"{PATH}/jobs": {"get": "qualityChecksListJobs"},
        f"{PATH}/jobs/{{name}}/run": {"post": "qualityChecksRunJob"},
    }
    own = {path: item for path, item in document["paths"].items() if path.startswith(PATH)}
    assert {path: {method: each["operationId"] for method, each in item.items()} for path, item in own.items()} == ids
    assert {each["x-minimum-role"] for item in own.values() for each in item.values()} == {"admin"}
    assert len(found) == 4
    assert plugin_functions(document, manager.load(()).modules, found)["qualityChecksRunJob"]


def test_a_plugin_without_them_has_none() -> None:
    assert provided.with_operations(WITHOUT, {"paths": {}}) == {"paths": {}}
    document = merged(WITHOUT, described())
    assert set(provided.functions([WITHOUT], document)) == {
        "quality_checks_get_settings", "quality_checks_replace_settings",
    }  # fmt: skip
    assert provided.functions([WITHOUT], spec.load()) == {}


def test_a_path_that_the_server_has_is_refused() -> None:
    own = {"paths": {f"{PATH}/settings": {}}}
    assert provided.with_operations(WITHOUT, own) == own
    with pytest.raises(ConfigurationError, match=f"has the path {PATH}/settings, which the server has for it"):
        provided.with_operations(WITHOUT, {**own, **described()})


def test_settings_have_the_defaults_of_their_schema() -> None:
    document = described()
    assert provided.defaults(document, "quality_checks", merged(WITHOUT, document)) == {"days": 3}
    assert provided.defaults({}, "quality_checks", spec.load()) is None


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (described(required=["mail"]), "require mail, which has no default"),
        (described(additionalProperties=True), "must be an object with additionalProperties: false"),
        ({"x-settings": {"type": "object"}}, "must refer to a component schema of its own"),
        ({"x-settings": {"$ref": "#/components/schemas/Vendor"}}, "must refer to a component schema of its own"),
        ({"x-settings": {"$ref": "#/components/schemas/Nothing"}}, "lead nowhere"),
    ],
)
def test_settings_that_could_not_be_shown_are_refused(document: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=f"x-settings of the plugin quality_checks {message}"):
        provided.defaults(document, "quality_checks", {**spec.load(), **document})
