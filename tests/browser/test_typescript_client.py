"""The published TypeScript client in a browser, on a page of another origin than the server. Only on request: make
browser."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pharus.db import db
from tests.browser.conftest import Watched
from tests.clients import tools
from tests.clients.published import deliveries, packing
from tests.clients.published.deliveries import Delivered
from tests.clients.relay import Relay
from tests.contract import audit
from tests.contract.judging import judge
from tests.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# As a page does it that no bundler has made.
_PAGE = """<!doctype html><title>An application</title><link rel="icon" href="data:,">
<script type="importmap">{"imports": {
  "pharus-client": "/node_modules/pharus-client/dist/index.js", "decimal.js": "/node_modules/decimal.js/decimal.mjs"
}}</script>
<script type="module">import * as pharus from "pharus-client"; window.pharus = pharus;</script>"""

_USE = """async ([address, token]) => {
  const { Client, Decimal, refusals } = window.pharus;
  const client = new Client(address, token);
  const said = {};
  const materialType = (await client.materials.createMaterialType({ name: "Raw materials" })).id;
  const oil = (await client.materials.createMaterial({ code: "OIL-1", name: "Oil", typeId: materialType })).id;
  await client.materials.createMaterial({ code: "LYE-1", name: "Lye", typeId: materialType });
  const location = (await client.locations.createLocation({ name: "Workshop" })).id;
  const names = [];
  for await (const each of client.materials.listMaterials({ limit: 1 })) names.push(each.name);
  said.names = names.sort();
  const quantity = new Decimal("123456789012.123456");
  await client.materialsInventory.adjustMaterialsInventory({ materialId: oil, locationId: location, quantity });
  const { data } = await client.materialsInventory.getMaterialsSummary({ materialId: oil });
  said.onHand = data.map((each) => each.onHand.toFixed());
  // The version of a record is in a header, which a page of another origin sees only if the server says so.
  const vendor = await client.vendors.getVendor((await client.vendors.createVendor({ name: "Sample Oils" })).id);
  said.isUnchanged = (await client.vendors.getVendor(vendor.id, { ifNoneMatch: vendor })) === vendor;
  await client.vendors.updateVendor(vendor.id, { term: "Net 30" }, { ifMatch: vendor });
  const late = client.vendors.updateVendor(vendor.id, { term: "Net 45" }, { ifMatch: vendor });
  said.refused = await late.catch((error) => error instanceof refusals.PreconditionFailed && error.requestId !== null);
  said.term = (await client.vendors.getVendor(vendor.id)).term;
  const key = crypto.randomUUID();
  const twice = [];
  for (let count = 0; count < 2; count++) {
    twice.push((await client.vendors.createVendor({ name: "Once" }, { idempotencyKey: key })).id);
  }
  said.isOnce = twice[0] === twice[1];
  const types = new Set();
  for await (const event of client.events.listEvents()) types.add(event.type);
  said.types = [...types].sort();
  return said;
}"""

_VERIFY = """async ([secrets, requests]) => {
  const { InvalidSignature, verifyWebhook } = window.pharus;
  const said = [];
  for (const secret of secrets) {
    for (const { headers, body } of requests) said.push((await verifyWebhook(secret, headers, body)).data.after.name);
  }
  const changed = verifyWebhook(secrets[0], requests[0].headers, requests[1].body);
  said.push(await changed.catch((error) => error instanceof InvalidSignature));
  return said;
}"""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """The origin of a server of the files in the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def application() -> Iterator[str]:
    """The origin of an application that has the client as npm unpacks it."""
    project = packing.pack(tools.FOLDER / "browser")
    (project / "index.html").write_text(_PAGE, encoding="utf-8")
    with _served(project) as origin:
        yield origin


def _deliver() -> Delivered:
    with db.connection_context():
        return deliveries.deliver()


def _open(watched: Watched, application: str) -> None:
    watched.page.goto(application)
    watched.page.wait_for_function("window.pharus !== undefined")


def test_page_of_another_origin_uses_the_server(
    application: str, environment: dict[str, str], watched: Watched, token: str, tmp_path: Path
) -> None:
    server = Server({**environment, "PHARUS_CORS_ORIGINS": application}, tmp_path / "log")
    try:
        _open(watched, application)
        with Relay(server.address) as relay:
            said = watched.page.evaluate(_USE, [relay.address, token])
            watched.page.goto("about:blank")
        for each in relay.exchanges():
            if each.method == "OPTIONS":
                # What the browser asks by itself; the document has nothing of it.
                audit.give_up(server.address)
                continue
            path = urlsplit(each.target).path
            judge(each.method, path, each.status, each.headers, each.received, address=server.address)
    finally:
        server.end()
    assert {"location.created", "material.created", "vendor.updated"} <= set(said.pop("types"))
    assert said == {
        "names": ["Lye", "Oil"],
        "onHand": ["123456789012.123456"],
        "isUnchanged": True,
        "refused": True,
        "term": "Net 30",
        "isOnce": True,
    }
    # What the browser itself says of a refusal.
    assert [each for each in watched.errors if "412" not in each] == []
    assert watched.hosts == {urlsplit(address).netloc for address in (application, relay.address)}


def test_what_the_server_delivers_verifies_in_a_page(application: str, watched: Watched, migrated: str) -> None:
    # Playwright has an event loop in this thread, and who delivers needs one, too.
    with ThreadPoolExecutor(1) as other:
        delivered = other.submit(copy_context().run, _deliver).result()
    requests = [{"headers": each.headers, "body": each.body.decode()} for each in delivered.requests]
    _open(watched, application)
    said = watched.page.evaluate(_VERIFY, [delivered.secrets, requests])
    assert said == [*deliveries.NAMES, *deliveries.NAMES, True]
    assert watched.errors == []
