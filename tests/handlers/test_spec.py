import secrets
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from connexion.spec import OpenAPISpecification

from handlers import spec
from handlers.spec import Fragment
from pharus import openapi
from pharus.errors import ConfigurationError
from pharus.external import External
from tests.handlers.cli.test_commands import FRAGMENT


def operation(operation_id: str, **changes: Any) -> dict[str, Any]:
    return {"operationId": operation_id, "x-minimum-role": "viewer", "responses": {"200": {}}, **changes}


def fragment(document: dict[str, Any]) -> Fragment:
    return Fragment("labels", document)


def test_load_without_fragments_is_the_document_itself() -> None:
    assert spec.load() == openapi.parse(spec.path().read_bytes())
    assert len(list(openapi.operations(spec.load()))) > 20


def test_load_merges_paths_components_and_tags_of_a_fragment() -> None:
    merged = spec.load(
        [
            fragment(
                {
                    "paths": {"/api/x/labels/{id}": {"get": operation("labelsGet")}, "/api/x/labels": {}},
                    "components": {"schemas": {"LabelsLabel": {"type": "object"}}, "headers": {"LabelsSize": {}}},
                    "openapi": "3.0.3",
                    "info": {"title": "Labels"},
                    "tags": [{"name": "labels"}],
                }
            )
        ]
    )
    assert merged["paths"]["/api/x/labels/{id}"]["get"]["operationId"] == "labelsGet"
    assert merged["components"]["schemas"]["LabelsLabel"] == {"type": "object"}
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
            "The plugin labels redefines the component schemas/Vendor: call its own LabelsVendor",
        ),
        (
            {"components": {"schemas": {"Label": {"type": "string"}}}},
            "its components must begin with Labels: call it LabelsLabel",
        ),
        (
            {"paths": {"/api/x/labels": {"get": operation("createVendor")}}},
            "GET /api/x/labels of the plugin labels has the operationId createVendor; .*: call it labelsCreateVendor",
        ),
        (
            {"paths": {"/api/x/labels": {"get": operation("labelsmithList")}}},
            "has the operationId labelsmithList",
        ),
        (
            {"paths": {"/api/x/labels": {"get": operation("labelsList"), "post": operation("labelsList")}}},
            "The operationId labelsList is at GET /api/x/labels and at POST /api/x/labels",
        ),
        ({"servers": []}, "The openapi.yaml of the plugin labels has the section servers; it may have openapi, info,"),
        (
            {"tags": [{"name": "Vendors", "description": "Ours."}]},
            "The plugin labels redefines the tag Vendors: give it another name",
        ),
        (
            {"paths": {"/api/x/labels": {"get": operation("labelsList", parameters=[{"$ref": "#/components/x/Y"}])}}},
            "labels has a reference that leads nowhere, at /paths//api/x/labels/get/parameters/0: #/components/x/Y ",
        ),
        (
            {"components": {"schemas": {"LabelsA": {"$ref": "#/components/schemas/LabelsA"}}}},
            "leads nowhere, at /components/schemas/LabelsA: #/components/schemas/LabelsA refers to itself",
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
            r"/api/x/labels/\{id\}: parameters belong to the operation",
        ),
    ],
)
def test_load_refuses_a_fragment_with_a_sentence_that_names_the_place(document: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        spec.load([fragment(document)])


@pytest.mark.parametrize(
    ("name", "path", "operation_id", "component"),
    [
        ("lots", "/api/x/lots/{id}", "lotsGet", "LotsLot"),
        ("quality_checks", "/api/x/quality-checks", "qualityChecksList", "QualityChecksCheck"),
        ("eu1", "/api/x/eu1", "eu1List", "Eu1Item"),
    ],
)
def test_load_takes_what_is_named_after_its_plugin(name: str, path: str, operation_id: str, component: str) -> None:
    added = {"paths": {path: {"get": operation(operation_id)}}, "components": {"schemas": {component: {}}}}
    merged = spec.load([Fragment(name, added)])
    assert path in merged["paths"]
    assert component in merged["components"]["schemas"]


def test_load_takes_a_component_that_is_the_same_as_ours() -> None:
    same = spec.load()["components"]["schemas"]["Id"]
    assert spec.load([fragment({"components": {"schemas": {"Id": same}}})]) == spec.load()


def plugin(folder: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> External:
    """The plugin `labels` in a package of its own, with these files beside its `__init__.py`."""
    name = f"example_fragment_{secrets.token_hex(4)}"
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    for file, text in files.items():
        (folder / name / file.replace("_", ".")).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    return External("labels", import_module(name))


def test_fragment_reads_the_document_in_the_plugins_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = spec.fragment(plugin(tmp_path, monkeypatch, openapi_yaml="paths: {/api/x/labels: {}}"))
    assert found == Fragment("labels", {"paths": {"/api/x/labels": {}}})


def test_fragment_of_a_plugin_of_hooks_alone_is_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert spec.fragment(plugin(tmp_path, monkeypatch)) == Fragment("labels", {})
    assert spec.load([Fragment("labels", {})]) == spec.load()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("paths: {", "The openapi.yaml of the plugin labels is no YAML: .* line 2"),
        ("- a list", "The openapi.yaml of the plugin labels holds no paths"),
        ("", "The openapi.yaml of the plugin labels holds no paths"),
    ],
)
def test_fragment_that_cannot_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        spec.fragment(plugin(tmp_path, monkeypatch, openapi_yaml=text))


def test_read_of_a_file_that_holds_no_document_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text("- a list")
    with pytest.raises(ConfigurationError, match=r"openapi\.yaml holds no paths"):
        spec.read(file)


def test_dereference_follows_references_and_their_escapes() -> None:
    document = {"components": {"schemas": {"a/b~c": {"$ref": "#/components/schemas/End"}, "End": {"type": "string"}}}}
    assert openapi.dereference(document, {"$ref": "#/components/schemas/a~1b~0c"}) == {"type": "string"}
    assert openapi.dereference(document, {"type": "integer"}) == {"type": "integer"}
    assert openapi.dereference(document, None) is None


def test_check_form_takes_the_document_and_names_the_place_of_what_is_wrong() -> None:
    document = spec.load()
    spec.check_form(document, OpenAPISpecification.openapi_schema)
    document["paths"]["/api/vendors"]["get"]["responses"]["200"] = {"content": {}}
    with pytest.raises(ConfigurationError, match=r"no OpenAPI document: /paths/.api.vendors/get/responses/200"):
        spec.check_form(document, OpenAPISpecification.openapi_schema)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"paths:\n  /a: [1", "is no YAML: while parsing a flow sequence line 2, column 7"),
        (
            b"\tpaths: 1",
            "is no YAML: while scanning for the next token found character that cannot start any token line 1",
        ),
        (b"\xff\xfe\x00", "is no YAML: unacceptable character"),
        (b"paths: \x00", "is no YAML: unacceptable character"),
        (b"a: 1\n---\nb: 2\n", "is no YAML: expected a single document in the stream line 1"),
        (b"paths: *nowhere", "is no YAML: found undefined alias line 1, column 8"),
        (b"!!python/object:os.system {}", "is no YAML: could not determine a constructor"),
        (b"paths: &a {/api/x/labels: *a}", "is nested too deeply, or holds itself: /paths//api/x/labels"),
        (b"", "holds no paths."),
        (b"[1]", "holds no paths."),
        (b"paths: [1]", "is no OpenAPI document: /paths: [1] is not of type"),
        (b"paths: {/api/x/labels: 7}", "/paths//api/x/labels: 7 is not of type"),
        (b"paths: {/api/x/labels: {get: 7}}", "/paths//api/x/labels/get: 7 is not of type"),
        (b"paths: {7: {}}", "has the key 7 at /paths: put it in quotes, as a text."),
        (b"components: []", "/components: [] is not of type"),
        (b"components: {schemas: 7}", "/components/schemas: 7 is not of type"),
        (b"components: {schemas: {LabelsX: 7}}", "/components/schemas/LabelsX: 7 is not of type"),
        (b"tags: x", '/tags: "x" is not of type'),
        (b"tags: [x]", '/tags/0: "x" is not of type'),
        (b"tags: [{}]", '/tags/0: "name" is a required property'),
        (FRAGMENT.replace("'200'", "200"), "has the key 200 at /paths//api/x/labels/get/responses: put it in quotes"),
        (
            FRAGMENT.replace("Done.", "2026-01-02"),
            "has the value 2026-01-02 at /paths//api/x/labels/get/responses/200/d",
        ),
        (FRAGMENT.replace("labelsList", "7"), "/paths//api/x/labels/get/operationId: 7 is not of type"),
        (
            FRAGMENT.replace("viewer", "viewer\n      x-rules: [{path: /a, message: '('}]"),
            '/get/x-rules/0/message: "(" is not a "regex"',
        ),
        (
            FRAGMENT.replace("viewer", "viewer\n      x-rules: [{path: /a}]"),
            '/get/x-rules/0: "message" is a required property',
        ),
        (FRAGMENT.replace("viewer", "[viewer]"), '/paths//api/x/labels/get/x-minimum-role: ["viewer"] is not of type'),
        (FRAGMENT.replace("[Labels]", "Labels"), '/paths//api/x/labels/get/tags: "Labels" is not of type'),
        (FRAGMENT + "      parameters: [7]", "/paths//api/x/labels/get/parameters/0: 7 is not of type"),
        (FRAGMENT + "      requestBody: 7", "/paths//api/x/labels/get/requestBody: 7 is not of type"),
    ],
)
def test_document_of_a_plugin_that_cannot_be_merged_is_refused_with_its_place(
    text: bytes | str, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / "openapi.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError) as refused:
        spec.read(tmp_path / "openapi.yaml")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
