"""Bulk import of SKUs: atomic, partial, dry, large, and as one by one."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharus.constraints import refusal
from pharus.db import Unit, db, unit_of_work
from pharus.errors import PharusError
from plugins.products import operations
from plugins.products.schemas import SkuCreate
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.statements import statements

PATH = "/api/skus/bulk-import"
UNKNOWN = "01935d6c-7b1a-7c3e-8f00-0000000000ff"


@pytest.fixture
def type_id(organization: Organization) -> str:
    return factories.make_sku_type(organization.id)


def _codes(api: Api) -> list[str]:
    return [row["skuCode"] for row in api.get("/api/skus", limit=500).json()["data"]]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_skus_stores_rows_of_different_keys(admin: Api, type_id: str, mode: str) -> None:
    rows = [
        {"code": " a ", "name": "A", "typeId": type_id},
        {"code": "b", "name": "B", "typeId": type_id, "itemsPerUnit": 12, "ozPerItem": 4.25, "qboId": "1"},
        {"code": "c", "name": "C", "typeId": type_id.upper(), "ozPerItem": None, "notes": "n"},
    ]
    body = admin.post(f"{PATH}?mode={mode}", {"rows": rows}).json()
    stored = [admin.get(f"/api/skus/{id}").json() for id in body["ids"]]
    assert [(row["skuCode"], row["itemsPerUnit"], row["ozPerItem"], row["qboId"]) for row in stored] == [
        ("a", 1, None, None),
        ("b", 12, "4.25", "1"),
        ("c", 1, None, None),
    ]


def test_bulk_import_skus_keeps_every_digit(admin: Api, type_id: str) -> None:
    row = f'{{"code": "a", "name": "A", "typeId": "{type_id}", "ozPerItem": 123456789012.123456}}'
    imported = admin.post(PATH, content=f'{{"rows": [{row}]}}', headers={"Content-Type": "application/json"}).json()
    assert admin.get(f"/api/skus/{imported['ids'][0]}").json()["ozPerItem"] == "123456789012.123456"


def test_bulk_import_skus_atomic_names_every_bad_row_and_stores_none(
    admin: Api, organization: Organization, type_id: str
) -> None:
    factories.make_sku(organization.id, code="taken", qbo_id="1", type_id=type_id)
    gone = factories.make_sku_type(organization.id, is_active=False)
    rows = [
        {"code": "good", "name": "x", "typeId": type_id},
        {"code": "TAKEN", "name": "x", "typeId": type_id, "qboId": "1"},
        {"code": "Good", "name": "x", "typeId": gone},
        {"code": "c", "name": "x", "typeId": UNKNOWN},
    ]
    response = admin.post(PATH, {"rows": rows})
    assert response.status_code == 422
    assert pointers(response) == ["/rows/1/code", "/rows/1/qboId", "/rows/2/code", "/rows/2/typeId", "/rows/3/typeId"]
    assert _codes(admin) == ["taken"]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_skus_takes_as_many_statements_for_five_thousand_rows_as_for_two(
    unit: Unit, type_id: str, mode: str
) -> None:
    counts = []
    for size in (2, 5000):
        rows: list[SkuCreate] = [
            {"code": f"{size}-{number}", "name": "x", "typeId": type_id, "qboId": f"{size}-{number}"}
            for number in range(size)
        ]
        with statements() as executed:
            assert len(operations.bulk_import_skus({"rows": rows}, mode, "false")["ids"]) == size
        counts.append(len(executed))
    assert counts[0] == counts[1] <= 6, executed


def test_bulk_import_skus_twice_at_once_stores_each_code_and_qbo_id_once(admin: Api, type_id: str) -> None:
    rows = [{"code": f"S-{n}", "name": "x", "typeId": type_id, "qboId": f"{n}"} for n in range(60)]
    with ThreadPoolExecutor(3) as pool:
        responses = list(pool.map(lambda _: admin.post(f"{PATH}?mode=partial", {"rows": rows}), range(3)))
    assert sum(len(response.json()["ids"]) for response in responses) == len(_codes(admin)) == 60


def test_bulk_import_skus_needs_an_admin(member: Api, type_id: str) -> None:
    assert member.post(PATH, {"rows": [{"code": "a", "name": "x", "typeId": type_id}]}).status_code == 403


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "A", " a", "b", "stored"]),
        st.sampled_from([None, None, "1", "2", "stored"]),
        st.sampled_from(["good", "good", "good", "unknown", "gone"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=100)
@given(rows=ROWS)
def test_bulk_import_skus_partial_does_what_creating_one_by_one_does(
    database_url: str, rows: list[tuple[str, str | None, str]]
) -> None:
    """Twice the same organization: in one the rows are imported, in the other created in turn."""
    outcomes = []
    for one_by_one in (False, True):
        org_id = factories.make_organization().id
        types = {
            "good": factories.make_sku_type(org_id),
            "gone": factories.make_sku_type(org_id, is_active=False),
            "unknown": UNKNOWN,
        }
        factories.make_sku(org_id, code="stored", qbo_id="stored", type_id=types["good"])
        bodies: list[SkuCreate] = [
            {"code": code, "name": "x", "typeId": types[kind], "qboId": qbo_id, "ozPerItem": Decimal("4.5")}
            for code, qbo_id, kind in rows
        ]
        with unit_of_work(owner_of(org_id)):
            if one_by_one:
                outcomes.append([create(body) for body in bodies])
            else:
                results = operations.bulk_import_skus({"rows": bodies}, "partial", "false")["results"]
                outcomes.append([result["error"]["code"] if "error" in result else "ok" for result in results])
    imported, created = outcomes
    # Where a row is wrong in two ways, each may name another of them first.
    assert [outcome == "ok" for outcome in imported] == [outcome == "ok" for outcome in created]


def create(body: SkuCreate) -> str:
    """What becomes of the row in a savepoint of its own: `ok` or the code of the refusal."""
    try:
        with db.atomic():
            operations.create_sku(body)
    except PharusError as error:
        return error.code
    except Exception as error:
        refused = refusal(error)
        if refused is None:
            raise
        return refused.code
    return "ok"
