"""How a request tells the sweeper that it has left something to do: see handlers/workers/sweeper.py."""

import threading

# Set when there is more to do than a request should wait for.
requested = threading.Event()
