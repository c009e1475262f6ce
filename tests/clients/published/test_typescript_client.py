"""The published TypeScript client: compiled, packed, installed and used as its users do. Only run on request:
make clients."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import factories
from tests.clients import protocol, tools
from tests.clients.published import packing
from tests.clients.published.deliveries import Delivered
from tests.clients.published.packing import SOURCE, run
from tests.clients.relay import Relay
from tests.contract.judging import judge
from tests.server import Server

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]

TESTS = Path(__file__).parent / "typescript"

_COMPILE = (
    *("--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--verbatimModuleSyntax"),
    *("--skipLibCheck", "false", "--target", "es2022", "--lib", "es2023,dom,dom.iterable", "--module", "nodenext"),
    *("--types", "node", "--outDir", "compiled"),
)


@pytest.fixture(scope="module")
def packed() -> Path:
    """The folder in which npm has unpacked the package."""
    project = packing.pack(tools.FOLDER / "typescript")
    modules = tools.installed() / "node_modules"
    for file in (*TESTS.glob("*.ts"), SOURCE / "examples" / "story.ts"):
        shutil.copy(file, project)
    compiler = str(modules / ".bin" / "tsc")
    run(compiler, *_COMPILE, *sorted(file.name for file in project.glob("*.ts")), cwd=project)
    return project


@pytest.fixture
def token(organization: factories.Organization) -> str:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    return factories.make_api_token(organization.id, user.id)


def test_package_is_what_was_compiled_and_a_readme(packed: Path) -> None:
    package = packed / "node_modules" / "pharus-client"
    found = {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}
    modules = [path.relative_to(SOURCE / "src").with_suffix("").as_posix() for path in SOURCE.rglob("src/**/*.ts")]
    compiled = {f"dist/{module}{suffix}" for module in modules for suffix in (".js", ".d.ts")}
    assert found == {"package.json", "README.md", "LICENSE", *compiled}


def test_example_tells_the_story_to_the_last_digit(
    packed: Path, server: Server, token: str, record_property: Callable[[str, object], None]
) -> None:
    story = protocol.Story()
    with Relay(server.address) as relay:
        told = run("node", "compiled/story.js", *story.arguments(relay.address, token), cwd=packed)
    exchanges = _judged(relay, server)
    assert protocol.read(told) == story.expected()
    result = f"{exchanges} requests, every figure exact"
    tool = "make codegen"
    compiled = run("node", "--version", cwd=packed).strip()
    record_property(
        "client", {"client": "TypeScript, clients/typescript", "tool": tool, "compiled": compiled, "result": result}
    )


def test_requests_answers_and_retries_are_as_they_should(packed: Path) -> None:
    run(
        "node",
        "--test",
        "compiled/transport.test.js",
        "compiled/downloads.test.js",
        "compiled/webhooks.test.js",
        cwd=packed,
    )


def test_what_the_server_delivers_verifies(packed: Path, delivered: Delivered, tmp_path: Path) -> None:
    requests = [{"headers": each.headers, "body": each.body.decode()} for each in delivered.requests]
    file = tmp_path / "deliveries.json"
    file.write_text(json.dumps({"secrets": delivered.secrets, "requests": requests}), encoding="utf-8")
    run("node", "--test", "compiled/deliveries.test.js", cwd=packed, PHARUS_DELIVERIES=str(file))


def test_server_is_used_through_lost_answers(packed: Path, server: Server, token: str) -> None:
    with Relay(server.address) as relay, Relay(server.address, losing=2) as lossy:
        environment = {"PHARUS_ADDRESS": relay.address, "PHARUS_LOSSY": lossy.address, "PHARUS_TOKEN": token}
        run("node", "--test", "compiled/server.test.js", cwd=packed, **environment)
    _judged(relay, server)
    assert _judged(lossy, server) == 3
    assert [each.status for each in lossy.exchanges()] == [201, 201, 201]


def _judged(relay: Relay, server: Server) -> int:
    """How many exchanges there were; each answer is held against the document."""
    exchanges = relay.exchanges()
    for each in exchanges:
        path = each.target.partition("?")[0]
        judge(each.method, path, each.status, each.headers, each.received, address=server.address)
    return len(exchanges)
