"""Each night: inspections that wait for too long are overdue, and whoever follows the events is told."""

from datetime import time, timedelta

from pharus import plugin_settings
from pharus.db import current, db
from pharus.jobs import Daily, Job


def jobs() -> list[Job]:
    return [Job("overdue", mark_overdue, Daily(time(2, 30)))]


def mark_overdue() -> None:
    unit = current()
    latest = unit.now - timedelta(days=plugin_settings.of("inspections")["daysToInspect"])
    db.send(
        "UPDATE inspections_inspection SET status = 'overdue', updated_at = %s "
        "WHERE org_id = %s AND status = 'pending' AND created_at <= %s",
        (unit.now, unit.org_id, latest),
    )
