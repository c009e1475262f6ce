"""What `pharus check` finds wrong: inspections that are decided and do not say when, or the other way round.

Each organization is looked at as a request of it would see it: its rows are hidden from everybody else.
"""

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role


def find() -> list[str]:
    organizations = db.execute_sql("SELECT id, name FROM organization ORDER BY id").fetchall()
    return [f"{name}: {discrepancy}" for org_id, name in organizations for discrepancy in _of_organization(org_id)]


def _of_organization(org_id: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        rows = db.rows(
            "SELECT id, status FROM inspections_inspection "
            "WHERE (status IN ('passed', 'failed')) <> (decided_at IS NOT NULL) ORDER BY id",
            (),
        )
    return [f"the inspection {id} is {status}, and says something else of when" for id, status in rows]
