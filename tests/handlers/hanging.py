"""`pharus`, in which what is done at the stop of a server never comes to its end."""

import sys
import threading

from handlers.cli import main
from plugins.platform import mail


def _hang(timeout: float) -> None:
    threading.Event().wait()


if __name__ == "__main__":
    mail.close = _hang
    sys.exit(main())
