"""The console, /: what `make console` builds of console/, and the way from an invitation mail to it (docs/adr/0064).

It calls the API as any program does, and runs under a policy that allows this server's own files, and nothing within
the page. Its scripts and styles are named after their content, so a browser asks for each of them once.

Where Firebase signs people in and the deployment names its web API key, the page asks Firebase for an ID token by
e-mail and password; then the policy allows that host as well, and no other.
"""

import os
from functools import cache
from pathlib import Path
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from handlers.http.access_log import INVITATIONS, POLICY
from handlers.http.static_content import Content
from pharus.config import Settings
from pharus.providers.firebase import EMULATOR_VARIABLE

_BUILT = Path(__file__).with_name("console_page")
_PAGE = "index.html"
_FOLDER = "console"
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".md": "text/plain"}
# A paper is shown in a frame, from the bytes that the API has answered.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'{asked}; "
    "frame-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {"x-frame-options": "DENY", "referrer-policy": "no-referrer"}
_IDENTITIES = "identitytoolkit.googleapis.com"

# What the settings say: how the page signs people in beside a token, and whom its policy lets it ask for that.
_sign_in: dict[str, dict[str, str] | None] = {"firebase": None}
_policy: dict[str, bytes] = {"page": _POLICY.format(asked="").encode()}


def install(settings: Settings) -> None:
    """Let the page sign people in as the settings say. Done once at start."""
    host = ""
    _sign_in["firebase"] = None
    if settings.auth == "firebase" and settings.firebase_api_key:
        emulator = os.environ.get(EMULATOR_VARIABLE)
        host = f"http://{emulator}" if emulator else f"https://{_IDENTITIES}"
        address = f"{host}/{_IDENTITIES}/v1" if emulator else f"{host}/v1"
        _sign_in["firebase"] = {"address": address, "apiKey": settings.firebase_api_key}
    _policy["page"] = _POLICY.format(asked=host and f" {host}").encode()


async def _page(request: Request) -> Response:
    request.scope[POLICY] = _policy["page"]
    response = await _content(_BUILT / _PAGE, "text/html").respond(request)
    response.headers.update(_HEADERS)
    return response


async def _respond_sign_in(request: Request) -> Response:
    return JSONResponse(_sign_in, headers={"cache-control": "no-cache"})


async def _file(request: Request) -> Response:
    file = _files().get(request.path_params["name"])
    if file is None:
        raise HTTPException(404)
    return await _content(file, _MEDIA_TYPES.get(file.suffix, "text/plain")).respond(request)


async def _to_invitation(request: Request) -> Response:
    # Behind the # the token is sent to nobody. Relative, for a proxy that serves it all below another path.
    return RedirectResponse(f"../#/invitations/{quote(request.path_params['token'], safe='')}", 303)


@cache
def _files() -> dict[str, Path]:
    """What lies beside the page, by name."""
    return {file.name: file for file in (_BUILT / _FOLDER).iterdir()}


@cache
def _content(file: Path, media_type: str) -> Content:
    return Content(file.read_bytes(), media_type, never_changes=file.parent.name == _FOLDER)


ROUTES = [
    Route("/", _page),
    Route(f"/{_FOLDER}/sign-in", _respond_sign_in),
    Route(f"/{_FOLDER}/{{name}}", _file),
    Route(f"{INVITATIONS}{{token}}", _to_invitation),
]
