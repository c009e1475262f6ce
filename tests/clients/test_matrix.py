"""Every client in every language, from the document alone. Only run on request: make clients."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests import factories
from tests.clients import matrix, protocol, tools
from tests.clients.matrix import Client
from tests.clients.relay import Relay
from tests.contract.judging import judge
from tests.server import Server

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]

_CLIENTS = matrix.clients()


@pytest.fixture(scope="module")
def own(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(environment, tmp_path_factory.mktemp("clients") / "log")
    yield running
    assert running.stop() == 0


@pytest.mark.parametrize("client", [each for each in _CLIENTS if not each.drive], ids=lambda client: client.name)
def test_client_is_generated(client: Client, record_property: Callable[[str, object], None]) -> None:
    assert matrix.generate(client) == []
    record_property("client", _row(client, "generated without a warning"))


@pytest.mark.parametrize("client", [each for each in _CLIENTS if each.drive], ids=lambda client: client.name)
def test_client_is_generated_compiled_and_driven(
    client: Client,
    own: Server,
    organization: factories.Organization,
    record_property: Callable[[str, object], None],
) -> None:
    matrix.require(client)
    assert matrix.generate(client) == []
    matrix.build(client)
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    story = protocol.Story()
    with Relay(own.address) as relay, matrix.proxied(client, relay.address) as address:
        written = matrix.drive(client, story.arguments(address, token))
    exchanges = relay.exchanges()
    for each in exchanges:
        path = urlsplit(each.target).path
        judge(each.method, path, each.status, each.headers, each.received, address=own.address)
    assert protocol.read(written) == story.expected()
    assert sorted(each.status for each in exchanges if each.status >= 400) == [409]
    record_property("client", _row(client, f"{len(exchanges)} requests, every figure exact"))


def _row(client: Client, result: str) -> dict[str, str]:
    """What docs/proof.md says of it."""
    tool = f"{client.tool} {tools.pins()[client.tool]}"
    return {"client": client.language, "tool": tool, "compiled": matrix.version(client) or "—", "result": result}
