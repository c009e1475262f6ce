from __future__ import annotations

import pytest

from codegen.client_operations import groups
from pharus.openapi import Document, InvalidDocument
from tests.codegen.documents import document, operation, ref

STRING = {"type": "string"}
PAGE = {"properties": {"data": {"type": "array", "items": ref("Thing")}, "nextCursor": STRING}}


def _list(**changes: object) -> Document:
    declared = operation("listThings", "Things", response="Page") | {
        "summary": "List things",
        "description": "All of\nthem.\n\nBy name.",
        "x-minimum-role": "viewer",
        "parameters": [
            {"name": "cursor", "in": "query", "schema": STRING},
            {"name": "q", "in": "query", "schema": STRING},
            {"name": "kind", "in": "query", "required": True, "schema": STRING},
        ],
    }
    return document({"Thing": {"properties": {"id": STRING}}, "Page": PAGE}, declared | changes)


def test_list_has_rows_and_no_cursor_and_what_is_required_comes_first() -> None:
    ((found,),) = (group.operations for group in groups(_list()))
    assert (found.answer, found.row) == ("Page", "Thing")
    assert [each.name for each in found.query] == ["kind", "q"]


def test_feed_goes_on_after_what_was_read_and_waits_by_itself() -> None:
    names = ("after", "types", "wait")
    parameters = [{"name": name, "in": "query", "schema": STRING} for name in names]
    page = {"properties": {"data": PAGE["properties"]["data"], "next": STRING}}
    declared = operation("listEvents", "Events", response="Page") | {"parameters": parameters}
    both = document({"Thing": {"properties": {"id": STRING}}, "Page": page}, declared)
    ((found,),) = (group.operations for group in groups(both))
    assert (found.row, found.is_feed, found.can_wait) == ("Thing", True, True)
    assert [each.name for each in found.query] == ["after", "types"]


def test_method_says_what_the_document_says() -> None:
    ((found,),) = (group.operations for group in groups(_list()))
    assert found.sentences == ["List things.", "All of them.", "By name.", "The least role is viewer."]


def test_groups_are_in_the_order_of_the_tags() -> None:
    thing = {"Thing": {"properties": {"id": STRING}}}
    of_two = document(
        thing,
        operation("getB", "B", response="Thing"),
        operation("getA", "A", response="Thing"),
        tags=[{"name": "A", "description": "First."}, {"name": "B"}, {"name": "Unused"}],
    )
    assert [(group.tag, group.description) for group in groups(of_two)] == [("A", "First."), ("B", "")]


def test_body_that_is_no_component_is_refused_by_its_operation() -> None:
    declared = operation("getThing", "Things")
    declared["responses"]["200"] = {"content": {"application/json": {"schema": {"type": "object"}}}}
    with pytest.raises(InvalidDocument, match="getThing"):
        groups(document({}, declared))
