"""Which domains there are, in which order, and how the plugins of others join them."""

from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import entry_points
from types import ModuleType

from pharus.errors import ConfigurationError
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
    "bom",
    "inventory",
    "purchase_orders",
    "manufacturing",
    "sales_orders",
    "documents",
)


def load(only: Sequence[str] | None = None) -> Plugins:
    """The built-in domains and the installed external plugins; `only` narrows the external ones to these names."""
    return Plugins([*(import_module(f"plugins.{domain}") for domain in DOMAINS), *external(only)])


def external(only: Sequence[str] | None = None) -> list[ModuleType]:
    """The plugins of other distributions, by name: those that declare an entry point of the group `pharus`."""
    found = {entry.name: entry for entry in entry_points(group=PROJECT)}
    for name in only or ():
        if name not in found:
            raise ConfigurationError(f"PHARUS_PLUGINS names {name}, which is not installed.")
    return [found[name].load() for name in sorted(found) if only is None or name in only]


def others(plugins: Plugins) -> list[ModuleType]:
    """Those of the loaded plugins that are not ours."""
    return list(plugins.modules[len(DOMAINS) :])


def sources(plugins: Plugins) -> list[str]:
    """The packages that bring migrations, in the order in which they are applied."""
    return ["pharus", *(module.__name__ for module in plugins.modules)]
