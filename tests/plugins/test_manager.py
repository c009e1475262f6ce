import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pharus.errors import ConfigurationError
from plugins import manager
from tests import distributions

pytestmark = pytest.mark.no_database


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of site-packages; the modules that a test imports from it are forgotten."""
    monkeypatch.syspath_prepend(tmp_path)
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("example_"):
            del sys.modules[name]


def test_load_puts_the_plugins_of_others_behind_ours_by_name(site: Path) -> None:
    for name in ("zeta", "alpha"):
        distributions.install(site, name, {})
    plugins = manager.load()
    names = [module.__name__ for module in plugins.modules]
    assert names == [*(f"plugins.{domain}" for domain in manager.DOMAINS), "example_alpha", "example_zeta"]
    assert [(other.name, other.distribution) for other in plugins.others] == [
        ("alpha", "example-alpha 1.0"),
        ("zeta", "example-zeta 1.0"),
    ]
    assert manager.sources(plugins) == ["pharus", *names]
    assert manager.prefixes(plugins) == {"example_alpha": "alpha", "example_zeta": "zeta"}


def test_load_of_some_leaves_the_others_alone(site: Path) -> None:
    distributions.install(site, "alpha", {})
    distributions.install(site, "broken", {"__init__.py": "import nothing_like_this"})
    assert [other.name for other in manager.load(("alpha",)).others] == ["alpha"]
    assert manager.load(()).others == ()


def test_load_of_one_that_is_not_installed_says_which_are(site: Path) -> None:
    distributions.install(site, "alpha", {})
    with pytest.raises(ConfigurationError, match=r"names labels, which is not installed\. Installed: alpha\."):
        manager.load(("labels",))


def test_plugin_that_cannot_be_imported_is_refused_with_its_distribution(site: Path) -> None:
    distributions.install(site, "broken", {"__init__.py": "import nothing_like_this"})
    with pytest.raises(
        ConfigurationError,
        match=r"plugin broken \(example-broken 1\.0\) cannot be imported: ModuleNotFoundError.*PHARUS_PLUGINS",
    ):
        manager.load()


def test_entry_point_that_leads_to_no_package_is_refused(site: Path) -> None:
    distributions.install(site, "alpha", {"__init__.py": "def main(): ..."}, value="example_alpha:main")
    with pytest.raises(ConfigurationError, match=r"alpha of example-alpha 1\.0 leads to example_alpha:main, which"):
        manager.load()


def test_name_that_no_plugin_can_have_is_refused(site: Path) -> None:
    distributions.install(site, "Not-A-Name", {}, package="example_not")
    with pytest.raises(ConfigurationError, match="No plugin can be called 'Not-A-Name'"):
        manager.load()


def test_two_distributions_with_one_plugin_are_refused(site: Path) -> None:
    for package in ("example_one", "example_two"):
        distributions.install(site, "twice", {}, package=package)
    with pytest.raises(ConfigurationError, match=r"Two .* bring a plugin called twice, example-(one|two) 1\.0"):
        manager.load()


def test_two_plugins_whose_tables_could_be_confused_are_refused(site: Path) -> None:
    distributions.install(site, "alpha", {})
    distributions.install(site, "alpha_eu", {})
    with pytest.raises(ConfigurationError, match="The plugins alpha and alpha_eu cannot be loaded together"):
        manager.load()
    assert [other.name for other in manager.load(("alpha_eu",)).others] == ["alpha_eu"]


def test_every_plugin_is_found_anew_by_each_load(site: Path) -> None:
    name = f"p{secrets.token_hex(3)}"
    assert manager.load().others == ()
    distributions.install(site, name, {})
    assert [other.name for other in manager.load().others] == [name]
