"""Every extension point of Pharus, typed, and the manager that holds the plugins.

A plugin is a module whose hookimpls are found by name. A misspelt hook refuses to start. Hooks that take part in a
change run in the caller's transaction: what they raise rolls it back.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from pharus.errors import ConfigurationError

if TYPE_CHECKING:
    from pharus.demo import Story

PROJECT = "pharus"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

# Counts by kind, e.g. {"poCount": 2}; every kind a plugin knows is present, also with 0.
References = Mapping[str, int]


@hookspec
def references_to(kind: str, id: str) -> References:  # type: ignore[empty-body]
    """How many records of this plugin refer to the record: counts by kind, the kinds named as in the contract.

    `kind` is the table's name (`location`, `vendor`). Runs in the caller's transaction.
    """


@hookspec
def record_deleted(kind: str, id: str) -> None:
    """The record is about to be deleted for good; what only hangs on it (links, documents) goes now, in the same
    transaction."""


@hookspec
def organization_purged(org_id: str) -> None:
    """The organization and every row with its org_id are about to go. For what lives outside the tables: files."""


@hookspec
def stock_posted(entries: Sequence[Any]) -> None:
    """Rows were written to an inventory ledger in this transaction."""


@hookspec
def find_faults() -> Sequence[str]:  # type: ignore[empty-body]
    """What `pharus check` finds wrong with this plugin's data, one sentence each. Runs outside of any unit of work."""


@hookspec
def fill_demo(story: "Story") -> None:
    """Add this domain's part to the demo organization, in the order of the plugins."""


class Plugins:
    """The loaded plugins. `hook` calls them all; `modules` are in the order in which they were given."""

    def __init__(self, modules: Sequence[ModuleType]) -> None:
        self.modules = tuple(modules)
        self.manager = pluggy.PluginManager(PROJECT)
        self.manager.add_hookspecs(_this_module())
        # pluggy calls the last registered first; ours run in the order of the domains.
        try:
            for module in reversed(self.modules):
                self.manager.register(module, module.__name__)
            self.manager.check_pending()
        except pluggy.PluginValidationError as error:
            name = getattr(error.plugin, "__name__", error.plugin)
            raise ConfigurationError(f"The plugin {name} has a hook that does not exist: {error}.") from error

    @property
    def hook(self) -> pluggy.HookRelay:
        return self.manager.hook

    def hooks_of(self, module: ModuleType) -> list[str]:
        callers = self.manager.get_hookcallers(module) or []
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


def references(kind: str, id: str) -> dict[str, int]:
    """All references to a record, summed by kind over the plugins, in the plugins' order."""
    counts: dict[str, int] = {}
    for part in hooks().references_to(kind=kind, id=id):
        for name, count in part.items():
            counts[name] = counts.get(name, 0) + count
    return counts


def _this_module() -> ModuleType:
    import sys

    return sys.modules[__name__]
