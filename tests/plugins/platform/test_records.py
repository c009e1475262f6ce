from typing import TypedDict

import pytest

from plugins.platform import models
from plugins.platform.records import PlatformRecords


class Membered(TypedDict):
    isActive: bool
    email: str
    joinedAt: str


class Unknown(TypedDict):
    shoeSize: int


def test_view_takes_each_key_from_the_first_model_that_has_it() -> None:
    records = PlatformRecords(Membered, models.Membership, models.User)
    sql, _ = models.Membership.select(*records.columns).sql()
    assert '"t1"."is_active" AS "isActive", "t2"."email" AS "email", "t1"."joined_at" AS "joinedAt"' in sql


def test_view_of_a_key_without_column_refuses_to_start() -> None:
    with pytest.raises(TypeError, match="none of Membership, User has a column for shoeSize"):
        PlatformRecords(Unknown, models.Membership, models.User)
