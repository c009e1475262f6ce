"""The settings of the books: the time zone, the closed period, the names of the accounts."""

from datetime import date
from typing import cast

from pharus import rowsets
from pharus.db import current, db
from plugins.accounting import rules
from plugins.accounting.schemas import AccountingSettings, AccountingSettingsUpdate, AccountNames


def settings() -> AccountingSettings:
    unit = current()
    lock = "FOR NO KEY UPDATE" if unit.locks_reads else ""
    time_zone, closed_through = db.row(
        f"SELECT time_zone, closed_through FROM organization WHERE id = %s {lock}", (unit.org_id,)
    )
    return {"timeZone": time_zone, "closedThrough": closed_through, "accounts": names()}


def names() -> AccountNames:
    """The accounts with the names that the organization gave them, or their usual ones."""
    given = dict(db.rows("SELECT account, name FROM accounting_account WHERE org_id = %s", (current().org_id,)))
    return cast(AccountNames, {**rules.ACCOUNTS, **given})


def change(body: AccountingSettingsUpdate) -> AccountingSettings:
    """Change what the body names, where it is another value. Who closes the books waits for nobody: a request that
    began before may still post."""
    unit = current()
    before = settings()
    time_zone = body.get("timeZone", before["timeZone"])
    closed_through = body.get("closedThrough", before["closedThrough"])
    closed = date.fromisoformat(closed_through) if isinstance(closed_through, str) else closed_through
    rules.refuse_settings(time_zone, closed, unit.today)
    if (time_zone, closed) != (before["timeZone"], before["closedThrough"]):
        db.execute_sql(
            "UPDATE organization SET time_zone = %s, closed_through = %s, updated_at = %s WHERE id = %s",
            (time_zone, closed, unit.now, unit.org_id),
        )
    renamed = body.get("accounts", {}).items() - before["accounts"].items()
    if renamed:
        rows = [{"org_id": unit.org_id, "account": account, "name": name} for account, name in sorted(renamed)]
        db.execute_sql(
            rowsets.insertion("accounting_account", rows[0])
            + " ON CONFLICT (org_id, account) DO UPDATE SET name = excluded.name",
            (rowsets.parameter(rows),),
        )
    return settings()
