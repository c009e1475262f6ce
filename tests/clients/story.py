"""A small maker's story, told with a client that was generated from openapi.yaml. mypy holds it against its types.

`pharus_client` is made by test_python_client.py; this file is imported only where it has been.
"""

from typing import TypeVar
from uuid import UUID

from pharus_client import AuthenticatedClient
from pharus_client.api.bom import create_bom, get_sku_bom
from pharus_client.api.locations import check_location_in_use, create_location, delete_location
from pharus_client.api.materials import create_material, create_material_type, list_materials
from pharus_client.api.materials_inventory import (
    adjust_materials_inventory,
    complete_materials_transfer,
    create_materials_transfer,
    dispose_materials_inventory,
    get_materials_summary,
)
from pharus_client.api.products import create_sku, create_sku_type
from pharus_client.api.vendors import create_vendor, update_vendor
from pharus_client.models import (
    BomCreate,
    ErrorCode,
    LocationCreate,
    LookupCreate,
    MaterialCreate,
    MaterialsAdjustment,
    MaterialsDisposal,
    MaterialsSummary,
    MaterialsTransferCreate,
    Refusal,
    SkuCreate,
    TransferComplete,
    VendorCreate,
    VendorUpdate,
)

T = TypeVar("T")


def tell(client: AuthenticatedClient) -> None:
    """From an empty organization to goods on hand. Raises when an answer is another one."""
    workshop = _served(create_location.sync(client=client, body=LocationCreate("Example workshop", country="US"))).id
    store = _served(create_location.sync(client=client, body=LocationCreate("Example store"))).id
    vendor = _served(create_vendor.sync(client=client, body=VendorCreate("Sample Oils", term="Net 30")))
    renamed = _served(update_vendor.sync(vendor.id, client=client, body=VendorUpdate(name="Sample Oils and Butters")))
    assert (renamed.id, renamed.name, renamed.term) == (vendor.id, "Sample Oils and Butters", "Net 30")

    oil, lye = _make_materials(client)
    soap = _make_sku(client, oil, lye)
    bom = _served(get_sku_bom.sync(soap, client=client))
    assert [(line.material_id, line.quantity) for line in bom.items] == [(oil, "0.25"), (lye, "0.035")]

    _keep_stock(client, oil, workshop, store)
    in_use = _served(check_location_in_use.sync(store, client=client))
    assert in_use.in_use
    assert in_use.references.ledger_count > 0
    assert _refused(delete_location.sync(store, client=client)) == ErrorCode.IN_USE


def _make_materials(client: AuthenticatedClient) -> tuple[UUID, UUID]:
    type_id = _served(create_material_type.sync(client=client, body=LookupCreate("Raw materials"))).id
    oil = MaterialCreate("OIL-1", "Example olive oil", type_id)
    oil_id = _served(create_material.sync(client=client, body=oil)).id
    assert _refused(create_material.sync(client=client, body=oil)) == ErrorCode.CONFLICT
    lye_id = _served(create_material.sync(client=client, body=MaterialCreate("LYE-1", "Example lye", type_id))).id
    first = _served(list_materials.sync(client=client, limit=1))
    assert isinstance(first.next_cursor, str)
    second = _served(list_materials.sync(client=client, limit=1, cursor=first.next_cursor))
    assert {each.id for page in (first, second) for each in page.data} == {oil_id, lye_id}
    assert second.next_cursor is None
    return oil_id, lye_id


def _make_sku(client: AuthenticatedClient, oil: UUID, lye: UUID) -> UUID:
    """A soap, with its bill of materials."""
    type_id = _served(create_sku_type.sync(client=client, body=LookupCreate("Soaps"))).id
    soap = SkuCreate("SOAP-1", "Example soap", type_id, items_per_unit=6, oz_per_item=4.5)
    soap_id = _served(create_sku.sync(client=client, body=soap)).id
    lines = [{"materialId": str(oil), "quantity": 0.25}, {"materialId": str(lye), "quantity": 0.035}]
    _served(create_bom.sync(client=client, body=BomCreate(soap_id, lines)))
    return soap_id


def _keep_stock(client: AuthenticatedClient, oil: UUID, workshop: UUID, store: UUID) -> None:
    _served(adjust_materials_inventory.sync(client=client, body=MaterialsAdjustment(oil, workshop, 100.5)))
    _served(dispose_materials_inventory.sync(client=client, body=MaterialsDisposal(oil, workshop, 0.5)))
    too_much = MaterialsDisposal(oil, workshop, 1000)
    assert _refused(dispose_materials_inventory.sync(client=client, body=too_much)) == ErrorCode.CONFLICT
    asked = MaterialsTransferCreate(oil, workshop, store, 40)
    sent = _served(create_materials_transfer.sync(client=client, body=asked))
    assert _stock(client, oil, store).in_transit == "40"
    _served(complete_materials_transfer.sync(sent.ref, client=client, body=TransferComplete(notes="All there.")))
    assert (_stock(client, oil, workshop).on_hand, _stock(client, oil, store).on_hand) == ("60", "40")


def _stock(client: AuthenticatedClient, material: UUID, location: UUID) -> MaterialsSummary:
    (row,) = _served(get_materials_summary.sync(client=client, material_id=material, location_id=location)).data
    return row


def _served(answer: T | Refusal | None) -> T:
    assert answer is not None, "the answer has a status that the document does not declare"
    assert not isinstance(answer, Refusal), f"refused: {answer.error.message}"
    return answer


def _refused(answer: object) -> ErrorCode:
    assert isinstance(answer, Refusal), f"served: {answer}"
    return answer.error.code
