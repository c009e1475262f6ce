"""The bulk import of BOMs: the rules of one, for thousands at once, in a number of statements that does not grow."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pharus import bulk, rowsets
from pharus.bulk import RowError
from pharus.db import current, db
from pharus.errors import Conflict, Problem
from pharus.locks import advisory_lock
from pharus.records import Records
from pharus.schemas import BulkImportResult
from plugins.bom import rules
from plugins.bom.records import by_products, lines
from plugins.bom.schemas import BomImport
from plugins.materials.records import materials
from plugins.products.records import skus
from plugins.units.lines import try_in_stock_units

Values = dict[str, Any]

# What only lines of the one kind say.
_OF_INPUTS, _OF_BY_PRODUCTS = ("unit", "unitQuantity", "scrapPercent"), ("costSharePercent",)
_NAMED: Mapping[str, Records[Any]] = {"materialId": materials, "inputSkuId": skus, "byProductSkuId": skus}


class _Row:
    """One BOM of an import. Of `inputs` and `besides`, its by-products, each line is with its position in the row."""

    def __init__(self, given: BomImport) -> None:
        self.id = given["outputSkuId"]
        self.given = given
        numbered = [
            (at, {key: value for key, value in line.items() if value is not None})
            for at, line in enumerate(given["lines"])
        ]
        self.inputs = [(at, line) for at, line in numbered if "byProductSkuId" not in line]
        self.besides = [(at, line) for at, line in numbered if "byProductSkuId" in line]

    @property
    def assemblies(self) -> list[str]:
        """What is made of the inputs."""
        return [self.id, *(str(line["byProductSkuId"]) for _, line in self.besides)]

    @property
    def input_skus(self) -> list[str]:
        return [str(line["inputSkuId"]) for _, line in self.inputs if "inputSkuId" in line]

    def named(self) -> Iterator[tuple[str, Records[Any], str]]:
        """(pointer, what is named there, its id) of each reference."""
        yield "/outputSkuId", skus, self.id
        for at, line in (*self.inputs, *self.besides):
            for key, records in _NAMED.items():
                if key in line:
                    yield f"/lines/{at}/{key}", records, str(line[key])

    def problems(self) -> Iterator[Problem]:
        """What is wrong with it by itself."""
        if not self.inputs:
            yield Problem("/lines", "has no input, a material or a SKU")
        for at, line in self.besides:
            for key in ("quantity", "costSharePercent"):
                if key not in line:
                    yield Problem(f"/lines/{at}/{key}", "is missing: a by-product has it")
        for of_lines, of_others, name in (
            (self.inputs, _OF_BY_PRODUCTS, "an input"),
            (self.besides, _OF_INPUTS, "a by-product"),
        ):
            for at, line in of_lines:
                for key in of_others:
                    if key in line:
                        yield Problem(f"/lines/{at}/{key}", f"is nothing that {name} has")
        inputs: Any = [line for _, line in self.inputs]
        besides: Any = [line for _, line in self.besides]
        places = {"items": [at for at, _ in self.inputs], "byProducts": [at for at, _ in self.besides]}
        for problem in rules.problems(self.id, inputs, besides):
            _, kind, index, *rest = problem.path.split("/")
            yield Problem("/".join(["", "lines", str(places[kind][int(index)]), *rest]), problem.message)
        for problem in rules.share_problems({}, (line.get("costSharePercent", 0) for line in besides)):
            yield Problem("/lines", problem.message)

    def header(self) -> Values:
        return {
            "org_id": current().org_id,
            "id": self.id,
            "batch_size": self.given.get("batchSize", 1),
            "yield_percent": self.given.get("yieldPercent", 100),
        }


def boms(given: Sequence[BomImport], accept_deactivated: str, *, mode: str, dry_run: bool) -> BulkImportResult:
    rows = list(map(_Row, given))
    advisory_lock("bom_item")
    found = [error for index, row in enumerate(rows) for error in bulk.wrong_by_itself(index, row.problems())]
    found += _unknown(rows, accepts_inactive=accept_deactivated == "true")
    found += _there_already(rows)
    positions = [(index, at, line) for index, row in enumerate(rows) for at, line in row.inputs]
    in_stock, refused = try_in_stock_units([lines.values_of(line) for _, _, line in positions])
    for each in refused:
        index, at, _ = positions[each.row]
        found.append(each._replace(row=index, pointer=f"/lines/{at}{each.pointer}"))
    inputs: dict[int, list[Values]] = defaultdict(list)
    for (index, *_), values in zip(positions, in_stock, strict=True):
        inputs[index].append(values)

    def insert(good: Sequence[int]) -> list[str]:
        headers = [rows[index].header() for index in good]
        db.defer(rowsets.insertion("bom_header", headers[0]), (rowsets.parameter(headers),))
        lines.insert_many(line for index in good for line in _placed(rows[index].id, inputs[index]))
        besides = ((rows[index], [by_products.values_of(line) for _, line in rows[index].besides]) for index in good)
        by_products.insert_many(line for row, given in besides for line in _placed(row.id, given))
        return [rows[index].id for index in good]

    return bulk.import_rows(len(rows), insert, mode=mode, dry_run=dry_run, row_errors=found, check=_Loops(rows).check)


def _placed(sku_id: str, of_one: Iterable[Values]) -> Iterator[Values]:
    for position, line in enumerate(of_one):
        yield {**line, "sku_id": sku_id, "position": position}


def _unknown(rows: Sequence[_Row], *, accepts_inactive: bool) -> list[RowError]:
    """Rows that name what there is not, or what is deactivated: one statement for each kind of item."""
    found = []
    for records in (materials, skus):
        places = [(index, *place) for index, row in enumerate(rows) for place in row.named() if place[1] is records]
        named = [{"sku_id": id} for *_, id in places]
        for each in bulk.unknown_references(
            lines, named, "sku_id", records, range(len(named)) if accepts_inactive else ()
        ):
            index, pointer, *_ = places[each.row]
            found.append(RowError(index, pointer, each.error))
    return found


def _there_already(rows: Sequence[_Row]) -> list[RowError]:
    """Rows whose SKU has a BOM, or a row before them."""
    ids = [row.id for row in rows]
    text = "SELECT DISTINCT sku_id FROM bom_item WHERE org_id = %s AND sku_id = ANY(%s::uuid[])"
    stored = {id for (id,) in db.rows(text, (current().org_id, ids))}
    first: dict[str, int] = {}
    found = []
    for index, id in enumerate(ids):
        if id in stored or first.setdefault(id, index) < index:
            found.append(RowError(index, "/outputSkuId", Conflict(f"the sku {id} has a BOM already"), first.get(id)))
    return found


class _Loops:
    """Whether a row closes a loop with what is stored and with the rows before it that were good."""

    def __init__(self, rows: Sequence[_Row]) -> None:
        self._rows = rows
        self._made_of: dict[str, list[str]] | None = None

    def check(self, index: int) -> list[RowError]:
        row = self._rows[index]
        inputs = row.input_skus
        if not inputs:
            return []
        if self._made_of is None:
            self._made_of = defaultdict(list)
            for assembly, used in rules.edges_below({id for each in self._rows for id in each.input_skus}):
                self._made_of[assembly].append(used)
        if self._reaches(inputs, set(row.assemblies)):
            return [RowError(index, "/lines", Conflict("the BOM would close a loop"))]
        for assembly in row.assemblies:
            self._made_of[assembly] += inputs
        return []

    def _reaches(self, inputs: Iterable[str], assemblies: set[str]) -> bool:
        assert self._made_of is not None
        left, seen = list(inputs), set(inputs)
        while left:
            id = left.pop()
            if id in assemblies:
                return True
            below = [each for each in self._made_of.get(id, ()) if each not in seen]
            seen.update(below)
            left += below
        return False
