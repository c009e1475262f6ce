"""Files that are to be deleted: a list in the database, and what works it off.

A file and its row cannot change in one transaction. So the transaction that makes a file needless writes it down, and
afterwards, as often as it takes, the sweep deletes the file and strikes it off the list: no request waits for the
store. An upload writes its own file down before there is one, for an hour later, and strikes it off when it is
complete: whatever ends it before, a crash of the server among others, the sweep removes the file and the row of the
document that nobody was shown.

Who changes both tables changes the document first.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from pharus import instrumentation, locks, storage
from pharus.db import Unit, current, db, run, unit_of_work
from pharus.identity import ANONYMOUS, Actor, Role
from pharus.sweeping import requested

log = logging.getLogger("pharus.documents")

# No upload takes as long, from the row to the file.
_UPLOAD_LIFETIME = timedelta(hours=1)
_BATCH = 500


def plan(path: str) -> None:
    """Remove the file unless `reconcile` says in time that it is complete."""
    db.execute_sql(
        "INSERT INTO file_removal (store, path, due_at) VALUES (%s, %s, now() + %s)",
        (storage.store().id, path, _UPLOAD_LIFETIME),
    )


def reconcile(path: str) -> bool:
    """The file stays. False when it has been removed already."""
    cursor = db.execute_sql("DELETE FROM file_removal WHERE store = %s AND path = %s", (storage.store().id, path))
    return cursor.rowcount == 1


def request(paths: Sequence[str]) -> None:
    """Have the files deleted once the transaction has committed. Those that are being uploaded are on the list already,
    and must stay there until nobody can bring them any more."""
    if not paths:
        return
    db.send(
        "INSERT INTO file_removal (store, path, due_at) SELECT %s, unnest(%s), now() ON CONFLICT DO NOTHING",
        (storage.store().id, list(paths)),
    )
    current().after_commit(requested.set)


def is_requested(path: str) -> bool:
    """Whether the file, or a folder that it is in, is to be deleted: its links end at once, even while the store is
    away. Of an upload that is under way nobody has a link."""
    folders = [path[: at + 1] for at, letter in enumerate(path) if letter == "/"]
    (found,) = db.row(
        "SELECT EXISTS (SELECT FROM file_removal WHERE store = %s AND path = ANY(%s) "
        "AND (due_at <= now() OR attempts > 0))",
        (storage.store().id, [path, *folders]),
    )
    return bool(found)


def release(path: str) -> None:
    """The upload of the file has failed: it is due now. The store may well be away, so that the sweep sees to it."""
    db.execute_sql(
        """
        INSERT INTO file_removal (store, path, due_at) VALUES (%s, %s, now())
        ON CONFLICT (store, path) DO UPDATE SET due_at = now()
        """,
        (storage.store().id, path),
    )
    current().after_commit(requested.set)


def sweep(is_ended: Callable[[], bool] = lambda: False) -> tuple[int, int]:
    """Carry out what is due, until nothing is left or the caller ends it: how many were removed, and how many could not
    be. Runs outside of any unit of work."""
    storage.store().tidy()
    removed = failed = 0
    seen: set[str] = set()
    while due := [path for path in _due() if path not in seen]:
        seen.update(due)
        for path in due:
            if is_ended():
                return removed, failed
            if carry_out(path):
                removed += 1
            else:
                failed += 1
    return removed, failed


def carry_out(path: str) -> bool:
    """Delete what is due. False, and later again, when the store fails."""
    actor = Actor(org_id=path.split("/")[1], role=Role.owner)
    try:
        with instrumentation.step("file.remove", path):
            if path.endswith("/"):
                # This may take longer than a transaction may be idle.
                storage.store().delete(path)
            run(actor, lambda unit: _remove(unit, path))
    except Exception:
        log.warning("a file could not be removed; it will be tried again", extra={"path": path}, exc_info=True)
        _postpone(actor, path)
        return False
    return True


def _remove(unit: Unit, path: str) -> None:
    """The row of the list stays locked until the file is gone: an upload that comes late sees that it has lost."""
    key = (storage.store().id, path)
    locks.wait_for_backup()
    db.execute_sql(
        """
        DELETE FROM document WHERE org_id = %s AND gcs_path = %s AND NOT is_stored AND EXISTS (
            SELECT FROM file_removal WHERE store = %s AND path = gcs_path AND due_at <= now()
        )
        """,
        (unit.org_id, path, key[0]),
    )
    cursor = db.execute_sql("DELETE FROM file_removal WHERE store = %s AND path = %s AND due_at <= now()", key)
    if cursor.rowcount and not path.endswith("/"):
        storage.store().delete(path)


def _due() -> list[str]:
    """Nothing while a backup copies files."""
    with unit_of_work(ANONYMOUS):
        if locks.is_backup_running():
            return []
        rows = db.execute_sql(
            "SELECT path FROM file_removal WHERE store = %s AND due_at <= now() ORDER BY due_at LIMIT %s",
            (storage.store().id, _BATCH),
        ).fetchall()
    return [path for (path,) in rows]


def _postpone(actor: Actor, path: str) -> None:
    """Longer from time to time, and never more than an hour."""
    with unit_of_work(actor):
        db.execute_sql(
            """
            UPDATE file_removal
            SET attempts = attempts + 1, due_at = now() + interval '1 minute' * least(power(2, least(attempts, 10)), 60)
            WHERE store = %s AND path = %s
            """,
            (storage.store().id, path),
        )
