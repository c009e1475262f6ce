"""The table of statuses of each kind of order is what document, database and rules say.

Each text is read for what it says of a status; a status that is added must be added there, too.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pharus import openapi
from pharus.db import TenantModel, db
from pharus.lifecycle import Lifecycle
from plugins.inventory.order_statuses import Commits, ReceivingStatus
from plugins.manufacturing import models as manufacturing
from plugins.manufacturing import statuses as manufacturing_statuses
from plugins.purchase_orders import models as purchase_orders
from plugins.purchase_orders import statuses as purchase_statuses
from plugins.sales_orders import models as sales_orders
from plugins.sales_orders import statuses as sales_statuses
from plugins.sales_orders.statuses import DISPUTE, SalesStatus

ROOT = Path(__file__).parents[2]
WITH_RECEIPTS = r" \((?:while there is no receipt|without receipts)\)"


@dataclass(frozen=True)
class Kind:
    """`schema` is its name in the document, `rules` and `heading` are its names in the tables of docs/rules.md."""

    schema: str
    rules: str
    heading: str
    lifecycle: Lifecycle[ReceivingStatus] | Lifecycle[SalesStatus]
    model: type[TenantModel]
    status_column: str = "status"


PURCHASE = Kind(
    "PurchaseOrder", "Purchase", "Purchase order", purchase_statuses.LIFECYCLE, purchase_orders.PurchaseOrder
)
WORK = Kind(
    "WorkOrder",
    "Work, production",
    "Work order, production order",
    manufacturing_statuses.LIFECYCLE,
    manufacturing.WorkOrder,
)
PRODUCTION = Kind(
    "ProductionOrder",
    "Work, production",
    "Work order, production order",
    manufacturing_statuses.LIFECYCLE,
    manufacturing.ProductionOrder,
)
SALES = Kind("SalesOrder", "Sales", "Sales order", sales_statuses.LIFECYCLE, sales_orders.SalesOrder, "order_status")
KINDS = (PURCHASE, WORK, PRODUCTION, SALES)

of_every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.schema)
of_kinds_with_receipts = pytest.mark.parametrize("kind", [PURCHASE, WORK, PRODUCTION], ids=lambda kind: kind.schema)


# The document


@of_every_kind
def test_document_lists_the_statuses_in_their_order(kind: Kind) -> None:
    assert schema(f"{kind.schema}Status")["enum"] == list(kind.lifecycle.statuses)


@of_every_kind
def test_document_shows_the_date_of_every_status(kind: Kind) -> None:
    shown = schema(kind.schema)["properties"]
    for status in kind.lifecycle.statuses.values():
        key = re.sub("_(.)", lambda match: match[1].upper(), status.date_column)
        assert shown[key]["format"] == "date", key


@pytest.mark.parametrize("kind", [PURCHASE, SALES], ids=lambda kind: kind.schema)
def test_document_says_which_status_may_follow_which(kind: Kind) -> None:
    listed = re.findall(r"^- (.+): (.+)\.$", description(f"update{kind.schema}"), re.MULTILINE)
    assert steps_of(listed, end="none") == expected_steps(kind)


@pytest.mark.parametrize("kind", [WORK, PRODUCTION], ids=lambda kind: kind.schema)
def test_document_says_in_a_sentence_which_status_may_follow_which(kind: Kind) -> None:
    text = plain(schema(f"{kind.schema}Status")["description"])
    sentence = re.search(r"Draft leads to .+?\. (.+?) are the end\.", text)
    assert sentence is not None
    steps = re.findall(r"([A-Z][A-Za-z ]+?)(?: leads)? to (.+?)[;.]", text[sentence.start() : sentence.start(1)])
    assert steps_of([*steps, (sentence[1], "none")], end="none") == expected_steps(kind)


@of_kinds_with_receipts
def test_document_says_at_which_statuses_nothing_is_received(kind: Kind) -> None:
    text = plain(description(f"create{kind.schema}Receipt"))
    refused = re.search(r"`invalid_transition` when (?:the order|the status) is (.+?), and", text)
    assert refused is not None
    assert names(refused[1]) == kind.lifecycle.where(lambda status: not getattr(status, "receipts", False))


def test_document_says_at_which_statuses_a_purchase_is_on_order() -> None:
    assert names(
        found(r"While it is (.+?), what is not yet received is on order", "createPurchaseOrder")
    ) == committing(PURCHASE, "lines", Commits.ON_ORDER)


@pytest.mark.parametrize("kind", [WORK, PRODUCTION], ids=lambda kind: kind.schema)
def test_document_says_what_inputs_of_an_order_are(kind: Kind) -> None:
    demanded = found(r"not received, (.+?) their inputs as demand", f"update{kind.schema}")
    allocated = found(r"their inputs as demand, (.+?) as allocated\.", f"update{kind.schema}")
    assert names(demanded) == committing(kind, "inputs", Commits.DEMAND)
    assert names(allocated) == committing(kind, "inputs", Commits.ALLOCATED)
    assert committing(kind, "lines", Commits.ON_ORDER) == [*names(demanded), *names(allocated)]


def test_document_says_what_a_sale_does_with_the_stock() -> None:
    operation = "updateSalesOrder"
    assert [found(r"`(\S+)` is demand at", operation)] == committing(SALES, "lines", Commits.DEMAND)
    assert [found(r"`(\S+)` allocates it", operation)] == committing(SALES, "lines", Commits.ALLOCATED)
    gone = committing(SALES, "lines", Commits.CONSUMED)
    assert found(r"from `(\S+)` on the goods are gone", operation) == gone[0]
    without = found(r"Without a fulfillment location an order can be (.+?), and nothing", operation)
    assert names(without) == sales_statuses.LIFECYCLE.where(lambda status: status.editable)


# docs/rules.md


@of_every_kind
def test_rules_say_which_status_may_follow_which(kind: Kind) -> None:
    listed = [(row[0], row[1]) for row in table(f"| {kind.heading} | may become |")]
    assert steps_of(listed, end="the end") == expected_steps(kind)


@of_every_kind
def test_rules_say_what_is_committed(kind: Kind) -> None:
    words = {
        "nothing": Commits.NOTHING,
        "everything reversed": Commits.NOTHING,
        "": Commits.NOTHING,
        "ORDER": Commits.ON_ORDER,
        "DEMAND": Commits.DEMAND,
        "ALLOCATE": Commits.ALLOCATED,
        "CONSUME": Commits.CONSUMED,
    }
    committed = {}
    for name, listed, lines, inputs in table("| Order | Status | Its lines | Their inputs |"):
        if name != kind.rules or listed == DISPUTE:
            continue
        for status in names(listed):
            committed[status] = [words[re.split(" of |, ", text.removeprefix("+ "))[0]] for text in (lines, inputs)]
    assert committed == {
        name: [status.lines, getattr(status, "inputs", Commits.NOTHING)]
        for name, status in kind.lifecycle.statuses.items()
        if name != DISPUTE
    }


# The database


@of_every_kind
def test_every_status_fits_its_column(kind: Kind) -> None:
    length, nullable = db.row(
        "SELECT character_maximum_length, is_nullable FROM information_schema.columns "
        "WHERE table_name = %s AND column_name = %s",
        (kind.model._meta.table_name, kind.status_column),
    )
    assert nullable == "NO"
    assert max(map(len, kind.lifecycle.statuses)) <= length


@of_every_kind
def test_every_status_has_a_date_column_of_its_own(kind: Kind) -> None:
    columns = [status.date_column for status in kind.lifecycle.statuses.values()]
    assert len(set(columns)) == len(columns)
    stored = db.execute_sql(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND column_name = ANY(%s) AND data_type = 'date' AND is_nullable = 'YES'",
        (kind.model._meta.table_name, columns),
    )
    assert {name for (name,) in stored} == set(columns)


@pytest.mark.parametrize("is_disputed", [False, True])
@pytest.mark.parametrize("location", [None, "01935d6c-7b1a-7c3e-8f00-000000000001"])
@pytest.mark.parametrize("status", [status for status in sales_statuses.LIFECYCLE.statuses if status != DISPUTE])
def test_database_knows_which_sales_need_a_location(status: str, location: str | None, is_disputed: bool) -> None:
    """The CHECK constraints of the table, evaluated for a row that has these values and no other."""
    checks = [
        text
        for (text,) in db.execute_sql(
            "SELECT pg_get_expr(conbin, conrelid) FROM pg_constraint "
            "WHERE conrelid = 'sales_order'::regclass AND contype = 'c' "
            "AND pg_get_expr(conbin, conrelid) LIKE '%%order_status%%'"
        )
    ]
    assert len(checks) == 3, "that of disputes, of locations and of orders of history"
    (is_allowed,) = db.row(
        f"SELECT {' AND '.join(f'({check})' for check in checks)} FROM "
        "(SELECT %s::varchar AS order_status, %s::varchar AS disputed_from, %s::uuid AS fulfillment_location_id, "
        "false AS is_history) "
        "AS given",
        (DISPUTE, status, location) if is_disputed else (status, None, location),
    )
    assert is_allowed == (location is not None or not sales_statuses.LIFECYCLE[status].needs_location)


# Reading


def committing(kind: Kind, what: str, commits: Commits) -> list[str]:
    return kind.lifecycle.where(lambda status: getattr(status, what) is commits)


def expected_steps(kind: Kind) -> dict[str, list[str]]:
    """As the texts say it: a step that receipts rule out is marked with *."""
    ruled_out = kind.lifecycle.where(lambda status: not getattr(status, "entered_after_receipts", True))
    steps = {name: list(status.next) for name, status in kind.lifecycle.statuses.items()}
    for name, following in steps.items():
        # Going on is possible with receipts or without them: only a way back is ruled out.
        order = list(steps)
        steps[name] = [
            f"{step}*" if step in ruled_out and order.index(step) < order.index(name) else step for step in following
        ]
    if DISPUTE in steps:
        steps[DISPUTE] = ["the status it came from", *steps[DISPUTE]]
    return steps


def steps_of(listed: list[tuple[str, str]], *, end: str) -> dict[str, list[str]]:
    """What a text says: a line may speak of more than one status, and what is in brackets explains a step."""
    return {
        status: [] if following == end else names(re.sub(WITH_RECEIPTS, "*", following))
        for before, following in listed
        for status in names(before)
    }


def names(text: str) -> list[str]:
    """The statuses of a list: `A`, B and C, the last of them perhaps explained (in brackets)."""
    parts = re.split(r", | and | or ", re.sub(r" \([^)]*\)", "", text).replace("`", ""))
    return [part.strip() for part in parts]


@cache
def document() -> Any:
    return openapi.parse((ROOT / "openapi.yaml").read_bytes())


def schema(name: str) -> Any:
    return document()["components"]["schemas"][name]


def description(operation_id: str) -> str:
    (text,) = [
        operation["description"]
        for path in document()["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and operation.get("operationId") == operation_id
    ]
    assert isinstance(text, str)
    return text


def plain(text: str) -> str:
    return " ".join(text.split())


def found(pattern: str, operation_id: str) -> str:
    match = re.search(pattern, plain(description(operation_id)))
    assert match is not None, f"{operation_id} does not say {pattern}"
    return match[1]


def table(heading: str) -> list[list[str]]:
    """The cells of a table of docs/rules.md."""
    text = (ROOT / "docs/rules.md").read_text(encoding="utf-8")
    rows = text[text.index(heading) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
