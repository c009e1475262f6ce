"""Organizations and their settings, from the first row to the last."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pharus.db import current, db
from pharus.errors import NotFound
from pharus.fields import new_id
from pharus.names import snake
from plugins.platform import schemas
from plugins.platform.models import Organization, OrganizationSettings
from plugins.platform.records import ORGANIZATION, SETTINGS, PlatformRecords

T = TypeVar("T")

# How much more than was ordered may arrive in an organization, in percent of the order; NULL for no limit. It is asked
# for in a statement that reads something else, so that a receipt has no round trip more. Its parameter is the id.
OVER_RECEIPT_TOLERANCE = "(SELECT over_receipt_tolerance_percent FROM organization_settings WHERE org_id = %s)"

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
