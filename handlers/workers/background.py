"""What a process does beside requests, in threads of its own: clear up, send mails, deliver webhooks, run the jobs of
plugins. A server does it along with its requests, `pharus work` does nothing else."""

import threading
from typing import Protocol

from handlers.workers.plugin_jobs import PluginJobs, of_plugins
from handlers.workers.sweeper import Sweeper
from pharus.config import Settings
from pharus.hooks import Plugins
from plugins.platform import identities, mail, retention
from plugins.webhooks import worker as webhooks


class Part(Protocol):
    def start(self) -> None: ...

    def close(self, timeout: float) -> None:
        """Begin nothing new, and wait so long for what is being done."""


class Background:
    """Takes from the settings how all of it is done. Made once at start."""

    def __init__(self, settings: Settings, plugins: Plugins) -> None:
        mail.configure(settings)
        identities.configure(settings)
        retention.configure(settings)
        webhooks.configure(settings)
        known = of_plugins(plugins)
        self.parts: tuple[Part, ...] = (Sweeper(), mail, webhooks, PluginJobs(known if settings.plugin_jobs else {}))

    def start(self) -> None:
        for part in self.parts:
            part.start()

    def close(self, timeout: float) -> None:
        """Close all of them beside one another: each may wait for a database or a server that does not answer."""
        ending = [threading.Thread(target=part.close, args=(timeout,), daemon=True) for part in self.parts]
        for thread in ending:
            thread.start()
        for thread in ending:
            thread.join()
