"""Distributions made up by a test, as an installer would have left them in a folder of site-packages."""

from collections.abc import Mapping
from pathlib import Path


def install(folder: Path, name: str, files: Mapping[str, str], *, package: str | None = None, value: str = "") -> str:
    """The distribution `pharus-<name>` 1.0 in the folder, with the plugin `name`; the name of its package.

    `files` go into the package; `value` is what the entry point leads to, if not the package.
    """
    package = package or f"example_{name}"
    (folder / package).mkdir(parents=True)
    for file, text in {"__init__.py": "", **files}.items():
        path = folder / package / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    about = folder / f"{package}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package.replace('_', '-')}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[pharus]\n{name} = {value or package}\n")
    return package
