from pathlib import Path

import pytest

from pharus import storage
from pharus.config import Settings
from pharus.errors import ConfigurationError
from pharus.storage import LocalStore
from tests.pharus.storage.google_cloud import BUCKET, running_cloud

pytestmark = pytest.mark.no_database


def test_create_store_local_is_a_folder_of_the_data(tmp_path: Path) -> None:
    store = storage.create_store(Settings(data=tmp_path))
    assert isinstance(store, LocalStore)
    assert store.folder == tmp_path / "documents"
    assert list(tmp_path.iterdir()) == [], "nothing is made before it is needed"


def test_create_store_gcs_is_the_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_cloud(tmp_path) as cloud:
        for name, value in cloud.environment.items():
            monkeypatch.setenv(name, value)
        store = storage.create_store(Settings(storage="gcs", storage_bucket=BUCKET))
    assert store.id == f"bucket:{BUCKET}"


def test_create_store_gcs_without_a_bucket_names_the_setting() -> None:
    with pytest.raises(ConfigurationError, match="PHARUS_STORAGE_BUCKET"):
        storage.create_store(Settings(storage="gcs"))


def test_store_is_the_one_that_was_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_installed", None)
    with pytest.raises(RuntimeError, match="no store is installed"):
        storage.store()
    store = LocalStore(tmp_path, "")
    storage.install(store)
    assert storage.store() is store
