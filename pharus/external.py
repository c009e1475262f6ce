"""A plugin of another distribution: its name, and what may begin with that name.

Everything it adds to what all plugins share (paths, operationIds, components, tables) carries its name, so that two
plugins never meet and none takes the place of something of ours.
"""

import re
from dataclasses import dataclass
from types import ModuleType

from pharus.errors import ConfigurationError
from pharus.names import camel

_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z][a-z0-9]*)*")
# PostgreSQL cuts names at 63 characters; the longest of ours and their indexes need the rest.
_MOST_CHARACTERS = 24


@dataclass(frozen=True, slots=True)
class External:
    """`name` is that of its entry point, `module` its package, `distribution` what brought it (`labels 0.1.0`)."""

    name: str
    module: ModuleType
    distribution: str = ""

    @property
    def package(self) -> str:
        return self.module.__name__


def check_name(name: str) -> str:
    """The name; ConfigurationError when no plugin can be called that."""
    if not _NAME.fullmatch(name) or len(name) > _MOST_CHARACTERS:
        raise ConfigurationError(
            f"No plugin can be called {name!r}: take small letters, digits and single underscores, each word "
            f"beginning with a letter, {_MOST_CHARACTERS} characters at most, such as lots or quality_checks."
        )
    return name


def path_prefix(name: str) -> str:
    """`quality_checks` → `/api/x/quality-checks`."""
    return f"/api/x/{name.replace('_', '-')}"


def operation_prefix(name: str) -> str:
    """`quality_checks` → `qualityChecks`."""
    return camel(name)


def component_prefix(name: str) -> str:
    """`quality_checks` → `QualityChecks`."""
    prefix = camel(name)
    return prefix[0].upper() + prefix[1:]


def owns_path(name: str, path: str) -> bool:
    prefix = path_prefix(name)
    return path == prefix or path.startswith(prefix + "/")


def owns_operation(name: str, operation_id: str) -> bool:
    """`lotsList` is the plugin's `lots`, and not `lot`'s."""
    return _begins(operation_id, operation_prefix(name))


def owns_component(name: str, component: str) -> bool:
    return _begins(component, component_prefix(name))


def owns_table(name: str, table: str) -> bool:
    return table == name or table.startswith(name + "_")


def check_apart(names: list[str]) -> None:
    """ConfigurationError when what belongs to one of the plugins would seem to be another one's, too."""
    for name in names:
        for other in names:
            if other != name and owns_table(name, other):
                raise ConfigurationError(
                    f"The plugins {name} and {other} cannot be loaded together: the tables of {other} would begin "
                    f"with the name of {name}. Rename one, or name the plugins to load in PHARUS_PLUGINS."
                )


def _begins(text: str, prefix: str) -> bool:
    rest = text.removeprefix(prefix)
    return rest != text and rest != "" and not rest[0].islower()
