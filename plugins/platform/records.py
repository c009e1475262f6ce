"""The platform's rows as the contract shows them.

`Records` of the kernel reaches rows of the current organization by their id. The platform's rows are found in other
ways too (by a token, by an address, by a user), so its queries are written out;
`PlatformRecords` only names the columns.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

import peewee

from pharus.db import Model
from pharus.names import snake
from plugins.platform import models, schemas
from plugins.platform.access import invitation_token, token_hash

T = TypeVar("T")


class PlatformRecords(Generic[T]):
    """`columns` are those of the models under the contract's names: for `.select(*records.columns)`, `.returning(…)`.

    Each key of the shape is taken from the first model that has it; a key that none has refuses to start.
    """

    def __init__(self, shape: type[T], *models: type[Model]) -> None:
        self.model = models[0]
        self.columns = tuple(_column(models, key).alias(key) for key in shape.__annotations__)

    def one(self, query: Any) -> T | None:
        """The record that the query finds or returns; None when it has none."""
        return next(iter(self.all(query)), None)

    def all(self, query: Any) -> list[T]:
        return cast(list[T], list(query.dicts()))


class InvitationRecords(PlatformRecords[schemas.Invitation]):
    """Invitations with their tokens, of which the table holds only the hash: the token follows from the id. It is empty
    where the stored hash is another one, which only tokens of earlier versions have."""

    def __init__(self) -> None:
        self.model = models.Invitation
        self.columns = tuple(
            _column([models.Invitation], "tokenHash" if key == "token" else key).alias(key)
            for key in schemas.Invitation.__annotations__
        )

    def all(self, query: Any) -> list[schemas.Invitation]:
        found = super().all(query)
        for invitation in found:
            stored, token = invitation["token"], invitation_token(invitation["id"])
            invitation["token"] = token if token_hash(token) == bytes(cast(Any, stored)) else ""
        return found


def _column(models: Sequence[type[Model]], key: str) -> peewee.Field:
    for model in models:
        columns: Mapping[str, peewee.Field] = model._meta.columns
        if snake(key) in columns:
            return columns[snake(key)]
    raise TypeError(f"none of {', '.join(model.__name__ for model in models)} has a column for {key}")


USER = PlatformRecords(schemas.User, models.User)
USER_ORGANIZATION = PlatformRecords(schemas.UserOrganization, models.Organization, models.Membership)
ORGANIZATION = PlatformRecords(schemas.Organization, models.Organization)
SETTINGS = PlatformRecords(schemas.OrganizationSettings, models.OrganizationSettings)
MEMBERSHIP = PlatformRecords(schemas.Membership, models.Membership)
MEMBER = PlatformRecords(schemas.Member, models.Membership, models.User)
INVITATION = InvitationRecords()
API_TOKEN = PlatformRecords(schemas.ApiToken, models.ApiToken)
