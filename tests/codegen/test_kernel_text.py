from pathlib import Path

from codegen.kernel_text import entries, module

TEXT = '''
class Step:
    """What happens.

    Twice.
    """

    kind: "str | None"

    @property
    def order(self) -> int: ...

def tells(step: Step, loud: bool = False) -> bool:
    """Whether it is told."""

class _Private: ...
def _private() -> None: ...
'''


def test_entries_are_the_public_classes_and_functions(tmp_path: Path) -> None:
    (tmp_path / "steps.py").write_text(TEXT, encoding="utf-8")
    step, tells = entries(tmp_path / "steps.py")
    assert (step.name, step.signature, step.doc) == ("Step", "Step", "What happens.\n\nTwice.")
    assert step.members == ("kind: str | None", "order: int")
    assert (tells.signature, tells.doc, tells.members) == ("tells(step, loud)", "Whether it is told.", ())


def test_module_of_a_file() -> None:
    assert module("pharus/steps.py") == "pharus.steps"
