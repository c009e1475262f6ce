"""What a BOM is made of: a soap maker's SKUs and materials, by code."""

from collections.abc import Callable

import pytest

from tests import factories
from tests.factories import Organization

# `sku("BAR")` is the id of the SKU with this code, made when first asked for.
Named = Callable[[str], str]


@pytest.fixture
def sku(organization: Organization) -> Named:
    type_id = factories.make_sku_type(organization.id)
    return _once(lambda code: factories.make_sku(organization.id, code=code, type_id=type_id))


@pytest.fixture
def material(organization: Organization) -> Named:
    type_id = factories.make_material_type(organization.id)
    return _once(lambda code: factories.make_material(organization.id, code=code, type_id=type_id))


def _once(make: Callable[[str], str]) -> Named:
    made: dict[str, str] = {}

    def find(code: str) -> str:
        if code not in made:
            made[code] = make(code)
        return made[code]

    return find
