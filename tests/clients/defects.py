"""Defects for the document, one small change each, and the words with which a tool has to notice it.

All defects that one tool is to notice are put into one copy of the document, far from each other, so that the tool runs
once (test_defects.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Defect:
    name: str
    tool: str
    # What the tool's report must hold, in one line of it.
    noticed: tuple[str, ...]
    change: Callable[[Document], None]


def _operation(document: Document, method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"][path][method]
    return found


def _schema(document: Document, name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def _answer(document: Document, method: str, path: str, status: str = "200") -> dict[str, Any]:
    found: dict[str, Any] = _operation(document, method, path)["responses"][status]["content"]["application/json"]
    return found


def _set(node: dict[str, Any], key: str, value: Any) -> None:
    node[key] = value


DEFECTS = (
    Defect(
        "two operations have one id",
        "redocly",
        ("operation-operationId-unique", "/paths/~1api~1brokers/"),
        lambda document: _set(_operation(document, "get", "/api/brokers"), "operationId", "listVendors"),
    ),
    Defect(
        "a parameter of the path is not declared",
        "redocly",
        ("path-parameters-defined", "/paths/~1api~1vendors~1{id}/get"),
        lambda document: _set(_operation(document, "get", "/api/vendors/{id}"), "parameters", []),
    ),
    Defect(
        "a reference leads nowhere",
        "redocly",
        ("no-unresolved-refs", "/components/schemas/WorkOrderDetail/properties/workOrder"),
        lambda document: _set(
            _schema(document, "WorkOrderDetail")["properties"], "workOrder", {"$ref": "#/components/schemas/WorkOder"}
        ),
    ),
    Defect(
        "an example lacks a required key",
        "redocly",
        ("no-invalid-media-type-examples", "/paths/~1api~1user/get"),
        lambda document: _first_example(_answer(document, "get", "/api/user")).popitem(),
    ),
    Defect(
        "a parameter's example is none of its values",
        "redocly",
        ("no-invalid-parameter-examples", "/components/parameters/Limit"),
        lambda document: _set(document["components"]["parameters"]["Limit"], "example", "fifty"),
    ),
    Defect(
        "an enum holds a value of another type",
        "redocly",
        ("no-enum-type-mismatch", "/components/schemas/FulfillmentStatus"),
        lambda document: _schema(document, "FulfillmentStatus")["enum"].append(4),
    ),
    Defect(
        "an operation asks for a security scheme that is not declared",
        "redocly",
        ("security-defined", "/paths/~1api~1customers/get"),
        lambda document: _set(_operation(document, "get", "/api/customers"), "security", [{"cookie": []}]),
    ),
    Defect(
        "an operation declares no refusal",
        "redocly",
        ("operation-4xx-response", "/paths/~1api~1skus/get"),
        lambda document: _keep_only(_operation(document, "get", "/api/skus")["responses"], "200"),
    ),
    Defect(
        "two paths differ in a parameter's name only",
        "redocly",
        ("no-identical-paths", "/paths/~1api~1customers~1{customerId}"),
        lambda document: _set(document["paths"], "/api/customers/{customerId}", {}),
    ),
    Defect(
        "a component is used by nothing",
        "redocly",
        ("no-unused-components", "/components/schemas/Leftover"),
        lambda document: _set(document["components"]["schemas"], "Leftover", {"type": "string"}),
    ),
    Defect(
        "a keyword is misspelt",
        "redocly",
        ("struct", "/components/schemas/BomSummary"),
        lambda document: _set(_schema(document, "BomSummary"), "requierd", ["skuId"]),
    ),
    Defect(
        "a parameter has no schema",
        "redocly",
        ("struct", "/components/parameters/IsActive"),
        lambda document: document["components"]["parameters"]["IsActive"].pop("schema"),
    ),
    Defect(
        "a page has lost its cursor",
        "compiler",
        ("nextCursor",),
        lambda document: _rename(_schema(document, "MaterialPage"), "nextCursor", "next"),
    ),
    Defect(
        "an answered figure became a number",
        "compiler",
        ("Types of property 'onHand'",),
        lambda document: _set(_schema(document, "MaterialsSummary")["properties"], "onHand", {"type": "number"}),
    ),
    Defect(
        "a key of a request must be sent now",
        "compiler",
        ("createVendor",),
        lambda document: _set(_schema(document, "VendorCreate"), "required", ["name", "country"]),
    ),
    Defect(
        "a decimal of a request is a number only",
        "compiler",
        ("createSku:",),
        lambda document: _set(_schema(document, "OzPerItem"), "oneOf", _schema(document, "OzPerItem")["oneOf"][1:]),
    ),
    Defect(
        "a status that orders may have is missing",
        "compiler",
        ("updateSalesOrder",),
        lambda document: _schema(document, "SalesOrderStatus")["enum"].remove("Shipped"),
    ),
    Defect(
        "an answer is another record",
        "compiler",
        ("createWorkOrder:",),
        lambda document: _set(
            _answer(document, "post", "/api/work-orders", "201"), "schema", {"$ref": "#/components/schemas/Vendor"}
        ),
    ),
    Defect(
        "a path is written in another way",
        "compiler",
        ("/api/order-channels",),
        lambda document: _rename({"properties": document["paths"]}, "/api/order-channels", "/api/orderChannels"),
    ),
    Defect(
        "an answer lost a key",
        "compiler",
        ("deletedId",),
        lambda document: _rename(_schema(document, "DeletedId"), "deletedId", "id"),
    ),
    Defect(
        "an answer may be a text, too",
        "compiler",
        ("getFinishedGoodsSummary",),
        lambda document: _add_text(document, "get", "/api/finished-goods-inventory/summary"),
    ),
    Defect(
        "a list may be a file, too, in standard words",
        "our lint",
        ("file beside JSON", "/api/vendors/get/responses/200"),
        lambda document: _add_text(document, "get", "/api/vendors"),
    ),
    Defect(
        "a key's schema became an anyOf",
        "our lint",
        ("anyOf", "/components/schemas/Money"),
        lambda document: _rename({"properties": _schema(document, "Money")}, "oneOf", "anyOf"),
    ),
    Defect(
        "null fits both forms of a decimal",
        "our lint",
        ("null fits", "/components/schemas/ProductionCost"),
        lambda document: _set(_schema(document, "ProductionCost")["oneOf"][0], "nullable", True),
    ),
    Defect(
        "a decimal's number comes first",
        "our lint",
        ("comes first", "/components/schemas/Quantity"),
        lambda document: _schema(document, "Quantity")["oneOf"].reverse(),
    ),
)


def _first_example(content: dict[str, Any]) -> dict[str, Any]:
    """That of the content, or the first of several."""
    found: dict[str, Any] = (
        content["example"] if "example" in content else next(iter(content["examples"].values()))["value"]
    )
    return found


def _add_text(document: Document, method: str, path: str) -> None:
    _operation(document, method, path)["responses"]["200"]["content"]["text/csv"] = {"schema": {"type": "string"}}


def _keep_only(node: dict[str, Any], key: str) -> None:
    for other in [each for each in node if each != key]:
        del node[other]


def _rename(schema: dict[str, Any], old: str, new: str) -> None:
    schema["properties"][new] = schema["properties"].pop(old)
    if old in schema.get("required", ()):
        schema["required"][schema["required"].index(old)] = new
