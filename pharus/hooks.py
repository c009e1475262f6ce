"""Every extension point of Pharus, typed, and the manager that holds the plugins.

A plugin is a module whose hookimpls are found by name. A misspelt hook refuses to start. Hooks that take part in a
change run in the caller's transaction: what they raise rolls it back. docs/plugins.md says more about each of them.
"""

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from pharus.db import db
from pharus.errors import ConfigurationError, PharusError
from pharus.external import External
from pharus.naming import Naming
from pharus.references import COUNTINGS, Counting, counted
from pharus.stock import StockEntries

if TYPE_CHECKING:
    from pharus.demo_data import DemoData

log = logging.getLogger("pharus.hooks")

PROJECT = "pharus"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

# Counts by kind, e.g. {"poCount": 2}; every kind a plugin knows is present, also with 0.
References = Mapping[str, int]


@hookspec
def references_to(table: str, id: str) -> References:  # type: ignore[empty-body]
    """How many records of this plugin refer to the record: counts by kind, the kinds named as in the contract.

    `table` is the name of its table (`location`, `vendor`). Runs in the caller's transaction.
    """


@hookspec
def still_holds(table: str, id: str) -> Mapping[str, Any]:  # type: ignore[empty-body]
    """What the deactivated record still holds and has to be emptied of, under names of this plugin's own; empty where
    that is nothing. Whoever deactivates it sees it in `stillHolds`. It has to be short: count what is many.

    `table` is the name of its table (`location`, `material`, `sku`). Runs in the caller's transaction.
    """


@hookspec
def record_deleted(table: str, id: str) -> None:
    """The record is about to be deleted for good; what only hangs on it (links, documents) goes now, in the same
    transaction."""


@hookspec
def organization_purged(org_id: str) -> None:
    """The organization and every row with its org_id are about to go. For what lives outside the tables: files."""


@hookspec
def stock_posted(entries: StockEntries) -> None:
    """Rows were written to an inventory ledger in this transaction, in this order. See `pharus.stock`."""


@hookspec
def namings() -> Sequence[Naming]:  # type: ignore[empty-body]
    """By which codes and names a file may name records of this plugin's tables, and which keys of an import's rows
    refer to them. Asked at start, outside of any unit of work."""


@hookspec
def check_integrity() -> Sequence[str]:  # type: ignore[empty-body]
    """What `pharus check` finds wrong with this plugin's data, one sentence each. Runs outside of any unit of work."""


@hookspec
def fill_demo(demo_data: "DemoData") -> None:
    """Add this domain's part to the demo organization, in the order of the plugins."""


class Plugins:
    """The loaded plugins. `hook` calls them all: our own domains in their order, then those of others by name."""

    def __init__(self, domains: Sequence[ModuleType], others: Sequence[External] = ()) -> None:
        self.others = tuple(others)
        self.modules = (*domains, *(other.module for other in others))
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(_this_module())
        self._registered = {module.__name__: module for module in domains}
        for other in others:
            self._registered[other.package] = _guarded(other)
        # pluggy calls the last registered first; ours run in the order of the domains.
        try:
            for name, module in reversed(self._registered.items()):
                self.manager.register(module, name)
            self.manager.check_pending()
        except pluggy.PluginValidationError as error:
            name = getattr(error.plugin, "__name__", str(error.plugin))
            raise ConfigurationError(
                f"The plugin {name} has a hook that does not exist: {error}. The hooks are {', '.join(HOOKS)}; "
                "their parameters are in docs/plugins.md."
            ) from error

    @property
    def hook(self) -> pluggy.HookRelay:
        return self.manager.hook

    def hooks_of(self, module: ModuleType) -> list[str]:
        callers = self.manager.get_hookcallers(self._registered[module.__name__]) or []
        return sorted(caller.name for caller in callers)


_loaded: Plugins | None = None


def install(plugins: Plugins) -> None:
    """Make these the plugins that `hooks()` calls. Done once at start."""
    global _loaded
    _loaded = plugins


def hooks() -> pluggy.HookRelay:
    if _loaded is None:
        raise RuntimeError("no plugins are installed yet")
    return _loaded.hook


def references(table: str, id: str) -> dict[str, int]:
    """All references to a record, summed by kind over the plugins, in the plugins' order. What is declared
    (`pharus.references`) by domains that follow one another is counted in one statement."""
    counts: dict[str, int] = {}
    declared: list[Counting] = []

    def add(more: References) -> None:
        for name, count in more.items():
            counts[name] = counts.get(name, 0) + count

    # pluggy calls the last in its list first.
    for implementation in reversed(hooks().references_to.get_hookimpls()):
        function: Any = implementation.function
        # Those of other distributions are guarded: whose statement fails must be known.
        by_table = None if hasattr(function, "__wrapped__") else getattr(function, COUNTINGS, None)
        if by_table is None:
            add(counted(declared, id))
            declared = []
            given = {"table": table, "id": id}
            part: References | None = function(*map(given.__getitem__, implementation.argnames))
            add(part or {})
        elif table in by_table:
            declared.append(by_table[table])
    add(counted(declared, id))
    return counts


def what_it_holds(table: str, id: str) -> dict[str, Any]:
    """What a deactivated record still holds, by the plugins' names for it."""
    return {name: held for part in hooks().still_holds(table=table, id=id) for name, held in part.items()}


def all_namings() -> list[Naming]:
    """What all plugins say of their records' names."""
    return [naming for part in hooks().namings() for naming in part]


def _this_module() -> ModuleType:
    import sys

    return sys.modules[__name__]


HOOKS = tuple(name for name, value in list(globals().items()) if hasattr(value, f"{PROJECT}_spec"))

# These take part in no change. What one plugin raises in them keeps no other from its turn.
_APART: dict[str, Callable[[str], Any]] = {
    "check_integrity": lambda sentence: [sentence],
    "fill_demo": lambda sentence: None,
}


def _guarded(other: External) -> ModuleType:
    """The hooks of another distribution's plugin, each of which says whose it is when it fails."""
    registered = ModuleType(other.package)
    for name, function in vars(other.module).items():
        is_hook = hasattr(function, f"{PROJECT}_impl")
        if name in HOOKS and callable(function) and not is_hook:
            raise ConfigurationError(
                f"The plugin {other.name} has a function {name} that is no hook yet: put @hookimpl above it "
                "(from pharus.hooks import hookimpl), or give it another name."
            )
        if is_hook:
            setattr(registered, name, _guard(other.name, name, function))
    return registered


def _guard(plugin: str, attribute: str, function: Callable[..., Any]) -> Callable[..., Any]:
    name = getattr(function, f"{PROJECT}_impl")["specname"] or attribute

    @functools.wraps(function)
    def guarded(*arguments: Any) -> Any:
        # What others deferred is not this plugin's to answer for, and what it defers is.
        db.flush()
        try:
            result = _checked(name, function(*arguments))
            db.flush()
            return result
        except PharusError:
            # A refusal, in words of the plugin's own.
            raise
        except Exception as error:
            error.add_note(
                f"The plugin {plugin} failed in its hook {name}, so the change was rolled back. Repair the plugin, "
                "or start without it: PHARUS_PLUGINS names the plugins to load."
            )
            raise

    @functools.wraps(function)
    def apart(*arguments: Any) -> Any:
        try:
            if not db.in_transaction():
                return _checked(name, function(*arguments))
            with db.savepoint():
                return _checked(name, function(*arguments))
        except Exception as error:
            sentence = f"The plugin {plugin} failed in its hook {name}: {type(error).__name__}: {error}."
            log.exception(sentence)
            return _APART[name](sentence)

    return apart if name in _APART else guarded


def _checked(name: str, result: Any) -> Any:
    """What callers add up must be what the hook promises, or the failure would seem to be theirs."""
    if name == "references_to" and not isinstance(result, Mapping | None):
        raise TypeError(f"references_to must return counts by kind, such as {{'lotCount': 2}}, not {result!r}")
    if name == "still_holds" and not isinstance(result, Mapping | None):
        raise TypeError(f"still_holds must return what is held by name, such as {{'lots': ['A']}}, not {result!r}")
    if name == "namings" and not all(isinstance(each, Naming) for each in result or ()):
        raise TypeError(f"namings must return a list of pharus.naming.Naming, not {result!r}")
    if name == "check_integrity" and (isinstance(result, str) or not isinstance(result, Sequence | None)):
        raise TypeError(f"check_integrity must return a list of sentences, not {result!r}")
    return result
