from __future__ import annotations

import pytest

from codegen.operations import operations
from pharus.openapi import Document, InvalidDocument
from tests.codegen.documents import document, operation


@pytest.mark.parametrize(
    ("tag", "domain"),
    [("SalesOrders", "sales_orders"), ("BOM", "bom"), ("Work orders", "work_orders"), ("things", "things")],
)
def test_domain_without_x_domain_is_the_tag_in_snake_case(tag: str, domain: str) -> None:
    assert operations(document({}, operation("getThing", tag)))[0].domain == domain


def test_domain_is_the_x_domain_of_the_tag() -> None:
    tags = [{"name": "WorkOrders", "x-domain": "manufacturing"}]
    assert operations(document({}, operation("getThing", "WorkOrders"), tags=tags))[0].domain == "manufacturing"


def test_operation_without_tag_is_refused() -> None:
    untagged = operation("getThing", "Things") | {"tags": []}
    with pytest.raises(InvalidDocument, match="GET /getThing has no tags"):
        operations(document({}, untagged))


def test_request_schemas_include_parameters_of_path_and_operation() -> None:
    own = operation("getThing", "Things") | {"parameters": [{"name": "q", "in": "query", "schema": {"title": "own"}}]}
    shared = {"name": "id", "in": "path", "content": {"text/plain": {"schema": {"title": "path"}}}}
    found = operations(
        Document(
            {
                "paths": {"/x": {"parameters": [{"$ref": "#/components/parameters/Id"}], "get": own}},
                "components": {"parameters": {"Id": shared}},
            }
        )
    )
    assert [schema["title"] for schema in found[0].request_schemas] == ["path", "own"]
    assert found[0].response_schemas == ()
