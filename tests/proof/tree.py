"""Which tree was measured: its commit, and whether that is all there is to it."""

import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]

# What a measurement writes is no part of what it measures.
_WRITTEN = ("docs/proof.md", "tests/proof/measured.json")
_MEASURED = ["--", ".", *(f":(exclude){path}" for path in _WRITTEN)]


@dataclass(frozen=True)
class Tree:
    """`date` is the commit's, `is_changed` says whether something was not committed."""

    commit: str
    date: str
    is_changed: bool

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def current() -> Tree | None:
    """The tree of this checkout; None where there is no git, or no history, to name it."""
    named = _git("log", "-1", "--format=%h %cs")
    changes = _git("status", "--porcelain", *_MEASURED)
    if named is None or changes is None:
        return None
    commit, date = named.split()
    return Tree(commit, date, bool(changes))


def is_equal(commit: str) -> bool:
    """Whether this checkout holds what the commit holds, but for what measurements write."""
    return _git("diff", "--quiet", commit, *_MEASURED) is not None


def _git(*arguments: str) -> str | None:
    try:
        found = subprocess.run(["git", *arguments], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return found.stdout.strip() if found.returncode == 0 else None
