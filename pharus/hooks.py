"""Every extension point of Pharus, typed, and the manager that holds the plugins.

A plugin is a module whose hookimpls are found by name. A misspelt hook refuses to start. Hooks that take part in a
change run in the caller's transaction: what they raise rolls it back. docs/reference/hooks.md is made of this file.
"""

import functools
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pluggy

from pharus.db import db
from pharus.errors import ConfigurationError, PharusError, Vetoed
from pharus.external import External
from pharus.naming import Naming
from pharus.references import COUNTINGS, Counting, counted
from pharus.stock import StockEntries, StockLedger, StockPosting

if TYPE_CHECKING:
    from pharus.console_pages import Page
    from pharus.demo_data import DemoData
    from pharus.jobs import Job
    from pharus.steps import Receipt, Shipment, StatusChange, Transfer

log = logging.getLogger("pharus.hooks")

PROJECT = "pharus"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)

# Counts by kind, e.g. {"poCount": 2}; every kind a plugin knows is present, also with 0.
References = Mapping[str, int]


@hookspec
def references_to(table: str, id: str) -> References:  # type: ignore[empty-body]
    """How many of your records refer to the record, by kind: `{"labelCount": 2}`; every kind you know, also with 0.

    `table` is the name of its table (`vendor`, `sku`). With any count above zero it cannot be deleted, and the refusal
    shows the counts. `pharus.references.References` makes the function from the names of your columns. In the caller's
    transaction."""


@hookspec
def still_holds(table: str, id: str) -> Mapping[str, Any]:  # type: ignore[empty-body]
    """What a deactivated record still holds and has to be emptied of, by names of your own: `{"labels": ["A", "B"]}`;
    nothing where it holds nothing.

    `table` is the name of its table (`location`, `material`, `sku`). `stillHolds` of the record shows it, beside the
    stock, in the answer to whoever deactivates or changes it. It has to be short: count what is many. In the caller's
    transaction."""


@hookspec
def record_deleted(table: str, id: str) -> None:
    """The record of this table is about to be deleted, and nothing refers to it. What only hangs on it goes now, in the
    same transaction. A receipt, a shipment or a return that is undone is deleted, too."""


@hookspec
def organization_purged(org_id: str) -> None:
    """The organization was deleted: nobody gets in any more, and all rows that carry its `org_id` go in steps
    afterwards; here you still see yours.

    For what lives outside of the tables: files, or a word to another system (with `current().after_commit(…)`, so that
    it is not said too early)."""


@hookspec
def before_status_changes(changes: "Sequence[StatusChange]") -> None:
    """These orders are about to enter a status: one of them by a request, a receipt or a shipment, many by an import.

    Raise `pharus.errors.Vetoed` and none does; an import is then refused whole. Each is a `StatusChange`. A new order
    is written by then, so that its lines can be read; a veto takes it back. Orders of history enter no status."""


@hookspec
def after_status_changes(changes: "Sequence[StatusChange]") -> None:
    """The same orders have entered it, and the ledgers hold what their lines commit; nothing is committed yet.

    In the same transaction: what you write here stays if all of it stays. Each is a `StatusChange`, with the order as
    it is now."""


@hookspec
def before_receipt(receipt: "Receipt") -> None:
    """Goods of a purchase order are about to be received, or those of a work or production order to be made.

    Nothing of ours refuses it, and nothing is written yet. Raise `pharus.errors.Vetoed` to refuse it. It is a
    `Receipt`. What is undone is no receipt: see `record_deleted`."""


@hookspec
def after_receipt(receipt: "Receipt") -> None:
    """They were received, or made: receipt and ledgers are written, and the order is at the status that follows.

    In the same transaction. It is a `Receipt`, with what was written."""


@hookspec
def before_shipment(shipment: "Shipment") -> None:
    """Goods of a sales order are about to leave, in a shipment of its own. Raise `pharus.errors.Vetoed` to refuse it.

    It is a `Shipment`. Who sets the status of an order to Shipped ships without one: that is a `StatusChange`; and
    whatever leaves, in whichever way, is a posting of `before_stock_posted`."""


@hookspec
def after_shipment(shipment: "Shipment") -> None:
    """They have left: shipment and ledgers are written, and the order is at the status that follows.

    In the same transaction. It is a `Shipment`, with what was written."""


@hookspec
def before_transfer(transfer: "Transfer") -> None:
    """Goods are about to leave one place for another, to arrive there, or to come back: its `stage` says which. Raise
    `pharus.errors.Vetoed` to refuse it. It is a `Transfer`."""


@hookspec
def after_transfer(transfer: "Transfer") -> None:
    """They have left, arrived, or come back, and the ledger is written. In the same transaction. It is a `Transfer`,
    with the entry that was written."""


@hookspec
def before_stock_posted(ledger: StockLedger, postings: Sequence[StockPosting]) -> None:
    """These are about to be written to an inventory ledger, in this order. Raise `pharus.errors.Vetoed` and none is.

    Everything that changes stock comes by here: receipts, shipments, transfers, counts, and reservations, which
    `pharus.stock.reserves` tells from the others. Each is a `StockPosting`. The balances that they change are locked
    until the transaction ends, so that what you read of them stays true. Take a number of statements that does not grow
    with the postings."""


@hookspec
def stock_posted(entries: StockEntries) -> None:
    """These entries were written to a ledger of the inventory: received, consumed, made, moved, counted, taken back.

    Each is a `StockEntry`. The balances they changed are locked until the transaction ends, so two posts of one item at
    one place never meet in your hook. Everybody who posts waits for it: take a number of statements that does not grow
    with the entries."""


@hookspec
def namings() -> Sequence[Naming]:  # type: ignore[empty-body]
    """By which codes and names a file may name records of this plugin's tables, and which keys of an import's rows
    refer to them. Asked at start, outside of any unit of work."""


@hookspec
def extension_given(operation_id: str, part: Any, answer: Any) -> None:
    """A request had a part `x-<plugin>` for you, and its operation is done: keep what it says, in its transaction.

    `part` is what your document describes (`x-extends`, `requests`), `answer` what the operation answers, with the ids
    of what it wrote. In a hook of the same request `pharus.extensions.given` has the part already. It is called for
    your own part alone.
    """


@hookspec
def extension_shown(component: str, records: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:  # type: ignore[empty-body]
    """What the part `x-<plugin>` of these records shows in an answer, by their ids; none for those that are left out.

    `component` is the name of their schema, which your document extends (`x-extends`, `answers`); `records` are all of
    that kind in the answer, a page of a list among them: take one statement for all. They are as the answer shows them.
    """


@hookspec
def jobs() -> "Sequence[Job]":  # type: ignore[empty-body]
    """Your jobs: what is done in the background, in each organization, on a schedule or because `pharus.jobs.enqueue`
    has asked for it. Asked once, at start; each is a `Job`."""


@hookspec
def console_pages() -> "Sequence[Page]":  # type: ignore[empty-body]
    """Your pages in the console: HTML, scripts and styles in the folder `console/` of your package, served below
    `/console/plugins/<plugin>/`. Asked once, at start; each is a `Page`, and the menu of the console shows it."""


@hookspec
def event_statuses() -> Mapping[str, Sequence[str]]:  # type: ignore[empty-body]
    """The statuses of your tables that name events, by table: `{"labels_item": ("printed",)}` for
    `labels_item.printed`.

    For tables whose events have a status (`CALL log_events('labels_item', status => 'status')`): nobody else knows
    which there are. The document of the events has a message of each. Asked once, at start.
    """


@hookspec
def check_integrity() -> Sequence[str]:  # type: ignore[empty-body]
    """What `pharus check` should say about your data, one sentence for each discrepancy.

    It runs inside `pharus.db.maintenance()`, where statements see every organization; look at each one in
    `unit_of_work(Actor(org_id=…, role=Role.owner))`. What it raises is told, and the others go on."""


@hookspec
def fill_demo(demo_data: "DemoData") -> None:
    """Your part of the demo organization, after the domains'. `demo_data.ids` has what they made, by names such as
    `location.workshop`. What it raises is told, and the others go on."""


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
                "their parameters are in docs/reference/hooks.md."
            ) from error

    @property
    def hook(self) -> pluggy.HookRelay:
        return self.manager.hook

    @cache  # noqa: B019 - there is one for a process
    def hook_of(self, plugin: str, hook: str) -> Callable[..., list[Any]]:
        own = {self._registered[other.package] for other in self.others if other.name == plugin}
        others = [each for each in self._registered.values() if each not in own]
        return self.manager.subset_hook_caller(hook, others)

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


def hook_of(plugin: str, hook: str) -> Callable[..., list[Any]]:
    """The hook of this plugin of another distribution, and of no other."""
    if _loaded is None:
        raise RuntimeError("no plugins are installed yet")
    return _loaded.hook_of(plugin, hook)


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


# These are asked once, at start, beside any unit of work: what they say is a part of the plugin, as its document is.
_LISTING = ("jobs", "console_pages")
_DECLARING = (*_LISTING, "event_statuses")


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
        except PharusError as error:
            # A refusal, in words of the plugin's own.
            if isinstance(error, Vetoed):
                error.by(plugin)
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

    @functools.wraps(function)
    def declared(*arguments: Any) -> Any:
        try:
            return _checked(name, function(*arguments))
        except Exception as error:
            raise ConfigurationError(
                f"The plugin {plugin} failed in its hook {name}: {type(error).__name__}: {error}. Repair it, or start "
                "without it: PHARUS_PLUGINS names the plugins to load."
            ) from error

    if name in _DECLARING:
        return declared
    return apart if name in _APART else guarded


def _checked(name: str, result: Any) -> Any:
    """What callers add up must be what the hook promises, or the failure would seem to be theirs."""
    if name == "references_to" and not isinstance(result, Mapping | None):
        raise TypeError(f"references_to must return counts by kind, such as {{'lotCount': 2}}, not {result!r}")
    if name == "still_holds" and not isinstance(result, Mapping | None):
        raise TypeError(f"still_holds must return what is held by name, such as {{'lots': ['A']}}, not {result!r}")
    if name == "namings" and not all(isinstance(each, Naming) for each in result or ()):
        raise TypeError(f"namings must return a list of pharus.naming.Naming, not {result!r}")
    if name == "extension_shown" and not isinstance(result, Mapping | None):
        raise TypeError(f"extension_shown must return parts by the ids of the records, not {result!r}")
    if name == "event_statuses" and not isinstance(result, Mapping | None):
        raise TypeError(f"event_statuses must return statuses by table, not {result!r}")
    if name in _LISTING and (isinstance(result, str) or not isinstance(result, Sequence | None)):
        raise TypeError(f"{name} must return a list of them, not {result!r}")
    if name == "check_integrity" and (isinstance(result, str) or not isinstance(result, Sequence | None)):
        raise TypeError(f"check_integrity must return a list of sentences, not {result!r}")
    return result
