"""The bulk import of materials: checked in two statements, stored in one."""

from typing import Any

import orjson
import uuid_utils
from psycopg2.extras import execute_values

from bench.peers.floor import bodies
from bench.peers.floor.refusals import invalid
from bench.peers.floor.transactions import Caller, Path

_body = bodies.compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["rows"],
        "properties": {
            "rows": {
                "type": "array",
                "minItems": 1,
                "maxItems": 5000,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["code", "name", "typeId"],
                    "properties": {
                        "code": {"type": "string", "minLength": 1, "maxLength": 100, "pattern": r"\S"},
                        "name": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"\S"},
                        "typeId": {"type": "string", "format": "uuid"},
                        "notes": bodies.text(10000),
                    },
                },
            }
        },
    }
)

_TYPES = "SELECT id FROM material_type WHERE org_id = %s AND id = ANY(%s::uuid[]) AND is_active"

# A code that a row before has, or a material of the organization. sort_key keeps lower(material_code), and is what
# row-level security lets an index look for.
_TAKEN = """
SELECT index FROM (
    SELECT index, row_number() OVER (PARTITION BY lower(code) ORDER BY index) > 1 AS again, EXISTS (
        SELECT FROM material WHERE org_id = %s AND sort_key = lower(code)
    ) AS stored
    FROM unnest(%s::text[]) WITH ORDINALITY AS given (code, index)
) AS compared
WHERE again OR stored"""

_INSERT = """
INSERT INTO material (org_id, id, material_code, name, material_type_id, notes, created_at, updated_at) VALUES %s"""


def import_materials(cursor: Any, caller: Caller, query: bytes, content: bytes, path: Path) -> bytes:
    """All rows or none; the JSON of their ids."""
    values, problems = bodies.read_query(
        query, {"mode": bodies.one_of("atomic"), "dryRun": bodies.one_of("true", "false")}
    )
    rows = bodies.read_body(content, _body, problems)["rows"]
    codes = [row["code"].strip() for row in rows]
    cursor.execute(_TYPES, (caller.org_id, list({row["typeId"] for row in rows})))
    types = {id for (id,) in cursor.fetchall()}
    problems += [(f"/rows/{n}/typeId", "does not exist") for n, row in enumerate(rows) if row["typeId"] not in types]
    cursor.execute(_TAKEN, (caller.org_id, codes))
    problems += [(f"/rows/{index - 1}/code", "is taken") for (index,) in cursor.fetchall()]
    if problems:
        raise invalid(problems)
    if values.get("dryRun") == "true":
        return orjson.dumps({"ids": [], "results": [{"index": n, "status": "ok"} for n in range(len(rows))]})
    ids = [str(uuid_utils.uuid7()) for _ in rows]
    org_id, now = caller.org_id, caller.now
    stored = [
        (org_id, id, code, row["name"], row["typeId"], row.get("notes"), now, now)
        for id, code, row in zip(ids, codes, rows, strict=True)
    ]
    execute_values(cursor, _INSERT, stored, page_size=len(stored))
    results = [{"index": n, "status": "ok", "id": id} for n, id in enumerate(ids)]
    return orjson.dumps({"ids": ids, "results": results})
