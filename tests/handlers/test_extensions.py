from typing import Any

import pytest

from handlers import extensions, spec
from handlers.spec import Fragment
from pharus.errors import ConfigurationError
from pharus.openapi import JSON, Document

pytestmark = pytest.mark.no_database

PART = {"type": "object", "properties": {"grade": {"type": "string"}}}


def fragment(requests: Any = None, answers: Any = None, name: str = "quality_checks") -> Fragment:
    prefix = "".join(word.capitalize() for word in name.split("_"))
    section = {key: value for key, value in (("requests", requests), ("answers", answers)) if value is not None}
    return Fragment(name, {"components": {"schemas": {f"{prefix}Part": PART}}, extensions.SECTION: section})


def ref(name: str = "QualityChecksPart") -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def body(document: dict[str, Any], path: str, method: str) -> dict[str, Any]:
    schema: dict[str, Any] = document["paths"][path][method]["requestBody"]["content"][JSON]["schema"]
    return schema


def test_a_part_is_the_last_property_of_a_request_and_no_other_request_has_it() -> None:
    before = spec.load()
    merged = spec.load([fragment({"createVendor": ref()})])
    schema = body(merged, "/api/vendors", "post")
    own = Document(before).fold(Document(before).follow(body(before, "/api/vendors", "post")))
    assert list(schema["properties"]) == [*own["properties"], "x-quality-checks"]
    assert schema["properties"]["x-quality-checks"] == ref()
    assert (schema["required"], schema["additionalProperties"]) == (own["required"], own["additionalProperties"])
    assert merged["paths"]["/api/vendors"]["post"][extensions.PARTS] == {"x-quality-checks": "quality_checks"}
    assert merged["paths"]["/api/vendors/bulk-import"] == before["paths"]["/api/vendors/bulk-import"]
    assert merged["components"]["schemas"]["VendorCreate"] == before["components"]["schemas"]["VendorCreate"]


def test_a_part_may_be_refused_where_nothing_else_of_the_request_is() -> None:
    before, merged = spec.load(), spec.load([fragment({"createVendor": ref(), "createCustomer": ref()})])
    vendors, customers = (merged["paths"][path]["post"]["responses"] for path in ("/api/vendors", "/api/customers"))
    assert "404" not in before["paths"]["/api/vendors"]["post"]["responses"]
    assert vendors["404"] == {"$ref": "#/components/responses/NotFound"}
    # What an operation says of its own refusals stays.
    assert customers == before["paths"]["/api/customers"]["post"]["responses"]


def test_a_part_is_shown_wherever_the_record_is() -> None:
    merged = spec.load([fragment(answers={"SalesOrder": ref()})])
    schema = merged["components"]["schemas"]["SalesOrder"]
    assert list(schema["properties"])[-1] == "x-quality-checks"
    assert "x-quality-checks" not in schema["required"]
    assert schema[extensions.PARTS] == {"x-quality-checks": "quality_checks"}


def test_two_plugins_have_parts_of_the_same_places() -> None:
    others = [
        fragment({"createVendor": ref()}, {"Vendor": ref()}),
        fragment({"createVendor": ref("LabelsPart")}, {"Vendor": ref("LabelsPart")}, name="labels"),
    ]
    merged = spec.load(others)
    for node in (merged["paths"]["/api/vendors"]["post"], merged["components"]["schemas"]["Vendor"]):
        assert node[extensions.PARTS] == {"x-quality-checks": "quality_checks", "x-labels": "labels"}
    assert list(body(merged, "/api/vendors", "post")["properties"])[-2:] == ["x-quality-checks", "x-labels"]


@pytest.mark.parametrize(
    ("requests", "answers", "message"),
    [
        ({"createVendors": ref()}, None, "extends the request of createVendors, which is no operation of somebody"),
        ({"deleteVendor": ref()}, None, "extends the request of deleteVendor, which takes no JSON"),
        ({"uploadDocument": ref()}, None, "extends the request of uploadDocument, which takes no JSON"),
        (None, {"Vendors": ref()}, "extends Vendors, which is no component schema of somebody else's"),
        (None, {"QualityChecksPart": ref()}, "extends QualityChecksPart, which is no component schema of somebody"),
        (None, {"VendorPage": ref()}, "extends VendorPage, which has no id"),
        (None, {"Vendor": ref("Nothing")}, "leads nowhere, at /x-extends/answers/Vendor: #/components/schemas/Nothing"),
    ],
)
def test_a_place_that_no_part_can_have_is_refused(requests: Any, answers: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        spec.load([fragment(requests, answers)])


def test_a_component_that_requests_hold_is_refused() -> None:
    held = {"components": {"schemas": {"LabelsSize": {"type": "object", "properties": {"id": {"type": "string"}}}}}}
    path = {
        "post": {
            "operationId": "labelsPrint",
            "x-minimum-role": "viewer",
            "requestBody": {"content": {JSON: {"schema": ref("LabelsSize")}}},
            "responses": {"200": {"description": "Printed."}},
        }
    }
    labels = Fragment("labels", {**held, "paths": {"/api/x/labels": path}})
    with pytest.raises(ConfigurationError, match="extends LabelsSize, which requests hold, too"):
        spec.load([labels, fragment(answers={"LabelsSize": ref()})])
    # Of the order in which they are loaded nothing depends.
    assert spec.load([fragment({"labelsPrint": ref()}), labels])


def test_a_section_of_another_form_is_refused(tmp_path: Any) -> None:
    file = tmp_path / "openapi.yaml"
    file.write_text("x-extends: {answer: {}}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="x-extends"):
        spec.read(file)
