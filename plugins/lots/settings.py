"""What holds for the lots of all items that do not say otherwise. Who never said anything has no row."""

from typing import cast

from pharus.db import current, db
from plugins.lots.schemas import LotSettings, LotSettingsUpdate

_UNLESS_SAID = {"policy": "fefo", "receivedStatus": "released"}


def read() -> LotSettings:
    rows = db.rows("SELECT policy, received_status FROM lot_settings WHERE org_id = %s", (current().org_id,))
    given = dict(zip(_UNLESS_SAID, rows[0], strict=True)) if rows else _UNLESS_SAID
    return cast(LotSettings, dict(given))


def change(body: LotSettingsUpdate) -> LotSettings:
    before = read()
    if {**before, **body} == before:
        return before
    policy, received_status = body.get("policy"), body.get("receivedStatus")
    row = db.row(
        """
        INSERT INTO lot_settings AS settings (org_id, policy, received_status)
        VALUES (%s, coalesce(%s, 'fefo'), coalesce(%s, 'released'))
        ON CONFLICT (org_id) DO UPDATE
        SET policy = coalesce(%s, settings.policy), received_status = coalesce(%s, settings.received_status)
        RETURNING policy, received_status
        """,
        (current().org_id, policy, received_status, policy, received_status),
    )
    return cast(LotSettings, dict(zip(_UNLESS_SAID, row, strict=True)))
