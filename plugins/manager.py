"""Which domains there are, in which order, and how the plugins of others join them."""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from pharus.errors import ConfigurationError
from pharus.external import External, check_apart, check_name
from pharus.hooks import PROJECT, Plugins

# A domain may import from those before it, never from those behind it. What an earlier one must ask of later ones goes
# through the hooks.
DOMAINS = (
    "platform",
    "locations",
    "vendors",
    "customers",
    "contacts",
    "materials",
    "products",
    "units",
    "bom",
    "inventory",
    "prices",
    "purchase_orders",
    "manufacturing",
    "sales_orders",
    "lots",
    "documents",
    "accounting",
    "imports",
    "events",
    "webhooks",
)


def load(only: Sequence[str] | None = None) -> Plugins:
    """The built-in domains and the installed external plugins; `only` narrows the external ones to these names."""
    return Plugins([import_module(f"plugins.{domain}") for domain in DOMAINS], external(only))


def external(only: Sequence[str] | None = None) -> list[External]:
    """The plugins of other distributions, by name: those that declare an entry point of the group `pharus`.

    ConfigurationError for one that cannot be loaded, or whose name no plugin can have.
    """
    found: dict[str, EntryPoint] = {}
    # An empty list is common, in tests above all, and looking through all that is installed takes a while.
    for entry in entry_points(group=PROJECT) if only is None or only else ():
        if entry.name in found and _source(entry) != _source(found[entry.name]):
            raise ConfigurationError(
                f"Two distributions bring a plugin called {entry.name}, {_source(found[entry.name])} and "
                f"{_source(entry)}: uninstall one of them."
            )
        found[entry.name] = entry
    for name in only or ():
        if name not in found:
            raise ConfigurationError(
                f"PHARUS_PLUGINS names {name}, which is not installed. Installed: {', '.join(sorted(found)) or 'none'}."
            )
    names = [check_name(name) for name in sorted(found) if only is None or name in only]
    check_apart(names)
    return [External(name, _load(found[name]), _source(found[name])) for name in names]


def sources(plugins: Plugins) -> list[str]:
    """The packages that bring migrations, in the order in which they are applied."""
    return ["pharus", *(module.__name__ for module in plugins.modules)]


def prefixes(plugins: Plugins) -> dict[str, str]:
    """What the tables of a package must begin with: those of other distributions, with their plugin's name."""
    return {other.package: other.name for other in plugins.others}


def _load(entry: EntryPoint) -> ModuleType:
    try:
        module = entry.load()
    except Exception as error:
        raise ConfigurationError(
            f"The plugin {entry.name} ({_source(entry)}) cannot be imported: {type(error).__name__}: {error}. "
            "Repair it, or start without it: PHARUS_PLUGINS names the plugins to load."
        ) from error
    if not isinstance(module, ModuleType):
        raise ConfigurationError(
            f"The entry point {entry.name} of {_source(entry)} leads to {entry.value}, which is no package: name the "
            "package that holds openapi.yaml and operations.py."
        )
    return module


def _source(entry: EntryPoint) -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.value
