"""Files of the local store, for callers with a link that the server has signed.

No operation of the document: a link is opaque, and with a bucket it leads to Google instead. Callers do not put one
together, so the document need not describe it; nor does it describe the reference page and the health checks.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from handlers.http.access_log import POLICY
from handlers.http.health import View
from handlers.workers.threads import Workers
from pharus.content_disposition import attachment
from pharus.db import unit_of_work
from pharus.errors import NotFound
from pharus.identity import ANONYMOUS
from pharus.storage import LocalStore, Store, links
from pharus.storage.local import FILES_PATH
from plugins.documents import removals

# One range, as players and interrupted downloads ask for it. Any other is ignored: the whole file answers it as well.
_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{0,15})", re.ASCII)


class _Found(NamedTuple):
    file: Path
    link: links.Link
    stat: os.stat_result


def routes(store: Store, workers: Workers) -> dict[str, View]:
    """What the server answers beside the operations of the document, by path; nothing when the files lie elsewhere."""
    if not isinstance(store, LocalStore):
        return {}

    async def download(request: Request) -> Response:
        # As it was sent: decoded, another text could mean the same.
        token = request.scope["raw_path"].rpartition(b"/")[2].decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        found = await workers.run(lambda: _find(store, token, query))
        _check_range(request, found.stat.st_size)
        request.scope[POLICY] = b"default-src 'none'; sandbox"
        headers = {
            "content-type": found.link.media_type,
            "content-disposition": attachment(found.link.name),
            "cache-control": "private, no-store",
        }
        return FileResponse(found.file, headers=headers, stat_result=found.stat)

    return {f"{FILES_PATH}/{{token}}": download}


def _find(store: LocalStore, token: str, query: str) -> _Found:
    """Forbidden for a link that is not ours or has expired, NotFound when its file is gone."""
    with unit_of_work(ANONYMOUS):
        link = links.read(token, query)
        if removals.is_requested(link.path):
            raise NotFound("this file has been deleted")
    file = store.file(link.path)
    try:
        return _Found(file, link, file.stat())
    except FileNotFoundError:
        raise NotFound("this file has been deleted") from None


def _check_range(request: Request, size: int) -> None:
    """Refuse a range beyond the end, and take away what is no plain range."""
    asked = request.headers.get("range")
    if asked is None:
        return
    plain = _RANGE.fullmatch(asked)
    if plain and int(plain[1]) >= size and "if-range" not in request.headers:
        raise HTTPException(416, "the file ends before this range", {"Content-Range": f"bytes */{size}"})
    if not plain or (plain[2] and int(plain[2]) < int(plain[1])) or int(plain[1]) >= size:
        request.scope["headers"] = [each for each in request.scope["headers"] if each[0] != b"range"]
