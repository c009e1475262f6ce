"""The table of clients (matrix.toml), and the commands that it stands for."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pharus import openapi
from tests.clients import tools

_WITHOUT = "apiDocs=false,modelDocs=false,apiTests=false,modelTests=false"
# As openapi-generator and log4j write them: "[main] WARN  o.o.codegen.Something - what is the matter".
_WARNING = re.compile(r"\b(?:WARN|ERROR)\b\s+(.*)")
_DECIMALS = re.compile(r"\{decimals:([\w.]+)\}")
# A generator or a compiler takes minutes on a busy machine.
_SECONDS = 1800
# Of a component without a name of its own in the document, an alternative of a union: it has no other name to give it.
_OF_NO_CONSEQUENCE = ("Failed to get the schema name: null",)


@dataclass(frozen=True)
class Client:
    name: str
    language: str
    tool: str
    generate: list[list[str]]
    needs: dict[str, str] = field(default_factory=dict)
    version: list[str] = field(default_factory=list)
    driver: dict[str, str] = field(default_factory=dict)
    build: list[list[str]] = field(default_factory=list)
    proxy: list[str] = field(default_factory=list)
    drive: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        return tools.FOLDER / "matrix" / self.name


def clients() -> list[Client]:
    """In the order of the table."""
    table = tomllib.loads((tools.HERE / "matrix.toml").read_text(encoding="utf-8"))
    return [Client(name, **row) for name, row in table.items()]


def require(client: Client) -> None:
    """RuntimeError, with a sentence that says what to install, unless all that the client needs is there."""
    missing = [
        what for what in client.needs if shutil.which(what) is None and not any(Path("/").glob(what.lstrip("/")))
    ]
    if missing:
        packages = " ".join(sorted({client.needs[what] for what in missing}))
        raise RuntimeError(f"{client.name} needs {', '.join(missing)} (on Debian and Ubuntu: apt install {packages}).")


def generate(client: Client) -> list[str]:
    """Generates it anew into its folder, beside its driver. Answers the warnings that the table does not know."""
    shutil.rmtree(client.folder, ignore_errors=True)
    client.folder.mkdir(parents=True)
    for pattern, target in client.driver.items():
        for source in (tools.HERE / "drivers").glob(pattern):
            file = client.folder / (source.name if target == "." else target)
            file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, file)
    said = "".join(run(client, command) for command in client.generate)
    known = [re.compile(pattern) for pattern in (*client.warnings, *_OF_NO_CONSEQUENCE)]
    found = {line[1] for line in _WARNING.finditer(said) if not any(pattern.search(line[1]) for pattern in known)}
    return sorted(found)


def build(client: Client) -> None:
    for command in client.build:
        run(client, command)


def drive(client: Client, arguments: Sequence[str]) -> str:
    """What the driver wrote to its standard output."""
    return run(client, client.drive, *arguments)


@contextmanager
def proxied(client: Client, server: str) -> Iterator[str]:
    """The address that the client is to use: that of its proxy, while it runs, or the server's."""
    if not client.proxy:
        yield server
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [part.format_map({**_places(), "server": server, "port": port}) for part in client.proxy]
    with (client.folder / "proxy.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError(f"{process.args!r} does not listen")


def version(client: Client) -> str:
    """Which compiler or interpreter it is: the first line of what its command says."""
    return run(client, client.version).splitlines()[0].strip() if client.version else ""


def run(client: Client, command: Sequence[str], *arguments: str) -> str:
    """Runs one command of the table in the client's folder. AssertionError, with what it wrote, unless it succeeds."""
    places = _places()
    words = [part for each in command for part in _words(each, places)] + list(arguments)
    result = subprocess.run(
        words, cwd=client.folder, env=_environment(), capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    said = result.stdout + result.stderr
    assert result.returncode == 0, f"{' '.join(words)[:400]}\n{said[-4000:]}"
    return result.stdout


def _words(part: str, places: dict[str, str]) -> list[str]:
    if part == "{openapi_generator}":
        command = "{venv}/bin/openapi-generator-cli generate --input-spec {document} --global-property"
        return [*command.format_map(places).split(), _WITHOUT]
    part = _DECIMALS.sub(lambda found: ",".join(f"{name}={found[1]}" for name in _decimals()), part)
    return [part.format_map(places)]


def _decimals() -> list[str]:
    """The schemas of numbers that may be sent as strings."""
    schemas = openapi.Document.load(tools.DOCUMENT).schemas
    return [name for name, schema in schemas.items() if any(part.get("x-decimal") for part in schema.get("oneOf", []))]


def _places() -> dict[str, str]:
    venv = tools.python_tools()
    (jar,) = venv.glob("lib/python3*/site-packages/openapi_generator_cli/openapi-generator.jar")
    return {
        "document": str(tools.DOCUMENT),
        "node": str(tools.installed() / "node_modules"),
        "venv": str(venv),
        "openapi_generator_jar": str(jar),
    }


def _environment() -> dict[str, str]:
    """Nothing is looked for elsewhere while a client is built, and the server is on this machine."""
    return {**os.environ, "GOPROXY": "off", "GOFLAGS": "-mod=mod", "NO_PROXY": "*", "no_proxy": "*"}


if __name__ == "__main__":
    # What `make clients` needs of Debian or Ubuntu, for whoever installs it.
    sys.stdout.write(" ".join(sorted({package for each in clients() for package in each.needs.values()})) + "\n")
