from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml
from connexion.spec import OpenAPISpecification

from handlers import spec
from handlers.spec import Fragment
from pharus.errors import ConfigurationError


def operation(operation_id: str, **changes: Any) -> dict[str, Any]:
    return {"operationId": operation_id, "x-minimum-role": "viewer", "responses": {"200": {}}, **changes}


def fragment(document: dict[str, Any]) -> Fragment:
    return Fragment("labels", document)


def test_load_without_fragments_is_the_document_itself() -> None:
    assert spec.load() == yaml.safe_load(spec.path().read_text(encoding="utf-8"))
    assert len(list(spec.operations(spec.load()))) > 20


def test_load_merges_paths_components_and_tags_of_a_fragment() -> None:
    merged = spec.load(
        [
            fragment(
                {
                    "paths": {"/api/x/labels/{id}": {"get": operation("labelsGet")}, "/api/x/labels": {}},
                    "components": {"schemas": {"Label": {"type": "object"}}, "headers": {"Labels": {}}},
                    "tags": [{"name": "labels"}],
                }
            )
        ]
    )
    assert merged["paths"]["/api/x/labels/{id}"]["get"]["operationId"] == "labelsGet"
    assert merged["components"]["schemas"]["Label"] == {"type": "object"}
    assert merged["tags"][-1] == {"name": "labels"}
    assert list(merged["paths"])[: len(spec.load()["paths"])] == list(spec.load()["paths"])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"paths": {"/api/vendors": {}}}, "The plugin labels redefines the path /api/vendors"),
        (
            {"paths": {"/api/labels": {}}},
            "The plugin labels defines /api/labels; its paths must begin with /api/x/labels/",
        ),
        ({"paths": {"/api/x/labelsmore": {}}}, "must begin with /api/x/labels/"),
        ({"paths": {"/api/x/other/labels": {}}}, "must begin with /api/x/labels/"),
        (
            {"components": {"schemas": {"Vendor": {"type": "string"}}}},
            "The plugin labels redefines the component schemas/Vendor",
        ),
        (
            {"paths": {"/api/x/labels": {"get": operation("createVendor")}}},
            "The operationId createVendor stands at POST /api/vendors and at GET /api/x/labels",
        ),
        ({"paths": {"/api/x/labels": {"get": {"x-minimum-role": "viewer"}}}}, "GET /api/x/labels has no operationId"),
        (
            {"paths": {"/api/x/labels": {"get": {"operationId": "labelsList"}}}},
            "GET /api/x/labels needs an x-minimum-role, one of public, authenticated, viewer",
        ),
        (
            {"paths": {"/api/x/labels": {"get": operation("labelsList", **{"x-minimum-role": "boss"})}}},
            "GET /api/x/labels needs an x-minimum-role",
        ),
        (
            {"paths": {"/api/x/labels/{id}": {"parameters": [], "get": operation("labelsGet")}}},
            r"/api/x/labels/\{id\}: parameters stand on the operation",
        ),
    ],
)
def test_load_refuses_a_fragment_with_a_sentence_that_names_the_place(document: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        spec.load([fragment(document)])


def test_load_refuses_two_fragments_with_one_operation_id() -> None:
    one = Fragment("one", {"paths": {"/api/x/one": {"get": operation("list")}}})
    two = Fragment("two", {"paths": {"/api/x/two": {"get": operation("list")}}})
    with pytest.raises(ConfigurationError, match="list stands at GET /api/x/one and at GET /api/x/two"):
        spec.load([one, two])


def test_load_takes_a_component_that_is_the_same_as_ours() -> None:
    same = spec.load()["components"]["schemas"]["Id"]
    assert spec.load([fragment({"components": {"schemas": {"Id": same}}})]) == spec.load()


def test_fragment_reads_the_document_in_the_plugins_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "example_fragment"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "openapi.yaml").write_text("paths: {/api/x/example_fragment: {}}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    plugin = __import__("example_fragment")
    assert isinstance(plugin, ModuleType)
    assert spec.fragment(plugin) == Fragment("example_fragment", {"paths": {"/api/x/example_fragment": {}}})


def test_read_of_a_file_that_holds_no_document_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text("- a list")
    with pytest.raises(ConfigurationError, match=r"openapi\.yaml holds no OpenAPI document"):
        spec.read(file)


def test_dereference_follows_references_and_their_escapes() -> None:
    document = {"components": {"schemas": {"a/b~c": {"$ref": "#/components/schemas/End"}, "End": {"type": "string"}}}}
    assert spec.dereference(document, {"$ref": "#/components/schemas/a~1b~0c"}) == {"type": "string"}
    assert spec.dereference(document, {"type": "integer"}) == {"type": "integer"}
    assert spec.dereference(document, None) is None


def test_check_form_takes_the_document_and_names_the_place_of_what_is_wrong() -> None:
    document = spec.load()
    spec.check_form(document, OpenAPISpecification.openapi_schema)
    document["paths"]["/api/vendors"]["get"]["responses"]["200"] = {"content": {}}
    with pytest.raises(ConfigurationError, match=r"no OpenAPI document: /paths/.api.vendors/get/responses/200"):
        spec.check_form(document, OpenAPISpecification.openapi_schema)
