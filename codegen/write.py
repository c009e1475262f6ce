"""Puts generated files into the tree, and tells which of them are no longer what the document says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

# Is at the head of each generated file, and tells a leftover from a file that somebody wrote.
MARK = "Generated from openapi.yaml by `make codegen`. Do not edit."


def stale(root: Path, files: Mapping[str, str], generated: Sequence[str]) -> list[str]:
    """The paths that differ: missing, with another text, or left over from a document of before; in order.

    `generated` are the patterns of files that may be such a leftover.
    """
    differing = [path for path, text in files.items() if not _holds(root / path, text)]
    return sorted(differing + _leftovers(root, files, generated))


def write(root: Path, files: Mapping[str, str], generated: Sequence[str]) -> list[str]:
    """Makes the tree what `files` says and returns the paths that were written or removed, in order."""
    changed = stale(root, files, generated)
    for path in changed:
        target = root / path
        if path in files:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(files[path], encoding="utf-8")
        else:
            target.unlink()
    return changed


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _leftovers(root: Path, files: Mapping[str, str], generated: Sequence[str]) -> list[str]:
    found = (path for pattern in generated for path in root.glob(pattern))
    marked = (path for path in found if MARK in path.read_text(encoding="utf-8"))
    return [name for path in marked if (name := path.relative_to(root).as_posix()) not in files]
