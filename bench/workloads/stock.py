"""An organization's materials and locations, and stock of them: what the workloads of the inventory begin with."""

from typing import Any

MATERIALS, LOCATIONS = 20, 5

TYPE_ID = "5a7e0000-0000-7000-8000-0000000001ff"


def material_id(digits: str) -> str:
    """The id of a material; `digits` are two, from 00 to 19."""
    return f"5a7e0000-0000-7000-8000-0000000000{digits}"


def location_id(number: int) -> str:
    return f"5a7e0000-0000-7000-8000-0000000002{number:02d}"


_MATERIALS = """
INSERT INTO material_type (org_id, id, name, sort_order) VALUES (%(org)s, %(type)s, 'Oils', 0) ON CONFLICT DO NOTHING;
INSERT INTO material (org_id, id, material_code, name, material_type_id)
SELECT %(org)s, ('5a7e0000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, 'MAT-' || n, 'Material ' || n,
    %(type)s
FROM generate_series(0, %(materials)s - 1) AS n ON CONFLICT DO NOTHING;
INSERT INTO location (org_id, id, name, sort_order)
SELECT %(org)s, ('5a7e0000-0000-7000-8000-0000000002' || lpad(n::text, 2, '0'))::uuid, 'Place ' || n, n
FROM generate_series(0, %(locations)s - 1) AS n ON CONFLICT DO NOTHING"""

# Receipts spread over materials, locations and a year; every fifth row has notes, every hundredth day a new order.
_ENTRIES = """
INSERT INTO materials_ledger_entry (org_id, id, code, item_id, location_id, event_type, quantity, unit_cost, ref,
    notes, event_date, source_type, source_id, on_hand, on_order, demand, allocated, in_transit, value, created_at)
SELECT %(org)s, md5('entry' || n)::uuid, 'MIL-' || lpad(n::text, 6, '0'),
    ('5a7e0000-0000-7000-8000-0000000000' || lpad((n %% %(materials)s)::text, 2, '0'))::uuid,
    ('5a7e0000-0000-7000-8000-0000000002' || lpad((n / %(materials)s %% %(locations)s)::text, 2, '0'))::uuid,
    'RECEIVE', 12.5, 2, 'PO-2026-' || lpad((n / 100)::text, 4, '0'), CASE WHEN n %% 5 = 0 THEN 'Checked.' END,
    timestamptz '2026-01-01' + n * interval '3000.000001 s', 'po_receipt', md5('receipt' || n)::uuid,
    12.5, 0, 0, 0, 0, 25, timestamptz '2026-01-01' + n * interval '3001 s'
FROM generate_series(1, %(rows)s) AS n"""

_BALANCES = """
INSERT INTO materials_balance (org_id, item_id, location_id, on_hand, value)
SELECT org_id, item_id, location_id, sum(on_hand), sum(value) FROM materials_ledger_entry WHERE org_id = %(org)s
GROUP BY org_id, item_id, location_id;
INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%(org)s, 'MIL', 0, %(rows)s)"""

TABLES = ("materials_ledger_entry", "materials_balance", "number_sequence", "material", "location")


def prepare(cursor: Any, org_id: str, rows: int) -> None:
    """That many entries at least: a ledger only grows, and what a request costs does not depend on it."""
    parameters = {"org": org_id, "type": TYPE_ID, "materials": MATERIALS, "locations": LOCATIONS, "rows": rows}
    cursor.execute("SELECT EXISTS (SELECT FROM materials_ledger_entry WHERE org_id = %s)", (org_id,))
    if not cursor.fetchone()[0]:
        for text in (_MATERIALS, _ENTRIES, _BALANCES):
            cursor.execute(text, parameters)
