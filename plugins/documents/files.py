"""How a file comes into the store: the row commits first, then the file is made visible, then the row is shown.

A failed upload leaves neither: what this process cannot take back itself, the sweep does (`removals`).
"""

import logging
from typing import BinaryIO

from pharus import instrumentation, outages, storage
from pharus.db import Key, Unit, current, db, run
from pharus.errors import ServiceUnavailable
from pharus.identity import Actor
from plugins.documents import removals, rules
from plugins.documents.schemas import Document

log = logging.getLogger("pharus.documents")


def keep(document: Document, content: BinaryIO) -> None:
    """Put the file into the store once the document's row has committed. The request waits for it, and fails with it:
    ServiceUnavailable, or NotFound when the order is deleted meanwhile."""
    unit = current()
    actor, key = unit.actor, unit.key
    removals.plan(document["gcsPath"])
    unit.after_commit(lambda: _put(actor, key, document, content), required=True)


def _put(actor: Actor, key: Key | None, document: Document, content: BinaryIO) -> None:
    try:
        with outages.store.watched(), instrumentation.step("file.keep", document["gcsPath"]):
            storage.store().put(document["gcsPath"], content, document["mimeType"])
        is_kept = run(actor, lambda unit: _show(unit, key, document))
    except Exception as error:
        if not (outages.store.is_on or outages.is_of_database(error)):
            log.exception("a file could not be stored", extra={"path": document["gcsPath"]})
        is_kept = False
    if not is_kept:
        _undo(actor, key, document)


def _show(unit: Unit, key: Key | None, document: Document) -> bool:
    """False when the row has gone with its order, the sweep has taken both, the organization was deleted, or the caller
    has begun the upload anew meanwhile."""
    if key is not None and not key.complete():
        return False
    cursor = db.execute_sql(
        """
        UPDATE document SET is_stored = true WHERE org_id = %s AND id = %s
            AND EXISTS (SELECT FROM organization WHERE id = org_id AND is_active)
        """,
        (unit.org_id, document["id"]),
    )
    is_shown = cursor.rowcount == 1 and removals.reconcile(document["gcsPath"])
    if key is not None and not is_shown:
        key.forget()
    return is_shown


def _undo(actor: Actor, key: Key | None, document: Document) -> None:
    """The row goes even if it has just been shown: nobody can know whether a broken connection has committed, and the
    response says that the upload has failed."""

    def undo(unit: Unit) -> None:
        db.execute_sql("DELETE FROM document WHERE org_id = %s AND id = %s", (unit.org_id, document["id"]))
        removals.release(document["gcsPath"])
        if key is not None:
            key.forget()

    run(actor, undo)
    run(actor, lambda unit: rules.require_entity(document["entityType"], document["entityId"]))
    raise ServiceUnavailable("the file could not be stored; try again")
