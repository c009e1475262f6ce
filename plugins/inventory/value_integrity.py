"""Is the value in a ledger what its events say? Part of the integrity check (docs/rules.md, Inventory: the identity).

What came from outside is computed from quantities and unit costs alone, and held against the values that were stored:
entry by entry, as a sum over the whole ledger, and as an average that never leaves the unit costs that came in.
"""

from plugins.inventory.postings import REVALUE, REVERSE

_REVALUATIONS = f"'{REVALUE}', '{REVERSE}{REVALUE}'"

# What an entry brought from outside by its event alone; NULL for what only moves value inside.
_BROUGHT = f"""
    SELECT entry.*, CASE
        WHEN event_type = 'RECEIVE' AND source_type IS DISTINCT FROM 'transfer'
            THEN coalesce(added_value, quantity * unit_cost)
        WHEN event_type = 'ADJUST' THEN coalesce(added_value, quantity * unit_cost)
        WHEN event_type = 'PRODUCE' THEN coalesce(added_value, 0) + coalesce((
            SELECT sum(-value) FROM (
                SELECT org_id, source_id, event_type, value FROM materials_ledger_entry
                UNION ALL SELECT org_id, source_id, event_type, value FROM finished_goods_ledger_entry
            ) AS taken
            WHERE taken.org_id = entry.org_id AND taken.source_id = entry.source_id AND taken.event_type = 'CONSUME'
        ), 0)
        WHEN event_type IN ({_REVALUATIONS}) THEN added_value
    END AS brought
    FROM $entries AS entry
"""
# The same with what an undo takes away again: all that the inflow brought, corrections included.
_SIGNED = f"""
    WITH brought AS ({_BROUGHT}), corrections AS (
        SELECT corrects_id, sum(added_value) AS added FROM $entries WHERE corrects_id IS NOT NULL GROUP BY corrects_id
    )
    SELECT brought.code, brought.value, brought.variance, CASE
        WHEN brought.event_type IN ('REVERSE_RECEIVE', 'REVERSE_PRODUCE')
            THEN -(undone.brought + coalesce(corrections.added, 0))
        ELSE brought.brought
    END AS brought
    FROM brought
    LEFT JOIN brought AS undone ON undone.org_id = brought.org_id AND undone.id = brought.reverses_id
    LEFT JOIN corrections ON corrections.corrects_id = undone.id
"""

# Shares are rounded to 12 places; more than this is no rounding.
_ROUNDING = "0.000001"

QUESTIONS = (
    (
        f"""
        SELECT code, value, variance, brought FROM ({_SIGNED}) AS signed
        WHERE (brought IS NULL AND variance <> 0) OR value - variance <> brought
        """,
        "{0} moves the value {1} with the variance {2}, its event brought {3}",
    ),
    (
        f"""
        SELECT brought, on_hand, in_transit, consumed, disposed, variance FROM
            (SELECT coalesce(sum(brought), 0) AS brought FROM ({_SIGNED}) AS signed) AS outside,
            (
                SELECT coalesce(sum(value), 0) AS on_hand, coalesce(sum(in_transit_value), 0) AS in_transit
                FROM $balances
            ) AS kept,
            (
                SELECT coalesce(sum(-value) FILTER (WHERE event_type IN ('CONSUME', 'REVERSE_CONSUME')), 0) AS consumed,
                    coalesce(sum(-value) FILTER (WHERE event_type = 'DISPOSE'), 0) AS disposed,
                    coalesce(sum(variance), 0) AS variance
                FROM $entries
            ) AS moved
        WHERE brought <> on_hand + in_transit + consumed + disposed - variance
        """,
        "{0} came in, but {1} on hand, {2} in transit, {3} consumed, {4} disposed of, {5} variance do not add up",
    ),
    (
        f"""
        WITH counted AS (
            SELECT org_id, id, code, event_type, reverses_id, variance, count(*) FILTER (
                WHERE on_hand < 0 OR (event_type IN ({_REVALUATIONS}) AND corrects_id IS NULL)
            ) OVER (PARTITION BY item_id, location_id ORDER BY length(code), code) AS outflows
            FROM $entries
        )
        SELECT undoing.code, undone.code, undoing.variance FROM counted AS undoing
        JOIN counted AS undone ON undone.org_id = undoing.org_id AND undone.id = undoing.reverses_id
        WHERE undoing.event_type IN ('REVERSE_RECEIVE', 'REVERSE_PRODUCE')
            AND undoing.outflows = undone.outflows + 1 AND abs(undoing.variance) > {_ROUNDING}
        """,
        "{0} takes {1} back, of which nothing had gone, and yet has the variance {2}",
    ),
    (
        """
        WITH moved AS (
            SELECT code, item_id, location_id, length(code) AS digits, on_hand, event_type,
                sum(on_hand) OVER balance AS total, sum(value) OVER balance AS worth,
                CASE
                    WHEN on_hand > 0 THEN value / on_hand
                    WHEN corrects_id IS NOT NULL THEN (
                        SELECT (inflow.value + (
                            SELECT sum(correction.added_value) FROM $entries AS correction
                            WHERE correction.org_id = inflow.org_id AND correction.corrects_id = inflow.id
                                AND (length(correction.code), correction.code) <= (length(entry.code), entry.code)
                        )) / inflow.quantity
                        FROM $entries AS inflow WHERE inflow.org_id = entry.org_id AND inflow.id = entry.corrects_id
                    )
                END AS cost
            FROM $entries AS entry WHERE on_hand <> 0 OR value <> 0
            WINDOW balance AS (PARTITION BY item_id, location_id ORDER BY length(code), code)
        ), told_apart AS (
            SELECT *, count(*) FILTER (WHERE total = 0) OVER earlier AS emptied,
                CASE WHEN on_hand = 0 AND cost IS NULL THEN worth / nullif(total, 0) ELSE cost END AS came_at
            FROM moved WINDOW earlier AS (
                PARTITION BY item_id, location_id ORDER BY digits, code
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            )
        ), bounded AS (
            SELECT *, min(came_at) OVER pool AS lowest, max(came_at) OVER pool AS highest FROM told_apart
            WINDOW pool AS (PARTITION BY item_id, location_id, emptied ORDER BY digits, code)
        )
        SELECT code, round(worth / total, 6), round(lowest, 6), round(highest, 6) FROM bounded
        WHERE total > 0 AND (worth < lowest * total - 0.000001 * (total + 1)
            OR worth > highest * total + 0.000001 * (total + 1))
        """,
        "after {0} the average cost was {1}, but goods came in at {2} to {3}",
    ),
)
