import pytest

from pharus import db, hooks
from pharus.demo_data import DemoData
from pharus.errors import ConfigurationError, Conflict
from pharus.external import External
from pharus.hooks import Plugins, hookimpl, references
from tests.pharus.modules import module


def counting(counts: dict[str, int], seen: list[str] | None = None, name: str = "") -> object:
    @hookimpl
    def references_to(table: str, id: str) -> dict[str, int]:
        if seen is not None:
            seen.append(name)
        return counts if (table, id) == ("vendor", "7") else {}

    return references_to


def test_plugins_are_called_in_the_order_in_which_they_were_given() -> None:
    seen: list[str] = []
    plugins = Plugins([module(name, references_to=counting({}, seen, name)) for name in ("first", "second", "third")])
    plugins.hook.references_to(table="vendor", id="7")
    assert seen == ["first", "second", "third"]


def test_misspelt_hook_is_refused_with_the_name_of_its_plugin() -> None:
    @hookimpl
    def record_delited(table: str, id: str) -> None: ...

    with pytest.raises(ConfigurationError, match=r"example.*record_delited"):
        Plugins([module("example", record_delited=record_delited)])


def test_hook_with_a_parameter_that_does_not_exist_is_refused() -> None:
    @hookimpl
    def record_deleted(table: str, identity: str) -> None: ...

    with pytest.raises(ConfigurationError, match=r"example.*record_deleted"):
        Plugins([module("example", record_deleted=record_deleted)])


def test_refusal_of_a_misspelt_hook_lists_the_hooks_there_are() -> None:
    @hookimpl
    def stock_postet(entries: list[object]) -> None: ...

    for plugins in ([module("example", stock_postet=stock_postet)], []):
        others = [] if plugins else [External("labels", module("pharus_labels", stock_postet=stock_postet))]
        with pytest.raises(ConfigurationError, match=r"The hooks are references_to, .*docs/reference/hooks\.md"):
            Plugins(plugins, others)


def test_function_that_is_no_hookimpl_is_not_called() -> None:
    def references_to(table: str, id: str) -> dict[str, int]:
        raise AssertionError("called")

    plugins = Plugins([module("example", references_to=references_to)])
    assert plugins.hook.references_to(table="vendor", id="7") == []
    assert plugins.hooks_of(plugins.modules[0]) == []


def test_hooks_of_lists_what_a_plugin_implements() -> None:
    @hookimpl
    def check_integrity() -> list[str]:
        return []

    plugins = Plugins([module("example", references_to=counting({}), check_integrity=check_integrity), module("other")])
    assert [plugins.hooks_of(each) for each in plugins.modules] == [["check_integrity", "references_to"], []]


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
    def record_deleted(table: str, id: str) -> None:
        raise LookupError("the file is locked")

    plugins = Plugins([module("example", record_deleted=record_deleted)])
    with pytest.raises(LookupError, match="the file is locked"):
        plugins.hook.record_deleted(table="vendor", id="7")


def plugins_of(**hooks: object) -> Plugins:
    """The loaded plugins: two of ours around one of another distribution."""
    return Plugins([module("ours")], [External("labels", module("pharus_labels", **hooks)), External("z", module("z"))])


def test_function_of_another_distribution_that_is_no_hookimpl_is_refused() -> None:
    def stock_posted(entries: list[object]) -> None: ...

    with pytest.raises(ConfigurationError, match="labels has a function stock_posted that is no hook yet: put @hook"):
        plugins_of(stock_posted=stock_posted)
    assert (
        plugins_of(_stock_posted=stock_posted, Posted=type("Posted", (), {}), entries=[]).hook.stock_posted(entries=[])
        == []
    )


def test_hook_of_another_distribution_gets_only_the_parameters_it_names() -> None:
    @hookimpl
    def record_deleted(table: str) -> str:
        return table

    plugins = plugins_of(record_deleted=record_deleted)
    assert plugins.hook.record_deleted(table="vendor", id="7") == ["vendor"]
    assert plugins.hooks_of(plugins.others[0].module) == ["record_deleted"]


def test_hook_of_another_distribution_that_raises_says_whose_it_is_and_what_to_do() -> None:
    @hookimpl
    def stock_posted(entries: list[object]) -> None:
        raise LookupError("no printer")

    with pytest.raises(LookupError, match="no printer") as caught:
        plugins_of(stock_posted=stock_posted).hook.stock_posted(entries=[])
    (note,) = caught.value.__notes__
    assert "The plugin labels failed in its hook stock_posted, so the change was rolled back." in note
    assert "start without it: PHARUS_PLUGINS" in note


def test_refusal_of_another_distributions_hook_stays_what_it_is() -> None:
    @hookimpl(specname="record_deleted")
    def refuse(table: str, id: str) -> None:
        raise Conflict("its labels are at the printer's")

    with pytest.raises(Conflict, match="its labels are at the printer's") as caught:
        plugins_of(on_deletion=refuse).hook.record_deleted(table="sku", id="7")
    assert not hasattr(caught.value, "__notes__")


@pytest.mark.parametrize(
    ("hook", "promised"),
    [("references_to", "counts by kind"), ("still_holds", "what is held by name"), ("check_integrity", "")],
)
def test_hook_of_another_distribution_that_returns_something_else_says_whose_it_is(hook: str, promised: str) -> None:
    if promised:
        wrong = hookimpl(lambda table, id: ["labelCount"])
        with pytest.raises(TypeError, match=f"must return {promised}") as caught:
            getattr(plugins_of(**{hook: wrong}).hook, hook)(table="sku", id="7")
        assert f"The plugin labels failed in its hook {hook}" in caught.value.__notes__[0]
    else:
        wrong = hookimpl(lambda: "all is well")
        (discrepancies,) = plugins_of(check_integrity=wrong).hook.check_integrity()
        assert "must return a list of sentences" in discrepancies[0]


def test_check_goes_on_when_a_plugin_of_another_distribution_fails_in_it() -> None:
    @hookimpl
    def check_integrity() -> list[str]:
        raise LookupError("no printer")

    ours = module("ours", check_integrity=hookimpl(lambda: ["one of ours"]))
    other = module("pharus_labels", check_integrity=check_integrity)
    assert Plugins([ours], [External("labels", other)]).hook.check_integrity() == [
        ["one of ours"],
        ["The plugin labels failed in its hook check_integrity: LookupError: no printer."],
    ]


def test_demo_goes_on_when_a_plugin_of_another_distribution_fails_in_it(unit: db.Unit) -> None:
    """What it had written goes, what the others write stays; even an error of PostgreSQL does not end the demo_data."""

    @hookimpl
    def fill_demo(demo_data: DemoData) -> None:
        db.db.execute_sql("INSERT INTO number_sequence VALUES (%s, 'labels', 2020, 1)", (unit.org_id,))
        db.db.execute_sql("SELECT 1 / 0")

    seen: list[int] = []

    @hookimpl(specname="fill_demo")
    def count(demo_data: DemoData) -> None:
        seen.append(db.db.row("SELECT count(*) FROM number_sequence")[0])

    others = [External("labels", module("labels", fill_demo=fill_demo)), External("zz", module("zz", count=count))]
    assert Plugins([], others).hook.fill_demo(demo_data=DemoData()) == []
    assert seen == [0]


def test_hooks_before_any_plugin_is_installed_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hooks, "_loaded", None)
    with pytest.raises(RuntimeError, match="no plugins"):
        hooks.hooks()
