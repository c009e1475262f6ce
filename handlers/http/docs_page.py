"""The reference page, /api/docs/: Swagger UI, as a package brings it, showing the document that this server serves.

Everything on it comes from this server, and its policy allows nothing else: no script or style within the page, no
frame around it, no request to another host.
"""

from importlib.metadata import distribution

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from handlers.http.access_log import POLICY

_PATH = "/api/docs"
# Only its files: the package itself would import a framework.
_SWAGGER_UI = distribution("flask-swagger-ui").locate_file("flask_swagger_ui/dist")

# Pictures in style sheets are `data:`.
_PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    b"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

_PAGE = """<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Pharus API</title>
    <link rel="stylesheet" href="swagger-ui.css">
    <link rel="stylesheet" href="index.css">
    <link rel="icon" type="image/png" href="favicon-32x32.png" sizes="32x32">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="swagger-ui-bundle.js"></script>
    <script src="start.js"></script>
  </body>
</html>
"""

# Paths are relative, for a proxy that serves it all below another one. Its validator is a service of somebody else.
_START = """SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "none",
  validatorUrl: null,
});
"""


class DocsPage:
    """A middleware: answers what is below /api/docs, and leaves everything else to `app`."""

    def __init__(self, app: ASGIApp) -> None:
        self._router = Router(
            [
                Route(_PATH, _redirect),
                Route(f"{_PATH}/", _page),
                Route(f"{_PATH}/start.js", _start),
                Mount(_PATH, StaticFiles(directory=str(_SWAGGER_UI))),
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


async def _redirect(request: Request) -> Response:
    return RedirectResponse("docs/")


async def _page(request: Request) -> Response:
    request.scope[POLICY] = _PAGE_POLICY
    return Response(
        _PAGE, media_type="text/html", headers={"x-frame-options": "DENY", "referrer-policy": "no-referrer"}
    )


async def _start(request: Request) -> Response:
    return Response(_START, media_type="text/javascript")
