"""A backup restored into another database and another store is the same installation."""

import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from pharus import backup, db, migrations, storage
from pharus.backup.manifest import Manifest
from pharus.errors import ConfigurationError
from pharus.hooks import hooks
from pharus.identity import Actor
from pharus.migrations import roles
from pharus.storage import LocalStore
from plugins import manager
from plugins.documents import records, removals
from tests import database, factories, logins
from tests.drills.poolers import PROGRAM, pooler
from tests.pharus.backup.contents import everything

ALL = migrations.read(manager.sources(manager.load(())))

OF_A_ROLE = """
CREATE FUNCTION search_vendor(pattern text) RETURNS text LANGUAGE sql SECURITY DEFINER RETURN current_user::text;
REVOKE EXECUTE ON FUNCTION search_vendor FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_vendor TO pharus_app;
GRANT USAGE, CREATE ON SCHEMA public TO pharus_search;
ALTER FUNCTION search_vendor OWNER TO pharus_search;
REVOKE CREATE ON SCHEMA public FROM pharus_search
"""


@dataclass(frozen=True)
class Place:
    """A database, and the folder of its files."""

    url: str
    store: LocalStore

    def enter(self) -> None:
        """From now on the kernel works here."""
        db.configure(self.url)
        db.db.connect()
        storage.install(self.store)

    def restore(self, source: Path, **options: bool) -> Manifest:
        self.enter()
        return backup.restore(self.url, source, ALL, **options)  # type: ignore[arg-type]


@pytest.fixture
def place(migrated: str, tmp_path: Path) -> Iterator[Place]:
    """A migrated database with an organization, a vendor, a document and its file."""
    earlier = storage.store() if storage._installed else None
    # Where pg_dump may have sessions of its own.
    here = Place(database.past_pooler(migrated), LocalStore(tmp_path / "here", "http://127.0.0.1"))
    here.enter()
    org_id = factories.make_organization(name="Maker").id
    factories.make_vendor(org_id, name="Oils")
    order = factories.make_purchase_order(org_id)
    path = f"orgs/{org_id}/purchase_order/{order}/label.pdf"
    factories.make_document(org_id, gcs_path=path, is_stored=True, purchase_order_id=order)
    here.store.put(path, io.BytesIO(b"soap"), "application/pdf")
    # As migrations of before made them, which may be what is saved before an upgrade.
    database.execute(migrated, OF_A_ROLE)
    yield here
    if earlier is not None:
        storage.install(earlier)


@pytest.fixture
def elsewhere(database_url: str, tmp_path: Path) -> Iterator[Place]:
    url = database.scratch(database_url)
    yield Place(database.past_pooler(url), LocalStore(tmp_path / "elsewhere", "http://127.0.0.1"))
    database.drop_scratch(database_url, url)


def contents_of(store: LocalStore) -> dict[str, bytes]:
    return {path: (store.folder / path).read_bytes() for path in store.paths()}


def save(place: Place, target: Path) -> Manifest:
    return backup.make(place.url, target, records.stored_paths)


def test_restored_elsewhere_everything_is_the_same(place: Place, elsewhere: Place, tmp_path: Path) -> None:
    backup_tar = tmp_path / "backup.tar"
    before = everything(place.url)
    made = save(place, backup_tar)
    assert (made.tables["vendor"], len(made.files)) == (2, 1)
    assert (backup_tar).stat().st_mode & 0o077 == 0, "others may read it"
    assert elsewhere.restore(backup_tar).tables == made.tables
    assert everything(elsewhere.url) == before
    assert contents_of(elsewhere.store) == contents_of(place.store) == dict.fromkeys(made.files, b"soap")
    migrations.require(ALL)
    with db.maintenance():
        assert [each for found in hooks().check_integrity() for each in found] == []
    assert [each.name for each in tmp_path.iterdir() if "partial" in each.name or each.name.startswith(".")] == []


def test_owner_that_is_no_superuser_saves_and_restores_all_rows(
    place: Place, database_url: str, tmp_path: Path
) -> None:
    with (
        logins.login(database_url, "CREATEROLE") as owner,
        logins.owned_database(database_url, owner) as first,
        logins.owned_database(database_url, owner) as second,
    ):
        logins.let_it_be_as_if_it_had_made_the_roles(database_url, owner)
        made = save(place, tmp_path / "by-superuser")
        Place(first, LocalStore(tmp_path / "first", "http://127.0.0.1")).restore(tmp_path / "by-superuser")
        again = save(Place(first, place.store), tmp_path / "by-owner")
        assert dict(again.tables) == dict(made.tables)
        Place(second, LocalStore(tmp_path / "second", "http://127.0.0.1")).restore(tmp_path / "by-owner")
        migrations.require(ALL)
        with db.maintenance():
            (org_id,) = db.db.row("SELECT id FROM organization")
        with db.unit_of_work(Actor(org_id=org_id)):
            assert db.db.rows("SELECT search_vendor('oil') FROM vendor") == [("pharus_search",)] * 2


@pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed")
def test_nothing_is_saved_or_restored_through_a_pooler(place: Place, elsewhere: Place, tmp_path: Path) -> None:
    """The settings of pg_dump, an empty search_path among them, would stay in sessions that servers get."""
    save(place, tmp_path / "backup")
    for each in (place, elsewhere):
        with pooler(each.url, size=2) as url:
            pooled = Place(url, each.store)
            pooled.enter()
            with pytest.raises(ConfigurationError, match=r"through a pooler.* name PostgreSQL itself"):
                if each is place:
                    save(pooled, tmp_path / "another")
                else:
                    pooled.restore(tmp_path / "backup")
            db.disconnect()
    assert not (tmp_path / "another").exists()
    assert database.execute(elsewhere.url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_backup_of_a_login_that_does_not_see_all_rows_is_refused(
    place: Place, database_url: str, tmp_path: Path
) -> None:
    with logins.login(database_url) as stranger:
        database.execute(database_url, f"GRANT pharus_app TO {stranger}")
        with pytest.raises(ConfigurationError, match="does not see every organization's rows"):
            url = logins.as_login(place.url, stranger)
            db.configure(url)
            backup.make(url, tmp_path / "backup", records.stored_paths)
        assert not (tmp_path / "backup").exists()


def test_database_or_store_that_holds_something_is_overwritten_only_when_told(
    place: Place, elsewhere: Place, tmp_path: Path
) -> None:
    save(place, tmp_path / "backup")
    with pytest.raises(ConfigurationError, match="is there already"):
        save(place, tmp_path / "backup")
    elsewhere.store.put("orgs/x/old.pdf", io.BytesIO(b"old"), "text/plain")
    with pytest.raises(ConfigurationError, match="The store holds files already"):
        elsewhere.restore(tmp_path / "backup")
    database.execute(elsewhere.url, "CREATE TABLE kept AS SELECT 7 AS value; CREATE TYPE mood AS ENUM ('good')")
    with pytest.raises(ConfigurationError, match="The database is not empty"):
        elsewhere.restore(tmp_path / "backup")
    assert database.execute(elsewhere.url, "SELECT value FROM kept") == [(7,)]
    elsewhere.restore(tmp_path / "backup", overwrite=True)
    elsewhere.restore(tmp_path / "backup", overwrite=True)
    assert everything(elsewhere.url) == everything(place.url)
    assert list(elsewhere.store.paths()) == list(place.store.paths())


def test_server_that_is_running_keeps_its_database(place: Place, elsewhere: Place, tmp_path: Path) -> None:
    save(place, tmp_path / "backup")

    server = psycopg2.connect(elsewhere.url, application_name="pharus")
    try:
        with pytest.raises(ConfigurationError, match="1 connections of Pharus are open to this database"):
            elsewhere.restore(tmp_path / "backup", overwrite=True)
    finally:
        server.close()


def test_backup_that_does_not_fit_changes_nothing(place: Place, elsewhere: Place, tmp_path: Path) -> None:
    made = save(place, tmp_path / "backup")
    file = f"files/{next(iter(made.files))}"
    values = json.loads((tmp_path / "backup" / "manifest.json").read_text())
    newer = {**values, "migrations": [*values["migrations"], ["pharus", "9999_x.sql"]]}
    for number, (name, content, sentence) in enumerate(
        [
            ("database.dump", "PGDMP", "The backup is damaged: database.dump is missing, or not what"),
            (file, "other", f"The backup is damaged: {file} is missing, or not what"),
            (file, None, f"The backup is damaged: {file} is missing"),
            ("manifest.json", "{", "cannot be read"),
            ("manifest.json", None, "is no backup"),
            ("manifest.json", json.dumps({**values, "format": 2}), "by a later version"),
            ("manifest.json", json.dumps(newer), "by a newer version of Pharus"),
            ("manifest.json", json.dumps({**values, "server": values["server"] + 1}), "and this server is"),
        ]
    ):
        folder = shutil.copytree(tmp_path / "backup", tmp_path / f"harmed-{number}")
        if content is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(content)
        with pytest.raises(ConfigurationError, match=re.escape(sentence)):
            elsewhere.restore(folder)
    assert database.execute(elsewhere.url, "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []
    assert list(elsewhere.store.paths()) == []


def test_settings_of_the_database_are_restored(place: Place, elsewhere: Place, tmp_path: Path) -> None:
    name = urlsplit(place.url).path.strip("/")
    database.execute(place.url, f"ALTER DATABASE {name} SET work_mem = '7MB'")
    database.execute(place.url, f"ALTER DATABASE {name} SET search_path = public, pg_catalog")
    save(place, tmp_path / "backup")
    elsewhere.restore(tmp_path / "backup")
    assert database.execute(elsewhere.url, "SHOW work_mem") == [("7MB",)]
    assert database.execute(elsewhere.url, "SHOW search_path") == [("public, pg_catalog",)]


def test_no_file_is_deleted_while_a_backup_copies(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row is gone a moment after the backup has begun, and the sweep would delete the file before it is copied."""
    (path,) = place.store.paths()
    org_id = path.split("/")[1]

    def meanwhile(cursor: db.psycopg2.extensions.cursor) -> list[str]:
        paths = list(records.stored_paths(cursor))
        database.execute(place.url, "DELETE FROM document")
        database.execute(place.url, "INSERT INTO file_removal (store, path, due_at) VALUES (%s, %s, now())",
            place.store.id, path)  # fmt: skip
        assert removals.sweep() == (0, 0)
        return paths

    made = backup.make(place.url, tmp_path / "backup", meanwhile)
    assert (list(made.files), made.tables["document"]) == ([path], 1)
    assert removals.sweep() == (1, 0)
    assert list(place.store.paths(f"orgs/{org_id}/")) == []


def test_roles_are_named_in_the_manifest_with_what_belongs_to_them(place: Place, tmp_path: Path) -> None:
    made = save(place, tmp_path / "backup")
    assert made.functions["search_vendor(text)"] == roles.SEARCH
    assert set(made.functions.values()) == {roles.SEARCH}
