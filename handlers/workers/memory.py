"""How the process gives memory back that a large body took."""

import contextlib
import ctypes

# Of <malloc.h>.
_M_MMAP_THRESHOLD = -3
_LARGE_BYTES = 1024 * 1024


def return_large_blocks() -> None:
    """Blocks of a megabyte and more go back to the system as soon as they are free.

    glibc begins so, but raises its bound to the largest block that it has seen freed: after one body of 8 MiB every
    thread keeps what it took for the next ones. Other C libraries have no such function, and macOS needs none.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
