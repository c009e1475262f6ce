"""uvicorn around the application: one process, or several that share one listening socket."""

import ipaddress
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from handlers import stopping, supervisor
from handlers.http.addresses import UNIX
from handlers.http.connection_limits import fit_into_descriptors
from handlers.telemetry import exposition
from pharus.config import Settings, load_settings
from pharus.errors import ConfigurationError

log = logging.getLogger("pharus.server")

# Connections that the system keeps until they are taken up.
BACKLOG = 2048

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, so that its port is known (and taken) before anything is printed about it.

    ConfigurationError when nobody may listen there, or somebody does already.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((host, port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise ConfigurationError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. Name another port with --port, or "
            "another address with --host."
        ) from error
    sock.set_inheritable(True)
    return sock


def run(sock: socket.socket, workers: int, announce: Callable[[], object]) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight finish first. It is announced once nothing refuses the start.

    ConfigurationError for settings that this machine or this socket does not allow.
    """
    settings = load_settings()
    config = uvicorn.Config(
        "handlers.server:create_app",
        factory=True,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=settings.stop_seconds,
        http=_protocol(),
        forwarded_allow_ips=_trusted_proxies(os.environ.get("PHARUS_TRUSTED_PROXIES", "127.0.0.1"), sock),
    )
    # uvicorn raises the signal anew once it has shut down. Dying of it would leave the embedded database running.
    for number in _STOP_SIGNALS:
        signal.signal(number, _exit)
    # Refused here, and not by each worker again and again.
    fit_into_descriptors(settings)
    exposition.serve(settings, workers)
    announce()
    try:
        if workers == 1:
            stopping.Server(config).run([sock])
        else:
            supervisor.Supervisor(config, [sock]).run()
    finally:
        _ignore_stop_signals()


def create_app() -> ASGIApp:
    """The application of one server process, whose connections are bounded. Raises ConfigurationError."""
    from handlers import app

    settings = load_settings()
    supervisor.end_with_parent(settings.stop_seconds)
    created = app.create_app()
    most = fit_into_descriptors(settings)
    if most < settings.max_connections:
        log.warning("%d connections at a time, not %d: no more files may be open", most, settings.max_connections)
    protocol = _protocol()
    if protocol != "auto":
        protocol.limit(replace(settings, max_connections=most))
    return created


def share(settings: Settings, database_url: str, address: str) -> None:
    """Tell the worker processes, through their environment, which database this process has started, and unless the
    settings know better where it listens."""
    if not os.environ.get("PHARUS_PUBLIC_URL", "").strip():
        os.environ["PHARUS_PUBLIC_URL"] = address
    if settings.database_url is None:
        os.environ["PHARUS_DATABASE_URL"] = database_url
        os.environ["PHARUS_AUTH"] = settings.auth
        os.environ["PHARUS_ALLOW_LOCAL_AUTH"] = "on"


def _trusted_proxies(value: str, sock: socket.socket) -> str:
    """As it is; empty, it names nobody. ConfigurationError for what uvicorn would silently take for nobody's name.

    Of a UNIX socket the permissions of its file say who may connect, and so who is trusted.
    """
    for each in value.split(",") if value.strip() not in ("*", "") else ():
        try:
            ipaddress.ip_network(each.strip())
        except ValueError as error:
            raise ConfigurationError(
                f"PHARUS_TRUSTED_PROXIES has {each.strip()!r}, which is no address and no network ({error})."
            ) from error
    if sock.family == getattr(socket, "AF_UNIX", None) and value.strip() != "*":
        return ",".join(filter(None, (value.strip(), UNIX)))
    return value


def _exit(number: int, frame: FrameType | None) -> None:
    _ignore_stop_signals()
    sys.exit(0)


def _ignore_stop_signals() -> None:
    """From here on the process ends by itself. Another signal would end it in the middle of that, and by the signal."""
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _protocol() -> Any:
    """Ours where httptools is installed, which is everywhere but on Windows; there uvicorn's pure Python one, without
    bounds."""
    try:
        from handlers.http.uvicorn_internals import Protocol
    except ImportError:
        return "auto"
    return Protocol
