"""The examples of deploy/, the Dockerfile and compose.yaml say what the code says: settings, ports, limits, paths."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from handlers import spec
from handlers.cli import main
from handlers.http import connection_limits
from pharus import config
from pharus.config import Settings

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parent.parent
MIB = 1024 * 1024


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


DOCKERFILE, NGINX, CADDY = read("Dockerfile"), read("deploy/nginx/pharus.conf"), read("deploy/caddy/Caddyfile")
UNIT = read("deploy/systemd/pharus.service")
COMPOSE: dict[str, Any] = yaml.safe_load(read("compose.yaml"))
CHART = ROOT / "deploy" / "helm" / "pharus"
PODS = (CHART / "templates" / "deployment.yaml").read_text(encoding="utf-8")
SERVER: dict[str, Any] = COMPOSE["services"]["pharus"]
EXAMPLES = [
    *(ROOT / name for name in ("Dockerfile", ".dockerignore", "compose.yaml")),
    *sorted(file for file in (ROOT / "deploy").rglob("*") if file.is_file() and "secrets" not in file.parts),
    *sorted((ROOT / "docs" / "operations").glob("*.md")),
]


def found(pattern: str, text: str) -> str:
    """What the one place of the text holds; AssertionError when there is none, or when several disagree."""
    values = set(re.findall(pattern, text, re.MULTILINE))
    assert len(values) == 1, (pattern, values)
    return str(values.pop())


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: str(file.relative_to(ROOT)))
def test_settings_that_are_named_exist(file: Path) -> None:
    known = {field.name.upper() for field in fields(Settings)} | set(config._READ_ELSEWHERE)
    known |= {f"{name}_FILE" for name in config._SECRETS}
    named = re.findall(r"PHARUS_([A-Z_]+[A-Z])(?![A-Z_])", file.read_text(encoding="utf-8"))
    assert {name for name in named if not name.startswith(config._OF_TOOLS)} <= known


def test_port_is_the_one_that_the_command_listens_on() -> None:
    [port] = [each.default for each in main.commands["serve"].params if each.name == "port"]
    assert port == int(found(r"^EXPOSE (\d+)$", DOCKERFILE))
    assert port == int(found(r'"--port", "(\d+)"', DOCKERFILE))
    assert port == int(found(r"HTTPConnection\('127.0.0.1', (\d+)", DOCKERFILE))
    assert [str(port)] == [SERVER["command"][at + 1] for at, word in enumerate(SERVER["command"]) if word == "--port"]
    assert SERVER["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert SERVER["environment"]["PHARUS_PUBLIC_URL"] == f"http://127.0.0.1:{port}"


@pytest.mark.parametrize(
    "command",
    [
        [*re.findall(r'"([^"]+)"', found(r"^CMD \[(.*)\]$", DOCKERFILE))],
        SERVER["command"],
        yaml.safe_load(found(r"args: (.*)$", PODS).replace("{{ .Values.workers | quote }}", '"2"')),
        found(r"^ExecStart=\S+/pharus (.*)$", UNIT).split(),
    ],
    ids=["Dockerfile", "compose.yaml", "deployment.yaml", "pharus.service"],
)
def test_command_can_be_parsed(command: list[str]) -> None:
    name, *arguments = command
    assert name == "serve"
    with click.Context(main) as parent:
        main.commands[name].make_context(name, arguments, parent)


def test_image_has_what_the_wheel_has_and_nothing_else() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    # What the wheel takes from elsewhere comes with its folder.
    taken = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    folders = {*packages, *(str(Path(file).parent) for file in taken if "/" in file)}
    assert sorted(re.findall(r"^COPY ([\w/]+)/ \1/$", DOCKERFILE, re.MULTILINE)) == sorted(folders)
    copied = {*folders, *found(r"^COPY (pyproject.*) \./$", DOCKERFILE).split()}
    assert {file for file in taken if "/" not in file} <= copied
    assert {line[1:] for line in read(".dockerignore").splitlines() if line.startswith("!")} == copied
    assert {"LICENSE", "openapi.yaml", "constraints.txt", "README.md"} <= copied
    # Exact versions, and no embedded database.
    assert "PIP_CONSTRAINT=/build/constraints.txt" in DOCKERFILE
    assert "[embedded" not in DOCKERFILE
    version = found(r"^FROM python:(\d\.\d+)-slim", DOCKERFILE)
    assert f"Programming Language :: Python :: {version}" in project["project"]["classifiers"]


def test_image_runs_as_nobody_of_importance() -> None:
    assert int(found(r"^USER (\d+):\1$", DOCKERFILE)) > 0
    assert SERVER["cap_drop"] == ["ALL"]
    assert SERVER["read_only"]


def test_chart_is_for_the_image_and_the_version_of_this_release() -> None:
    chart = yaml.safe_load((CHART / "Chart.yaml").read_text(encoding="utf-8"))
    assert chart["version"] == chart["appVersion"] == tomllib.loads(read("pyproject.toml"))["project"]["version"]
    user = found(r"^USER (\d+):\1$", DOCKERFILE)
    assert [found(rf"{name}: (\d+)", PODS) for name in ("runAsUser", "runAsGroup", "fsGroup")] == [user] * 3
    assert found(r"name: http, containerPort: (\d+)", PODS) == found(r"^EXPOSE (\d+)$", DOCKERFILE)
    assert found(r"name: files, mountPath: (\S+)}", PODS) == found(r"PHARUS_DATA=(\S+) ", DOCKERFILE)
    # Kubernetes would make a variable of the port of a service `pharus`, and no such setting exists.
    assert "enableServiceLinks: false" in PODS


def test_services_name_secrets_and_volumes_that_there_are() -> None:
    for service in COMPOSE["services"].values():
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        assert {volume.split(":")[0] for volume in service.get("volumes", [])} <= set(COMPOSE["volumes"])
        assert set(service.get("depends_on", {})) <= set(COMPOSE["services"])
        for name, value in service.get("environment", {}).items():
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    # They are kept out of the repository.
    for secret in COMPOSE["secrets"].values():
        assert str(Path(secret["file"]).parent) + "/" in [
            line.strip("/") + "/" for line in read(".gitignore").splitlines()
        ]


def test_requests_in_flight_may_finish() -> None:
    for seconds in (SERVER["stop_grace_period"].removesuffix("s"), found(r"^TimeoutStopSec=(\d+)$", UNIT)):
        assert int(seconds) > Settings.stop_seconds + 10
    # In a cluster a pod goes on being asked for a while.
    asked_for = int(found(r'command: \[sleep, "(\d+)"\]', PODS))
    assert int(found(r"terminationGracePeriodSeconds: (\d+)", PODS)) > asked_for + Settings.stop_seconds + 10


def test_socket_is_the_same_everywhere() -> None:
    path = found(r"--uds (\S+)", UNIT)
    assert Path(path).parent == Path("/run") / found(r"^RuntimeDirectory=(\S+)$", UNIT)
    assert found(r"server unix:(\S+?);? ", NGINX) == path
    assert found(r"reverse_proxy unix/(\S+) ", CADDY) == path


def test_unit_opens_as_many_files_as_the_connections_need() -> None:
    of_connections = connection_limits._DESCRIPTORS_OF_CONNECTION * Settings.max_connections
    of_threads = connection_limits._DESCRIPTORS_OF_THREAD * Settings.threads
    of_renderers = connection_limits._DESCRIPTORS_OF_RENDERER * Settings.renderers
    needed = connection_limits._DESCRIPTORS + of_connections + of_threads + of_renderers
    assert int(found(r"^LimitNOFILE=(\d+)$", UNIT)) >= needed


def test_proxies_let_the_largest_body_through_and_little_more() -> None:
    largest = max(_largest_file(), Settings.max_body_bytes)
    for limit in (
        int(found(r"^\s*client_max_body_size (\d+)m;", NGINX)) * MIB,
        int(found(r"^\s*max_size (\d+)MiB", CADDY)) * MIB,
    ):
        assert largest < limit <= largest + MIB


def _largest_file() -> int:
    largest = [int(text) for text in re.findall(r"x-max-bytes: (\d+)", read("openapi.yaml"))]
    assert largest
    assert spec.load()
    return max(largest)


def test_proxies_wait_longer_than_the_server_and_let_go_of_idle_connections_earlier() -> None:
    longest = Settings.request_seconds + Settings.render_seconds
    idle = Settings.keep_alive_seconds
    assert int(found(r"proxy_read_timeout (\d+)s;", NGINX)) > longest
    assert int(found(r"response_header_timeout (\d+)s$", CADDY)) > longest
    assert int(found(r"upstream[^}]*keepalive_timeout (\d+)s;", NGINX)) < idle
    assert int(found(r"^\s*keepalive (\d+)s$", CADDY)) < idle


def test_proxies_bound_their_clients_as_the_server_bounds_its_own() -> None:
    assert int(found(r"limit_conn pharus_clients (\d+);", NGINX)) == Settings.max_connections_per_address
    assert int(found(r"client_header_timeout (\d+)s;", NGINX)) == Settings.header_seconds
    assert int(found(r"read_header (\d+)s$", CADDY)) == Settings.header_seconds
    assert int(found(r"client_body_timeout (\d+)s;", NGINX)) == Settings.stall_seconds
    assert int(found(r"send_timeout (\d+)s;$", NGINX.replace("proxy_send_timeout", ""))) == Settings.stall_seconds


def test_proxies_refuse_in_the_one_error_body() -> None:
    codes = re.findall(r'\{"error":\{"code":"(\w+)","message":"[^"]+"\}\}', NGINX + CADDY)
    assert set(codes) == {"not_found", "payload_too_large", "rate_limited", "service_unavailable"}
    assert set(codes) <= set(re.findall(r"`(\w+)`", read("docs/errors.md")))


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "operations").glob("*.md")), ids=lambda page: page.name)
def test_commands_of_the_pages_exist(page: Path) -> None:
    """And files of the repository that they copy."""
    text = page.read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    for name, rest in re.findall(r"(?:^|[`/ ])pharus ((?!pharus)[a-z][a-z-]+)([^`\n]*)", blocks, re.MULTILINE):
        if name in main.commands:
            known = {option for parameter in main.commands[name].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", rest)) <= known, (name, rest)
    named = re.findall(r"bin/pharus ([a-z-]+)", blocks) + re.findall(r"exec pharus pharus ([a-z-]+)", blocks)
    assert set(named) <= set(main.commands)
    for path in re.findall(r"\bdeploy/(?:systemd|nginx|caddy)/[\w.]+", text):
        assert (ROOT / path).is_file(), path


def test_index_of_the_pages_names_each() -> None:
    index = read("docs/operations/README.md")
    pages = {page.name for page in (ROOT / "docs" / "operations").glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\(([\w-]+\.md)\)", index)) == pages
