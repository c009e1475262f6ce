"""The peers: servers that do the same work on the same database. One line each in PEERS, and the application it names.

The same work is: personal access token → user → role → organization with row-level security, strict validation of
parameters and body, SQL, JSON, errors in the same body. None of them writes an access log or a request id but Pharus,
which cannot do without.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

# This checkout.
ROOT = Path(__file__).parent.parent.parent

Environment = Callable[[str, Path], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Peer:
    """`arguments` go behind `python -m`, with {port} and {workers} filled in. `environment` makes the variables from
    the database's URL and a folder for the peer's files. `root` is the checkout it runs from."""

    name: str
    title: str
    arguments: tuple[str, ...]
    environment: Environment
    root: Path = ROOT

    def command(self, workers: int) -> tuple[str, ...]:
        """The arguments with the number of workers filled in; {port} is left for the one who knows it."""
        return tuple(argument.replace("{workers}", str(workers)) for argument in self.arguments)


def _pharus(url: str, folder: Path) -> Mapping[str, str]:
    # As in production but for the identity provider, which no measured request asks: they carry Pharus's own tokens.
    return {
        "PHARUS_DATABASE_URL": url,
        "PHARUS_AUTH": "local",
        "PHARUS_ALLOW_LOCAL_AUTH": "on",
        "PHARUS_LOG": "json",
        "PHARUS_DATA": str(folder),
    }


def _bench(url: str, _: Path) -> Mapping[str, str]:
    return {"BENCH_DATABASE_URL": url}


def _uvicorn(application: str) -> tuple[str, ...]:
    return (
        *("uvicorn", application, "--host", "127.0.0.1", "--port", "{port}", "--workers", "{workers}"),
        *("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--no-server-header"),
    )


def _gunicorn(application: str) -> tuple[str, ...]:
    return (
        *("gunicorn", application, "--bind", "127.0.0.1:{port}", "--workers", "{workers}"),
        *("--worker-class", "gthread", "--threads", "4", "--keep-alive", "75", "--log-level", "warning"),
    )


PHARUS = "pharus"
FLOOR = "floor"
FASTAPI = "fastapi"
DJANGO = "django"

PEERS: tuple[Peer, ...] = (
    Peer(PHARUS, "Pharus", ("handlers.cli", "serve", "--port", "{port}", "--workers", "{workers}"), _pharus),
    Peer(FLOOR, "bare Starlette + psycopg2 + orjson", _uvicorn("bench.peers.floor.app:app"), _bench),
    Peer(FASTAPI, "FastAPI + SQLAlchemy 2", _uvicorn("bench.peers.fastapi_sqlalchemy.app:app"), _bench),
    Peer(DJANGO, "Django REST framework", _gunicorn("bench.peers.django_rest.wsgi:application"), _bench),
)
