"""A request's Idempotency-Key, looked for before its caller."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpResponse
from rest_framework.exceptions import ValidationError

from bench.peers import keys
from bench.peers.django_rest.json import OrjsonRenderer


class InvalidHeader(ValidationError):
    part = "header"


@dataclass(frozen=True, slots=True)
class Once:
    """`found` are fingerprint and response of the first request with the key, if there was one."""

    key: keys.Key
    found: Any

    @property
    def is_replay(self) -> bool:
        return self.found is not None

    def replay(self) -> HttpResponse:
        fingerprint, content = self.found
        if bytes(fingerprint) != self.key.fingerprint:
            raise InvalidHeader({keys.HEADER: [keys.OTHER_REQUEST]})
        return HttpResponse(bytes(content), "application/json", 201, headers=keys.REPLAYED)

    def keep(self, org_id: UUID, shown: Any) -> HttpResponse:
        """The response, and the row of the key as the last statement before the commit."""
        content = OrjsonRenderer().render(shown)
        with connection.cursor() as cursor:
            cursor.execute(keys.KEEP, self.key.row(org_id, content))
        return HttpResponse(content, "application/json", 201)


def find(request: Any, token_hash: bytes) -> Once | None:
    sent = request.headers.get(keys.HEADER)
    if sent is None:
        return None
    key = keys.read(sent, token_hash, request.path, request.body)
    if key is None:
        raise InvalidHeader({keys.HEADER: [keys.NO_KEY]})
    with connection.cursor() as cursor:
        cursor.execute(keys.FIND, (key.digest,))
        return Once(key, cursor.fetchone())
