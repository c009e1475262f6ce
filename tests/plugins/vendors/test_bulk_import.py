"""Bulk import of vendors: atomic, partial, dry, large, and while others write."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.api import Api, pointers

PATH = "/api/vendors/bulk-import"


def _names(api: Api) -> list[str]:
    return [row["name"] for row in api.get("/api/vendors").json()["data"]]


def test_bulk_import_vendors_stores_all_rows_in_order(admin: Api) -> None:
    response = admin.post(PATH, {"rows": [{"name": "B", "qboId": "1"}, {"name": "A"}]})
    assert response.status_code == 200
    body = response.json()
    assert [result["status"] for result in body["results"]] == ["ok", "ok"]
    assert [result["id"] for result in body["results"]] == body["ids"]
    assert admin.get(f"/api/vendors/{body['ids'][0]}").json()["qboId"] == "1"
    assert _names(admin) == ["A", "B"]


def test_bulk_import_vendors_atomic_names_every_row_of_a_wrong_form_and_every_duplicate(admin: Api) -> None:
    rows = [{"name": "a", "qboId": "1"}, {"name": 5}, {}, {"name": "b", "qboId": "1"}, {"name": "x", "colour": 1}]
    response = admin.post(PATH, {"rows": rows})
    assert response.status_code == 422
    assert pointers(response) == ["/rows/1/name", "/rows/2/name", "/rows/3/qboId", "/rows/4/colour"]
    assert _names(admin) == []


def test_bulk_import_vendors_partial_stores_the_rows_of_a_right_form(admin: Api) -> None:
    rows = [{"name": "Good"}, {"name": ""}, {}, {"name": "x", "country": "USA", "colour": 1}, {"name": "Better"}, 5]
    response = admin.post(f"{PATH}?mode=partial", {"rows": rows})
    assert response.status_code == 200
    results = response.json()["results"]
    assert [result["status"] for result in results] == ["ok", "error", "error", "error", "ok", "error"]
    assert [result["index"] for result in results] == [0, 1, 2, 3, 4, 5]
    assert results[2]["error"] == {
        "code": "validation_failed",
        "message": "/name is required",
        "details": [{"path": "/rows/2/name", "message": "is required"}],
    }
    assert {problem["path"] for problem in results[3]["error"]["details"]} == {"/rows/3/country", "/rows/3/colour"}
    assert results[5]["error"]["message"] == "the row must be an object"
    assert _names(admin) == ["Better", "Good"]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
@pytest.mark.parametrize("body", [{}, {"rows": []}, {"rows": {}}, {"rows": [{"name": "a"}], "x": 1}, []])
def test_bulk_import_vendors_refuses_what_holds_no_rows(admin: Api, mode: str, body: object) -> None:
    assert admin.post(f"{PATH}?mode={mode}", body).status_code == 422
    assert _names(admin) == []


def test_bulk_import_vendors_partial_tells_of_five_thousand_bad_rows_in_few_words(admin: Api) -> None:
    rows = [{"name": "", **{f"k{number}": 0 for number in range(20)}}] * 5000
    response = admin.post(f"{PATH}?mode=partial", {"rows": rows})
    assert [result["status"] for result in response.json()["results"]] == ["error"] * 5000
    assert len(response.content) < 2_000_000


def test_bulk_import_vendors_atomic_names_a_hundred_problems_and_counts_the_others(admin: Api) -> None:
    error = admin.post(PATH, {"rows": [{"name": 5}] * 1000}).json()["error"]
    assert len(error["details"]) == 100
    assert error["omittedProblems"] == 900


def test_bulk_import_vendors_atomic_stores_nothing_beside_a_duplicate(admin: Api) -> None:
    admin.post("/api/vendors", {"name": "Old", "qboId": "taken"})
    rows = [{"name": "a"}, {"name": "b", "qboId": "taken"}, {"name": "c", "qboId": "x"}, {"name": "d", "qboId": "x"}]
    response = admin.post(PATH, {"rows": rows})
    assert response.status_code == 422
    assert pointers(response) == ["/rows/1/qboId", "/rows/3/qboId"]
    assert _names(admin) == ["Old"]


def test_bulk_import_vendors_partial_stores_what_it_can(admin: Api) -> None:
    admin.post("/api/vendors", {"name": "Old", "qboId": "taken"})
    rows = [{"name": "a"}, {"name": "b", "qboId": "taken"}, {"name": "c"}]
    body = admin.post(f"{PATH}?mode=partial", {"rows": rows}).json()
    assert [result["status"] for result in body["results"]] == ["ok", "error", "ok"]
    assert body["results"][1]["error"]["code"] == "conflict"
    assert len(body["ids"]) == 2
    assert _names(admin) == ["a", "c", "Old"]


def test_bulk_import_vendors_dry_run_stores_nothing(admin: Api) -> None:
    body = admin.post(f"{PATH}?dryRun=true", {"rows": [{"name": "a"}]}).json()
    assert body == {"ids": [], "results": [{"index": 0, "status": "ok"}]}
    assert admin.post(f"{PATH}?dryRun=true", {"rows": [{"name": "a", "qboId": "1"}] * 2}).status_code == 422
    assert _names(admin) == []


def test_bulk_import_vendors_takes_five_thousand_rows_and_no_more(admin: Api) -> None:
    rows = [{"name": f"Vendor {number}", "qboId": f"{number}", "notes": "n" * 100} for number in range(5000)]
    assert len(admin.post(PATH, {"rows": rows}).json()["ids"]) == 5000
    assert pointers(admin.post(PATH, {"rows": [{"name": "x"}] * 5001})) == ["/rows"]
    assert pointers(admin.post(PATH, {"rows": []})) == ["/rows"]


def test_bulk_import_vendors_twice_at_once_stores_each_qbo_id_once(admin: Api) -> None:
    rows = [{"name": f"Vendor {number}", "qboId": f"{number}"} for number in range(200)]
    with ThreadPoolExecutor(4) as pool:
        responses = list(pool.map(lambda _: admin.post(f"{PATH}?mode=partial", {"rows": rows}), range(4)))
    assert {response.status_code for response in responses} == {200}
    assert sum(len(response.json()["ids"]) for response in responses) == 200
    stored = admin.get("/api/vendors", limit=500).json()["data"]
    assert sorted(int(row["qboId"]) for row in stored) == list(range(200))


def test_bulk_import_vendors_needs_an_admin(member: Api) -> None:
    assert member.post(PATH, {"rows": [{"name": "x"}]}).status_code == 403
