"""The fixtures of all tests: one database for the run, one real server for each test process, callers of any role."""

import inspect
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import hypothesis
import pytest

from pharus import db
from pharus.identity import Actor, Role
from pharus.providers import LocalProvider
from tests import database, factories, launcher, parsing
from tests.api import Api, connections
from tests.server import Server

_RUN = "PHARUS_RUNNING_TESTS"

# A distribution of its own, whose tests run in its folder, on a server that has it (test_example_plugin.py).
collect_ignore = ["example_plugin"]

# Every test in these folders has the marker of its folder's name (test_mirror.py).
ON_REQUEST = [Path(__file__).parent / name for name in ("browser", "compose", "drills", "firebase")]

# What hypothesis computes about Unicode, the processes of schemathesis compute once, and not each in its own folder.
os.environ.setdefault("HYPOTHESIS_STORAGE_DIRECTORY", str(Path(__file__).parent.parent / ".hypothesis"))

# How long an example takes says something of the machine, and judges nothing.
hypothesis.settings.register_profile("pharus", deadline=None)
hypothesis.settings.load_profile("pharus")

# Nor does how long an answer takes, where a test says nothing of that: all clients share this default.
_patience: httpx.Timeout = inspect.signature(httpx.request).parameters["timeout"].default
_patience.connect = _patience.read = _patience.write = _patience.pool = 60

# No server that a test starts delivers webhooks unless the test says so: the organizations of all tests are in one
# database, and a server delivers whatever is to be delivered there. Nor does any look for deliveries meanwhile.
_QUIET = {"PHARUS_WEBHOOK_DELIVERY": "off"}
os.environ.update(_QUIET)

parsing.install()

# How a caller of a role in an organization is made: `as_role(org, "viewer")`.
AsRole = Callable[[factories.Organization, str], Api]
AsIdentity = Callable[..., Api]


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the run gives it its name; its parallel workers find that in the environment."""
    config.addinivalue_line("markers", "no_database: runs without a database; starts none")
    if not hasattr(config, "workerinput"):
        os.environ[_RUN] = str(os.getpid())


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """To import what the run leaves out would take each of its processes seconds."""
    is_left_out = f"not {collection_path.name}" in config.option.markexpr
    return True if is_left_out and collection_path in ON_REQUEST else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes long begins first, in each process some of it, so that none is left with it when the others are done:
    xdist gives each of them as many tests, in this order, and takes from the end what another one is to do."""
    takes_long = [item for item in items if item.get_closest_marker("long") is not None]
    others = [item for item in items if item.get_closest_marker("long") is None]
    processes = getattr(config, "workerinput", {}).get("workercount", 1)
    left = len(items)
    items.clear()
    for number in range(processes):
        share = left // (processes - number)
        left -= share
        begins_with = takes_long[number::processes]
        goes_on = max(0, share - len(begins_with))
        items += begins_with + others[:goes_on]
        del others[:goes_on]
    items += others


def pytest_unconfigure(config: pytest.Config) -> None:
    connections.close()
    launcher.stop()
    if not hasattr(config, "workerinput"):
        database.drop(int(os.environ[_RUN]))


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The run's database. From here on this process may use the kernel directly: rules, factories, tables."""
    url = database.create(int(os.environ[_RUN]))
    with db.maintenance():
        yield url


@pytest.fixture(autouse=True)
def kernel(request: pytest.FixtureRequest) -> None:
    """Every test may use the kernel and look into the tables, whether it asks for the database or not."""
    if request.node.get_closest_marker("no_database") is None:
        request.getfixturevalue("database_url")
        db.db.connect(reuse_if_open=True)


@pytest.fixture
def scratch_url(database_url: str) -> Iterator[str]:
    """An empty database of the test's own."""
    url = database.scratch(database_url)
    yield url
    database.drop_scratch(database_url, url)


@pytest.fixture
def scratch(database_url: str, scratch_url: str) -> Iterator[str]:
    """The kernel of this process works on the empty database; a connection is open."""
    with database.kernel_on(scratch_url, database_url):
        yield scratch_url


@pytest.fixture
def migrated(database_url: str) -> Iterator[str]:
    """The same, on a database with all tables of ours."""
    url = database.migrated(database_url)
    with database.kernel_on(url, database_url):
        yield url
    database.drop_scratch(database_url, url)


@pytest.fixture
def migrated_url(database_url: str) -> Iterator[str]:
    """The same for a server; the kernel of this process stays on the run's."""
    url = database.migrated(database_url)
    db.configure(database_url, application_name="pharus-tests")
    db.db.connect()
    yield url
    database.drop_scratch(database_url, url)


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def environment(database_url: str, data_folder: Path) -> dict[str, str]:
    """What a server of the tests sees."""
    return {
        "PHARUS_DATABASE_URL": database_url,
        "PHARUS_DATA": str(data_folder),
        "PHARUS_AUTH": "local",
        "PHARUS_ALLOW_LOCAL_AUTH": "on",
        "PHARUS_LOG": "json",
        **_QUIET,
    }


@pytest.fixture(scope="session")
def server(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(environment, tmp_path_factory.mktemp("server") / "log")
    yield running
    running.end()


@pytest.fixture(scope="session")
def local_provider(data_folder: Path) -> LocalProvider:
    return LocalProvider(data_folder)


@pytest.fixture
def anonymous(server: Server) -> Api:
    return Api(server.address)


@pytest.fixture
def as_identity(server: Server, local_provider: LocalProvider) -> AsIdentity:
    """A caller with a signed ID token: `as_identity(email)` or `as_identity(user=…, org_id=…)`."""

    def make(
        email: str | None = None, *, user: factories.User | None = None, org_id: str | None = None, **claims: object
    ) -> Api:
        if user is not None:
            token = local_provider.issue(user.email, uid=user.uid, **claims)  # type: ignore[arg-type]
        else:
            token = local_provider.issue(email, **claims)  # type: ignore[arg-type]
        return Api(server.address, token, org_id)

    return make


@pytest.fixture
def organization() -> factories.Organization:
    return factories.make_organization()


@pytest.fixture
def as_role(server: Server) -> AsRole:
    """A new member of the organization, calling with a personal access token."""

    def make(organization: factories.Organization, role: str) -> Api:
        user = factories.make_user()
        factories.make_membership(organization.id, user.id, role)
        return Api(server.address, factories.make_api_token(organization.id, user.id), organization.id)

    return make


@pytest.fixture
def viewer(organization: factories.Organization, as_role: AsRole) -> Api:
    return as_role(organization, "viewer")


@pytest.fixture
def member(organization: factories.Organization, as_role: AsRole) -> Api:
    return as_role(organization, "member")


@pytest.fixture
def admin(organization: factories.Organization, as_role: AsRole) -> Api:
    return as_role(organization, "admin")


@pytest.fixture
def owner(organization: factories.Organization, as_role: AsRole) -> Api:
    return as_role(organization, "owner")


@pytest.fixture
def unit(organization: factories.Organization) -> Iterator[db.Unit]:
    """A unit of work as an owner of the test's organization."""
    actor = Actor(uid="test", user_id=None, org_id=organization.id, role=Role.owner)
    with db.unit_of_work(actor) as running:
        yield running
