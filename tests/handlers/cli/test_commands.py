import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from handlers import openapi_31, spec
from pharus import __version__, openapi
from pharus.providers import LocalProvider
from plugins import manager
from tests import database, distributions, launcher

# On a port that nobody else on this machine may have.
SERVE = ["serve", "--port", "0"]


def pharus(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in an environment that holds nothing else."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return launcher.run(*arguments, environment={**inherited, **environment})


def refused(result: subprocess.CompletedProcess[str]) -> str:
    """The one sentence with which the command refused."""
    assert result.returncode == 1, result
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    # On a busy machine it says first that something takes a while.
    assert result.stderr.splitlines()[-1].startswith("Error: ")
    return result.stderr


@pytest.fixture
def with_scratch(environment: dict[str, str], scratch_url: str, tmp_path: Path) -> dict[str, str]:
    """A database and a folder of the test's own: files belong to the documents of one database."""
    return {**environment, "PHARUS_DATABASE_URL": scratch_url, "PHARUS_DATA": str(tmp_path / "data")}


def test_help_lists_the_commands_and_version_tells_it() -> None:
    shown = pharus("--help")
    assert shown.returncode == 0
    for command in ("serve", "token", "migrate", "demo", "openapi", "plugins", "check", "sweep"):
        assert f"\n  {command} " in shown.stdout
    assert pharus("--version").stdout == f"pharus, version {__version__}\n"
    assert pharus("nothing").returncode == 2


def test_token_prints_a_token_that_the_server_accepts(tmp_path: Path) -> None:
    result = pharus("token", "--email", "ada@example.com", "--hours", "2", PHARUS_DATA=str(tmp_path / "new"))
    assert result.returncode == 0
    assert result.stderr.startswith(f"Made a new key, {tmp_path / 'new' / 'local-auth.pem'}: only a server with this")
    identity = LocalProvider(tmp_path / "new").verify(result.stdout.strip())
    assert (identity.email, identity.email_verified) == ("ada@example.com", True)
    assert pharus("token", "--email", "ada@example.com", PHARUS_DATA=str(tmp_path / "new")).stderr == ""


def test_token_with_firebase_is_refused(tmp_path: Path) -> None:
    message = refused(
        pharus("token", "--email", "ada@example.com", PHARUS_AUTH="firebase", PHARUS_DATA=str(tmp_path / "new"))
    )
    assert "PHARUS_AUTH is firebase" in message
    assert not (tmp_path / "new").exists()


def test_configuration_that_cannot_be_used_is_refused_with_a_sentence() -> None:
    assert "PHARUS_THREADS is '0'" in refused(pharus("migrate", PHARUS_THREADS="0"))
    assert "PHARUS_DATABASE_URL must begin with" in refused(pharus("check", PHARUS_DATABASE_URL="sqlite:///x"))
    assert "PHARUS_PLUGINS names labels" in refused(pharus("openapi", PHARUS_PLUGINS="labels"))


def test_migrate_and_check_tell_what_is_missing_and_what_is_wrong(
    with_scratch: dict[str, str], scratch_url: str
) -> None:
    checked = pharus("check", **with_scratch)
    assert checked.returncode == 1
    assert "The migration 0001_tenancy.sql of pharus is not applied.\n" in checked.stdout

    migrated = pharus("migrate", **with_scratch)
    count = len(manager.DOMAINS) + 1
    assert migrated.returncode == 0, migrated.stderr
    assert int(migrated.stdout.split()[0]) >= count
    assert "Migrating pharus 0001_tenancy.sql\n" in migrated.stderr
    assert pharus("migrate", **with_scratch).stdout == "0 migrations applied\n"

    checked = pharus("check", **with_scratch)
    assert (checked.returncode, checked.stdout, checked.stderr.splitlines()[-1]) == (0, "", "no discrepancies")

    database.execute(scratch_url, "UPDATE schema_migration SET checksum = 'x' WHERE name = '0001_vendors.sql'")
    for command in (["check"], SERVE):
        assert "0001_vendors.sql of plugins.vendors was edited" in refused(pharus(*command, **with_scratch))


def test_openapi_prints_the_document_in_both_formats() -> None:
    as_yaml, as_json = pharus("openapi"), pharus("openapi", "--format", "json")
    assert openapi.parse(as_yaml.stdout) == json.loads(as_json.stdout) == spec.load()
    assert (as_yaml.stderr, as_json.stderr) == ("", "")
    modern = pharus("openapi", "--format", "json", "--version", "3.1")
    assert json.loads(modern.stdout) == openapi_31.converted(spec.load())


def test_openapi_shows_ours_while_a_plugin_is_broken(tmp_path: Path) -> None:
    distributions.install(tmp_path, "labels", {"openapi.yaml": "paths: [1"})
    broken = pharus("openapi", PYTHONPATH=str(tmp_path))
    assert "The openapi.yaml of the plugin labels is no YAML: " in refused(broken)
    shown = pharus("openapi", "--without-plugins", "--format", "json", PYTHONPATH=str(tmp_path))
    assert json.loads(shown.stdout) == spec.load()


def test_plugins_lists_the_domains_in_order_with_their_hooks() -> None:
    lines = pharus("plugins").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"plugins.{domain}" for domain in manager.DOMAINS]
    assert all("  built in  " in line for line in lines)
    assert lines[1].endswith("fill_demo, namings")


def test_serve_on_a_port_that_is_taken_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        message = refused(pharus("serve", "--port", str(port), PHARUS_DATA=str(tmp_path / "data")))
    assert f"Cannot listen on 127.0.0.1, port {port}: Address already in use. Name another port with --port" in message
    assert not (tmp_path / "data").exists(), "a database was made before the port was tried"


def test_database_that_is_away_is_refused_with_a_sentence(environment: dict[str, str]) -> None:
    away = {**environment, "PHARUS_DATABASE_URL": "postgresql://nobody@/nothing?host=/nonexistent"}
    for command in (["check"], SERVE):
        assert "The database does not answer: " in refused(pharus(*command, **away))


FRAGMENT = """
paths:
  /api/x/labels:
    get:
      operationId: labelsList
      tags: [Labels]
      x-minimum-role: viewer
      responses: {'200': {description: Done.}}
"""
HANDLERS = "def labels_list() -> dict[str, str]:\n    return {}\n"
HOOKS = "from pharus.hooks import hookimpl\n\n\n"


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"openapi.yaml": FRAGMENT}, "No plugin has a function for the operation labelsList: write labels_list in"),
        (
            {"openapi.yaml": FRAGMENT, "operations.py": "def labels_list(id: str) -> None: ..."},
            "example_labels.operations.labels_list takes id, which its operation does not have.",
        ),
        (
            {"openapi.yaml": FRAGMENT, "operations.py": HANDLERS + "def labels_get() -> None: ..."},
            "example_labels.operations.labels_get belongs to no operation of the document",
        ),
        ({"openapi.yaml": FRAGMENT, "operations.py": "import nothing"}, "example_labels.operations cannot be imported"),
        (
            {"openapi.yaml": FRAGMENT.replace("x/labels", "vendors")},
            "The plugin labels redefines the path /api/vendors",
        ),
        (
            {"openapi.yaml": FRAGMENT.replace("labelsList", "listVendors")},
            "its operationIds must begin with its name: call it labelsListVendors.",
        ),
        (
            {"openapi.yaml": FRAGMENT.replace("Done.", "Done., content: 7"), "operations.py": HANDLERS},
            "The document is no OpenAPI document: /paths//api/x/labels",
        ),
        (
            {"__init__.py": HOOKS + "@hookimpl\ndef stock_postet(entries: object) -> None: ..."},
            "The plugin example_labels has a hook that does not exist",
        ),
        (
            {"__init__.py": "def stock_posted(entries: object) -> None: ..."},
            "The plugin labels has a function stock_posted that is no hook yet: put @hookimpl above it",
        ),
    ],
)
def test_plugin_that_does_not_fit_is_refused_before_anything_is_done(
    files: dict[str, str], sentence: str, tmp_path: Path, with_scratch: dict[str, str], scratch_url: str
) -> None:
    distributions.install(tmp_path, "labels", files)
    result = pharus(*SERVE, **with_scratch, PYTHONPATH=str(tmp_path))
    # On a busy machine it says first that the database takes a while.
    last = result.stderr.splitlines()[-1]
    assert (result.returncode, last[:7], "Traceback" in result.stderr) == (1, "Error: ", False), result.stderr
    assert sentence in last
    assert database.execute(scratch_url, "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace") == []


def test_plugin_whose_migration_touches_ours_is_refused_and_can_be_left_out(
    tmp_path: Path, with_scratch: dict[str, str]
) -> None:
    sql = "CREATE TABLE labels_item (org_id uuid); ALTER TABLE vendor ADD COLUMN label text;"
    distributions.install(tmp_path, "labels", {"migrations/0001_tables.sql": sql})
    refusal = pharus("migrate", **with_scratch, PYTHONPATH=str(tmp_path))
    assert refusal.returncode == 1
    assert "Error: The migration 0001_tables.sql of example_labels was rolled back: it changes the table vendor" in (
        refusal.stderr
    )
    distributions.install(tmp_path, "other", {})
    migrated = pharus("migrate", **with_scratch, PYTHONPATH=str(tmp_path), PHARUS_PLUGINS="other")
    assert (migrated.returncode, migrated.stdout) == (0, "0 migrations applied\n")
