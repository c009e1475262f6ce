"""Backups: one folder, or one tar file, with the database, the files of documents, and a manifest of both.

What is in one, how to restore it, and what no backup has: docs/backup.md.
"""

from pharus.backup.making import make
from pharus.backup.restoring import restore

__all__ = ["make", "restore"]
