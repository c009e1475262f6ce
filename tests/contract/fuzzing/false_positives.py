"""What schemathesis takes for a failure and is none. Each case with its reason, as narrow as it can be."""

import re
from typing import Any

_ROW = re.compile(r"/rows/[0-9]+/qboId")


def is_refused_for_what_the_schema_cannot_say(response: Any) -> bool:
    """422 for a request that its schema allows, because of a rule that the document states in words.

    A cursor is opaque, and one that the server did not make is 422. In an atomic import a value that must be unique
    and is taken, by an earlier row or a stored record, makes the whole request 422. Every problem of the answer must be
    one of these.
    """
    if response.status_code != 422:
        return False
    details = response.json()["error"].get("details") or []
    return bool(details) and all(
        (problem["path"] == "query/cursor" and problem["message"] == "is not a cursor of this list")
        or (_ROW.fullmatch(problem["path"]) is not None and problem["message"] == "another vendor has this qboId")
        for problem in details
    )
