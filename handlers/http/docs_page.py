"""The reference page, /api/docs/: Swagger UI, as a package brings it, with what reference_page/ adds to it, showing the
document that this server serves (docs/adr/0047). And /favicon.ico, and the other pages that this server has.

Everything on it comes from this server, and its policy allows nothing else: no script or style within the page, no
frame around it, no request to another host.
"""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from handlers.http import console, guides_page, plugin_pages
from handlers.http.access_log import POLICY
from handlers.http.static_content import Content

_PATH = "/api/docs"
_OURS = Path(__file__).with_name("reference_page")
_PAGE = "index.html"
_ICON = "favicon.ico"
# Only its files: the package itself would import a framework.
_SWAGGER_UI = Path(str(distribution("flask-swagger-ui").locate_file("flask_swagger_ui/dist")))
_OF_SWAGGER_UI = ("swagger-ui-bundle.js", "swagger-ui.css", "LICENSE", "VERSION")
_MEDIA_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".ico": "image/vnd.microsoft.icon",
}

# Pictures in style sheets are `data:`.
_PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE_HEADERS = {"x-frame-options": "DENY", "referrer-policy": "no-referrer"}


class DocsPage:
    """A middleware: answers /favicon.ico, the console, the pages of plugins and what is below /api/docs; leaves
    everything else to `app`."""

    def __init__(self, app: ASGIApp) -> None:
        self._router = Router(
            [
                *plugin_pages.ROUTES,
                *console.ROUTES,
                Route(f"/{_ICON}", _icon),
                Route(_PATH, _to_folder),
                Route(f"{_PATH}/", _page),
                *guides_page.ROUTES,
                Route(f"{_PATH}/{{name}}", _file),
            ],
            redirect_slashes=False,
            default=app,
        )
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        await self._router(scope, receive, send)


# Redirections are relative, for a proxy that serves it all below another path.


async def _to_folder(request: Request) -> Response:
    return RedirectResponse("docs/")


async def _page(request: Request) -> Response:
    request.scope[POLICY] = _PAGE_POLICY
    response = await _content(_OURS / _PAGE).respond(request)
    response.headers.update(_PAGE_HEADERS)
    return response


async def _icon(request: Request) -> Response:
    return await _content(_OURS / _ICON).respond(request)


async def _file(request: Request) -> Response:
    file = _files().get(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return await _content(file).respond(request)


@cache
def _files() -> dict[str, Path]:
    """What lies beside the page, by name."""
    ours = {file.name: file for file in _OURS.iterdir() if file.name != _PAGE}
    return ours | {name: _SWAGGER_UI / name for name in _OF_SWAGGER_UI}


@cache
def _content(file: Path) -> Content:
    return Content(file.read_bytes(), _MEDIA_TYPES.get(file.suffix, "text/plain"))
