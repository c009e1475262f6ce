"""What `pharus check` finds wrong with files: documents without one, and files without a document.

Nothing is deleted here, on purpose: a server that is shown the wrong database would take every file for needless.
"""

from collections import defaultdict
from collections.abc import Iterator

from pharus import storage
from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS, Actor, Role


def find() -> list[str]:
    found: dict[str, set[str]] = defaultdict(set)
    for path in storage.store().paths("orgs/"):
        found[path.split("/")[1]].add(path)
    is_purged = dict(db.execute_sql("SELECT id::text, purge_requested_at IS NOT NULL FROM organization").fetchall())
    return [
        discrepancy
        for org_id in sorted(is_purged.keys() | found.keys())
        if not is_purged.get(org_id)
        for discrepancy in _discrepancies(org_id, found[org_id])
    ]


def _discrepancies(org_id: str, found: set[str]) -> Iterator[str]:
    """What changes while we look is no discrepancy: each is looked at twice."""
    known = _known(org_id)
    planned = _planned()
    for path in sorted(found - known):
        if not _is_planned(path, planned) and _is_there(path):
            yield f"The file {path} belongs to no document."
    for path in sorted(known - found):
        if path in _known(org_id) and not _is_there(path):
            yield f"The file {path} of a document is missing."


def _known(org_id: str) -> set[str]:
    """The files of the organization's documents; those on their way into the store are not there yet."""
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        rows = db.execute_sql("SELECT gcs_path FROM document WHERE org_id = %s AND is_stored", (org_id,)).fetchall()
    return {path for (path,) in rows}


def _planned() -> set[str]:
    with unit_of_work(ANONYMOUS):
        rows = db.execute_sql("SELECT path FROM file_removal WHERE store = %s", (storage.store().id,)).fetchall()
    return {path for (path,) in rows}


def _is_planned(path: str, planned: set[str]) -> bool:
    return path in planned or any(each.endswith("/") and path.startswith(each) for each in planned)


def _is_there(path: str) -> bool:
    return path in storage.store().paths(path)
