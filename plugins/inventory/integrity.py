"""What `pharus check` finds wrong with the ledgers: everything is computed anew from the entries.

Each organization is checked on its own, as a request of it would see it: row-level security would hide the rows from
the owner of the tables. Every question is one statement over a whole ledger.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from pharus.db import db, unit_of_work
from pharus.fields import canonical
from pharus.identity import Actor, Role
from plugins.inventory import history_integrity, index_integrity, value_integrity
from plugins.inventory.entries import AMOUNTS
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.postings import ARRIVAL, QUANTITIES, REVALUE, REVERSE, REVERSIBLE, Posting
from plugins.inventory.reconciliation import Commitment, differences
from plugins.platform import organizations

# The commitments of the lines of all orders of one kind, each with its ledger.
AllCommitments = Callable[[], Iterable[tuple[Ledger, Commitment]]]


def find() -> list[str]:
    """One sentence for each difference, in all organizations and both ledgers."""
    return organizations.discrepancies(
        lambda org_id: (
            f"{ledger.name.replace('_', ' ')}: {discrepancy}"
            for ledger in LEDGERS
            for discrepancy in of_organization(org_id, ledger)
        )
    )


def check_orders(commitments: AllCommitments, *source_types: str) -> list[str]:
    """One sentence for each line of an order that holds something else in the ledger than its status commits it to, in
    all organizations. `commitments` yields those of all lines of the organization acted in. Entries of these source
    types whose line is gone must hold nothing."""
    return organizations.discrepancies(lambda org_id: of_orders(org_id, commitments, *source_types))


def of_orders(org_id: str, commitments: AllCommitments, *source_types: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        lines = list(commitments())
        line_ids = [line.line_id for _, line in lines]
        gone = [
            f"{ref} holds something of {item_id} at {location_id}, for a line that is gone"
            for ledger in LEDGERS
            for ref, item_id, location_id in db.execute_sql(
                f"""
                SELECT max(ref), item_id, location_id FROM {ledger.entries}
                WHERE org_id = %s AND source_type = ANY(%s) AND line_id <> ALL(%s::uuid[])
                GROUP BY line_id, item_id, location_id
                HAVING (sum(on_hand), sum(on_order), sum(demand), sum(allocated)) <> (0, 0, 0, 0)
                ORDER BY 1, 2, 3
                """,
                (org_id, list(source_types), line_ids),
            )
        ]
        return gone + [
            f"{posting.ref} lacks {posting.event_type} of {canonical(posting.quantity)} of {posting.item_id} "
            f"at {posting.location_id}"
            for ledger in LEDGERS
            for posting in _differences(ledger, [line for of_ledger, line in lines if of_ledger is ledger])
        ]


def _differences(ledger: Ledger, lines: Sequence[Commitment]) -> list[Posting]:
    return differences(lines, LineBalances.read(ledger, (line.line_id for line in lines)))


def of_organization(org_id: str, ledger: Ledger) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        return [
            *_balances(ledger),
            *history_integrity.find(ledger),
            *index_integrity.find(ledger),
            *(
                sentence.format(*map(_shown, row))
                for sql, sentence in (*_QUESTIONS, *value_integrity.QUESTIONS)
                for row in db.execute_sql(_named(sql, ledger))
            ),
        ]


def _balances(ledger: Ledger) -> Iterator[str]:
    """Balances that are not the sum of the effects, one difference a sentence; also those that miss or are too many."""
    columns = (*AMOUNTS, "in_transit_value")
    sums = ", ".join(f"sum({column}) AS {column}" for column in columns)
    kept = ", ".join(f"coalesce(balance.{column}, 0)" for column in columns)
    expected = ", ".join(f"coalesce(expected.{column}, 0)" for column in columns)
    # The effect on in_transit of a transfer lies where the goods are going; so does the value that left.
    rows = db.execute_sql(
        _named(
            f"""
            WITH effect AS (
                SELECT item_id, location_id, on_hand, on_order, demand, allocated,
                    CASE WHEN to_location_id IS NULL THEN in_transit ELSE 0 END AS in_transit, value,
                    CASE WHEN to_location_id IS NULL AND in_transit <> 0 THEN -value ELSE 0 END AS in_transit_value
                FROM $entries
                UNION ALL
                SELECT item_id, to_location_id, 0, 0, 0, 0, in_transit, 0, -value
                FROM $entries WHERE to_location_id IS NOT NULL
            ), expected AS (SELECT item_id, location_id, {sums} FROM effect GROUP BY item_id, location_id)
            SELECT item_id, location_id, {kept}, {expected}
            FROM expected FULL JOIN $balances AS balance USING (item_id, location_id)
            WHERE ({kept}) IS DISTINCT FROM ({expected}) ORDER BY item_id, location_id
            """,
            ledger,
        )
    )
    for item_id, location_id, *numbers in rows:
        for column, is_, should in zip(columns, numbers[: len(columns)], numbers[len(columns) :], strict=True):
            if is_ != should:
                yield f"{column} of {item_id} at {location_id} is {_shown(is_)}, its entries add up to {_shown(should)}"


def _shown(value: object) -> object:
    return canonical(value) if isinstance(value, Decimal) else value


def _signs() -> str:
    """The table of effects as SQL values: (name, on_hand, on_order, demand, allocated, in_transit)."""
    return ", ".join(
        f"('{name}', {signs.on_hand}, {signs.on_order}, {signs.demand}, {signs.allocated}, {signs.in_transit})"
        for name, signs in QUANTITIES.items()
    )


_EFFECT_NAME = f"CASE WHEN event_type = 'RECEIVE' AND source_type = 'transfer' THEN '{ARRIVAL}' ELSE event_type END"

# What a receipt fulfils depends on what was open when it was written; only its bounds follow from the entry itself.
_FULFILLED_ON_ORDER = "event_type IN ('RECEIVE', 'PRODUCE') AND entry.on_order BETWEEN -quantity AND 0"
_FULFILLED_ALLOCATED = "event_type = 'CONSUME' AND entry.allocated BETWEEN -quantity AND 0"

_REVERSIBLE = ", ".join(f"'{REVERSE}{name}'" for name in sorted(REVERSIBLE))

_QUESTIONS = (
    (
        f"""
        SELECT code, event_type FROM $entries AS entry
        LEFT JOIN (VALUES {_signs()}) AS sign (name, on_hand, on_order, demand, allocated, in_transit)
            ON sign.name = {_EFFECT_NAME}
        WHERE reverses_id IS NULL AND (sign.name IS NULL
            OR entry.on_hand <> quantity * sign.on_hand
            OR entry.demand <> quantity * sign.demand
            OR entry.in_transit <> quantity * sign.in_transit
            OR NOT (entry.on_order = quantity * sign.on_order OR {_FULFILLED_ON_ORDER})
            OR NOT (entry.allocated = quantity * sign.allocated OR {_FULFILLED_ALLOCATED}))
        """,
        "the quantities that {0} changes are not those of {1}",
    ),
    (
        f"""
        SELECT code, value FROM $entries WHERE event_type NOT IN ('{REVALUE}', '{REVERSE}{REVALUE}')
            AND ((on_hand = 0 AND value <> 0) OR (on_hand > 0 AND value < 0) OR (on_hand < 0 AND value > 0))
        """,
        "{0} moves the value {1} against its goods",
    ),
    (
        """
        SELECT code, unit_cost, value FROM $entries
        WHERE on_hand <> 0 AND (unit_cost IS NULL
            OR abs(abs(value) - quantity * unit_cost) > greatest(quantity, 1) * 0.000001)
        """,
        "{0} shows the unit cost {1}, which does not give its value {2}",
    ),
    (
        f"""
        SELECT undoing.code, undone.code FROM $entries AS undoing
        JOIN $entries AS undone ON undone.org_id = undoing.org_id AND undone.id = undoing.reverses_id
        WHERE undoing.event_type NOT IN ({_REVERSIBLE}, '{REVERSE}{REVALUE}')
            OR undoing.event_type <> '{REVERSE}' || undone.event_type
            OR undoing.item_id <> undone.item_id OR undoing.location_id <> undone.location_id
            OR undoing.to_location_id IS DISTINCT FROM undone.to_location_id
            OR undoing.line_id IS DISTINCT FROM undone.line_id
        """,
        "{0} reverses {1}, which is another kind of event, item, place or line",
    ),
    (
        """
        SELECT undoing.code, undone.code FROM $entries AS undoing
        JOIN $entries AS undone ON undone.org_id = undoing.org_id AND undone.id = undoing.reverses_id
        WHERE undoing.on_hand * undone.quantity <> -undone.on_hand * undoing.quantity
            OR undoing.on_order * undone.quantity <> -undone.on_order * undoing.quantity
            OR undoing.demand * undone.quantity <> -undone.demand * undoing.quantity
            OR undoing.allocated * undone.quantity <> -undone.allocated * undoing.quantity
            OR undoing.in_transit * undone.quantity <> -undone.in_transit * undoing.quantity
        """,
        "{0} is not the exact opposite of {1}",
    ),
    (
        """
        SELECT undone.code, sum(undoing.quantity), undone.quantity FROM $entries AS undoing
        JOIN $entries AS undone ON undone.org_id = undoing.org_id AND undone.id = undoing.reverses_id
        GROUP BY undone.org_id, undone.id, undone.code, undone.quantity HAVING sum(undoing.quantity) > undone.quantity
        """,
        "{0} was reversed by {1}, more than its {2}",
    ),
    (
        """
        SELECT arrival.code, coalesce(sent.code, 'nothing') FROM $entries AS arrival
        LEFT JOIN $entries AS sent ON sent.org_id = arrival.org_id AND sent.id = arrival.source_id
            AND sent.event_type = 'TRANSFER' AND sent.to_location_id = arrival.location_id
            AND sent.item_id = arrival.item_id
        WHERE arrival.event_type = 'RECEIVE' AND arrival.source_type = 'transfer' AND sent.id IS NULL
        """,
        "{0} receives a transfer that nobody sent like that",
    ),
    (
        """
        SELECT sent.code, sum(came.quantity), sent.quantity, sum(came.value), -sent.value
        FROM $entries AS sent JOIN (
            SELECT org_id, source_id AS sent_id, quantity, value FROM $entries
            WHERE event_type = 'RECEIVE' AND source_type = 'transfer'
            UNION ALL
            SELECT org_id, reverses_id, quantity, value FROM $entries WHERE event_type = 'REVERSE_TRANSFER'
        ) AS came ON came.org_id = sent.org_id AND came.sent_id = sent.id
        WHERE sent.event_type = 'TRANSFER'
        GROUP BY sent.org_id, sent.id, sent.code, sent.quantity, sent.value
        HAVING sum(came.quantity) > sent.quantity OR sum(came.value) > -sent.value
            OR (sum(came.quantity) = sent.quantity AND sum(came.value) <> -sent.value)
        """,
        "of the transfer {0} came {1} of {2}, worth {3} of {4}",
    ),
    (
        """
        SELECT code, total FROM (
            SELECT code, sum(on_hand) OVER (PARTITION BY item_id, location_id ORDER BY length(code), code) AS total
            FROM $entries
        ) AS running WHERE total < 0
        """,
        "after {0} there was {1} on hand",
    ),
    (
        """
        SELECT max(substring(code FROM '[0-9]+$')::bigint), coalesce(max(last), 0)
        FROM $entries AS entry LEFT JOIN number_sequence AS sequence ON kind = '$prefix' AND year = 0
        HAVING max(substring(code FROM '[0-9]+$')::bigint) > coalesce(max(last), 0)
        """,
        "the number {0} is in use, but only {1} were given",
    ),
)


def _named(sql: str, ledger: Ledger) -> str:
    return (
        sql.replace("$entries", ledger.entries)
        .replace("$balances", ledger.balances)
        .replace("$prefix", ledger.code_prefix)
    )
