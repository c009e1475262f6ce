"""The guides, /api/docs/guides/: the pages that `make codegen` makes of docs/guides/, and the workflows there.

They need no script. What is beside a page is found from it by a relative path, for a proxy that serves it all below
another one; so does openapi.yaml be found from a workflow, here as in a checkout.
"""

from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from handlers.http.access_log import POLICY
from handlers.http.static_content import Content

PATH = "/api/docs/guides"

_PAGES = Path(__file__).with_name("guide_pages")
_SUFFIX = ".arazzo.yaml"
_POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {"x-frame-options": "DENY", "referrer-policy": "no-referrer"}


async def _to_folder(request: Request) -> Response:
    return RedirectResponse("guides/")


async def _respond(request: Request) -> Response:
    content = _contents().get(request.path_params.get("name", "index"))
    if content is None:
        raise HTTPException(404)
    request.scope[POLICY] = _POLICY
    response = await content.respond(request)
    response.headers.update(_HEADERS)
    return response


@cache
def _contents() -> dict[str, Content]:
    """By the last part of the path."""
    pages = {file.stem: Content(file.read_bytes(), "text/html") for file in _PAGES.glob("*.html")}
    workflows = {file.name: Content(file.read_bytes(), "application/yaml") for file in _workflows()}
    style = _PAGES / "guides.css"
    return pages | workflows | {style.name: Content(style.read_bytes(), "text/css")}


def workflow(name: str) -> bytes:
    """The source of a guide, as YAML."""
    return next(file for file in _workflows() if file.name == f"{name}{_SUFFIX}").read_bytes()


def _workflows() -> list[Path]:
    """Inside the package when installed from a wheel; in a checkout where people look for them."""
    folders = (_PAGES, Path(__file__).parents[2] / "docs" / "guides")
    return next(found for folder in folders if (found := sorted(folder.glob(f"*{_SUFFIX}"))))


ROUTES = [Route(PATH, _to_folder), Route(f"{PATH}/", _respond), Route(f"{PATH}/{{name}}", _respond)]
