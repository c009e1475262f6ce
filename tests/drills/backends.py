"""Where Pharus is drilled: on PostgreSQL of each version at hand, and behind PgBouncer. Its login is no superuser."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from psycopg2 import sql

from tests import database
from tests.drills.poolers import pooler
from tests.drills.postgres import VERSIONS, Cluster, cluster
from tests.drills.proxies import Proxy

_LOGIN = "maker"
_DATABASE = "drill"

# PgBouncer waits 15 s after a server that it could not reach, and notices a silent one after a quarter of an hour.
_FOLLOWS = "server_login_retry = 1\nserver_connect_timeout = 3\ntcp_user_timeout = 5000"
# Fewer than a server of ours has threads.
_SESSIONS = 4


@dataclass(frozen=True)
class Backend:
    version: str
    is_pooled: bool

    def __str__(self) -> str:
        return f"PostgreSQL {self.version}" + (" behind PgBouncer" if self.is_pooled else "")


# Each version, and the newest behind a pooler.
BACKENDS = [*(Backend(version, False) for version in VERSIONS), Backend(list(VERSIONS)[-1], True)]


@dataclass(frozen=True)
class Running:
    """A PostgreSQL with an empty database. `url` is for Pharus, `admin_url` a superuser's, past every proxy."""

    backend: Backend
    cluster: Cluster
    proxy: Proxy | None
    url: str

    @property
    def admin_url(self) -> str:
        return self.cluster.url(_DATABASE)


@contextmanager
def running(backend: Backend, *, proxied: bool = False) -> Iterator[Running]:
    """`proxied`: what is between Pharus and PostgreSQL can be stopped, too."""
    with ExitStack() as stack:
        postgres = stack.enter_context(cluster(backend.version))
        # It makes the roles that requests run as.
        login, name = sql.Identifier(_LOGIN), sql.Identifier(_DATABASE)
        database.execute(postgres.url(), sql.SQL("CREATE ROLE {} LOGIN CREATEROLE").format(login))
        database.execute(postgres.url(), sql.SQL("CREATE DATABASE {} OWNER {}").format(name, login))
        url = postgres.url(_DATABASE, _LOGIN)
        proxy = stack.enter_context(Proxy(url)) if proxied else None
        url = proxy.url if proxy is not None else url
        if backend.is_pooled:
            url = stack.enter_context(pooler(url, size=_SESSIONS, more=_FOLLOWS))
        yield Running(backend, postgres, proxy, url)
