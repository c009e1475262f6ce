"""`pharus`, with no more file descriptors than a careful operator or a small container gives it."""

import resource
import sys

from handlers.cli import main

DESCRIPTORS = 300

if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))
    sys.exit(main())
