"""The image and compose.yaml, by the commands of docs/operations/install.md, in a copy of the checkout: built, served
as nobody in particular, restarted, killed and taken down, with what it stores still there.

Needs a Docker daemon that has or finds the base images, and the ports 8000 and 8025 of this machine.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.api import Api
from tests.waiting import wait_until

pytestmark = [pytest.mark.compose, pytest.mark.no_database]

ROOT = Path(__file__).parents[2]
ADDRESS, MAILS = "http://127.0.0.1:8000", "http://127.0.0.1:8025/api/v1/messages"
SECONDS = 120


class Compose:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        has_plugin = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False).returncode == 0
        self._command = "docker compose" if has_plugin else "docker-compose"

    def run(self, arguments: str) -> str:
        return self.shell(f"docker compose {arguments}")

    def shell(self, script: str) -> str:
        """Commands as the page has them. The older docker-compose cannot wait, so that we do."""
        if self._command == "docker-compose":
            script = script.replace("docker compose exec", "docker compose exec -T").replace(" --wait", "")
        script = script.replace("docker compose", self._command)
        ended = subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=self.folder,
            env={**os.environ, "COMPOSE_PROJECT_NAME": "pharus-tried", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
        return ended.stdout

    def container(self, service: str) -> str:
        return self.run(f"ps --all --quiet {service}").strip()

    def is_healthy(self, service: str) -> bool:
        return self.look(service, "{{.State.Health.Status}}") == "healthy"

    def look(self, service: str, template: str) -> str:
        return self.shell(f"docker inspect --format '{template}' {self.container(service)}").strip()

    def wait(self) -> None:
        wait_until(lambda: self.is_healthy("database") and self.is_healthy("pharus"), SECONDS)
        # What Docker knows of a database that was killed may be seconds old.
        wait_until(lambda: httpx.get(f"{ADDRESS}/readyz", trust_env=False).json() == {"status": "ok"}, SECONDS)


def commands() -> tuple[str, str]:
    """Those that start it, and the one that fills it."""
    page = (ROOT / "docs" / "operations" / "install.md").read_text(encoding="utf-8")
    section = page.partition("## To try it: compose")[2].partition("\n## ")[0]
    start, _, fill = re.findall(r"```\n(.*?)```", section, re.DOTALL)[0].rstrip("\n").rpartition("\n")
    assert fill.endswith("pharus demo")
    return start, fill


@pytest.fixture(scope="module")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Compose]:
    assert shutil.which("docker"), "docker is not installed"
    folder = tmp_path_factory.mktemp("compose") / "pharus"
    kept = shutil.ignore_patterns(".*", "build", "secrets", "node_modules", "__pycache__", "tests", "clients", "bench")
    shutil.copytree(ROOT, folder, ignore=kept)
    shutil.copy(ROOT / ".dockerignore", folder)
    made = Compose(folder)
    try:
        made.shell(commands()[0])
        made.wait()
        yield made
    finally:
        made.run("down --volumes")


@pytest.fixture(scope="module")
def owner(compose: Compose) -> Api:
    """Of the demo organization."""
    printed = compose.shell(commands()[1])
    found = re.search(r"^Token +(\S+)$", printed, re.MULTILINE)
    assert found, printed
    return Api(ADDRESS, found[1])


def test_server_runs_as_nobody_and_may_write_nowhere_but_into_its_folder(compose: Compose) -> None:
    tried = compose.run("exec pharus sh -c 'id -u; touch /tmp/x && touch /var/lib/pharus/x && ! touch /opt/pharus/x'")
    assert tried.split() == ["10001"]
    assert compose.look("pharus", "{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}}") == "true [ALL]"
    assert set(compose.run("exec pharus sh -c 'grep ^Cap /proc/1/status'").split()[1::2]) == {"0" * 16}


def test_invitation_arrives_as_a_mail(owner: Api) -> None:
    before = httpx.get(MAILS, trust_env=False).json()["total"]
    invited = owner.post("/api/organizations/current/invitations", {"email": "ada@example.com", "role": "viewer"})
    assert invited.status_code == 201
    wait_until(lambda: httpx.get(MAILS, trust_env=False).json()["total"] == before + 1)
    [newest, *_] = httpx.get(MAILS, trust_env=False).json()["messages"]
    assert [to["Address"] for to in newest["To"]] == ["ada@example.com"]


@pytest.mark.parametrize("how", ["restart", "kill pharus", "kill database", "down and up"])
def test_what_was_stored_is_there_afterwards(compose: Compose, owner: Api, how: str) -> None:
    vendor = owner.post("/api/vendors", {"name": f"Before {how}"}).json()
    order = owner.get("/api/purchase-orders").json()["data"][0]["id"]
    document = owner.request(
        "POST",
        "/api/documents",
        files={"file": ("note.txt", how.encode(), "text/plain")},
        data={"entityType": "purchase_order", "entityId": order},
    ).json()
    started = compose.look("pharus", "{{.State.StartedAt}}")
    if how == "restart":
        compose.run("restart pharus")
    elif how == "down and up":
        compose.run("down")
        compose.run("up --detach --wait")
    else:
        # All but the first of them, and not by `docker kill`, after which Docker starts nothing anew. The first one of
        # the server ends with its child; PostgreSQL's first one starts the others.
        compose.run(f"exec {how.rpartition(' ')[2]} sh -c 'kill -9 -1' || true")
    if how == "kill pharus":
        wait_until(lambda: compose.look("pharus", "{{.State.StartedAt}}") != started, SECONDS)
    compose.wait()
    # The connections of before are gone.
    wait_until(lambda: _is_served(owner), SECONDS)
    assert owner.get(f"/api/vendors/{vendor['id']}").json() == vendor
    link = owner.get(f"/api/documents/{document['id']}").json()["signedUrl"]
    assert httpx.get(link, trust_env=False).content == how.encode()
    pdf = owner.get(f"/api/purchase-orders/{order}/pdf")
    assert (pdf.status_code, pdf.content[:5]) == (200, b"%PDF-")


def test_it_stops_in_time_and_nothing_is_out_of_order(compose: Compose, owner: Api) -> None:
    compose.run("exec pharus pharus check")
    compose.run("stop pharus")
    assert json.loads(compose.look("pharus", "{{json .State.ExitCode}}")) == 0
    compose.run("start pharus")
    compose.wait()


def _is_served(owner: Api) -> bool:
    try:
        return owner.get("/api/vendors", limit=1).status_code == 200
    except httpx.TransportError:
        return False
