"""Any edits by anybody at the same time: as if made in turn, never a loop, never a lost line.

Threads edit the BOMs of a few SKUs. Each edit notes its outcome while it still holds the turn of the table, so that the
notes are in the order in which the edits took effect. A model of a few lines repeats them in that order and must
come to the same outcomes and, at the end, to the stored lines.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from pharus.db import run, unit_of_work
from pharus.errors import Conflict, NotFound, PharusError
from plugins.bom import operations
from plugins.bom.schemas import BomItemInput
from tests import factories
from tests.pharus.acting import at_once, owner_of

SKUS = 5
MATERIALS = 2
THREADS = 3

# A line: the index of a SKU, or of a material behind the SKUs, and the quantity.
Line = tuple[int, Decimal]


@dataclass(frozen=True)
class Edit:
    operation: Literal["create", "replace", "delete"]
    output: int
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outcome:
    edit: Edit
    refusal: str | None = None
    path: Sequence[str] | None = None


@dataclass
class World:
    """One organization's SKUs and materials, and what became of the edits in the order in which they took effect."""

    org_id: str = field(default_factory=lambda: factories.make_organization().id)
    ids: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        sku_type, material_type = factories.make_sku_type(self.org_id), factories.make_material_type(self.org_id)
        self.ids += [factories.make_sku(self.org_id, code=f"S{n}", type_id=sku_type) for n in range(SKUS)]
        self.ids += [factories.make_material(self.org_id, type_id=material_type) for _ in range(MATERIALS)]

    def items(self, edit: Edit) -> list[BomItemInput]:
        return [
            {"inputSkuId": self.ids[number], "quantity": quantity}
            if number < SKUS
            else {"materialId": self.ids[number], "quantity": quantity}
            for number, quantity in edit.lines
        ]

    def make(self, edit: Edit) -> None:
        """The edit in a unit of work of its own; what refuses it is noted and rolls it back."""
        output = self.ids[edit.output]

        def work(_: object) -> None:
            try:
                if edit.operation == "create":
                    operations.create_bom({"outputSkuId": output, "items": self.items(edit)})
                elif edit.operation == "replace":
                    operations.replace_bom(output, {"outputSkuId": output, "items": self.items(edit)})
                else:
                    operations.delete_bom(output)
            except PharusError as error:
                self.outcomes.append(Outcome(edit, error.code, (error.details or {}).get("path")))
                raise
            self.outcomes.append(Outcome(edit))

        with suppress(Conflict, NotFound):
            run(owner_of(self.org_id), work)

    def stored(self) -> dict[int, tuple[Line, ...]]:
        with unit_of_work(owner_of(self.org_id)):
            outputs = [row["outputSkuId"] for row in operations.list_boms()["data"]]
            return {
                self.ids.index(id): tuple(
                    (self.ids.index(item["materialId"] or item["inputSkuId"] or ""), item["quantity"])
                    for item in operations.get_sku_bom(id)["items"]
                )
                for id in outputs
            }


def lines_for(output: int) -> st.SearchStrategy[tuple[Line, ...]]:
    numbers = [number for number in range(SKUS + MATERIALS) if number != output]
    line = st.tuples(st.sampled_from(numbers), st.decimals("0.000001", "999999999999.999999", places=6))
    return st.lists(line, min_size=1, max_size=3, unique_by=lambda each: each[0]).map(tuple)


EDITS = st.tuples(
    st.sampled_from(["create", "create", "replace", "replace", "delete"]), st.integers(0, SKUS - 1)
).flatmap(lambda drawn: lines_for(drawn[1]).map(lambda lines: Edit(drawn[0], drawn[1], lines)))


@settings(max_examples=60)
@given(plans=st.lists(st.lists(EDITS, min_size=1, max_size=6), min_size=THREADS, max_size=THREADS))
def test_edits_at_once_never_leave_a_loop_nor_lose_a_line(database_url: str, plans: list[list[Edit]]) -> None:
    world = World()

    def follow(thread: int) -> None:
        for edit in plans[thread]:
            world.make(edit)

    at_once(THREADS, follow)
    assert len(world.outcomes) == sum(len(plan) for plan in plans)
    model: dict[int, tuple[Line, ...]] = {}
    for outcome in world.outcomes:
        expect(model, outcome)
    assert world.stored() == model
    TopologicalSorter({output: sku_inputs(lines) for output, lines in model.items()}).prepare()


def expect(model: dict[int, tuple[Line, ...]], outcome: Outcome) -> None:
    """Make the edit in the model, and hold what became of it against what should have."""
    edit = outcome.edit
    exists = edit.output in model
    if edit.operation == "create" and exists:
        assert (outcome.refusal, outcome.path) == ("conflict", None)
    elif edit.operation != "create" and not exists:
        assert outcome.refusal == "not_found"
    elif edit.operation == "delete":
        assert outcome.refusal is None
        del model[edit.output]
    elif edit.output in below(model, edit):
        assert outcome.refusal == "conflict"
        check_path(model, edit, outcome.path)
    else:
        assert outcome.refusal is None
        model[edit.output] = edit.lines


def below(model: Mapping[int, tuple[Line, ...]], edit: Edit) -> set[int]:
    """All SKUs that the lines of the edit lead to."""
    reached: set[int] = set()
    waiting = sku_inputs(edit.lines)
    while waiting:
        number = waiting.pop()
        if number not in reached:
            reached.add(number)
            waiting += [] if number == edit.output else sku_inputs(model.get(number, ()))
    return reached


def check_path(model: Mapping[int, tuple[Line, ...]], edit: Edit, path: Sequence[str] | None) -> None:
    """From the output over inputs back to it, no SKU twice."""
    assert path is not None
    numbers = [int(code.removeprefix("S")) for code in path]
    assert numbers[0] == numbers[-1] == edit.output
    assert len(set(numbers)) == len(numbers) - 1
    after = {**model, edit.output: edit.lines}
    for assembly, used in pairwise(numbers):
        assert used in sku_inputs(after[assembly])


def sku_inputs(lines: Sequence[Line]) -> list[int]:
    return [number for number, _ in lines if number < SKUS]
