"""Puts everything together: settings, plugins, document, database, provider, Connexion.

The order of the layers: access log → CORS (when configured) → agents (/mcp) → routing of the document's operations →
Connexion's shell (server error, exceptions, reference page, lifespan) for everything else.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp

from handlers import provided, spec, stopping
from handlers.http import access_log, connexion_internals, console, downloads, health, plugin_pages, problems
from handlers.http.bodies import Reader
from handlers.http.callers import Callers
from handlers.http.costs import Costs
from handlers.http.extensions import extended
from handlers.http.operation import Compiler
from handlers.http.rate_limits import Throttle
from handlers.http.resolver import Function, plugin_functions
from handlers.mcp.endpoint import Endpoint
from handlers.telemetry import logs, observing
from handlers.workers import collector, memory
from handlers.workers.background import Background
from handlers.workers.renderers import Renderers
from handlers.workers.threads import Workers
from handlers.workers.waiters import Waiters
from pharus import db, embedded, hooks, migrations, plugin_settings, providers, statements, storage
from pharus.config import Settings, load_settings
from pharus.external import External
from pharus.openapi import JSON
from plugins import manager
from plugins.events import heads
from plugins.imports import catalogue
from plugins.lots import labels
from plugins.platform import activity, quotas, rules
from plugins.webhooks import endpoints

# When the requests have ended, or were cut: how long the threads may go on, and what is done beside requests at least.
_WORK_SECONDS = 0.3
_REST_SECONDS = 0.5

# Headers that a script of another origin may send and read.
_FROM_BROWSERS = (
    *("Authorization", "Content-Type", "X-Org-Id", "X-Request-Id", "Idempotency-Key", "If-Match", "If-None-Match"),
    *("traceparent", "tracestate"),
)
_FOR_BROWSERS = (
    *("X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy", "Content-Disposition"),
    *("Idempotency-Replayed", "Costs-Hidden", "ETag", "Deprecation", "Sunset"),
)


@dataclass(frozen=True, slots=True)
class Installation:
    """What every entry point (server, commands, tests) needs: plugins installed, database and store named."""

    settings: Settings
    database_url: str
    plugins: hooks.Plugins
    migrations: tuple[migrations.Migration, ...]


def install(settings: Settings | None = None) -> Installation:
    """Load the plugins, start the embedded database if no other is named, and make all that known to the kernel."""
    settings = settings or load_settings()
    plugins = manager.load(settings.plugins)
    if plugins.others:
        # Before the database is touched: what does not fit together is refused with a sentence, and nothing was done.
        connexion_internals.check_form(document(plugins))
        plugin_settings.install(settings_of(plugins))
        _functions(plugins)
    plugin_pages.install(plugins)
    console.install(settings)
    hooks.install(plugins)
    storage.install(storage.create_store(settings))
    url = settings.database_url or embedded.start(settings.data)
    connect(settings, url)
    return Installation(settings, url, plugins, tuple(_migrations(plugins)))


def connect(settings: Settings, url: str) -> None:
    """Name the database and the login that the kernel connects with from now on."""
    db.configure(url, statement_timeout_seconds=settings.statement_timeout_seconds)


def document(plugins: hooks.Plugins) -> spec.Document:
    """The merged document of the plugins given. It is read once by a process, and nobody may change it."""
    return _merged(plugins.others)


@cache
def _merged(others: tuple[External, ...]) -> spec.Document:
    return spec.load([spec.fragment(plugin) for plugin in others])


def settings_of(plugins: hooks.Plugins) -> dict[str, dict[str, Any]]:
    """The settings of plugins that have some, where nothing is set. ConfigurationError."""
    merged, found = document(plugins), {}
    for plugin in plugins.others:
        defaults = provided.defaults(spec.fragment(plugin).document, plugin.name, merged)
        if defaults is not None:
            found[plugin.name] = defaults
    return found


def _functions(plugins: hooks.Plugins) -> dict[str, Function]:
    merged = document(plugins)
    return plugin_functions(merged, plugins.modules, provided.functions(plugins.others, merged))


def _migrations(plugins: hooks.Plugins) -> list[migrations.Migration]:
    return migrations.read(manager.sources(plugins), manager.prefixes(plugins))


def create_app() -> ASGIApp:
    """The ASGI application of one worker process, from the environment. Raises ConfigurationError."""
    memory.return_large_blocks()
    installation = install()
    settings = installation.settings
    logs.configure(settings.log, settings.log_level)
    access_log.configure(settings.slow_request_milliseconds)
    statements.configure(settings.slow_statement_milliseconds)
    provider = providers.create_provider(settings)
    providers.install(provider)
    background = Background(settings, installation.plugins)
    quotas.configure(settings)
    rules.configure(tag["name"] for tag in document(installation.plugins)["tags"])
    endpoints.configure(settings)
    labels.configure(settings)
    workers = Workers(settings.threads, settings.queue, settings.request_seconds)
    waiters = Waiters(workers, heads.read, settings.waiters)
    stopping.when_it_begins(waiters.close)
    renderers = Renderers(settings.renderers, settings.render_seconds)
    bodies = Reader(settings.max_body_bytes, settings.max_body_bytes_in_flight)
    throttle = Throttle(settings.rate_limit_token, settings.rate_limit_organization)
    readiness = health.Readiness(installation.migrations)

    merged = document(installation.plugins)
    catalogue.configure(merged)
    telemetry = observing.Telemetry(
        settings, merged, observing.states(workers, renderers), observing.stored(installation.migrations)
    )

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        background.start()
        telemetry.start()
        collector.settle()
        yield
        await agents.close()
        readiness.close()
        await asyncio.to_thread(workers.close, _WORK_SECONDS)
        # Beside one another, as what `background` closes: each may wait for a database that does not answer.
        left = max(_REST_SECONDS, stopping.seconds_left(settings.stop_seconds))
        await asyncio.gather(
            *(asyncio.to_thread(each.close, timeout=left) for each in (activity, background, telemetry))
        )

    costs = Costs(merged)
    functions = costs.hidden(extended(merged, _functions(installation.plugins)))
    layered = connexion_internals.create(
        merged,
        functions,
        Compiler(
            merged, functions, settings, provider, workers, renderers, Callers(), bodies, throttle, waiters, costs
        ),
        health.routes(merged, readiness) | downloads.routes(storage.store(), workers),
        problems.response_to,
        lifespan,
    )
    layered = agents = Endpoint(layered, merged, settings)
    if settings.cors_origins:
        layered = _Cors(
            layered,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "PATCH", "PUT", "DELETE"],
            allow_headers=_FROM_BROWSERS,
            expose_headers=_FOR_BROWSERS,
        )
    return access_log.AccessLog(layered)


class _Cors(CORSMiddleware):
    """Starlette's, but a browser that asks for what it may not do gets the one error body."""

    def preflight_response(self, request_headers: Headers) -> Response:
        response = super().preflight_response(request_headers)
        if response.status_code < 400:
            return response
        refusal = problems.response_to(HTTPException(response.status_code, bytes(response.body).decode()))
        headers = {name: value for name, value in response.headers.items() if not name.startswith("content-")}
        return Response(refusal.body, refusal.status, headers, JSON)
