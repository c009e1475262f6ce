"""A list without a cursor and one with an empty cursor begin alike: tools send the example of every parameter."""

import pytest

from contract.document import Operation
from tests.api import Api
from tests.contract import calls

_PAGED = [
    each
    for each in calls.operations()
    if "cursor" in {parameter["name"] for parameter in each.parameters} and "{" not in each.path
]


@pytest.mark.parametrize("operation", _PAGED, ids=lambda operation: operation.id)
def test_empty_cursor_is_the_first_page(admin: Api, operation: Operation) -> None:
    needed = {each["name"]: each["example"] for each in operation.parameters if each.get("required")}
    first = admin.get(operation.path, **needed)
    assert first.status_code == 200
    assert admin.get(operation.path, cursor="", **needed).json() == first.json()
