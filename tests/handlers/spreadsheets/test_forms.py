import pytest

from handlers.spreadsheets.forms import Form, form_of
from pharus.db import Unit
from tests.contract import calls
from tests.contract.judging import document


@pytest.fixture
def forms(unit: Unit) -> dict[str, Form | None]:
    asked = ("bulkImportCustomers", "bulkImportMaterials", "createVendor")
    return {each.id: form_of(document(), each.declared) for each in calls.operations() if each.id in asked}


def test_what_a_key_refers_to_depends_on_whose_it_is(forms: dict[str, Form | None]) -> None:
    customers, materials = forms["bulkImportCustomers"], forms["bulkImportMaterials"]
    assert customers is not None
    assert materials is not None
    of_customers, of_materials = customers.targets["typeId"], materials.targets["typeId"]
    assert of_customers is not None
    assert of_materials is not None
    assert (of_customers.table, of_materials.table) == ("customer_type", "material_type")
    # What answers call it, with and without its end.
    assert materials.aliases["materialTypeId"] == materials.aliases["materialTypeName"] == "typeId"


def test_what_takes_no_rows_has_none(forms: dict[str, Form | None]) -> None:
    assert forms["createVendor"] is None
