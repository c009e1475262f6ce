"""The pages of plugins, /console/plugins/<plugin>/…: the files in the folder `console/` of their packages, as they are;
what they share (plugin_page/); and the list of them, for the menu of the console.

They are seen by everybody, as the console's own files are: what is in an organization they ask the API for, with the
token that the console has in this tab. Their policy allows this server's own files, and nothing within the page.
"""

import mimetypes
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from handlers.http.access_log import POLICY
from handlers.http.static_content import Content
from pharus.console_pages import Page
from pharus.errors import ConfigurationError
from pharus.external import External
from pharus.hooks import Plugins

PATH = "/console/plugins"

_FOLDER = "console"
_SHARED = Path(__file__).with_name("plugin_page")
_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HEADERS = {"referrer-policy": "no-referrer"}

# What there is to see: path behind PATH → file. And what the menu shows.
_contents: dict[str, Path] = {}
_menu: list[dict[str, str]] = []


def install(plugins: Plugins) -> None:
    """Find the files of all pages. ConfigurationError for a page without a file. Done once at start."""
    _contents.clear()
    _menu.clear()
    _contents.update({file.name: file for file in _SHARED.iterdir()})
    for other in plugins.others:
        pages: list[Page] = [page for part in plugins.hook_of(other.name, "console_pages")() for page in part or ()]
        own = _files(other) if pages else {}
        for page in pages:
            if page.path not in own:
                raise ConfigurationError(
                    f"The plugin {other.name} has the page {page.title!r}, and no file {_FOLDER}/{page.path} in its "
                    f"package {other.package}."
                )
            _menu.append(_entry(other.name, page))
        _contents.update({f"{_name(other.name)}/{path}": file for path, file in own.items()})


def _entry(plugin: str, page: Page) -> dict[str, str]:
    path = f"{PATH}/{_name(plugin)}/{page.path}"
    return {"plugin": plugin, "title": page.title, "path": path.lstrip("/"), "minimumRole": page.minimum_role}


def _name(plugin: str) -> str:
    return plugin.replace("_", "-")


def _files(plugin: External) -> dict[str, Path]:
    folder = Path(str(files(plugin.package))) / _FOLDER
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()}


async def _list(request: Request) -> Response:
    return JSONResponse({"data": _menu}, headers={"cache-control": "no-cache"})


async def _respond(request: Request) -> Response:
    # Only what was found at start: no path leads out of the folder.
    file = _contents.get(request.path_params["path"])
    if file is None:
        raise HTTPException(404)
    request.scope[POLICY] = _POLICY
    response = await _content(file).respond(request)
    response.headers.update(_HEADERS)
    return response


@cache
def _content(file: Path) -> Content:
    return Content(file.read_bytes(), mimetypes.guess_type(file.name)[0] or "application/octet-stream")


ROUTES = [Route(PATH, _list), Route(f"{PATH}/{{path:path}}", _respond)]
