"""`python -m tests.handlers.limited FILES ARGUMENTS`: the command line, in a process that may open so many files."""

import resource
import sys

from handlers.cli import main

if __name__ == "__main__":
    files = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    main()
