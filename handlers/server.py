"""uvicorn around the application: one process, or several that share one listening socket."""

import os
import socket

import uvicorn

# Requests in flight may finish for this long after the signal to stop.
_GRACE_SECONDS = 30


def bind(host: str, port: int) -> socket.socket:
    """A listening socket, so that its port is known (and taken) before anything is printed about it."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((host, port))
    sock.listen(2048)
    sock.set_inheritable(True)
    return sock


def run(sock: socket.socket, workers: int) -> None:
    """Serve until SIGINT or SIGTERM; requests in flight finish first."""
    config = uvicorn.Config(
        "handlers.app:create_app",
        factory=True,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        forwarded_allow_ips=os.environ.get("PHARUS_TRUSTED_PROXIES", "127.0.0.1"),
    )
    if workers == 1:
        uvicorn.Server(config).run(sockets=[sock])
        return
    from uvicorn.supervisors import Multiprocess

    Multiprocess(config, target=uvicorn.Server(config).run, sockets=[sock]).run()
