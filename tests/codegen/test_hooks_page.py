from pathlib import Path

from codegen.hooks_page import hook_files

HOOKS = '''
@hookspec
def note(table: str, id: str) -> None:
    """Say that it was noted."""

def no_hook() -> None: ...
'''
STEPS = '''
class Step(Protocol):
    """What happens."""

    kind: "str | None"

    @property
    def order(self) -> Record: ...

    def begin(self) -> None: ...

class _Private: ...

def tells(step: Step) -> bool:
    """Whether it is told."""
'''


def test_page_has_the_hooks_and_what_they_hand_on(tmp_path: Path) -> None:
    (tmp_path / "pharus").mkdir()
    (tmp_path / "pharus" / "hooks.py").write_text(HOOKS, encoding="utf-8")
    for name in ("steps", "stock"):
        (tmp_path / "pharus" / f"{name}.py").write_text(STEPS if name == "steps" else "", encoding="utf-8")
    ((path, page),) = hook_files(tmp_path).items()
    assert path == "docs/reference/hooks.md"
    assert "### `note(table, id)`\n\nSay that it was noted.\n" in page
    assert "no_hook" not in page
    assert "### `Step`\n\n```\nWhat happens.\n\nkind: str | None\norder: Record\n```\n" in page
    assert "### `tells(step)`\n\n```\nWhether it is told.\n```\n" in page
    assert "_Private" not in page


def test_folder_without_the_kernel_has_no_page(tmp_path: Path) -> None:
    assert hook_files(tmp_path) == {}
