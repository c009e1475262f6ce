"""When members, tokens and users were last active: noted beside the requests, on a thread of its own.

A request only leaves a note and goes on. Nothing that happens to the note changes its answer or delays it: a row that
somebody else holds is passed over, and a database that cannot be written is met again with the next note. The thread
never waits for a row, so that it deadlocks with nobody, whatever order others lock in.
"""

import logging
import threading
import time
from typing import NamedTuple

import orjson

from pharus import outages
from pharus.db import db, disconnect, unit_of_work
from pharus.identity import ANONYMOUS, Actor

log = logging.getLogger("pharus.activity")

# Notes that may wait while the database is slow; those beyond it are left out.
_MOST_WAITING = 10_000
# Between two writes, so that many callers cost few transactions.
_PAUSE_SECONDS = 0.5

# Each at most once a minute; a request only leaves a note when one of its times is older. Tokens and memberships are
# named by their organization as well, which leads to their keys.
_WRITE = """
SET LOCAL lock_timeout = '1s';
WITH mine AS MATERIALIZED (
    SELECT org_id, id FROM api_token NATURAL JOIN jsonb_to_recordset(%s) AS note (org_id uuid, token_id uuid)
    WHERE id = note.token_id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
    FOR NO KEY UPDATE OF api_token SKIP LOCKED
)
UPDATE api_token SET last_used_at = now() FROM mine WHERE api_token.org_id = mine.org_id AND api_token.id = mine.id;
WITH mine AS MATERIALIZED (
    SELECT org_id, id FROM membership NATURAL JOIN jsonb_to_recordset(%s) AS note (org_id uuid, user_id uuid)
    WHERE last_active_at IS NULL OR last_active_at < now() - interval '1 minute'
    FOR NO KEY UPDATE OF membership SKIP LOCKED
)
UPDATE membership SET last_active_at = now()
FROM mine WHERE membership.org_id = mine.org_id AND membership.id = mine.id;
WITH mine AS MATERIALIZED (
    SELECT id FROM app_user
    WHERE id IN (SELECT user_id FROM jsonb_to_recordset(%s) AS note (user_id uuid))
    FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE app_user SET last_login_at = now() FROM mine WHERE app_user.id = mine.id
"""


class Note(NamedTuple):
    """Somebody was active in an organization, with a token or without one; or, without one of both, has signed in."""

    user_id: str | None
    org_id: str | None = None
    token_id: str | None = None


class Notes:
    """What waits to be written. The thread starts with the first note."""

    def __init__(self) -> None:
        self._waiting: set[Note] = set()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._ended = False

    def add(self, note: Note) -> None:
        with self._changed:
            if self._ended or len(self._waiting) >= _MOST_WAITING:
                return
            self._waiting.add(note)
            if self._thread is None:
                # A daemon: a database that does not answer must not keep the process alive.
                self._thread = threading.Thread(target=self._work, name="activity", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self, timeout: float) -> None:
        """Write what is waiting, for at most `timeout` seconds."""
        with self._changed:
            self._ended = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(timeout)

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._ended)
                notes, self._waiting = self._waiting, set()
                if not notes:
                    return
            try:
                write(notes)
            except Exception as error:  # noqa: BLE001 - whatever it is, the next note tries again
                if not outages.is_of_database(error):
                    log.warning("the activity of %d callers could not be noted: %s", len(notes), str(error).strip())
            finally:
                disconnect()
            if not self._ended:
                time.sleep(_PAUSE_SECONDS)


_notes = Notes()


def note_activity(actor: Actor) -> None:
    """Remember that the member and the token were active now. Returns at once."""
    _notes.add(Note(actor.user_id, actor.org_id, actor.token_id))


def note_login(user_id: str) -> None:
    """Remember that the user has signed in now. Returns at once."""
    _notes.add(Note(user_id))


def close(timeout: float) -> None:
    """Write what is still waiting. Done once at the stop."""
    _notes.close(timeout)


def write(notes: set[Note]) -> None:
    """All notes in one transaction."""
    active = [note._asdict() for note in notes if note.org_id is not None]
    logins = [note._asdict() for note in notes if note.org_id is None]
    with unit_of_work(ANONYMOUS):
        noted = orjson.dumps(active).decode()
        db.execute_sql(_WRITE, (noted, noted, orjson.dumps(logins).decode()))
