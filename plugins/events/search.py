"""Where in the log what is asked for may be, as SQL: through the blocks that have something of it, or, of one record,
through its indexes.

The log has an index by record and one in its order, and none for each thing that may be asked for: those would take
longer than the writing of an event. A block (plugins/events/chain.py) says of up to 256 rows what is in them; what is
in no block yet was written within minutes. Each statement reads rows in the order of the log, and no more than its page
needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# With what is in no block yet behind all blocks.
_BLOCKS = """
SELECT e.*, coalesce(cardinality(e.record_ids), 1) AS size
FROM (
    SELECT number, after_transaction_id, after_seq, transaction_id, seq FROM event_block
    WHERE org_id = current_org() AND {blocks}
    UNION ALL
    SELECT {most}, coalesce(chain.transaction_id, 0), coalesce(chain.seq, 0), event_horizon() - 1, {most}
    FROM (SELECT) AS one LEFT JOIN event_chain AS chain ON chain.org_id = current_org()
    ORDER BY number {way}
) AS block,
LATERAL (
    SELECT * FROM event
    WHERE org_id = current_org() AND (transaction_id, seq) > (block.after_transaction_id, block.after_seq)
        AND (transaction_id, seq) <= (block.transaction_id, block.seq) AND {rows}
    ORDER BY transaction_id {way}, seq {way}
) AS e
ORDER BY block.number {way}, e.transaction_id {way}, e.seq {way} LIMIT %s"""

_ALL = """
SELECT *, coalesce(cardinality(record_ids), 1) AS size FROM event
WHERE org_id = current_org() AND transaction_id < event_horizon() AND {rows}
ORDER BY transaction_id {way}, seq {way} LIMIT %s"""

# A packed row counts as one event: it may have no more of the record.
_RECORD = """
SELECT e.*, 1 AS size FROM (
    (
        SELECT * FROM event
        WHERE org_id = current_org() AND record_id = %s AND {rows}
        ORDER BY transaction_id {way}, seq {way} LIMIT %s
    )
    UNION ALL
    (
        SELECT * FROM event
        WHERE org_id = current_org() AND parent_id = ANY(%s::uuid[]) AND {rows}
        ORDER BY transaction_id {way}, seq {way} LIMIT %s
    )
    UNION ALL
    (
        SELECT * FROM event
        WHERE org_id = current_org() AND record_ids IS NOT NULL
            AND (parent_type IS NOT NULL AND parent_ids && %s::uuid[] OR record_ids @> ARRAY[%s::uuid]) AND {rows}
        ORDER BY transaction_id {way}, seq {way} LIMIT %s
    )
) AS e
WHERE e.transaction_id < event_horizon() ORDER BY transaction_id {way}, seq {way} LIMIT %s"""

_MOST = 2**63 - 1

# A condition and its values.
Condition = tuple[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; None: whatever it is. `types` are types of events, or all of a table as `sales_order.*`;
    `hidden` are tables that are left out, `except_operation` an operation that is."""

    types: Sequence[str] | None = None
    hidden: Sequence[str] = ()
    user_id: str | None = None
    token_id: str | None = None
    operation: str | None = None
    except_operation: str | None = None
    request_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    # Events of one record and of what belongs to it: its id, and with it those of the others.
    record_id: str | None = None
    family: Sequence[str] = ()

    def rows(self, after: tuple[int, int] | None, way: str, limit: int) -> Condition:
        """The statement for the rows at a position and behind it, as many as `limit` events need."""
        condition, values = self._of_rows()
        if after is not None:
            # The row at the position is packed, maybe, and not all of it was seen.
            condition.append(f"(transaction_id, seq) {'>=' if way == 'ASC' else '<='} (%s, %s)")
            values += after
        rows = " AND ".join(condition) or "true"
        if self.record_id is not None:
            family = list(self.family)
            first, second = [self.record_id, *values, limit], [family, *values, limit]
            third = [family, self.record_id, *values, limit]
            return _RECORD.format(rows=rows, way=way), [*first, *second, *third, limit]
        blocks, of_blocks = self._of_blocks()
        if not blocks:
            return _ALL.format(rows=rows, way=way), [*values, limit]
        if after is not None:
            end = "transaction_id, seq" if way == "ASC" else "after_transaction_id, after_seq"
            blocks.append(f"({end}) {'>=' if way == 'ASC' else '<'} (%s, %s)")
            of_blocks += after
        text = _BLOCKS.format(blocks=" AND ".join(blocks), rows=rows, way=way, most=_MOST)
        return text, [*of_blocks, *values, limit]

    def _of_rows(self) -> tuple[list[str], list[Any]]:
        condition, values = list[str](), list[Any]()
        if self.hidden:
            condition.append("split_part(type, '.', 1) <> ALL(%s)")
            values.append(list(self.hidden))
        if self.types is not None:
            condition.append("(type = ANY(%s) OR split_part(type, '.', 1) = ANY(%s))")
            values += _types(self.types)
        for column in ("user_id", "token_id", "operation", "request_id"):
            if (value := getattr(self, column)) is not None:
                condition.append(f"{column} = %s")
                values.append(value)
        if self.except_operation is not None:
            condition.append("operation IS DISTINCT FROM %s")
            values.append(self.except_operation)
        if self.since is not None:
            condition.append("occurred_at >= %s")
            values.append(self.since)
        if self.until is not None:
            condition.append("occurred_at < %s")
            values.append(self.until)
        return condition, values

    def _of_blocks(self) -> tuple[list[str], list[Any]]:
        """The same of what a block says; none where most blocks will have something of it."""
        condition, values = list[str](), list[Any]()
        if self.types is not None:
            condition.append(
                "EXISTS (SELECT FROM unnest(types) AS type WHERE type = ANY(%s) OR split_part(type, '.', 1) = ANY(%s))"
            )
            values += _types(self.types)
        for value, column in (
            (self.user_id, "user_ids"),
            (self.token_id, "token_ids"),
            (self.operation, "operations"),
        ):
            if value is not None:
                condition.append(f"%s = ANY({column})")
                values.append(value)
        if self.request_id is not None:
            condition.append("event_request(%s) = ANY(requests)")
            values.append(self.request_id)
        if self.since is not None:
            condition.append("last_at >= %s")
            values.append(self.since)
        if self.until is not None:
            condition.append("first_at < %s")
            values.append(self.until)
        return condition, values


def _types(types: Sequence[str]) -> tuple[list[str], list[str]]:
    exact = [each for each in types if not each.endswith(".*")]
    return exact, [each[:-2] for each in types if each.endswith(".*")]
