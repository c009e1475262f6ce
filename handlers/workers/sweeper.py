"""A thread that does, again and again, what could not be done at once: asking the identity provider, removing the rows
of deleted organizations, files that nobody needs any more and what has been kept long enough, counting entries in the
history of the stock, closing the log of events and deleting what of it is not kept, telling which lots have expired."""

import logging
import threading

from pharus import db, outages
from pharus.sweeping import requested
from plugins.documents import removals
from plugins.events import chain, expiry
from plugins.inventory import history
from plugins.lots import expiry as lot_expiry
from plugins.platform import identities, purge, retention

log = logging.getLogger("pharus.sweeper")

_SECONDS = 60


class Sweeper:
    """Sweeps when it starts, once a minute, and when somebody has left it something to do."""

    def __init__(self, every_seconds: float = _SECONDS) -> None:
        self._every_seconds = every_seconds
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self, timeout: float) -> None:
        """Begin nothing new, and wait so long for what is being done."""
        self._ended = True
        requested.set()
        if self._thread.is_alive():
            self._thread.join(timeout)

    def _run(self) -> None:
        while not self._ended:
            requested.clear()
            for chore in (
                *(identities.carry_on, purge.carry_on, removals.sweep, history.carry_on, retention.carry_on),
                *(chain.carry_on, expiry.carry_on, lot_expiry.carry_on),
            ):
                try:
                    chore(lambda: self._ended)
                except Exception as error:
                    # The database or the store does not answer: the next round tries again.
                    if not outages.is_of_database(error):
                        log.exception("sweeping failed")
                finally:
                    db.disconnect()
            requested.wait(self._every_seconds)
