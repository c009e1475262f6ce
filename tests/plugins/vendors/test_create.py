from tests.api import Api


def test_create_vendor_returns_it(member: Api) -> None:
    response = member.post("/api/vendors", {"name": "Example Oils"})
    assert response.status_code == 201, response.text
    assert member.get(f"/api/vendors/{response.json()['id']}").json() == response.json()
