"""What generated requests meet: two organizations that must never see each other, with records of every entity.

Alice owns the first one and sends the requests. Bob owns the second: nothing of it may ever be in an answer to her.
Schemathesis is a process of its own; `load` reads the tenants from what `state` hands over.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from contract.entities import Entities
from contract.fuzzing import State
from pharus.providers import LocalProvider
from tests import factories
from tests.contract import stored_rows
from tests.contract.judging import conforms, declared
from tests.contract.seed_data.records import Seeds, fill

_WEEK = timedelta(days=7)
# A long run takes less than this.
_TOKEN_SECONDS = 6 * 3600
# Numbers of documents are each organization's own: Alice's do not reach these.
_BOBS_FIRST_NUMBER = 7_000_000

_LISTS = {
    path: {parameter["name"]: parameter.get("required", False) for parameter in operation.parameters}
    for path, operation in Entities(declared()).lists.items()
    # Where the log of events goes on is another place each time; its rows are compared as they are stored.
    if "{" not in path and not path.startswith(("/api/organizations/", "/api/user/", "/api/invitations", "/api/events"))
}
_PAGED = [path for path, parameters in _LISTS.items() if "cursor" in parameters and True not in parameters.values()]
_WHOLE = [path for path, parameters in _LISTS.items() if "cursor" not in parameters]
# Those of one record: in which table it is.
_PAGED_OF = {
    "/api/lots/{id}/entries": "lot",
    "/api/sales-orders/{id}/timeline-notes": "sales_order",
    "/api/webhook-endpoints/{id}/attempts": "webhook_endpoint",
    "/api/webhook-endpoints/{id}/deliveries": "webhook_endpoint",
}
# The documents of one order at a time.
_DOCUMENTS = "/api/documents"
# Texts that nobody else has: the server's ids, and numbers of Bob's. Names are none: schemathesis keeps those that it
# reads in an answer to Bob, and sends them as Alice.
_NUMBER = re.compile(r"[A-Z-]+-(?:[0-9]{4}-)?70000[0-9]{2}")
_OWN = re.compile(rf"[0-9a-f]{{8}}-[0-9a-f]{{4}}-7[0-9a-f]{{3}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}|{_NUMBER.pattern}")


@dataclass(frozen=True)
class Person:
    user_id: str
    uid: str
    email: str
    authorization: str


@dataclass(frozen=True)
class Tenant:
    """One organization: its owner, a record of each entity, and the texts that occur nowhere else."""

    org_id: str
    owner: Person
    member_id: str
    invitation_id: str
    invitation_token: str
    api_token_id: str
    # Ids of the domains' records by table, refs of transfers by their prefix, and for the path of each list where its
    # second page begins.
    records: dict[str, list[str]]
    cursors: dict[str, str]
    markers: list[str] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": self.owner.authorization, "X-Org-Id": self.org_id}


@dataclass(frozen=True)
class Tenants:
    address: str
    database_url: str
    data_folder: str
    alice: Tenant
    bob: Tenant


def make(address: str, database_url: str, data_folder: Path) -> Tenants:
    """Fill two organizations in the database behind the server at `address`."""
    provider = LocalProvider(data_folder)
    alice = _make_tenant(address, provider, first_number=0)
    bob = _make_tenant(address, provider, first_number=_BOBS_FIRST_NUMBER)
    return Tenants(address, database_url, str(data_folder), alice, bob)


def state(tenants: Tenants) -> State:
    """What schemathesis gets to know: Alice calls, and Bob is the stranger."""
    alice, bob = tenants.alice, tenants.bob
    return State(
        address=tenants.address,
        owner=alice.headers,
        stranger=bob.headers,
        markers=bob.markers,
        known=asdict(tenants),
        choosable=[marker for marker in bob.markers if _NUMBER.fullmatch(marker)],
    )


def load(values: dict[str, Any]) -> Tenants:
    tenants = {name: Tenant(**{**values[name], "owner": Person(**values[name]["owner"])}) for name in ("alice", "bob")}
    return Tenants(**{**values, **tenants})


def sign_in(provider: LocalProvider, user: factories.User) -> Person:
    token = provider.issue(user.email, uid=user.uid, lifetime_seconds=_TOKEN_SECONDS)
    return Person(user.id, user.uid, user.email, f"Bearer {token}")


def in_a_week() -> datetime:
    return datetime.now(UTC) + _WEEK


def view(tenants: Tenants, tenant: Tenant) -> dict[str, object]:
    """All that the tenant's owner sees of it, and what is stored of it, to be compared before and after."""
    seen: dict[str, object] = {}
    with _client(tenants.address, tenant.owner, tenant.org_id) as client:
        for path in (
            "/api/organizations/current",
            "/api/organizations/current/members",
            "/api/organizations/current/invitations",
            "/api/user/api-tokens",
            "/api/invitations",
        ):
            seen[path] = _get(client, path)
        seen |= _domains(client, tenant.records)
    stored = {f"table {table}": digest for table, digest in stored_rows.fingerprint(tenant.org_id).items()}
    return {**_without_activity(seen), **stored}


def _domains(client: httpx.Client, records: Seeds) -> dict[str, object]:
    """Every list, and the records of which a list does not say all."""
    paths = [f"{path}?limit=500" for path in _PAGED]
    paths += _WHOLE
    paths += [f"/api/contacts/{id}" for id in records["contact"]]
    paths += [f"/api/skus/{id}/bom" for id in records["bom"]]
    paths += [f"/api/purchase-orders/{id}" for id in records["purchase_order"]]
    paths += [f"/api/sales-orders/{id}" for id in records["sales_order"]]
    paths += [f"/api/sales-order-shipments/{id}" for id in records["sales_order_shipment"]]
    paths += [f"/api/sales-order-returns/{id}" for id in records["sales_order_return"]]
    paths += [path.format(id=id) for path, table in _PAGED_OF.items() for id in records[table]]
    paths += [f"/api/purchase-order-receipts/{id}" for id in records["purchase_order_receipt"]]
    for table, segment in (("work_order", "work-order"), ("production_order", "production-order")):
        paths += [f"/api/{segment}s/{id}" for id in records[table]]
        paths += [f"/api/{segment}-receipts/{id}" for id in records[f"{table}_receipt"]]
    paths += [_documents_of(table, records) for table in ("purchase_order", "sales_order", "work_order")]
    return {path: _get(client, path) for path in paths}


def _documents_of(table: str, records: Seeds) -> str:
    return f"{_DOCUMENTS}?entityType={table}&entityId={records[table][0]}"


def _make_tenant(address: str, provider: LocalProvider, *, first_number: int) -> Tenant:
    organization = factories.make_organization()
    owner, member = factories.make_user(), factories.make_user()
    factories.make_membership(organization.id, owner.id, "owner")
    factories.make_membership(organization.id, member.id, "member")
    guest = f"{factories.unique('guest')}@example.com"
    invitation_token = factories.make_invitation(organization.id, email=guest, expires_at=in_a_week(), role="viewer")
    # Somebody else invites the owner, so that the list of pending invitations is not empty.
    factories.make_invitation(factories.make_organization().id, email=owner.email, expires_at=in_a_week())
    records = fill(organization.id, first_number=first_number)
    plaintext = factories.make_api_token(organization.id, owner.id)
    person = sign_in(provider, owner)
    with _client(address, person, organization.id) as client:
        cursors = {path: _get(client, f"{path}?limit=1")["nextCursor"] for path in _PAGED}
        for path, table in _PAGED_OF.items():
            cursors[path] = _get(client, f"{path.format(id=records[table][0])}?limit=1")["nextCursor"]
        cursors[_DOCUMENTS] = _get(client, f"{_documents_of('purchase_order', records)}&limit=1")["nextCursor"]
        domains = _domains(client, records)
        invitations = _get(client, "/api/organizations/current/invitations")["data"]
        tokens = _get(client, "/api/user/api-tokens")["data"]
    (invitation_id,) = [each["id"] for each in invitations]
    (api_token_id,) = [each["id"] for each in tokens]
    return Tenant(
        org_id=organization.id,
        owner=person,
        member_id=member.id,
        invitation_id=invitation_id,
        invitation_token=invitation_token,
        api_token_id=api_token_id,
        records=records,
        cursors=cursors,
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
            *sorted(_own_texts(domains) - {organization.id}),
        ],
    )


def _client(address: str, person: Person, org_id: str) -> httpx.Client:
    headers = {"Authorization": person.authorization, "X-Org-Id": org_id}
    hooks = {"response": [_judge]}
    return httpx.Client(base_url=address, headers=headers, timeout=60, trust_env=False, event_hooks=hooks)


def _judge(answer: httpx.Response) -> None:
    answer.read()
    conforms(answer)


def _get(client: httpx.Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.text}"
    return answer.json()


def _own_texts(seen: object) -> set[str]:
    if isinstance(seen, str):
        return {seen} if _OWN.fullmatch(seen) else set()
    parts = seen.values() if isinstance(seen, dict) else seen if isinstance(seen, list) else ()
    return {text for part in parts for text in _own_texts(part)}


def _without_activity(seen: object) -> dict[str, object]:
    """Looking is an activity, too: its time is left out."""
    text = json.dumps(seen)
    parsed: dict[str, object] = json.loads(text, object_hook=_drop_activity)
    return parsed


def _drop_activity(entry: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if key not in ("lastActiveAt", "lastUsedAt")}
