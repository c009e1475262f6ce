"""Organizations and their settings, from the first row to the last."""

from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar

from pharus.db import current, db
from pharus.errors import NotFound
from pharus.fields import new_id
from pharus.names import snake
from pharus.records import Records
from plugins.platform import schemas
from plugins.platform.models import Organization, OrganizationSettings
from plugins.platform.records import ORGANIZATION, SETTINGS, PlatformRecords

T = TypeVar("T")

# These keys of an update belong to the organization itself; every other one belongs to its settings.
_OWN_KEYS = ("name", "slug", "requires_if_match")


def discrepancies(of_organization: Callable[[str], Iterable[str]]) -> list[str]:
    """What `pharus check` says of each organization that is not deleted: its name, and a sentence that was found in it.
    Outside of any unit of work."""
    organizations = db.rows("SELECT id, name FROM organization WHERE purge_requested_at IS NULL ORDER BY id")
    return [f"{name}: {discrepancy}" for org_id, name in organizations for discrepancy in of_organization(org_id)]


def create(name: str, slug: str) -> schemas.Organization:
    """The organization and its empty settings; Conflict when the slug is taken. As the platform role."""
    now = current().now
    query = Organization.insert(id=new_id(), name=name, slug=slug, is_active=True, created_at=now, updated_at=now)
    organization = _known(ORGANIZATION.one(query.returning(*ORGANIZATION.columns)))
    OrganizationSettings.insert(org_id=organization["id"], created_at=now, updated_at=now).execute()
    return organization


def get() -> schemas.OrganizationWithSettings:
    """The current organization."""
    return update({})


def update(body: schemas.OrganizationUpdate) -> schemas.OrganizationWithSettings:
    """Change what the body names in the current organization; Conflict when the slug is taken."""
    org_id = current().org_id
    changes = {snake(key): value for key, value in body.items()}
    own = {key: changes.pop(key) for key in _OWN_KEYS if key in changes}
    return {
        "organization": _known(
            ORGANIZATION.one(_change(ORGANIZATION, (Organization.id == org_id) & Organization.is_active, own))
        ),
        "settings": _known(SETTINGS.one(_change(SETTINGS, OrganizationSettings.org_id == org_id, changes))),
    }


def with_setting(
    records: Records[T], column: str, id: str, setting: Literal["over_receipt_tolerance_percent", "currency"]
) -> tuple[list[T], Any]:
    """All records that belong to another one, whose `column` has its id, as they were added, and a setting of the
    organization: in one statement, so that who needs one has no round trip more."""
    org_id = current().org_id
    rows = db.prepared(
        f"SELECT {records.selected}, (SELECT {setting} FROM organization_settings WHERE org_id = %s) "
        f"FROM {records.table} WHERE org_id = %s AND {column} = %s ORDER BY id",
        (org_id, org_id, id),
    )
    return records.records_of(rows), rows[0][-1] if rows else None


def _change(records: PlatformRecords[Any], condition: Any, changes: dict[str, Any]) -> Any:
    """The query that changes the row and returns it; nothing to change, it only reads."""
    if not changes:
        found = records.model.select(*records.columns).where(condition)
        return found.for_update() if current().locks_reads else found
    query = records.model.update(updated_at=current().now, **changes)
    return query.where(condition).returning(*records.columns)


def _known(row: T | None) -> T:
    """NotFound when the organization was deleted by another request after this one had begun."""
    if row is None:
        raise NotFound("the organization has just been deleted")
    return row
