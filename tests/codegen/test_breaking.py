"""Breaking openapi.yaml itself, in one way after another: each is found, and named by its operation."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from codegen.breaking import Change, breaking_changes, unannounced
from codegen.released import CHECKOUT
from pharus.openapi import Document

pytestmark = pytest.mark.no_database

_DOCUMENT = Document.load(CHECKOUT / "openapi.yaml")
Content = dict[str, Any]


def _schema(document: Content, name: str) -> Content:
    found: Content = document["components"]["schemas"][name]
    return found


def _operation(document: Content, path: str = "/api/vendors", method: str = "post") -> Content:
    found: Content = document["paths"][path][method]
    return found


def _move(document: Content) -> None:
    document["paths"]["/api/suppliers"] = document["paths"].pop("/api/vendors")


def _rename(document: Content) -> None:
    _operation(document)["operationId"] = "addVendor"


def _add_before(document: Content) -> None:
    properties = _schema(document, "VendorCreate")["properties"]
    _schema(document, "VendorCreate")["properties"] = {"region": {"type": "string"}, **properties}


_BREAKING: dict[str, tuple[Callable[[Content], Any], str, str]] = {
    "operation gone": (lambda d: d["paths"]["/api/vendors"].pop("post"), "createVendor", "POST /api/vendors"),
    "operation renamed": (_rename, "createVendor", "POST /api/vendors"),
    "operation moved": (_move, "createVendor", "POST /api/vendors"),
    "role raised": (lambda d: _operation(d).update({"x-minimum-role": "owner"}), "createVendor", "x-minimum-role"),
    "no token any more": (lambda d: _operation(d).update({"x-id-token-only": True}), "createVendor", "x-id-token-only"),
    "parameter gone": (lambda d: _operation(d, method="get")["parameters"].pop(), "listVendors", "query/count"),
    "parameter of files gone": (
        lambda d: _operation(d, method="get")["x-parameters"].pop(),
        "listVendors",
        "query/bom",
    ),
    "parameter required": (
        lambda d: d["components"]["parameters"]["Limit"].update(required=True),
        "listVendors",
        "query/limit",
    ),
    "parameter narrowed": (
        lambda d: d["components"]["parameters"]["Limit"]["schema"].update(maximum=100),
        "listSkus",
        "query/limit",
    ),
    "parameter added that must be sent": (
        lambda d: _operation(d, method="get")["parameters"].append(
            {"name": "region", "in": "query", "required": True, "schema": {"type": "string"}}
        ),
        "listVendors",
        "query/region",
    ),
    "parameter added before others": (
        lambda d: _operation(d, method="get")["parameters"].insert(
            0, {"name": "region", "in": "query", "schema": {"type": "string"}}
        ),
        "listVendors",
        "query/region",
    ),
    "key added before others": (_add_before, "createVendor", "body/region"),
    "key no longer taken": (
        lambda d: _schema(d, "VendorCreate")["properties"].pop("notes"),
        "createVendor",
        "body/notes",
    ),
    "key must be sent": (
        lambda d: _schema(d, "VendorCreate")["required"].append("country"),
        "createVendor",
        "body/country",
    ),
    "rows narrowed": (
        lambda d: _schema(d, "VendorCreate")["properties"]["name"].update(maxLength=3),
        "bulkImportVendors",
        "body/rows/-/name",
    ),
    "key of a response gone": (lambda d: _schema(d, "Vendor")["properties"].pop("term"), "createVendor", "201/term"),
    "key of a list's rows may be missing": (
        lambda d: _schema(d, "Vendor")["required"].remove("term"),
        "listVendors",
        "200/data/-/term",
    ),
    "status changed": (
        lambda d: _operation(d)["responses"].update({"200": _operation(d)["responses"].pop("201")}),
        "createVendor",
        "201",
    ),
    "error body changed": (
        lambda d: _schema(d, "ErrorBody")["required"].remove("message"),
        "createVendor",
        "409/error/message",
    ),
    "header gone": (
        lambda d: d["components"]["responses"]["MethodNotAllowed"]["headers"].pop("Allow"),
        "createVendor",
        "405",
    ),
    "body must be sent": (
        lambda d: _operation(d, "/api/materials-inventory/transfers/{ref}/complete")["requestBody"].update(
            required=True
        ),
        "completeMaterialsTransfer",
        "body",
    ),
    "another media type": (
        lambda d: _operation(d)["requestBody"]["content"].update(
            {"application/xml": _operation(d)["requestBody"]["content"].pop("application/json")}
        ),
        "createVendor",
        "body",
    ),
}


@pytest.mark.parametrize("name", _BREAKING)
def test_broken_document_is_found_out(name: str) -> None:
    break_it, operation_id, pointer = _BREAKING[name]
    broken = copy.deepcopy(_DOCUMENT.content)
    break_it(broken)
    found = breaking_changes(_DOCUMENT, Document(broken))
    assert (operation_id, pointer) in [(change.operation_id, change.pointer) for change in found]


def test_document_breaks_nothing_of_itself() -> None:
    assert breaking_changes(_DOCUMENT, Document(copy.deepcopy(_DOCUMENT.content))) == []


def test_additions_break_nothing() -> None:
    grown = copy.deepcopy(_DOCUMENT.content)
    grown["paths"]["/api/x/things"] = {"get": {"operationId": "listThings", "responses": {}}}
    _operation(grown)["x-minimum-role"] = "viewer"
    _operation(grown, method="get")["parameters"].append({"name": "z", "in": "query", "schema": {"type": "string"}})
    _schema(grown, "VendorCreate")["properties"]["website"] = {"type": "string"}
    _schema(grown, "Vendor")["properties"]["website"] = {"type": "string"}
    _schema(grown, "Vendor")["required"].append("website")
    _schema(grown, "ErrorCode")["enum"].append("teapot")
    assert breaking_changes(_DOCUMENT, Document(grown)) == []


def test_changelog_announces_by_the_names_of_operations() -> None:
    changes = [Change("createVendor", "body/notes", "is no longer taken"), Change("listSkus", "query/q", "is gone")]
    changelog = (
        "# Changelog\n\n## 0.2.0\n\n### Breaking\n\n- `createVendor` takes no notes.\n\n### Added\n\n- `listSkus`\n"
    )
    assert unannounced(changes, changelog) == changes[1:]
    assert unannounced(changes, changelog.replace("### Breaking", "### Changed")) == changes
    # What an older version announced is no longer news.
    assert unannounced(changes, "# Changelog\n\n## Unreleased\n\n- Faster.\n\n" + changelog) == changes
