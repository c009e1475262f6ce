import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.http.routing import Tree
from pharus import openapi
from pharus.errors import ConfigurationError
from tests.api import Api, error_code
from tests.contract.judging import document

ROUTES = [
    "/api/things",
    "/api/things/{id}",
    "/api/things/{id}/parts/{partId}",
    "/api/things/export",
    "/api/things/export/all",
    "/api/{kind}/latest",
    "/",
]


def tree_of(*routes: str) -> Tree[str]:
    tree: Tree[str] = Tree()
    for route in routes:
        tree.add(route, "get", route)
    return tree


def found(tree: Tree[str], path: str) -> tuple[str, dict[str, str]] | None:
    match = tree.find(path)
    return None if match is None else (match[0].methods["GET"], dict(zip(match[0].names, match[1], strict=True)))


@pytest.mark.parametrize("routes", [ROUTES, ROUTES[::-1]], ids=["document order", "reversed"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/api/things", ("/api/things", {})),
        ("/api/things/7", ("/api/things/{id}", {"id": "7"})),
        ("/api/things/export", ("/api/things/export", {})),
        ("/api/things/exports", ("/api/things/{id}", {"id": "exports"})),
        ("/api/things/7/parts/8", ("/api/things/{id}/parts/{partId}", {"id": "7", "partId": "8"})),
        # The static segment leads nowhere from here: the search turns back and takes the parameter.
        ("/api/things/export/parts/8", ("/api/things/{id}/parts/{partId}", {"id": "export", "partId": "8"})),
        ("/api/things/latest", ("/api/things/{id}", {"id": "latest"})),
        ("/api/others/latest", ("/api/{kind}/latest", {"kind": "others"})),
        ("/api/things/{id}", ("/api/things/{id}", {"id": "{id}"})),
        ("/api/things/..", ("/api/things/{id}", {"id": ".."})),
        ("/", ("/", {})),
        ("/api", None),
        ("/api/things/", None),
        ("/api//things", None),
        ("//api/things", None),
        ("/api/things//parts/8", None),
        ("/api/things/7/parts", None),
        ("/api/things/7/parts/8/", None),
        ("/API/things", None),
        ("api/things", None),
        ("", None),
    ],
)
def test_find(routes: list[str], path: str, expected: tuple[str, dict[str, str]] | None) -> None:
    assert found(tree_of(*routes), path) == expected


@given(st.lists(st.text(min_size=1).filter(lambda text: "/" not in text), min_size=2, max_size=2))
def test_find_gives_parameters_as_they_stand(values: list[str]) -> None:
    tree = tree_of("/a/{first}/b/{second}")
    assert found(tree, f"/a/{values[0]}/b/{values[1]}") == (
        "/a/{first}/b/{second}",
        {"first": values[0], "second": values[1]},
    )


def test_find_of_a_hostile_path_is_quick() -> None:
    """The search turns back; it must not turn back at every segment of a path made for that."""
    tree = tree_of(
        *(f"/{'/'.join(('a', '{x}')[bit == '1'] for bit in format(number, '08b'))}/end" for number in range(256))
    )
    assert tree.find("/" + "a/" * 8 + "nowhere") is None
    assert tree.find("/" + "a/" * 20_000) is None


def test_add_paths_that_differ_only_in_the_names_of_parameters_is_refused() -> None:
    tree = tree_of("/api/things/{id}")
    tree.add("/api/things/{id}", "delete", "the same path")
    with pytest.raises(ConfigurationError, match=r"/api/things/\{thingId\} .* differ only in the names"):
        tree.add("/api/things/{thingId}", "patch", "another")


def test_every_path_of_the_document_leads_to_its_own_operations() -> None:
    tree: Tree[str] = Tree()
    operations = list(openapi.operations(document()))
    for route, method, operation in operations:
        tree.add(route, method, operation["operationId"])
    for route, method, operation in operations:
        match = tree.find(route)
        assert match is not None
        assert match[0].methods[method.upper()] == operation["operationId"]


@pytest.mark.parametrize(
    ("path", "allow"),
    [("/api/vendors", "GET, POST"), ("/api/vendors/00000000-0000-7000-8000-000000000000", "DELETE, GET, PATCH")],
)
def test_other_method_is_405_and_lists_all_the_methods_of_the_path(anonymous: Api, path: str, allow: str) -> None:
    refused = anonymous.put(path)
    assert refused.status_code == 405
    assert error_code(refused) == "method_not_allowed"
    assert refused.headers["allow"] == allow
    options = anonymous.request("OPTIONS", path)
    assert (options.status_code, options.headers["allow"]) == (200, allow)


@pytest.mark.parametrize(
    "path", ["/api/vendors/", "/api//vendors", "/api/nothing", "/api", "/nothing", "/api/vendors%2f"]
)
def test_unknown_path_is_404_in_the_error_body_and_never_a_redirect(anonymous: Api, path: str) -> None:
    response = anonymous.get(path)
    assert response.status_code == 404
    assert error_code(response) == "not_found"
