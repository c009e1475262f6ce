import pytest

from pharus import external
from pharus.errors import ConfigurationError

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("name", "path", "operation", "component"),
    [
        ("lots", "/api/x/lots", "lots", "Lots"),
        ("quality_checks", "/api/x/quality-checks", "qualityChecks", "QualityChecks"),
    ],
)
def test_what_a_plugin_adds_carries_its_name(name: str, path: str, operation: str, component: str) -> None:
    assert external.path_prefix(name) == path
    assert external.operation_prefix(name) == operation
    assert external.component_prefix(name) == component
    assert external.owns_path(name, path)
    assert external.owns_path(name, f"{path}/{{id}}")
    assert external.owns_operation(name, f"{operation}List")
    assert external.owns_component(name, f"{component}Page")
    assert external.owns_table(name, name)
    assert external.owns_table(name, f"{name}_item")


def test_what_only_begins_with_the_same_letters_is_somebody_elses() -> None:
    assert not external.owns_path("lot", "/api/x/lots")
    assert not external.owns_operation("lot", "lotsList")
    assert not external.owns_operation("lot", "lot")
    assert not external.owns_component("lot", "Lottery")
    assert not external.owns_table("lot", "lots")
    assert not external.owns_table("lot", "lots_item")


@pytest.mark.parametrize("name", ["lots", "quality_checks", "eu1", "a" * 24])
def test_check_name_takes_what_can_be_a_prefix(name: str) -> None:
    assert external.check_name(name) == name


@pytest.mark.parametrize(
    "name", ["", "Lots", "1lots", "lots-eu", "lots_", "_lots", "a__b", "lots_2", "lots.eu", "a" * 25]
)
def test_check_name_refuses_any_other(name: str) -> None:
    with pytest.raises(ConfigurationError, match="No plugin can be called"):
        external.check_name(name)


def test_check_apart_refuses_two_whose_tables_could_be_confused() -> None:
    external.check_apart(["lot", "lots", "quality"])
    with pytest.raises(ConfigurationError, match="The plugins lots and lots_eu cannot be loaded together"):
        external.check_apart(["lots_eu", "lots"])
