"""Plain SQL files, applied in order, each in a transaction, recorded with a checksum.

A source is a package that brings a folder `migrations` of files named `NNNN_name.sql`: the kernel, then each plugin in
order. An applied file that was edited afterwards refuses to start: the database would no longer be what the files say.
"""

from pharus.migrations.files import Migration, read
from pharus.migrations.history import pending
from pharus.migrations.runner import Patience, apply
from pharus.migrations.state import readiness, require

__all__ = ["Migration", "Patience", "apply", "pending", "read", "readiness", "require"]
