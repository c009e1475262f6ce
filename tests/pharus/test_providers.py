from pathlib import Path

import pytest

from pharus.config import Settings
from pharus.errors import ConfigurationError
from pharus.providers import CachingProvider, LocalProvider, create_provider
from pharus.providers.firebase import FirebaseProvider


def test_create_provider_local_issues_and_verifies(tmp_path: Path) -> None:
    provider = create_provider(Settings(data=tmp_path, auth="local"))
    assert isinstance(provider, CachingProvider)
    assert isinstance(provider.inner, LocalProvider)
    assert provider.verify(provider.inner.issue("ada@example.com")).email == "ada@example.com"


def test_create_provider_firebase_wraps_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIREBASE_AUTH_EMULATOR_HOST", raising=False)
    provider = create_provider(Settings(data=tmp_path, auth="firebase", firebase_project="example-project"))
    assert isinstance(provider.inner, FirebaseProvider)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("project", [None, ""])
def test_create_provider_firebase_without_project_names_the_setting(tmp_path: Path, project: str | None) -> None:
    with pytest.raises(ConfigurationError, match="PHARUS_FIREBASE_PROJECT"):
        create_provider(Settings(data=tmp_path, auth="firebase", firebase_project=project))


def test_create_provider_firebase_with_emulator_for_a_real_project_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIREBASE_AUTH_EMULATOR_HOST", "127.0.0.1:9099")
    with pytest.raises(ConfigurationError, match="demo-"):
        create_provider(Settings(data=tmp_path, auth="firebase", firebase_project="example-project"))
