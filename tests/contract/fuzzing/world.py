"""What generated requests meet: two organizations that must never see each other, with records of every kind.

Alice owns the first one and sends the requests. Bob owns the second: nothing of it may ever stand in an answer to her.
Schemathesis is a process of its own; it reads the world from the file that `save` wrote.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from pharus.db import db
from pharus.providers import LocalProvider
from tests import factories
from tests.contract.conformance import conforms
from tests.contract.fuzzing import seeds

_WEEK = timedelta(days=7)
# A long run takes less than this.
_TOKEN_SECONDS = 6 * 3600
# Numbers of documents are each organization's own: Alice's do not reach these.
_BOBS_FIRST_NUMBER = 7_000_000

_PAGED = (
    "/api/vendors",
    "/api/customers",
    "/api/contacts",
    "/api/materials",
    "/api/skus",
    "/api/boms",
    "/api/materials-inventory/ledger",
    "/api/finished-goods-inventory/ledger",
    "/api/purchase-orders",
    "/api/purchase-order-items",
    "/api/work-orders",
    "/api/production-orders",
    "/api/sales-orders",
)
# Those of one record: of which kind it is.
_PAGED_OF = {"/api/sales-orders/{id}/timeline-notes": "sales_order"}
_WHOLE = (
    "/api/locations",
    "/api/customer-types",
    "/api/customer-segments",
    "/api/brokers",
    "/api/material-types",
    "/api/sku-types",
    "/api/order-channels",
    "/api/materials-inventory/summary",
    "/api/finished-goods-inventory/summary",
)
# The documents of one order at a time.
_DOCUMENTS = "/api/documents"
# Texts that nobody else has: the server's ids, and numbers of Bob's. Names are none: schemathesis keeps those that it
# reads in an answer to Bob, and sends them as Alice.
NUMBER = re.compile(r"[A-Z-]+-(?:[0-9]{4}-)?70000[0-9]{2}")
_OWN = re.compile(rf"[0-9a-f]{{8}}-[0-9a-f]{{4}}-7[0-9a-f]{{3}}-[0-9a-f]{{4}}-[0-9a-f]{{12}}|{NUMBER.pattern}")


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
    invitation_id: str
    invitation_token: str
    api_token_id: str
    # Ids of the domains' records by kind, refs of transfers by their prefix, and for the path of each list where its
    # second page begins.
    records: dict[str, list[str]]
    cursors: dict[str, str]
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
    alice = _make_half(address, provider, first_number=0)
    bob = _make_half(address, provider, first_number=_BOBS_FIRST_NUMBER)
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
    """All that the owner of this half sees of it and every row stored of it, to be compared before and after."""
    seen: dict[str, object] = {}
    with _client(world.address, half.owner, half.org_id) as client:
        for path in (
            "/api/organizations/current",
            "/api/organizations/current/members",
            "/api/organizations/current/invitations",
            "/api/user/api-tokens",
            "/api/invitations",
        ):
            seen[path] = _get(client, path)
        seen |= _domains(client, half.records)
    return {**_without_activity(seen), "rows": _rows(half.org_id)}


def _domains(client: httpx.Client, records: seeds.Seeds) -> dict[str, object]:
    """Every list, and the records of which a list does not say all."""
    paths = [f"{path}?limit=500" for path in _PAGED]
    paths += _WHOLE
    paths += [f"/api/contacts/{id}" for id in records["contact"]]
    paths += [f"/api/skus/{id}/bom" for id in records["bom"]]
    paths += [f"/api/purchase-orders/{id}" for id in records["purchase_order"]]
    paths += [f"/api/sales-orders/{id}" for id in records["sales_order"]]
    paths += [path.format(id=id) for path, kind in _PAGED_OF.items() for id in records[kind]]
    paths += [f"/api/purchase-order-receipts/{id}" for id in records["purchase_order_receipt"]]
    for kind, segment in (("work_order", "work-order"), ("production_order", "production-order")):
        paths += [f"/api/{segment}s/{id}" for id in records[kind]]
        paths += [f"/api/{segment}-receipts/{id}" for id in records[f"{kind}_receipt"]]
    paths += [_documents_of(kind, records) for kind in ("purchase_order", "sales_order", "work_order")]
    return {path: _get(client, path) for path in paths}


def _documents_of(kind: str, records: seeds.Seeds) -> str:
    return f"{_DOCUMENTS}?entityType={kind}&entityId={records[kind][0]}"


def _rows(org_id: str) -> dict[str, list[str]]:
    """The rows of every tenant table, whichever there are."""
    tables = db.execute_sql(
        """
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attname = 'org_id' ORDER BY relname
        """
    ).fetchall()
    assert len(tables) > 20, tables
    return {
        table: [
            text
            for (text,) in db.execute_sql(
                f"""
                SELECT (to_jsonb(stored) - 'last_active_at' - 'last_used_at')::text AS text
                FROM {table} AS stored WHERE org_id = %s ORDER BY text
                """,
                (org_id,),
            ).fetchall()
        ]
        for (table,) in tables
    }


def _make_half(address: str, provider: LocalProvider, *, first_number: int) -> Half:
    organization = factories.make_organization()
    owner, member = factories.make_user(), factories.make_user()
    factories.make_membership(organization.id, owner.id, "owner")
    factories.make_membership(organization.id, member.id, "member")
    guest = f"{factories.unique('guest')}@example.com"
    invitation_token = factories.make_invitation(organization.id, email=guest, expires_at=in_a_week(), role="viewer")
    # Somebody else invites the owner, so that the list of pending invitations is not empty.
    factories.make_invitation(factories.make_organization().id, email=owner.email, expires_at=in_a_week())
    records = seeds.fill(organization.id, first_number=first_number)
    plaintext = factories.make_api_token(organization.id, owner.id)
    person = sign_in(provider, owner)
    with _client(address, person, organization.id) as client:
        cursors = {path: _get(client, f"{path}?limit=1")["nextCursor"] for path in _PAGED}
        for path, kind in _PAGED_OF.items():
            cursors[path] = _get(client, f"{path.format(id=records[kind][0])}?limit=1")["nextCursor"]
        cursors[_DOCUMENTS] = _get(client, f"{_documents_of('purchase_order', records)}&limit=1")["nextCursor"]
        domains = _domains(client, records)
        invitations = _get(client, "/api/organizations/current/invitations")["data"]
        tokens = _get(client, "/api/user/api-tokens")["data"]
    (invitation_id,) = [each["id"] for each in invitations]
    (api_token_id,) = [each["id"] for each in tokens]
    return Half(
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
