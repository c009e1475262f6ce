"""What generated requests meet: two organizations that must never see each other, with records of every kind.

Alice owns the first one and sends the requests. Bob owns the second: nothing of it may ever stand in an answer to her.
Schemathesis is a process of its own; it reads the world from the file that `save` wrote.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

from pharus.providers import LocalProvider
from tests import factories

_WEEK = timedelta(days=7)
# A long run takes less than this.
_TOKEN_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Person:
    user_id: str
    uid: str
    email: str
    authorization: str


@dataclass(frozen=True)
class Half:
    """One organization: its owner, a record of each kind, and the texts that occur nowhere else."""

    org_id: str
    owner: Person
    member_id: str
    location_id: str
    vendor_id: str
    invitation_id: str
    invitation_token: str
    api_token_id: str
    cursor: str
    markers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    address: str
    database_url: str
    data_folder: str
    alice: Half
    bob: Half


def make(address: str, database_url: str, data_folder: Path) -> World:
    """Fill two organizations in the database behind the server at `address`."""
    provider = LocalProvider(data_folder)
    alice, bob = (_make_half(address, provider) for _ in range(2))
    return World(address, database_url, str(data_folder), alice, bob)


def save(world: World, file: Path) -> None:
    file.write_text(json.dumps(asdict(world)), encoding="utf-8")


def load(file: Path) -> World:
    values = json.loads(file.read_text(encoding="utf-8"))
    for name in ("alice", "bob"):
        values[name] = Half(**{**values[name], "owner": Person(**values[name]["owner"])})
    return World(**values)


def sign_in(provider: LocalProvider, user: factories.User) -> Person:
    token = provider.issue(user.email, uid=user.uid, lifetime_seconds=_TOKEN_SECONDS)
    return Person(user.id, user.uid, user.email, f"Bearer {token}")


def in_a_week() -> datetime:
    return datetime.now(UTC) + _WEEK


def view(world: World, half: Half) -> dict[str, object]:
    """All that the owner of this half sees of it, to be compared before and after."""
    headers = {"Authorization": half.owner.authorization, "X-Org-Id": half.org_id}
    seen: dict[str, object] = {}
    with httpx.Client(base_url=world.address, headers=headers, timeout=60, trust_env=False) as client:
        for path in (
            "/api/organizations/current",
            "/api/organizations/current/members",
            "/api/organizations/current/invitations",
            "/api/locations",
            "/api/vendors?limit=500",
            "/api/user/api-tokens",
            "/api/invitations",
        ):
            answer = client.get(path)
            assert answer.status_code == 200, f"{path}: {answer.text}"
            seen[path] = answer.json()
    return _without_activity(seen)


def _make_half(address: str, provider: LocalProvider) -> Half:
    organization = factories.make_organization()
    owner, member = factories.make_user(), factories.make_user()
    factories.make_membership(organization.id, owner.id, "owner")
    factories.make_membership(organization.id, member.id, "member")
    guest = f"{factories.unique('guest')}@example.com"
    invitation_token = factories.make_invitation(organization.id, email=guest, expires_at=in_a_week(), role="viewer")
    # Somebody else invites the owner, so that the list of pending invitations is not empty.
    factories.make_invitation(factories.make_organization().id, email=owner.email, expires_at=in_a_week())
    location_ids = [factories.make_location(organization.id, sort_order=place) for place in range(3)]
    vendor_ids = [factories.make_vendor(organization.id, qbo_id=factories.unique("Q")) for _ in range(3)]
    plaintext = factories.make_api_token(organization.id, owner.id)
    person = sign_in(provider, owner)
    headers = {"Authorization": person.authorization, "X-Org-Id": organization.id}
    with httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False) as client:
        page = client.get("/api/vendors", params={"limit": 1}).json()
        invitations = client.get("/api/organizations/current/invitations").json()["data"]
        tokens = client.get("/api/user/api-tokens").json()["data"]
    (invitation_id,) = [each["id"] for each in invitations]
    (api_token_id,) = [each["id"] for each in tokens]
    return Half(
        org_id=organization.id,
        owner=person,
        member_id=member.id,
        location_id=location_ids[0],
        vendor_id=vendor_ids[0],
        invitation_id=invitation_id,
        invitation_token=invitation_token,
        api_token_id=api_token_id,
        cursor=page["nextCursor"],
        markers=[
            organization.id,
            organization.name,
            organization.slug,
            owner.id,
            owner.email,
            member.id,
            member.email,
            guest,
            invitation_token,
            invitation_id,
            api_token_id,
            plaintext,
            *location_ids,
            *vendor_ids,
        ],
    )


def _without_activity(seen: object) -> dict[str, object]:
    """Looking is an activity, too: its time is left out."""
    text = json.dumps(seen)
    parsed: dict[str, object] = json.loads(text, object_hook=_drop_activity)
    return parsed


def _drop_activity(entry: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if key not in ("lastActiveAt", "lastUsedAt")}
