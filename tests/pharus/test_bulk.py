from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus import bulk, db
from pharus.bulk import RowError, import_records, import_rows
from pharus.db import unit_of_work
from pharus.errors import Conflict, Invalid, NotFound
from pharus.records import Records
from pharus.schemas import AnswerWarning, BulkImportResult
from plugins.vendors import models, schemas
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.statements import statements

vendors = Records(models.Vendor, schemas.Vendor)


def import_vendors(rows: list[dict[str, object]], mode: str = "atomic", **options: object) -> BulkImportResult:
    row_errors = [*bulk.duplicates(vendors, rows, "qbo_id"), *options.pop("row_errors", [])]  # type: ignore[call-overload]
    return import_records(vendors, rows, mode=mode, row_errors=row_errors, **{"dry_run": False, **options})  # type: ignore[arg-type]


def stored() -> list[str]:
    return [vendor["name"] for vendor in vendors.select("ORDER BY name")]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_import_good_rows_stores_all_in_order(unit: db.Unit, mode: str) -> None:
    result = import_vendors([{"name": "b"}, {"name": "a", "qbo_id": "1"}, {"name": "c"}], mode)
    assert [vendors.get(id)["name"] for id in result["ids"]] == ["b", "a", "c"]
    assert result["results"] == [{"index": index, "status": "ok", "id": id} for index, id in enumerate(result["ids"])]


def test_import_atomic_with_bad_rows_stores_none_and_names_each(unit: db.Unit) -> None:
    vendors.insert({"name": "before", "qbo_id": "1"})
    rows: list[dict[str, object]] = [
        {"name": "good"},
        {"name": "taken", "qbo_id": "1"},
        {"name": "first", "qbo_id": "2"},
        {"name": "twice", "qbo_id": "2"},
        {"name": "faulty"},
    ]
    with pytest.raises(Invalid) as raised:
        import_vendors(rows, row_errors=[RowError(4, "/term", NotFound("no term with this name"))])
    assert raised.value.problems == [
        ("/rows/1/qboId", "another vendor has this qboId"),
        ("/rows/3/qboId", "another vendor has this qboId"),
        ("/rows/4/term", "no term with this name"),
    ]
    assert stored() == ["before"]


@given(
    stored_before=st.lists(
        st.sampled_from(["a", "Ab", "ß", "V-1", "\u212a", '"\\', "{,}", "NULL"]), max_size=3, unique_by=str.casefold
    ),
    given_texts=st.lists(
        st.none() | st.sampled_from(["a", "A", "aB", "v-1", "V-2", "k", "z", '"\\', "{,}", "null", ""]), max_size=8
    ),
)
def test_duplicates_among_texts_of_ascii_are_those_among_any_texts(
    stored_before: list[str], given_texts: list[str | None]
) -> None:
    """One that is not of ASCII lets PostgreSQL make the keys of all."""
    with unit_of_work(owner_of(factories.make_organization().id)):
        vendors.insert_many([{"name": "before", "qbo_id": text} for text in stored_before])
        rows = [{"name": "row", "qbo_id": text} for text in given_texts]
        ascii_alone = bulk.duplicates(vendors, rows, "qbo_id")
        others = bulk.duplicates(vendors, [*rows, {"name": "row", "qbo_id": "\u00f6"}], "qbo_id")
        assert [(each.row, each.first) for each in ascii_alone] == sorted((each.row, each.first) for each in others)


@pytest.mark.parametrize("last", ["z", "\u00f6"], ids=["ascii", "any"])
def test_duplicates_are_found_at_once_with_statistics_from_before_a_large_import(last: str) -> None:
    """Each of 20,000 keys compared with each of 5,000 texts would take seconds."""
    org_id = factories.make_organization().id
    with db.maintenance():
        db.db.execute_sql("ANALYZE vendor")
    with unit_of_work(owner_of(org_id)):
        vendors.insert_many([{"name": "stored", "qbo_id": f"S-{number}"} for number in range(20_000)])
        rows = [{"name": "new", "qbo_id": f"N-{number}"} for number in range(5_000)]
        rows += [{"name": "again", "qbo_id": "s-7"}, {"name": "last", "qbo_id": last}]
        db.db.send("SET LOCAL statement_timeout = '1s'")
        found = bulk.duplicates(vendors, rows, "qbo_id")
        assert [(each.row, each.first) for each in found] == [(5_000, None)]


def test_import_partial_stores_the_good_rows_and_says_what_became_of_each(unit: db.Unit) -> None:
    vendors.insert({"name": "before", "qbo_id": "1"})
    result = import_vendors(
        [{"name": "good"}, {"name": "taken", "qbo_id": "1"}, {"name": "faulty"}, {"name": "good, too"}],
        "partial",
        row_errors=[RowError(2, "/term", NotFound("no term with this name"))],
    )
    assert stored() == ["before", "good", "good, too"]
    assert [vendors.get(id)["name"] for id in result["ids"]] == ["good", "good, too"]
    assert result["results"] == [
        {"index": 0, "status": "ok", "id": result["ids"][0]},
        {"index": 1, "status": "error", "error": {"code": "conflict", "message": "another vendor has this qboId"}},
        {"index": 2, "status": "error", "error": {"code": "not_found", "message": "no term with this name"}},
        {"index": 3, "status": "ok", "id": result["ids"][1]},
    ]


def test_import_partial_gives_the_value_of_a_refused_row_to_the_next(unit: db.Unit) -> None:
    rows: list[dict[str, object]] = [{"name": f"{number}", "qbo_id": "1"} for number in range(4)]
    refused = [RowError(number, "/term", NotFound("no term with this name")) for number in (0, 2)]
    result = import_vendors(rows, "partial", row_errors=refused)
    assert [row["error"]["code"] if "error" in row else "ok" for row in result["results"]] == [
        "not_found",
        "ok",
        "conflict",
        "conflict",
    ]
    assert stored() == ["1"]


def test_import_atomic_names_a_row_whose_value_a_refused_row_has(unit: db.Unit) -> None:
    rows: list[dict[str, object]] = [{"name": "a", "qbo_id": "1"}, {"name": "b", "qbo_id": "1"}]
    with pytest.raises(Invalid) as raised:
        import_vendors(rows, row_errors=[RowError(0, "/term", NotFound("no term with this name"))])
    assert [problem.path for problem in raised.value.problems] == ["/rows/0/term", "/rows/1/qboId"]


def three_at_most(rows: list[int], asked: list[int]) -> Callable[[int], list[RowError]]:
    """A store from which each row takes so many, one row after another, as long as there are any."""
    left = [3]

    def check(row: int) -> list[RowError]:
        asked.append(row)
        if rows[row] > left[0]:
            return [RowError(row, "/count", Conflict("not enough"))]
        left[0] -= rows[row]
        return []

    return check


def test_import_partial_asks_each_row_without_a_fault_in_turn(unit: db.Unit) -> None:
    taken, asked = [2, 2, 1, 1, 0], []  # type: ignore[var-annotated]
    result = import_rows(
        5,
        lambda good: [f"id {row}" for row in good],
        mode="partial",
        dry_run=False,
        row_errors=[RowError(2, "/term", NotFound("no term with this name"))],
        check=three_at_most(taken, asked),
    )
    assert asked == [0, 1, 3, 4]
    assert [row["error"]["code"] if "error" in row else row["id"] for row in result["results"]] == [
        "id 0",
        "conflict",
        "not_found",
        "id 3",
        "id 4",
    ]


def test_import_partial_passes_the_value_of_a_row_on_that_the_check_refuses(unit: db.Unit) -> None:
    rows: list[dict[str, object]] = [{"name": f"{number}", "qbo_id": "1"} for number in range(3)]
    result = import_rows(
        3,
        lambda good: vendors.insert_many(rows[row] for row in good),
        mode="partial",
        dry_run=False,
        row_errors=bulk.duplicates(vendors, rows, "qbo_id"),
        check=three_at_most([4, 3, 0], []),
    )
    assert [row["status"] for row in result["results"]] == ["error", "ok", "error"]
    assert stored() == ["1"]


@pytest.mark.parametrize("dry_run", [False, True])
def test_import_atomic_names_what_the_check_refuses_as_well(unit: db.Unit, dry_run: bool) -> None:
    with pytest.raises(Invalid) as raised:
        import_rows(
            4,
            lambda good: [],
            mode="atomic",
            dry_run=dry_run,
            row_errors=[RowError(1, "/term", NotFound("no term with this name"))],
            check=three_at_most([4, 0, 3, 1], []),
        )
    assert [problem.path for problem in raised.value.problems] == ["/rows/0/count", "/rows/1/term", "/rows/3/count"]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_import_dry_run_checks_everything_and_stores_nothing(unit: db.Unit, mode: str) -> None:
    result = import_vendors([{"name": "a"}, {"name": "b", "qbo_id": "1"}], mode, dry_run=True)
    assert result == {"ids": [], "results": [{"index": 0, "status": "ok"}, {"index": 1, "status": "ok"}]}
    assert stored() == []


def test_import_dry_run_finds_what_the_import_would_find(unit: db.Unit) -> None:
    rows: list[dict[str, object]] = [{"name": "a", "qbo_id": "1"}, {"name": "b", "qbo_id": "1"}]
    with pytest.raises(Invalid):
        import_vendors(rows, dry_run=True)
    result = import_vendors(rows, "partial", dry_run=True)
    assert [row["status"] for row in result["results"]] == ["ok", "error"]
    assert stored() == []


def test_import_of_a_value_that_only_another_organization_has_is_good(
    organization: Organization,
) -> None:
    store(factories.make_organization(), "1")
    with unit_of_work(owner_of(organization.id)):
        stored_ids = import_vendors([{"name": "a", "qbo_id": "1"}])["ids"]
    assert len(stored_ids) == 1


def store(organization: Organization, qbo_id: str) -> None:
    """As somebody else, on another connection."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(factories.make_vendor, organization.id, name="theirs", qbo_id=qbo_id).result()
        pool.submit(db.disconnect).result()


@pytest.fixture
def overtaken(organization: Organization, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else stores the qboId 1 after the duplicates were looked for and before the rows are stored."""
    look_for_duplicates = bulk.duplicates

    def overtake(*arguments: object) -> object:
        found = look_for_duplicates(*arguments)  # type: ignore[arg-type]
        store(organization, "1")
        return found

    monkeypatch.setattr(bulk, "duplicates", overtake)


def test_import_partial_that_is_overtaken_stores_the_others(overtaken: None, organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        result = import_vendors([{"name": "a"}, {"name": "b", "qbo_id": "1"}, {"name": "c"}], "partial")
    assert [row["status"] for row in result["results"]] == ["ok", "error", "ok"]
    with unit_of_work(owner_of(organization.id)):
        assert stored() == ["a", "c", "theirs"]


def test_import_atomic_that_is_overtaken_stores_none(overtaken: None, organization: Organization) -> None:
    with pytest.raises(Invalid) as raised, unit_of_work(owner_of(organization.id)):
        import_vendors([{"name": "a"}, {"name": "b", "qbo_id": "1"}])
    assert [problem.path for problem in raised.value.problems] == ["/rows/1"]
    with unit_of_work(owner_of(organization.id)):
        assert stored() == ["theirs"]


def test_import_takes_as_many_statements_for_a_thousand_rows_as_for_two(unit: db.Unit) -> None:
    counts = []
    for count in (2, 1000):
        with statements() as executed:
            result = import_vendors([{"name": f"{number}", "qbo_id": f"{count} {number}"} for number in range(count)])
        assert len(result["ids"]) == count
        counts.append(len(executed))
    assert counts[0] == counts[1] > 1
    assert len(stored()) == 1002


def test_warnings_are_of_good_rows_alone() -> None:
    warning: AnswerWarning = {"code": "price_not_found", "message": "no price", "path": "/items/0/unitCost"}
    result: BulkImportResult = {
        "ids": [],
        "results": [{"index": 0, "status": "ok"}, {"index": 1, "status": "error"}, {"index": 2, "status": "ok"}],
    }
    assert bulk.with_warnings(result, {1: [warning], 2: [warning]})["results"] == [
        {"index": 0, "status": "ok"},
        {"index": 1, "status": "error"},
        {"index": 2, "status": "ok", "warnings": [warning]},
    ]
