import pytest

from pharus import hooks
from pharus.errors import ConfigurationError
from pharus.hooks import Plugins, hookimpl, references
from tests.pharus.modules import module


def counting(counts: dict[str, int], seen: list[str] | None = None, name: str = "") -> object:
    @hookimpl
    def references_to(kind: str, id: str) -> dict[str, int]:
        if seen is not None:
            seen.append(name)
        return counts if (kind, id) == ("vendor", "7") else {}

    return references_to


def test_plugins_are_called_in_the_order_in_which_they_were_given() -> None:
    seen: list[str] = []
    plugins = Plugins([module(name, references_to=counting({}, seen, name)) for name in ("first", "second", "third")])
    plugins.hook.references_to(kind="vendor", id="7")
    assert seen == ["first", "second", "third"]


def test_misspelt_hook_is_refused_with_the_name_of_its_plugin() -> None:
    @hookimpl
    def record_delited(kind: str, id: str) -> None: ...

    with pytest.raises(ConfigurationError, match=r"example.*record_delited"):
        Plugins([module("example", record_delited=record_delited)])


def test_hook_with_a_parameter_that_does_not_exist_is_refused() -> None:
    @hookimpl
    def record_deleted(kind: str, identity: str) -> None: ...

    with pytest.raises(ConfigurationError, match=r"example.*record_deleted"):
        Plugins([module("example", record_deleted=record_deleted)])


def test_function_that_is_no_hookimpl_is_not_called() -> None:
    def references_to(kind: str, id: str) -> dict[str, int]:
        raise AssertionError("called")

    plugins = Plugins([module("example", references_to=references_to)])
    assert plugins.hook.references_to(kind="vendor", id="7") == []
    assert plugins.hooks_of(plugins.modules[0]) == []


def test_hooks_of_lists_what_a_plugin_implements() -> None:
    @hookimpl
    def find_faults() -> list[str]:
        return []

    plugins = Plugins([module("example", references_to=counting({}), find_faults=find_faults), module("other")])
    assert [plugins.hooks_of(each) for each in plugins.modules] == [["find_faults", "references_to"], []]


def test_references_are_summed_by_kind_over_the_plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = [{"poCount": 1, "soCount": 0}, {"poCount": 2, "woCount": 5}, {}]
    plugins = Plugins([module(f"plugin_{n}", references_to=counting(part)) for n, part in enumerate(parts)])
    monkeypatch.setattr(hooks, "_loaded", plugins)
    counts = references("vendor", "7")
    assert counts == {"poCount": 3, "soCount": 0, "woCount": 5}
    assert list(counts) == ["poCount", "soCount", "woCount"]
    assert references("location", "7") == {}


def test_hook_that_raises_stops_the_change(monkeypatch: pytest.MonkeyPatch) -> None:
    @hookimpl
    def record_deleted(kind: str, id: str) -> None:
        raise LookupError("the file is locked")

    plugins = Plugins([module("example", record_deleted=record_deleted)])
    with pytest.raises(LookupError, match="the file is locked"):
        plugins.hook.record_deleted(kind="vendor", id="7")


def test_hooks_before_any_plugin_is_installed_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_loaded", None)
    with pytest.raises(RuntimeError, match="no plugins"):
        hooks.hooks()
